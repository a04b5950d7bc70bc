"""Papers of the demo, drawn by hand of a program: a photo of a sheet on a table, and a clean sheet as a PDF.

Where the machine has no font with the letters of the language, lines are drawn as bars: it is a picture either way.
"""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONTS: Final = (
    "DejaVuSerif.ttf",
    "LiberationSerif-Regular.ttf",
    "NotoSerif-Regular.ttf",
    "DejaVuSans.ttf",
    "arial.ttf",
)
_SHEET: Final = (1240, 1754)
_INK, _PAPER, _TABLE = (38, 40, 48), (247, 245, 238), (92, 74, 58)
_MARGIN, _LINE = 150, 62
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw_photo(title: str, text: str, camera: str) -> bytes:
    """A JPEG of a sheet that lies a little askew on a table, with what a camera would write into it."""
    sheet = _sheet(title, text)
    seal = ImageDraw.Draw(sheet)
    seal.ellipse((800, 1290, 1060, 1550), outline=(70, 82, 150), width=9)
    seal.ellipse((840, 1330, 1020, 1510), outline=(70, 82, 150), width=4)
    seal.line(
        ((300, 1440), (380, 1380), (420, 1470), (520, 1400), (600, 1450)), fill=(48, 60, 120), width=6, joint="curve"
    )
    table = Image.new("RGB", (1600, 2100), _TABLE)
    turned = sheet.convert("RGBA").rotate(2.4, expand=True, resample=Image.Resampling.BICUBIC)
    table.paste(turned, ((table.width - turned.width) // 2, (table.height - turned.height) // 2), turned)
    shade = Image.linear_gradient("L").resize(table.size).point(lambda value: 190 + value // 4)
    table = Image.composite(table, Image.new("RGB", table.size, (20, 18, 16)), shade)
    made = io.BytesIO()
    table.filter(ImageFilter.GaussianBlur(0.8)).save(made, "JPEG", quality=82, comment=camera.encode())
    return made.getvalue()


def draw_pdf(title: str, text: str) -> bytes:
    """A PDF of one sheet."""
    made = io.BytesIO()
    _sheet(title, text, paper=(255, 255, 255)).save(made, "PDF", resolution=150, title=title)
    return made.getvalue()


def _sheet(title: str, text: str, paper: tuple[int, int, int] = _PAPER) -> Image.Image:
    sheet = Image.new("RGB", _SHEET, paper)
    pen = ImageDraw.Draw(sheet)
    large, small = _font(title + text, 52), _font(title + text, 36)
    if large is None or small is None:
        _draw_bars(pen, text)
        return sheet
    pen.text((_SHEET[0] // 2, 190), title, font=large, fill=_INK, anchor="mt")
    for number, line in enumerate(_lines(pen, text, small)):
        pen.text((_MARGIN, 330 + number * _LINE), line, font=small, fill=_INK)
    return sheet


def _lines(pen: ImageDraw.ImageDraw, text: str, font: _Font) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=font) > _SHEET[0] - 2 * _MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _draw_bars(pen: ImageDraw.ImageDraw, text: str) -> None:
    across, down = _MARGIN, 330
    for word in text.split():
        length = 17 * len(word)
        if across + length > _SHEET[0] - _MARGIN:
            across, down = _MARGIN, down + _LINE
        pen.rectangle((across, down, across + length, down + 22), fill=(120, 122, 130))
        across += length + 16


def _font(letters: str, size: int) -> _Font | None:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size) if letters.isascii() else None

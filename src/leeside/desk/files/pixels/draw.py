"""Draws a picture or a page of a PDF to raw pixels. Runs behind the walls of `confine` only.

Everything that the libraries load on demand is loaded by `warm`, before the walls stand.
"""

import ctypes
import io
import warnings
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw
from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from leeside.desk.files.pixels.answers import Became

FORMATS: Final = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
MOST_PIXELS: Final = 40_000_000
"""Pixels of a picture as its header tells them."""
LONGEST_SIDE: Final = 2000
"""Pixels of what is shown."""
_POINTS_MOST: Final = 14_400
_SCALE_MOST: Final = 4.0
_PLUGINS: Final = (GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)


@dataclass(frozen=True)
class Drawing:
    """What comes out."""

    became: Became
    pages: int = 0
    width: int = 0
    height: int = 0
    pixels: bytes = b""


def draw(shape: str, page: int, content: bytes, *, only_measure: bool) -> Drawing:
    """Draw one file: `page` counts from 0 and means something for a PDF only."""
    try:
        if shape == "pdf":
            return _draw_page(content, page, only_measure=only_measure)
        return _draw_picture(shape, content, only_measure=only_measure)
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Drawing(Became.TOO_LARGE)
    except Exception:  # noqa: BLE001 -- a hostile file may raise whatever it likes; this process ends now anyway
        return Drawing(Became.BROKEN)


def _draw_picture(shape: str, content: bytes, *, only_measure: bool) -> Drawing:
    # The header alone is read here: a picture that says it is too large is never unpacked.
    picture: Image.Image = Image.open(io.BytesIO(content), formats=[FORMATS[shape]])
    width, height = picture.size
    if width * height > MOST_PIXELS:
        return Drawing(Became.TOO_LARGE)
    if only_measure:
        return Drawing(Became.MEASURED, 1, *picture.size)
    # A JPEG is unpacked at a half, a quarter or an eighth where that suffices.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if "A" in picture.getbands() or "transparency" in picture.info:
        sheet = Image.new("RGB", picture.size, "white")
        seen = picture.convert("RGBA")
        sheet.paste(seen, mask=seen.getchannel("A"))
        picture = sheet
    return _drawn(1, picture.convert("RGB"))


def _draw_page(content: bytes, number: int, *, only_measure: bool) -> Drawing:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pdfium_raw.FPDF_ERR_PASSWORD
        return Drawing(Became.LOCKED if is_locked else Became.BROKEN)
    pages = len(document)
    if not 0 <= number < pages:
        return Drawing(Became.BROKEN, pages)
    page = document[number]
    width, height = page.get_size()
    if not (1 <= width <= _POINTS_MOST and 1 <= height <= _POINTS_MOST):
        return Drawing(Became.TOO_LARGE, pages)
    scale = min(LONGEST_SIDE / max(width, height), _SCALE_MOST)
    if only_measure:
        return Drawing(Became.MEASURED, pages, max(1, int(width * scale)), max(1, int(height * scale)))
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True, fill_color=(255, 255, 255, 255))
    return _drawn(pages, bitmap.to_pil().convert("RGB"))


def _drawn(pages: int, picture: Image.Image) -> Drawing:
    return Drawing(Became.DRAWN, pages, *picture.size, picture.tobytes())


def warm() -> None:
    """Load all that drawing needs: draw a dot in every format, and a page with words."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    # Exactly these formats are known; no other decoder is ever asked.
    Image.init = _no_others
    _use_no_fonts_of_the_machine()
    dot = Image.new("RGBA", (2, 2))
    for shape, name in FORMATS.items():
        made = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112] = 6
        options = {"exif": exif} if shape != "gif" else {}
        dot.convert("RGB" if shape == "jpeg" else "RGBA").save(made, name, **options)
        if draw(shape, 0, made.getvalue(), only_measure=False).became is not Became.DRAWN:
            raise RuntimeError(f"{shape} cannot be drawn on this machine")
    if draw("pdf", 0, _PAGE, only_measure=False).became is not Became.DRAWN:
        raise RuntimeError("PDF cannot be drawn on this machine")


def _no_others() -> bool:
    return False


_kept: list[Any] = []


def _use_no_fonts_of_the_machine() -> None:
    """Tell PDFium that the machine has no fonts: it would look for them on the disk. Its own stand in."""
    fonts = pdfium_raw.FPDF_SYSFONTINFO()
    ctypes.memset(ctypes.byref(fonts), 0, ctypes.sizeof(fonts))
    fonts.version = 1
    _kept.append(fonts)
    pdfium_raw.FPDF_SetSystemFontInfo(ctypes.byref(fonts))


_PAGE: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 40 40]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj "
    b"4 0 obj<</Length 34>>stream\nBT /F 12 Tf 2 12 Td (Words) Tj ET \nendstream endobj "
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj trailer<</Root 1 0 R>>\n%%EOF\n"
)

"""Just enough of SVG to draw boxes, lines and words, and the measure of words without a font at hand.

Widths are those of DejaVu Sans, one of the widest faces that a browser falls back to, rounded up: what fits by this
measure fits in narrower faces too.
"""

from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

Value = str | int | float

_EM_BY_LETTER: Final = {
    letter: width / 100
    for width, letters in {
        30: "ijlIJіїІЇ'|",
        35: "  .,;:’/·",
        40: "ft-()",
        45: "r!",
        50: '–"“”',
        55: "cszгзсэєґ?",
        60: "kvxyFLвтухчь",
        65: "abdeghnopquEPSTYабеийклоряГЕЗРТУҐ0123456789«»",
        70: "ABCKRVXZднпцАБВСХЧЬЭЯЄ",
        75: "NUъИЙК",
        80: "DGHOQмыДЛНОПЦ",
        85: "wюЪ",
        90: "MфМФЫ",
        95: "жшщ",
    }.items()
    for letter in letters
}
_EM_OF_ANY: Final = 1.1
_BOLD: Final = 1.15


def element(name: str, attributes: Mapping[str, Value], *children: str, text: str = "") -> str:
    """One element. Names end in a letter: an underscore at the end (`class_`) is dropped, one inside becomes a dash."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_write(value))}" for key, value in attributes.items()
    )
    inside = escape(text) + "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def width_of(text: str, size: float, is_bold: bool = False) -> float:
    """How wide a line of text may become at this size, in pixels; never less than it will be in a common face."""
    ems = sum(_EM_BY_LETTER.get(letter, _EM_OF_ANY) for letter in text)
    return ems * size * (_BOLD if is_bold else 1.0)


def wrap(text: str, width: float, size: float, is_bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`. A word that is wider by itself is broken where it has to be."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, is_bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *broken, line = _pieces(word, width, size, is_bold)
        lines.extend(broken)
    return [*lines, line] if line else lines


def _pieces(word: str, width: float, size: float, is_bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, is_bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _write(value: Value) -> str:
    """A number with at most two places and no idle zeros; text as it is."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

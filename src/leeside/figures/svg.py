"""Just enough of SVG to draw bars with words: elements with escaped attributes and text."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

Value = str | int | float


def element(name: str, attributes: Mapping[str, Value], *children: str, text: str = "") -> str:
    """One element. Names end in a letter: an underscore at the end (`class_`) is dropped, one inside becomes a dash."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_write(value))}" for key, value in attributes.items()
    )
    inside = escape(text) + "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def percent(share: float) -> str:
    """A share of the drawing's width. Widths in per cent let bars shrink on a phone while words keep their size."""
    return f"{_write(100 * share)}%"


def _write(value: Value) -> str:
    """A number with at most two places and no idle zeros; text as it is."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

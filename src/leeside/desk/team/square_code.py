"""The square code that a code app photographs: drawn as lines of SVG inside the page, without script or image file."""

import segno
from django.utils.safestring import SafeString, mark_safe


def draw_square_code(address: str) -> SafeString:
    """The address as an inline SVG. Black on white in dark pages too: apps do not read it otherwise."""
    code = segno.make(address, error="m", micro=False)
    # Safe: the drawing holds numbers and our own two colours; the address is in no text or attribute of it.
    return mark_safe(  # noqa: S308
        code.svg_inline(
            scale=4, border=4, dark="#000", light="#fff", svgclass="square", lineclass=None, omitsize=True, title=None
        )
    )

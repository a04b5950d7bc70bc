"""The Content-Security-Policy of a page: nothing from anywhere, and then the little that the page needs.

Inline script is never allowed. Inline style is allowed by its hash only, so that text which found its way into a
page unescaped could neither run nor restyle it.
"""

from typing import Final

POLICY_HEADER: Final = "Content-Security-Policy"


def content_policy(
    *, style_hashes: tuple[str, ...] = (), own_scripts: bool = False, images: bool = False, images_of: str = ""
) -> str:
    """The policy's text.

    `style_hashes` are `sha256-...` tokens of inline styles; without one, only our own style sheets are taken.
    `own_scripts` allows script files (never inline) and requests to this origin; `images` our own images, and those of
    one more origin, `images_of`. An image that stands in the page itself is always allowed: the empty icon, without
    which a browser asks for one.
    """
    styles = " ".join(f"'{token}'" for token in style_hashes) or "'self'"
    parts = ["default-src 'none'", f"style-src {styles}"]
    if own_scripts:
        parts += ["script-src 'self'", "connect-src 'self'"]
    parts.append(" ".join(["img-src", *(["'self'"] if images else []), *([images_of] if images_of else []), "data:"]))
    parts += ["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
    return "; ".join(parts)

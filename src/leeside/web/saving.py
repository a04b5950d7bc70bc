"""Files that a browser saves and never shows: how the header says so, whatever the file is called."""

from urllib.parse import quote

_FALLBACK = "file"
_HARMLESS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._- ()")


def attachment_header(name: str) -> str:
    """`Content-Disposition` for a name that was cleaned: plain letters for old browsers, all of them for the others."""
    plain = "".join(sign if sign in _HARMLESS else "_" for sign in name).strip("_. ") or _FALLBACK
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name or _FALLBACK, safe='')}"

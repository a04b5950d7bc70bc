"""Whether a post came from a page of our own: the guard of a door that has no cookie to guard with.

A browser sets `Sec-Fetch-Site` and `Origin` itself and no page can change them. With a receipt or a session at
stake only `same-origin` counts: `same-site` may be another port or a neighbouring name, and a request that says
nothing of where it came from is treated as foreign.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    """True only when the browser itself shows that this request was made by a page of this very origin."""
    fetch_site = request.META.get("HTTP_SEC_FETCH_SITE")
    if fetch_site is not None:
        return bool(fetch_site == "same-origin")
    origin = request.META.get("HTTP_ORIGIN", "")
    return origin not in {"", "null"} and origin in _own_origins(request)


def _own_origins(request: HttpRequest) -> set[str]:
    """How our own pages call themselves: the address that was asked, and the role's public one behind a proxy.

    The public address counts only when it names the host that was asked, so that the desk's address does not
    open the mailbox.
    """
    try:
        host = request.get_host()
    except DisallowedHost:
        return set()
    own = {f"{request.scheme}://{host}"}
    for name in ("LEESIDE_DOOR_URL", "LEESIDE_MAILBOX_URL", "LEESIDE_DESK_URL", "LEESIDE_PUBLIC_URL"):
        parts = urlsplit(getattr(settings, name, None) or "")
        if parts.netloc == host:
            own.add(f"{parts.scheme}://{parts.netloc}")
    return own

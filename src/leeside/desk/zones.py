"""The time zone of whoever works: chosen on one's own page, kept in a cookie of this browser and nowhere else.

The server keeps it not: where a colleague lives is nobody's to find in a seized database.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse

ZONE_COOKIE: Final = "__Host-leeside-zone"
_YEAR_SECONDS: Final = 365 * 24 * 3600

ZONES: Final = frozenset(
    {
        "Europe/Lisbon",
        "Europe/Berlin",
        "Europe/Kyiv",
        "Asia/Jerusalem",
        "Europe/Kaliningrad",
        "Europe/Moscow",
        "Asia/Tbilisi",
        "Asia/Yekaterinburg",
        "Asia/Novosibirsk",
        "Asia/Irkutsk",
        "Asia/Vladivostok",
        "America/New_York",
    }
)
"""The short list; `team.words.zone_choices` has its cities."""


def zone_of(request: HttpRequest) -> str:
    """The zone that this browser asks for, or an empty text: then the line's own."""
    untrusted = request.COOKIES.get(ZONE_COOKIE, "")
    return untrusted if untrusted in ZONES else ""


def set_zone_cookie(response: HttpResponse, zone: str) -> None:
    """Keep a zone of the list in this browser; an empty one takes the cookie away."""
    if zone in ZONES:
        response.set_cookie(
            ZONE_COOKIE, zone, max_age=_YEAR_SECONDS, path="/", secure=True, httponly=True, samesite="Strict"
        )
        return
    response.delete_cookie(ZONE_COOKIE, path="/", samesite="Strict")
    response.cookies[ZONE_COOKIE]["secure"] = True

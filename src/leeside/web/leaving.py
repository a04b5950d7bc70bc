"""The quick way out, in two steps, so that going back shows nothing of what was typed or read.

A browser may keep the page that somebody leaves in its back-forward cache, `no-store` or not, and puts it there when
the next page comes. A `Clear-Site-Data` that comes with the very answer that leads away is therefore too early: tried
in Chromium 156, Back brought the typed text. So `/exit` is a blank page that the browser moves on from by itself, and
the page after it clears everything, the kept page included, and leads to a neutral address.

Form and mailbox may be two origins, and a browser clears one at a time: each leads over the other's last step.
"""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.html import format_html

from leeside.web.policy import POLICY_HEADER, content_policy

_BLANK: Final = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>.</title><a href="{}">→</a>'


def first_step(onward: str) -> HttpResponse:
    """A blank page that goes on to `onward` at once; the arrow is for a browser that was told not to."""
    response = HttpResponse(format_html(_BLANK, onward))
    response.headers["Refresh"] = f"0; url={onward}"
    response.headers[POLICY_HEADER] = content_policy()
    return response


def is_elsewhere(one: str, other: str) -> bool:
    """Whether two addresses are of different origins, so that each has to be cleared by itself."""
    first, second = urlsplit(one), urlsplit(other)
    return (first.scheme, first.netloc) != (second.scheme, second.netloc)


def last_step(onward: str = "") -> HttpResponse:
    """303 to `onward`, or to the neutral page. What the browser stored for this origin is cleared before it goes.

    What this cannot reach (history, names looked up, the provider) is said on the page that leads here.
    """
    response = HttpResponse(status=303)
    response.headers["Location"] = onward or settings.LEESIDE_EXIT_URL
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    # The neutral page must not learn where its visitor comes from.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

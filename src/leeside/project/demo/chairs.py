"""The demo's first page: chairs to sit on, the receipts of the twelve, and one case as a thief has it.

It runs in the door's process, which can open nothing, and it reads nothing that the demo's people wrote: the
counsellor's side of the comparison is a frame from the desk, the thief's side is read from the database file.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request

from leeside.project.demo import seed, texts, thief
from leeside.project.demo.chair_words import words_of_page
from leeside.project.demo.marker import read_marker
from leeside.web.clock import domain_clock
from leeside.web.dates import write_day
from leeside.web.lines import LineSettings, all_lines
from leeside.web.policy import POLICY_HEADER

SHOWN = ("quiet", "maple")
_BYTES_SHOWN = 180


def first_page(request: HttpRequest) -> HttpResponse:
    """`/`: to the chairs, in the language that the demo was started in, else the visitor's."""
    return redirect(f"/{_language_of_demo(request)}/demo/")


def show(request: HttpRequest, language: str) -> HttpResponse:
    """The page of chairs."""
    page = words_of_page()
    line = next(one for one in all_lines() if one.slug not in texts.further_slugs())
    today = domain_clock().today(line.time_zone)
    fill = {"day": write_day(today, language), **thief.code_names(language)}
    context = {
        "words": {name: text[language].replace("{day}", fill["day"]) for name, text in page["page"].items()},
        "chairs": [_chair(chair, line, language, fill) for chair in page["chair"]],
        "further": [_further(slug, language) for slug in texts.further_slugs()],
        "people": [_person(person, language) for person in page["person"]],
        "mailbox": f"{settings.LEESIDE_MAILBOX_URL}/{language}/{line.address}/",
        "as_counsellor": f"{settings.LEESIDE_DESK_URL}/{language}/demo/as-counsellor/",
        "on_disk": thief.read_rows(SHOWN, _BYTES_SHOWN),
        "prove": f"./leeside demo prove --dir {settings.LEESIDE_DIR}",
    }
    response = render(request, "demo/chairs.html", context)
    desk = settings.LEESIDE_DESK_URL
    response[POLICY_HEADER] = (
        f"default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src {desk}; form-action 'self' {desk}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def _language_of_demo(request: HttpRequest) -> str:
    chosen = read_marker(settings.LEESIDE_DIR).language or get_language_from_request(request)
    return chosen if chosen in {"ru", "en", "uk"} else "en"


def _chair(chair: Mapping[str, Any], line: LineSettings, language: str, fill: Mapping[str, str]) -> dict[str, str]:
    key = chair["key"]
    addresses = {
        "writer": f"{settings.LEESIDE_DOOR_URL}/{language}/{line.address}/",
        "reader": f"{settings.LEESIDE_PUBLIC_URL}/{language}/{line.address}/",
    }
    sits = key not in addresses
    address = addresses.get(key, f"{settings.LEESIDE_DESK_URL}/{language}/")
    return {
        "key": key,
        "title": chair["title"][language],
        "what": chair["what"][language],
        "try": chair["try"][language].format(**fill),
        "address": address,
        "shown_address": address.partition("://")[2],
        "sit": f"{settings.LEESIDE_DESK_URL}/{language}/demo/sit/{key}/" if sits else "",
    }


def _further(slug: str, language: str) -> dict[str, str]:
    """The door, a chair and the figures of a further line."""
    written = texts.further_line(slug)
    chair, address = written["chair"], written["address"]
    return {
        **{name: words[language] for name, words in chair.items() if name != "sits"},
        "address": f"{settings.LEESIDE_DOOR_URL}/{language}/{address}/",
        "shown_address": f"{settings.LEESIDE_DOOR_URL}/{language}/{address}/".partition("://")[2],
        "sit": f"{settings.LEESIDE_DESK_URL}/{language}/demo/sit/{chair['sits']}/",
        "figures_address": f"{settings.LEESIDE_PUBLIC_URL}/{language}/{address}/" if written["months"] else "",
    }


def _person(person: Mapping[str, Any], language: str) -> dict[str, Any]:
    code = (person["code"][0], person["code"][1])
    return {
        "name": thief.code_names(language)["_".join(code)],
        "who": person["who"][language],
        "words": seed.receipt_of(code).words(language),
    }

"""HTTP only: find the edition that an address means, check it, answer."""

import logging
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from leeside.figures.posts import write_post
from leeside.figures.presentation import chart_file, headline_of, sheet_for, show_edition
from leeside.tally.edition_folder import (
    PUBLIC_FILES,
    Shelf,
    list_lines,
    list_numbers,
    read_edition,
    read_file,
    read_shelf,
)
from leeside.tally.editions import Edition
from leeside.tally.errors import DamagedEditionError
from leeside.tally.month_names import write_span
from leeside.web.context import active_language
from leeside.web.languages import LANGUAGES, preferred_language
from leeside.web.lines import find_line

_LOG = logging.getLogger("leeside.figures")
#: Figures are public and want to be found, unlike every other page of the house.
_PUBLIC_HEADERS: Final = {"Cache-Control": "public, max-age=300", "X-Robots-Tag": "all"}
#: Files of a published edition never change; an article elsewhere may show them.
_FILE_HEADERS: Final = {
    "Cache-Control": "public, max-age=86400",
    "X-Robots-Tag": "all",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


def _folder() -> Path:
    """Where editions lie."""
    return Path(settings.LEESIDE_DIR) / "editions"


def _slug_of(untrusted_address: str) -> str:
    """The line that an address names: by the settings, or by its folder when the settings do not know it."""
    known = find_line(untrusted_address)
    slug = known.slug if known is not None else untrusted_address
    if not list_numbers(_folder(), slug):
        raise Http404
    return slug


def _address_of(slug: str) -> str:
    """The address under which a line is linked."""
    known = find_line(slug)
    return known.address if known is not None else slug


def _read_or_report(slug: str, number: int) -> Edition | str:
    """An edition, or the one line that says why it is not shown; the operator gets the same line."""
    try:
        return read_edition(_folder(), slug, number)
    except DamagedEditionError as error:
        _LOG.error("%s", error)
        return str(error)


def _latest(slug: str) -> tuple[Edition | None, tuple[int, ...]]:
    """The newest sound edition, and the numbers of newer ones that are damaged."""
    damaged: list[int] = []
    for number in reversed(list_numbers(_folder(), slug)):
        found = _read_or_report(slug, number)
        if isinstance(found, Edition):
            return found, tuple(damaged)
        damaged.append(number)
    return None, tuple(damaged)


def _page(request: HttpRequest, template: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that caches may keep for a while, unless it tells of damage."""
    response = render(request, template, values, status=status)
    if status == 200 and not values.get("damaged"):
        for name, value in _PUBLIC_HEADERS.items():
            response[name] = value
    return response


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/`: on to the language that the browser asks for."""
    language = preferred_language(request.headers.get("Accept-Language", ""))
    response = HttpResponseRedirect(reverse("figures:lines", args=[language]))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Alive; says nothing about what is published."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def show_lines(request: HttpRequest, language: str) -> HttpResponse:
    """All lines with the headline of each one's latest edition."""
    shown, damaged = [], False
    for slug in list_lines(_folder()):
        edition, broken = _latest(slug)
        damaged = damaged or bool(broken)
        if edition is not None:
            shown.append(
                {
                    "address": _address_of(slug),
                    "title": edition.titles.get(language, slug),
                    "headline": headline_of(edition, language),
                    "span": write_span(edition.months, language),
                    "made": edition.made,
                }
            )
    return _page(request, "figures/lines.html", {"lines": shown, "damaged": damaged})


@require_safe
def show_latest(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """The latest sound edition of a line."""
    slug = _slug_of(address)
    edition, damaged = _latest(slug)
    return _edition_page(request, slug, edition, damaged)


@require_safe
def show_one(request: HttpRequest, language: str, address: str, number: int) -> HttpResponse:
    """One edition, whichever it is."""
    slug = _slug_of(address)
    if number not in list_numbers(_folder(), slug):
        raise Http404
    found = _read_or_report(slug, number)
    return _edition_page(request, slug, found if isinstance(found, Edition) else None, (number,))


def _edition_page(request: HttpRequest, slug: str, edition: Edition | None, damaged: tuple[int, ...]) -> HttpResponse:
    """The page of an edition; without one, the line that says so."""
    language = active_language().code
    address = _address_of(slug)
    numbers = list_numbers(_folder(), slug)
    if edition is None:
        return _page(request, "figures/damaged.html", {"damaged": damaged, "address": address}, status=503)
    own = reverse("figures:edition", args=[language, address, edition.number])
    values = {
        "edition": show_edition(edition, language),
        "is_latest": edition.number == numbers[-1],
        "damaged": tuple(number for number in damaged if number != edition.number),
        "links": _links(address, edition.number, own),
        "post": write_post(edition, language, settings.LEESIDE_PUBLIC_URL + own),
    }
    return _page(request, "figures/edition.html", values)


def _links(address: str, number: int, own: str) -> dict[str, str]:
    """Where a page of an edition leads. A chart's link is `charts`, the figure's id and `.svg`."""
    language = active_language().code
    files = {
        name: reverse("figures:file", args=[address, number, file])
        for name, file in (("csv", sheet_for(language)), ("json", "data.json"), ("manifest", "manifest.json"))
    }
    return {
        **files,
        "charts": own,
        "latest": reverse("figures:latest", args=[language, address]),
        "editions": reverse("figures:editions", args=[language, address]),
    }


@require_safe
def list_editions(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """All editions of a line, newest first, the damaged ones said as such."""
    slug = _slug_of(address)
    shelf: Shelf = read_shelf(_folder(), slug)
    for line in shelf.damaged.values():
        _LOG.error("%s", line)
    shown = [
        {
            "number": edition.number,
            "span": write_span(edition.months, language),
            "headline": headline_of(edition, language),
            "made": edition.made,
        }
        for edition in reversed(shelf.editions)
    ]
    title = shelf.editions[-1].titles.get(language, slug) if shelf.editions else slug
    values = {
        "shown": shown,
        "title": title,
        "address": _address_of(slug),
        "damaged": tuple(sorted(shelf.damaged, reverse=True)),
    }
    return _page(request, "figures/editions.html", values)


@require_safe
def send_file(request: HttpRequest, address: str, number: int, name: str) -> HttpResponse:
    """One file of an edition, checked before it is sent."""
    slug = _slug_of(address)
    if name not in PUBLIC_FILES or number not in list_numbers(_folder(), slug):
        raise Http404
    try:
        content = read_file(_folder(), slug, number, name)
    except DamagedEditionError as error:
        _LOG.error("%s", error)
        return HttpResponse(status=503)
    return _file(content, PUBLIC_FILES[name], f"{slug}-{number}-{name}")


@require_safe
def send_chart(request: HttpRequest, language: str, address: str, number: int, series: str) -> HttpResponse:
    """The drawing of one figure of an edition as a file."""
    slug = _slug_of(address)
    if number not in list_numbers(_folder(), slug):
        raise Http404
    edition = _read_or_report(slug, number)
    if not isinstance(edition, Edition):
        return HttpResponse(status=503)
    drawn = next((each for each in edition.series if each.id == series), None)
    if drawn is None or language not in LANGUAGES:
        raise Http404
    content = chart_file(edition, drawn, language).encode()
    return _file(content, "image/svg+xml", f"{slug}-{number}-{series}-{language}.svg")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep, under a name that says where it is from."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    for header, value in _FILE_HEADERS.items():
        response[header] = value
    return response

"""Every page of the desk stands in a tour, so that axe and both widths look at it in each language."""

from collections.abc import Iterator

from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from browser.desk_pages import NOT_TOURED, TOURED
from browser.tours import TOURS


def test_every_address_that_shows_a_page_is_toured_or_said_not_to_be() -> None:
    """Broken on purpose: a tour that leaves out the page of a transfer, and a new address that nobody tours."""
    pages = {str(one.name) for one in _patterns(get_resolver("leeside.desk.urls")) if "GET" in _methods_of(one)}
    toured = set().union(*TOURED.values())
    assert pages - toured - set(NOT_TOURED) == set(), "a page that no tour comes by"
    assert set(NOT_TOURED) <= pages - toured, "said not to be toured, and is, or is no page"
    assert set(TOURED) <= set(TOURS)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from _patterns(one)


def _methods_of(pattern: URLPattern) -> set[str]:
    """What the address says that it takes, asked with a method that none of them takes."""
    refused = pattern.callback(RequestFactory().generic("TRACE", "/"))
    assert refused.status_code == 405, f"{pattern.name} takes any method"
    return {one.strip() for one in refused.headers["Allow"].split(",")}

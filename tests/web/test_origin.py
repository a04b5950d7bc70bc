import pytest
from django.test import RequestFactory, override_settings

from leeside.web.origin import is_same_origin

HOST = {"HTTP_HOST": "line.example"}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "none"}, False),
        ({"HTTP_SEC_FETCH_SITE": ""}, False),
        ({"HTTP_SEC_FETCH_SITE": "SAME-ORIGIN"}, False),
        # What the browser says of the site counts before what it says of the origin.
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://line.example"}, False),
        ({"HTTP_ORIGIN": "http://line.example"}, True),
        ({"HTTP_ORIGIN": "https://line.example"}, False),
        ({"HTTP_ORIGIN": "http://line.example:81"}, False),
        ({"HTTP_ORIGIN": "http://line.example.evil.example"}, False),
        ({"HTTP_ORIGIN": "http://evil.example"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_ORIGIN": ""}, False),
        ({"HTTP_REFERER": "http://line.example/"}, False),
        ({}, False),
    ],
)
@override_settings(ALLOWED_HOSTS=["line.example"], LEESIDE_DOOR_URL="http://other.example")
def test_only_our_own_page_is_our_own_page(headers: dict[str, str], expected: bool) -> None:
    request = RequestFactory().post("/", **HOST, **headers)
    assert is_same_origin(request) is expected


@override_settings(ALLOWED_HOSTS=["line.example"], LEESIDE_DOOR_URL="https://line.example")
def test_behind_a_proxy_the_public_address_is_our_own_too() -> None:
    request = RequestFactory().post("/", **HOST, HTTP_ORIGIN="https://line.example")
    assert is_same_origin(request)


@override_settings(ALLOWED_HOSTS=["line.example"], LEESIDE_DESK_URL="https://desk.example")
def test_the_address_of_another_role_is_not_our_own() -> None:
    request = RequestFactory().post("/", **HOST, HTTP_ORIGIN="https://desk.example")
    assert not is_same_origin(request)


@override_settings(ALLOWED_HOSTS=["line.example"])
def test_a_host_that_is_not_ours_has_no_own_page() -> None:
    request = RequestFactory().post("/", HTTP_HOST="evil.example", HTTP_ORIGIN="http://evil.example")
    assert not is_same_origin(request)

import logging
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import get_language

SECRET = "никому-не-показывать"
OWN_HEADERS = {"Cache-Control": "public", "X-Frame-Options": "SAMEORIGIN"}


def raise_it(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("ru/plain", lambda request: HttpResponse(get_language() or "")),
    path("plain", lambda request: HttpResponse(get_language() or "")),
    path(
        "ru/own",
        lambda request: HttpResponse("x", headers={"Cache-Control": "public", "X-Frame-Options": "SAMEORIGIN"}),
    ),
    path("ru/empty", lambda request: HttpResponse(status=405, headers={"Allow": "GET"})),
    path("ru/bug", raise_it(ValueError(SECRET))),
    path("ru/missing", raise_it(Http404(SECRET))),
    path("ru/denied", raise_it(PermissionDenied(SECRET))),
    path("ru/suspicious", raise_it(SuspiciousOperation(SECRET))),
    path("ru/big", raise_it(RequestDataTooBig(SECRET))),
]
handler400 = "leeside.web.errors.bad_request"
handler403 = "leeside.web.errors.permission_denied"
handler404 = "leeside.web.errors.page_not_found"
handler500 = "leeside.web.errors.server_error"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def only_the_frame() -> object:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["leeside.web.middleware.FrameMiddleware"]):
        yield


def test_the_address_chooses_the_language_and_nothing_of_the_last_request_stays(client: Client) -> None:
    assert client.get("/ru/plain").content == b"ru"
    assert client.get("/plain", HTTP_ACCEPT_LANGUAGE="ru").content == b"en"


def test_every_answer_carries_our_headers(client: Client) -> None:
    answer = client.get("/ru/plain")
    assert answer["Cache-Control"] == "no-store, no-transform"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Robots-Tag"] == "noindex, noarchive"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Content-Length"] == "2"
    assert "Set-Cookie" not in answer
    assert not answer.cookies


def test_a_header_that_a_view_sets_stays(client: Client) -> None:
    answer = client.get("/ru/own")
    assert answer["Cache-Control"] == "public"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@override_settings(LEESIDE_WEB_OWN_SCRIPTS=True)
def test_a_role_may_allow_script_files_and_never_inline_script(client: Client) -> None:
    policy = client.get("/ru/plain")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/ru/empty", 405, "только читать"),
        ("/ru/bug", 500, "наша ошибка"),
        ("/ru/missing", 404, "Такой страницы нет"),
        ("/ru/nowhere", 404, "Такой страницы нет"),
        ("/ru/denied", 403, "Отсюда этого сделать нельзя"),
        ("/ru/suspicious", 400, "Не получилось прочитать"),
        ("/ru/big", 413, "слишком много"),
    ],
)
def test_every_error_is_a_page_in_the_language_of_the_address(
    client: Client, address: str, status: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert 'lang="ru"' in page
    assert "Traceback" not in page
    assert SECRET not in page
    assert "<script" not in page
    assert SECRET not in caplog.text


def test_a_405_says_what_is_allowed(client: Client) -> None:
    assert client.get("/ru/empty")["Allow"] == "GET"


def test_our_own_bug_is_one_line_for_the_operator_without_its_message(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    page = client.get("/ru/bug").content.decode()
    (line,) = [one for one in caplog.records if one.name == "leeside.web"]
    assert "ValueError" in line.getMessage()
    assert "test_middleware.py" in line.getMessage()
    assert line.exc_info is None
    sign = line.getMessage().split()[1].rstrip(":")
    assert sign in page


def test_the_style_of_an_error_page_is_the_one_its_policy_allows(client: Client) -> None:
    from base64 import b64encode
    from hashlib import sha256

    answer = client.get("/ru/missing")
    css = answer.content.decode().partition("<style>")[2].partition("</style>")[0]
    assert b64encode(sha256(css.encode()).digest()).decode() in answer["Content-Security-Policy"]


def test_an_error_page_that_breaks_still_ends_in_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("leeside.web.errors.render_to_string", broken)
    answer = client.get("/ru/missing")
    assert answer.status_code == 404
    assert answer.content.startswith(b"<!doctype html>")
    assert SECRET.encode() not in answer.content

"""The public pages, over the role's own addresses."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from figures.drawings import parse
from figures.shelves import publish

if TYPE_CHECKING:
    from django.test import Client

    from plugins.installations import Installation


@pytest.fixture
def public(client_of: "Callable[..., Client]") -> "Client":
    return client_of("public")


@pytest.fixture
def empty(tmp_path: Path, installation: "Installation") -> Iterator[Path]:
    """A folder of this test alone, where the pages look for editions."""
    from django.test import override_settings

    with override_settings(LEESIDE_DIR=tmp_path):
        yield tmp_path


@pytest.fixture
def folder(empty: Path) -> Path:
    """The same with two editions: to October, and to November."""
    publish(empty, last=10)
    publish(empty)
    return empty


def _text(public: "Client", address: str, status: int = 200) -> str:
    response = public.get(address)
    assert response.status_code == status
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def _damage(folder: Path, number: int) -> None:
    path = folder / "editions" / "refusal" / str(number) / "series.json"
    path.write_bytes(path.read_bytes().replace(b"70", b"71"))


HEADLINES = [
    ("ru", "С сентября по ноябрь — 577 обращений об уходе со службы, на 89 % больше, чем с июня по август (305)."),
    ("en", "577 requests to leave the service from September to November, 89 % more than the 305 from June to August."),
    (
        "uk",
        "Від вересня до листопада — 577 звернень про відхід зі служби, на 89 % більше, ніж від червня до серпня (305).",
    ),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("language", "headline"), HEADLINES)
def test_the_latest_edition_states_its_finding_in_each_language(public: "Client", language: str, headline: str) -> None:
    page = _text(public, f"/{language}/help/")
    assert f'<h1 class="lead">{headline}</h1>' in page
    assert f'<html lang="{language}"' in page
    assert headline in _text(public, f"/{language}/refusal/")


@pytest.mark.usefixtures("folder")
def test_chart_and_table_have_the_same_numbers_and_claims_stand_apart(public: "Client") -> None:
    page = _text(public, "/en/help/")
    for number in (70, 85, 54, 112, 139, 184, 218, 175):
        assert f">{number}</text>" in page
        assert f"<td>{number}</td>" in page
    ours, theirs = page.split('<h2 id="others">')
    assert "Not ours, not added to ours." in theirs
    assert "22,000" not in ours
    assert "These do not agree:" in theirs


@pytest.mark.usefixtures("folder")
def test_pages_need_no_script_and_may_be_kept_and_found(public: "Client") -> None:
    response = public.get("/en/help/")
    assert b"<script" not in response.content
    assert b" style=" not in response.content
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in response


@pytest.mark.usefixtures("folder")
def test_the_post_names_the_public_address_of_its_edition(public: "Client") -> None:
    from django.test import override_settings

    with override_settings(LEESIDE_PUBLIC_URL="https://figures.example.org"):
        assert "data: https://figures.example.org/en/help/edition/2/</textarea>" in _text(public, "/en/help/")


@pytest.mark.usefixtures("folder")
def test_an_earlier_edition_says_that_it_is_one(public: "Client") -> None:
    assert "This is an earlier edition." in _text(public, "/en/help/edition/1/")
    assert "This is an earlier edition." not in _text(public, "/en/help/edition/2/")


@pytest.mark.usefixtures("folder")
def test_all_editions_are_listed_newest_first(public: "Client") -> None:
    page = _text(public, "/uk/help/editions/")
    assert page.index("Випуск 2") < page.index("Випуск 1")


@pytest.mark.usefixtures("folder")
def test_the_start_lists_the_lines_in_the_visitors_language(public: "Client") -> None:
    response = public.get("/", headers={"accept-language": "uk"})
    assert (response.status_code, response["Location"]) == (302, "/uk/")
    assert "Accept-Language" in response["Vary"]
    page = _text(public, "/uk/")
    assert 'href="/uk/help/"' in page
    assert "577 звернень" in page


@pytest.mark.usefixtures("empty")
def test_nothing_published_is_said_and_no_error(public: "Client") -> None:
    assert "Nothing has been published yet." in _text(public, "/en/")
    assert _text(public, "/health") == "ok\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "address",
    [
        "/en/nobody/",
        "/de/help/",
        "/en/help/edition/3/",
        "/help/edition/3/data.csv",
        "/help/edition/1/other.txt",
        "/help/edition/1/..%2f..%2fleeside.toml",
        "/..%2f/edition/1/data.csv",
        "/en/help/edition/1/other.svg",
        "/en/help/edition/3/requests.svg",
        "/en/help/edition/99999999999999999999/",
    ],
)
def test_what_does_not_exist_is_not_found(public: "Client", address: str) -> None:
    assert public.get(address).status_code == 404


@pytest.mark.usefixtures("folder")
def test_pages_are_only_to_be_read(public: "Client") -> None:
    assert public.post("/en/help/").status_code in {403, 405}


# Files


@pytest.mark.usefixtures("folder")
def test_the_data_may_be_fetched_and_used_elsewhere(public: "Client") -> None:
    response = public.get("/help/edition/2/data.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="refusal-2-data.csv"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["number"] for row in rows if row["figure"] == "requests" and not row["dimension"]][-1] == "175"
    data = json.loads(public.get("/help/edition/2/data.json").content)
    assert data["figures"][0]["months"]["2023-10"] == 218
    assert json.loads(public.get("/help/edition/2/manifest.json").content)["number"] == 2


@pytest.mark.usefixtures("folder")
def test_the_chart_may_be_fetched_in_each_language(public: "Client") -> None:
    response = public.get("/ru/help/edition/2/requests.svg")
    assert response["Content-Type"] == "image/svg+xml"
    texts = [each.text for each in parse(response.content.decode()).iter()]
    assert "Обращения об уходе со службы, апрель – ноябрь 2023" in texts


@pytest.mark.usefixtures("folder")
def test_every_link_of_a_page_leads_somewhere(public: "Client") -> None:
    seen = set()
    for start in ("/en/", "/en/help/", "/en/help/editions/", "/en/help/edition/1/"):
        for address in re.findall(r'href="(/[^"#]+)"', public.get(start).content.decode()):
            if address not in seen and not address.startswith("/static/"):
                seen.add(address)
                assert public.get(address).status_code == 200, address
    assert len(seen) > 12


# Damage


def test_a_damaged_edition_is_said_and_the_one_before_is_shown(
    public: "Client", folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _damage(folder, 2)
    page = _text(public, "/en/help/")
    assert "Edition 2 is damaged and is not shown." in page
    assert "Edition 1 ·" in page
    assert public.get("/en/help/")["Cache-Control"].startswith("no-store")
    line = "Edition 2 of refusal is damaged and is not shown: series.json is not what was published."
    assert line in caplog.messages
    assert "Edition 2 is damaged" in _text(public, "/en/help/editions/")
    assert "An edition is damaged" in _text(public, "/en/")


def test_nothing_of_a_damaged_edition_is_served(public: "Client", folder: Path) -> None:
    _damage(folder, 2)
    for address in ("/help/edition/2/data.csv", "/help/edition/2/manifest.json", "/en/help/edition/2/requests.svg"):
        assert public.get(address).status_code == 503
    page = _text(public, "/en/help/edition/2/", 503)
    assert "Edition 2 is damaged and is not shown." in page
    assert "577" not in page


def test_when_all_are_damaged_that_is_all_there_is_to_say(public: "Client", folder: Path) -> None:
    _damage(folder, 1)
    _damage(folder, 2)
    page = _text(public, "/ru/help/", 503)
    assert "Выпуск 2 повреждён и не показан." in page
    assert "Выпуск 1 повреждён и не показан." in page
    assert "повреждён" in _text(public, "/ru/help/editions/")
    assert _text(public, "/ru/").count("<section") == 0

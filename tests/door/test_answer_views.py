"""The public answers at the door: plain pages for anybody, without script, cookie, field or a link that leads away."""

import dataclasses
import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from door.posting import FORM
from leeside.door import answer_pages
from leeside.door.along import write_along
from leeside.packs.pack import Pack
from leeside.packs.reader import shipped_pack
from leeside.web.clock import domain_clock

INDEX = f"{FORM}answers/"
PACK = shipped_pack("refusal")
BY_ID = {one.id: one for one in PACK.public_answers.answers}
ONE = f"{INDEX}{BY_ID['wounded_no_commission'].address}"


@pytest.fixture(autouse=True)
def made_anew() -> Iterator[None]:
    """Pages of other tests are forgotten, and those of these tests for others."""
    answer_pages.forget_pages()
    yield
    answer_pages.forget_pages()


def with_first(monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    """The shipped pack with its answer on the wounded changed."""
    answers = tuple(
        dataclasses.replace(one, **changed) if one.id == "wounded_no_commission" else one
        for one in PACK.public_answers.answers
    )
    pack: Pack = dataclasses.replace(PACK, public_answers=dataclasses.replace(PACK.public_answers, answers=answers))
    monkeypatch.setattr(answer_pages, "pack_of", lambda line: pack)


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_the_index_leads_to_every_answer_in_each_language(door: Client, language: str) -> None:
    """Broken on purpose: an index that leaves out the last subject."""
    page = door.get(f"/{language}/help/answers/").content.decode()
    for answer in PACK.public_answers.answers:
        assert f'href="/{language}/help/answers/{answer.address}"' in page
        shown = door.get(f"/{language}/help/answers/{answer.address}")
        assert shown.status_code == 200
        assert answer.words[language].next.split(":")[0].split("“")[0] in shown.content.decode()


def test_an_answer_says_first_what_is_short_and_then_of_which_day_it_is_and_that_no_lawyer_read_it(
    door: Client,
) -> None:
    """Broken on purpose: the short answer after the rest, and a page without the line on the check."""
    page = door.get(ONE).content.decode()
    words = BY_ID["wounded_no_commission"].words["ru"]
    assert page.index(words.short) < page.index(words.rest[0].lines[0])
    assert "Закон на день: пятница, 1 декабря 2023 года." in page
    assert "Юрист ещё не проверил." in page
    assert "Изменилось" not in page
    assert FORM in page


def test_a_check_is_told_with_name_and_day(door: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: a page that always says that nobody checked."""
    with_first(monkeypatch, checked_by="А. Лаврова", checked_on=datetime(2023, 12, 4, tzinfo=UTC).date())
    page = door.get(ONE).content.decode()
    assert "Проверка: А. Лаврова, понедельник, 4 декабря 2023 года." in page
    assert "Юрист ещё не проверил." not in page


def test_a_rule_that_changed_is_told_above_the_answer(door: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: a page that does not ask `changed_since`."""
    with_first(monkeypatch, rests_on={"report_for_commission": "0" * 16})
    page = door.get(ONE).content.decode()
    assert "Изменилось: пятница, 1 декабря 2023 года." in page
    assert page.index("Изменилось:") < page.index('class="lead"')


def test_no_answer_is_shown_before_its_day(door: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: a page that looks at all answers instead of those of the day."""
    tomorrow = datetime.fromordinal(domain_clock().now().toordinal() + 2).date()
    with_first(monkeypatch, as_of=tomorrow)
    assert door.get(ONE).status_code == 404
    assert ONE not in door.get(INDEX).content.decode()


@pytest.mark.parametrize("address", [INDEX, ONE, f"{INDEX}{BY_ID['what_we_never_do'].address}"])
def test_the_pages_ask_nothing_load_nothing_and_lead_nowhere_else(door: Client, address: str) -> None:
    """Broken on purpose: sources as links, and a search box above the index."""
    answer = door.get(address)
    page = answer.content.decode()
    assert not re.search(r"<(?:script|form|input|textarea|img|iframe|object|button)\b", page)
    assert not re.search(r"\son\w+=", page)
    assert "url(" not in page
    own = ("/ru/help/", "/en/help/", "/uk/help/", "/exit", "#main", "data:,", "http://localhost")
    assert [each for each in re.findall(r'href="([^"]*)"', page) if not each.startswith(own)] == []
    assert not door.cookies
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", [INDEX, ONE, f"{INDEX}{BY_ID['civilian_service'].address}"])
def test_a_page_is_one_small_answer_that_any_browser_reads(door: Client, address: str) -> None:
    """Broken on purpose: pages that are never compressed, and ones that always are."""
    plain, zipped = door.get(address), door.get(address, HTTP_ACCEPT_ENCODING="gzip, br")
    assert "Content-Encoding" not in plain
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content).rstrip() == plain.content.rstrip()
    assert len(zipped.content) <= 12 * 1024


@pytest.mark.promise(1, "Which public answer somebody reads, looked for in the length of what was sent")
@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_every_answer_and_its_file_and_the_index_are_as_long_as_each_other_on_the_wire(
    door: Client, language: str
) -> None:
    """Broken on purpose: pages compressed as they are, and a file that is sent without a filler."""
    index = f"/{language}/help/answers/"
    answers = [f"{index}{one.address}" for one in PACK.public_answers.answers]
    pages = [index, *answers, *(f"{one}/file" for one in answers)]
    assert {len(door.get(one, HTTP_ACCEPT_ENCODING="gzip").content) for one in pages} == {8 * 1024}
    assert {len(door.get(one).content) % (8 * 1024) for one in [*pages, f"{index}file"]} == {0}


# Files to take along


@pytest.mark.parametrize(
    ("address", "name"),
    [(f"{ONE}/file", f"page-{BY_ID['wounded_no_commission'].address}.html"), (f"{INDEX}file", "pages.html")],
)
def test_an_answer_can_be_taken_along_under_a_name_that_says_nothing(door: Client, address: str, name: str) -> None:
    """Broken on purpose: the answer's id in the name, and a file that is shown instead of kept."""
    answer = door.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert not door.cookies


def test_the_file_is_that_of_the_command_line(door: Client) -> None:
    """Broken on purpose: a file that leaves out what is shown on that day."""
    day = domain_clock().today("Europe/Moscow")
    shown = PACK.public_answers.shown_on(day)
    assert door.get(f"{INDEX}file").content.decode().rstrip() == write_along(PACK, shown, "ru", day).rstrip()


def test_page_and_file_have_the_same_signs(door: Client) -> None:
    """Broken on purpose: a page that shows the signs of another language."""
    sign = BY_ID["wounded_no_commission"].sign(PACK.guide, "ru")
    assert sign in door.get(ONE).content.decode()
    assert sign in door.get(f"{ONE}/file").content.decode()


def test_page_and_index_lead_to_the_file_and_say_that_it_stays(door: Client) -> None:
    """Broken on purpose: the index without its link."""
    for address, file in ((ONE, f"{ONE}/file"), (INDEX, f"{INDEX}file")):
        page = door.get(address).content.decode()
        assert f'href="{file}"' in page
        assert "Он останется на этом устройстве, пока вы его не удалите." in page


@pytest.mark.parametrize("address", [f"{INDEX}nothing/file", "/ru/nothing/answers/file", f"{INDEX}00000000/file"])
def test_no_file_is_made_of_what_is_not_there(door: Client, address: str) -> None:
    """Broken on purpose: all answers for an address that no answer has."""
    assert door.get(address).status_code == 404


@pytest.mark.parametrize("address", [f"{INDEX}nothing", "/ru/nothing/answers/", "/de/help/answers/"])
def test_what_is_not_there_is_a_kind_page(door: Client, address: str) -> None:
    assert door.get(address).status_code == 404


@pytest.mark.parametrize("address", [INDEX, ONE, f"{ONE}/file", f"{INDEX}file"])
def test_nothing_can_be_sent_here(door: Client, address: str) -> None:
    """Broken on purpose: views without a look at the method."""
    refused = door.post(address, {"text": "words"}, HTTP_ORIGIN="http://localhost")
    assert refused.status_code == 405
    assert refused["Allow"] == "GET, HEAD"


def test_neither_title_nor_address_of_an_answer_says_what_somebody_read(door: Client) -> None:
    """Broken on purpose: the question as the page's title, and the answer's id in its address."""
    own, form = door.get(ONE).content.decode(), door.get(FORM).content.decode()
    title = re.compile("<title>(.*?)</title>")
    assert title.findall(own) == title.findall(form) != []
    for answer in PACK.public_answers.answers:
        assert answer.id not in door.get(INDEX).content.decode()
        assert re.fullmatch("[0-9a-f]{8}", answer.address)


@pytest.mark.parametrize("address", [FORM, f"{FORM}safety"])
def test_form_and_safety_page_lead_to_the_answers(door: Client, address: str) -> None:
    """Broken on purpose: either page without the link."""
    assert f'href="{INDEX}"' in door.get(address).content.decode()

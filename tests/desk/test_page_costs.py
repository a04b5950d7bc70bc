"""What a page of the desk costs: statements to the databases, whatever the number of rows, and bytes on the wire.

That a number does not grow with what is shown is the point: a statement for each row would pass every other test and
fail with a full queue. Whoever needs more statements for a page raises its number here, and says why.
Broken on purpose to see them fail: `timeline._newest` that keeps all; pages left uncoded.
"""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from desk.stage import HOT, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk import answering
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from plugins.statements import Counting

FIRST_BYTES, NEXT_BYTES = 150_000, 30 * 1024
FULL_BYTES = 32 * 1024
"""A case with forty entries of which all that decides is known, so that every group of the law is full."""
PAGES = {
    "/en/queue/": 20,
    "/en/queue/?tab=mine": 20,
    "/en/queue/?tab=all": 20,
    "/en/people/": 12,
    "/en/search/": 6,
    "/en/figures/": 16,
}
CASE_STATEMENTS = 30


@pytest.fixture
def heron(stage: Stage, client_of: Callable[..., Client]) -> Iterator[Browser]:
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Heron")
    yield browser


def long_case(stage: Stage, notes: int, **more: str | list[str]) -> Sent:
    """A case with so many notes, each as long as people write them."""
    sent = send(
        stage, {**HOT, **more}, circle="first", text="Лежу в госпитале, комиссия назначена на понедельник. " * 8
    )
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    for number in range(notes):
        wren = stage.seat("Wren", now=wren.now + timedelta(minutes=1))
        text = f"{number}: выписка лежит у врача, спросить ещё раз по телефону, копия осталась у нас. " * 2
        answering.write_note(wren, sent.case_id, text, Step("x", wren.reader_id, wren.today + timedelta(days=1)))
    return sent


@pytest.mark.parametrize(("page", "most"), PAGES.items())
def test_a_page_asks_the_databases_a_number_of_times_that_does_not_grow(
    stage: Stage, heron: Browser, statements: Counting, page: str, most: int
) -> None:
    counts = []
    for more in (1, 6):
        for _ in range(more):
            send(stage, HOT, circle="first")
        heron.get(page)
        with statements() as asked:
            assert heron.get(page).status_code == 200
        counts.append(asked.count)
        assert asked.count <= most, asked.told()
    # The first case of all brings statements of its own (its keys, its hold); six more bring none.
    send(stage, HOT, circle="first")
    with statements() as asked:
        heron.get(page)
    assert asked.count == counts[-1], asked.told()


def test_a_case_asks_as_often_with_forty_entries_as_with_four(
    stage: Stage, heron: Browser, statements: Counting
) -> None:
    counts = []
    for sent in (long_case(stage, 4), long_case(stage, 40)):
        heron.get(f"/en/case/{sent.slug}/")
        with statements() as asked:
            assert heron.get(f"/en/case/{sent.slug}/").status_code == 200
        counts.append(asked.count)
        assert asked.count <= CASE_STATEMENTS, asked.told()
    assert counts[0] == counts[1]


def test_a_long_case_shows_its_newest_things_and_the_rest_at_a_tap(stage: Stage, heron: Browser) -> None:
    sent = long_case(stage, 40)
    page = heron.get(f"/en/case/{sent.slug}/").content.decode()
    assert "39: выписка" in page and ">2: выписка" not in page and "?earlier" in page
    assert "комиссия назначена" in page, "the letter stays"
    whole = heron.get(f"/en/case/{sent.slug}/?earlier=shown").content.decode()
    assert "2: выписка" in whole and "?earlier" not in whole


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_pages_are_light_on_the_wire(stage: Stage, heron: Browser, language: str) -> None:
    sent = long_case(stage, 40)
    for _ in range(45):
        send(stage, HOT, circle="first")
    paths = [page.replace("/en/", f"/{language}/") for page in PAGES] + [f"/{language}/case/{sent.slug}/"]
    for path in paths:
        answer = heron.client.get(path, secure=True, HTTP_ACCEPT_ENCODING="gzip")
        assert answer.status_code == 200
        assert len(answer.content) <= NEXT_BYTES, (path, len(answer.content))
        assert gzip.decompress(answer.content).rstrip().endswith(b"</html>")


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_a_case_of_which_the_law_has_much_to_say_is_light_too(stage: Stage, heron: Browser, language: str) -> None:
    """Broken on purpose: eight rules of each group instead of four."""
    known = {"serves": "mobilised", "commission": "no", "wanted": "no", "held": "no", "why_now": ["health"]}
    papers = {"paper_passport": "unit", "paper_military": "unit", "paper_medical": "with_me"}
    sent = long_case(stage, 40, presses=["hospital_ends", "sent_back"], learned_on="2023-12-01", **known, **papers)
    path = f"/{language}/case/{sent.slug}/"
    answer = heron.client.get(path, secure=True, HTTP_ACCEPT_ENCODING="gzip")
    assert gzip.decompress(answer.content).decode().count('<details class="rule">') >= 12
    assert len(answer.content) <= FULL_BYTES, len(answer.content)


def test_the_first_visit_brings_style_and_script_under_its_bar(stage: Stage, heron: Browser) -> None:
    """Static files are served compressed, as WhiteNoise makes them beside each."""
    from django.contrib.staticfiles import finders

    page = heron.client.get("/ru/queue/", secure=True, HTTP_ACCEPT_ENCODING="gzip")
    text = gzip.decompress(page.content).decode()
    names = [part.partition('"')[0] for mark in ('href="/static/', 'src="/static/') for part in text.split(mark)[1:]]
    assert names
    total = len(page.content)
    for name in names:
        found = finders.find(name)
        assert isinstance(found, str), name
        total += len(gzip.compress(Path(found).read_bytes(), 6))
    assert total <= FIRST_BYTES, total

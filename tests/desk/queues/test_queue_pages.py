"""The pages of the queue over HTTP: strip, tabs, filters, news, many at once, load; and how much a page asks."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from desk.stage import HOT, PLAIN, Stage, send
from desk.test_pages import Browser
from leeside.desk import closing, holding
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.queues.tabs import TABS
from leeside.vault import reading, sessions, store
from leeside.web.clock import real_now

NUMBER = re.compile(r'<li><a href="([^"]*)"[^>]*><b>([^<]*)</b>')
TAB = re.compile(r'<a href="\?tab=([a-z-]+)"[^>]*>[^<]*<b>([^<]*)</b>')
NAME = re.compile(r'<a class="n" href="/en/case/([a-z-]+)/"')


@pytest.fixture
def browser(stage: Stage, client_of: Callable[..., Client]) -> Iterator[Browser]:
    yield Browser(client_of("desk"))


def page(browser: Browser, query: str = "") -> str:
    answer = browser.get(f"/en/queue/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows(text: str) -> list[str]:
    return NAME.findall(text)


def mark(stage: Stage, case_id: bytes, **marks: Any) -> None:
    row = look_into(stage.seat("Heron"), case_id).row
    store.append_entries(case_id, row.version, marks=store.MarksChange(**marks))


def test_a_closed_case_to_ask_again_is_not_told_as_due_today(stage: Stage, browser: Browser) -> None:
    asked, urgent = (send(stage, HOT, circle="closed") for _ in range(2))
    willow = stage.seat("Willow")
    for one in (asked, urgent):
        open_case(willow, one.case_id)
        holding.keep(willow, one.case_id, Step("ask", willow.reader_id, willow.today + timedelta(days=30)))
    closing.close(willow, asked.case_id, "answered", willow.today + timedelta(days=1))
    mark(stage, asked.case_id, follow_from=willow.today)
    mark(stage, urgent.case_id, look_by=store.LookBy.TODAY, look_by_day=willow.today)
    browser.sign_in(stage, "Willow")
    assert dict(NUMBER.findall(page(browser)))["?tab=today"] == "1"
    assert rows(page(browser, "?tab=today")) == [urgent.slug]
    assert rows(page(browser, "?tab=again")) == [asked.slug]
    assert set(rows(page(browser, "?tab=due"))) == {asked.slug, urgent.slug}
    assert "1 of them yours · to ask again this week: 1" in page(browser)


def test_every_number_and_every_tab_counts_the_rows_behind_it(stage: Stage, browser: Browser) -> None:
    first, second = (send(stage, PLAIN, circle="first") for _ in range(2))
    mark(stage, first.case_id, urgency=store.Urgency.RED)
    seat = stage.seat("Wren")
    late = seat.now - timedelta(hours=1)
    mark(stage, second.case_id, answer_by=late.replace(minute=0, second=0, microsecond=0))
    send(stage, HOT, circle="closed")
    browser.sign_in(stage, "Wren")
    text = page(browser)
    counted = dict(TAB.findall(text)) | {href.removeprefix("?tab="): count for href, count in NUMBER.findall(text)}
    for key in TABS:
        shown = rows(page(browser, f"?tab={key}"))
        if key in counted:
            assert counted[key] == str(len(shown)), key
    assert set(rows(page(browser, "?tab=red"))) == {first.slug}
    assert set(rows(page(browser, "?tab=past"))) == {second.slug}
    assert set(rows(page(browser))) == {first.slug, second.slug}


def test_an_empty_tab_says_what_to_do_next(stage: Stage, browser: Browser) -> None:
    browser.sign_in(stage, "Wren")
    said = set()
    for key in TABS:
        empty = re.search(r'class="sheet empty"><p>([^<]+)</p>', page(browser, f"?tab={key}"))
        assert empty, key
        said.add(empty[1])
    assert len(said) >= 10


def test_filters_find_by_card_and_by_words_and_say_how_far_they_looked(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = send(stage, PLAIN, circle="first")
    hot = send(stage, HOT, circle="first")
    browser.sign_in(stage, "Wren")
    assert rows(page(browser, "?wants=summons")) == [plain.slug]
    assert rows(page(browser, "?region=volga")) == [hot.slug]
    assert rows(page(browser, "?region=volga&wants=summons")) == []
    assert rows(page(browser, "?language=uk")) == []
    assert rows(page(browser, f"?words={hot.slug.split('-')[1]}")) == [hot.slug]
    assert set(rows(page(browser, "?region=nowhere&flag=nothing&circle=lead"))) == {plain.slug, hot.slug}
    assert "Looked to the end of the list: 1 fits." in page(browser, "?wants=summons")


def test_a_filter_looks_so_far_and_goes_on_from_there(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken on purpose: a filter that looks at one page only and says that this was all."""
    from dataclasses import replace

    from leeside.desk.queues import filters
    from leeside.desk.queues.views import queue as views

    small = replace(filters.LIMITS, queue_rows=2, queue_looked_at=3)
    monkeypatch.setattr(filters, "LIMITS", small)
    monkeypatch.setattr(filters, "_AT_ONCE", 2)
    monkeypatch.setattr(views, "LIMITS", small)
    sent = {send(stage, PLAIN, circle="first").slug for _ in range(3)} | {send(stage, HOT, circle="first").slug}
    for number in range(3):
        sent.add(send(stage, HOT if number else PLAIN, circle="first").slug)
    browser.sign_in(stage, "Wren")
    found, query = [], "?wants=summons"
    for _ in range(6):
        text = page(browser, query)
        found += rows(text)
        further = re.search(r'href="(\?[^"]*)" rel="next"', text)
        if further is None:
            break
        assert "from here on, of 7 in all" in text
        query = unescape(further[1])
    assert len(found) == len(set(found)) == 4


def test_news_tell_how_many_came_in_and_nothing_else(stage: Stage, browser: Browser) -> None:
    send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    address = unescape(re.search(r'data-news="([^"]+)"', page(browser))[1])  # type: ignore[index]
    assert browser.get(address).content == b"0000"
    send(stage, PLAIN, circle="first")
    send(stage, HOT, circle="closed")
    answer = browser.get(address)
    assert (answer.content, answer["Content-Type"]) == (b"0001", "text/plain")
    assert 'data-news="' in page(browser, "?tab=mine")
    assert 'data-news="' not in page(browser, "?wants=summons")


def test_rows_that_move_up_are_no_news(stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: `count_new` without the rank of the page's end."""
    from dataclasses import replace

    from leeside.desk.queues import news
    from leeside.desk.queues.views import queue as views

    small = replace(views.LIMITS, queue_rows=2)
    monkeypatch.setattr(views, "LIMITS", small)
    monkeypatch.setattr(news, "LIMITS", small)
    slugs = {send(stage, PLAIN, circle="first").slug: None for _ in range(30)}
    browser.sign_in(stage, "Wren")
    text = page(browser)
    address = unescape(re.search(r'data-news="([^"]+)"', text)[1])  # type: ignore[index]
    top = rows(text)[0]
    assert top in slugs
    case_id = store.find_case(stage.seat("Heron").line_id, _code(top))
    finch = stage.seat("Finch")
    open_case(finch, case_id)
    holding.keep(finch, case_id, Step("call", finch.reader_id, finch.today))
    assert browser.get(address).content == b"0000"


def _code(slug: str) -> store.CodeName:
    from leeside.desk.code_names import read_slug

    found = read_slug(slug)
    assert found is not None
    return found


def test_news_are_for_who_is_signed_in_and_keep_no_session_alive(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken on purpose: `news` with a seat that renews."""
    assert browser.get("/en/queue/news?tab=person&seen=").status_code == 404
    browser.sign_in(stage, "Wren")
    assert browser.get("/en/queue/news?tab=person&seen=").content == b"0000"
    assert browser.get("/en/queue/news?tab=person&seen=!!").status_code == 404
    renewed = []
    monkeypatch.setattr(sessions, "RENEW_AFTER_SECONDS", -1)
    monkeypatch.setattr(sessions, "renew_session", lambda *asked: renewed.append(asked))
    browser.get("/en/queue/news?tab=person&seen=")
    assert renewed == []
    browser.get("/en/queue/")
    assert renewed


def test_a_full_volunteer_is_told_whom_to_ask(stage: Stage, browser: Browser) -> None:
    sent = send(stage, PLAIN, circle="first")
    seat = stage.seat("Wren")
    store.put_shift(seat.line_id, seat.reader_id, real_now() + timedelta(hours=1), 0)
    browser.sign_in(stage, "Wren")
    told = browser.post(f"/en/case/{sent.slug}/take", {}, page="/en/queue/").headers["Location"]
    assert told == "/en/queue/?told=full"
    assert "ask a coordinator to assign it to you: Heron, Larch." in page(browser, "?told=full")


def test_marked_cases_are_assigned_and_the_page_says_what_became_of_each(stage: Stage, browser: Browser) -> None:
    sent = [send(stage, PLAIN, circle="first") for _ in range(2)]
    browser.sign_in(stage, "Heron")
    wren = stage.people["Wren"].reader_id
    assert f'value="{wren.hex()}" selected' in page(browser, f"?to={wren.hex()}")
    fields: Any = {"case": [sent[0].slug, "no-such"], "reader": wren.hex(), "tab": "person"}
    answer = browser.post("/en/queue/assign", fields, page="/en/queue/")
    assert answer.status_code == 200
    assert b"Assigned to Wren" in answer.content
    assert b"It is not there any more, or not for you." in answer.content
    assert look_into(stage.seat("Heron"), sent[0].case_id).row.owner == wren
    spam: Any = {"case": [sent[1].slug]}
    assert b"Closed as no request" in browser.post("/en/queue/no-request", spam, page="/en/queue/").content
    assert not look_into(stage.seat("Heron"), sent[1].case_id).is_open
    for fields in ({"case": [], "reader": wren.hex()}, {"case": [sent[0].slug], "reader": ""}):
        refused = browser.post("/en/queue/assign", fields, page="/en/queue/")
        assert (refused.status_code, b"Nothing was changed" in refused.content) == (400, True)


def test_the_table_of_load_is_by_name_and_counts_what_each_carries(stage: Stage, browser: Browser) -> None:
    case_id = send(stage, PLAIN, circle="first").case_id
    wren = stage.seat("Wren")
    open_case(wren, case_id)
    holding.keep(wren, case_id, Step("call", wren.reader_id, wren.today))
    mark(stage, case_id, urgency=store.Urgency.RED, look_by=store.LookBy.TODAY, look_by_day=wren.today)
    store.put_shift(wren.line_id, wren.reader_id, real_now() + timedelta(hours=1), 3)
    browser.sign_in(stage, "Heron")
    text = browser.get("/en/load/").content.decode()
    assert re.findall(r'<th scope="row">(\w+)', text) == ["Finch", "Heron", "Larch", "Willow", "Wren"]
    line = re.search(r'<th scope="row">Wren.*?</tr>', text, re.S)
    assert line is not None
    assert re.findall(r'data-title="[^"]*">([^<]*)<', line[0])[1:5] == ["2 of 3", "1", "1", "1"]


@pytest.mark.promise(2, "pages of the queue by everybody, role by role", times=25)
def test_pages_are_for_those_whom_the_table_names(stage: Stage, browser: Browser) -> None:
    """Broken on purpose: `load_of` and `make_ping` without their first line."""
    allowed = {
        "/en/queue/": {"Heron", "Wren", "Willow"},
        "/en/queue/news?tab=all&seen=": {"Heron", "Wren", "Willow"},
        "/en/load/": {"Heron"},
        "/en/pings/": {"Heron", "Wren", "Willow"},
    }
    for who in ("Heron", "Wren", "Willow", "Rowan"):
        browser.client.cookies.clear()
        browser.sign_in(stage, who)
        for path, people in allowed.items():
            assert (browser.get(path).status_code == 200) is (who in people), (who, path)
        for path in ("/en/queue/assign", "/en/queue/no-request"):
            fields: Any = {"case": ["x-y"], "reader": stage.people["Wren"].reader_id.hex()}
            answer = browser.post(path, fields, page="/en/people/")
            assert (answer.status_code == 200) is (who == "Heron"), (who, path)


def test_a_page_of_the_queue_asks_the_store_the_same_few_times_however_many_rows(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = reading._Readers.ask

    def count(self: reading._Readers, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return ask(self, sql, *rest)

    monkeypatch.setattr(reading._Readers, "ask", count)
    for who, most in (("Wren", 13), ("Heron", 17)):
        browser.client.cookies.clear()
        browser.sign_in(stage, who)
        page(browser, "?tab=all")
        counts = []
        for _ in range(2):
            for _number in range(4):
                send(stage, PLAIN, circle="first")
            asked.clear()
            page(browser, "?tab=all")
            counts.append(len(asked))
        assert counts[0] == counts[1] <= most, (who, asked)


def test_an_address_of_pings_is_shown_once(stage: Stage, browser: Browser) -> None:
    browser.sign_in(stage, "Wren")
    assert b"Make an address" in browser.get("/en/pings/").content
    made = browser.post("/en/pings/make", {}, page="/en/pings/").content.decode()
    address = re.search(r"https://testserver(/en/ping/[\w-]{43})<", made)
    assert address is not None
    assert browser.get(address[1]).status_code == 200
    again = browser.get("/en/pings/").content.decode()
    assert address[1] not in again
    assert "You have an address." in again
    assert browser.post("/en/pings/end", {}, page="/en/pings/").status_code == 302
    assert browser.get(address[1]).status_code == 404


def test_a_row_says_nothing_twice_and_marks_what_a_narrow_screen_leaves_out(stage: Stage, browser: Browser) -> None:
    """Broken on purpose: the place told beside the reason that is the same words; every language left out."""
    pack = stage.seat("Heron").pack
    place = pack.text("question.where.option.held", "en")
    sent = send(stage, {**PLAIN, "where": "held"}, circle="first")
    browser.sign_in(stage, "Heron")
    row = re.compile(rf'id="c-{sent.slug}".*?</li>', re.DOTALL)
    (text,) = row.findall(page(browser))
    assert text.count(place) == 1, "once, as the reason"
    assert "<span> · Русский</span>" in text, "a letter in another language says so everywhere"
    assert 'class="clock wide">First line' in text
    (text,) = row.findall(browser.get("/ru/queue/").content.decode())
    assert '<span class="wide"> · Русский</span>' in text

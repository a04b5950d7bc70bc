"""The flow of a search, on a real line, with the child that does it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.searching.found import Ask, lines, slugs
from desk.stage import HOT, PLAIN, Stage, send
from leeside.desk import answering, closing, grants
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.limits import LIMITS
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from leeside.desk.searching import running, scanning
from leeside.desk.searching.errors import AlreadySearchingError, SearchFailedError
from leeside.desk.searching.query import read_query
from leeside.desk.seat import Seat
from leeside.vault import store

LETTER = "Лежу в госпитале, паспорта у меня нет. Ёлку уже поставили."


def test_endings_capitals_and_two_letters_do_not_matter(stage: Stage, ask: Ask) -> None:
    sent = send(stage, text=LETTER)
    for words in (
        "паспорт",
        "ПАСПОРТОМ",
        "елка",
        "госпиталь",
        "паспорт ёлку",
        '"паспорта у меня"',
        "«лежу в госпитале»",
    ):
        assert slugs(ask("Heron", words)) == {sent.slug}, words
    for words in ("порт", "паспорт билет", '"у меня паспорта"', "больница"):
        assert slugs(ask("Heron", words)) == set(), words


def test_words_of_options_are_found_though_a_case_holds_their_ids(stage: Stage, ask: Ask) -> None:
    hot, plain = send(stage, HOT), send(stage, PLAIN)
    assert slugs(ask("Heron", "hospital")) == {hot.slug}
    assert slugs(ask("Heron", "home")) == {plain.slug}


def test_the_line_is_cut_out_around_the_word_and_marks_it(stage: Stage, ask: Ask) -> None:
    send(stage, text="Начало. " * 60 + "Здесь стоит кипрей у дороги. " + "Конец. " * 60)
    (case,) = ask("Wren", "кипрей").found["cases"]
    line = case["places"][0]["line"]
    assert ["кипрей", True] in line
    assert sum(len(piece) for piece, _ in line) < 200


def step(seat: Seat) -> Step:
    return Step("look again", seat.reader_id, seat.today + timedelta(days=1))


def test_notes_and_letters_are_filtered_by_kind_day_owner_state_language_and_need(stage: Stage, ask: Ask) -> None:
    sent = send(stage, HOT, text="кипрей в письме")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    answering.write_note(wren, sent.case_id, "кипрей в заметке", step(wren))
    assert len(lines(ask("Wren", "кипрей"))) == 2
    assert lines(ask("Wren", "кипрей", kinds=("notes",))) == ["кипрей в заметке"]
    for found, typed in (
        (False, {"until": "2000-01-01"}),
        (True, {"since": "2000-01-01"}),
        (True, {"mine": "yes"}),
        (False, {"state": "closed"}),
        (True, {"state": "open"}),
        (False, {"language": "uk"}),
        (True, {"language": "ru"}),
        (False, {"need": "summons"}),
        (True, {"need": "leave_service"}),
    ):
        assert bool(lines(ask("Wren", "кипрей", **typed))) is found, typed
    assert not lines(ask("Heron", "кипрей", mine="yes"))


def test_a_closed_case_is_found_like_an_open_one(stage: Stage, ask: Ask) -> None:
    sent = send(stage, HOT, text="кипрей")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    answering.write_note(wren, sent.case_id, "a note", step(wren))
    closing.close(wren, sent.case_id, "discharged", wren.today + timedelta(days=30))
    for name in ("Wren", "Heron"):
        assert slugs(ask(name, "кипрей")) == {sent.slug}
        assert slugs(ask(name, "кипрей", state="open")) == set()


def test_a_first_search_prepares_own_copies_and_the_next_needs_none(stage: Stage, ask: Ask) -> None:
    sent = send(stage, HOT, text="кипрей")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    answering.write_note(wren, sent.case_id, "a note", step(wren))
    finch = stage.seat("Finch")
    grants.grant(wren, sent.case_id, finch.reader_id)
    assert ask("Finch", "кипрей").kept == 1
    row = store.fetch_case(sent.case_id, finch.reader_id, finch.circles)
    assert any(wrap.own_copy for wrap in row.wraps)
    again = ask("Finch", "кипрей")
    assert (again.kept, slugs(again), again.found["unreadable"]) == (0, {sent.slug}, 0)


def test_a_page_holds_so_many_cases_and_says_where_to_go_on(
    stage: Stage, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {send(stage, HOT, text="кипрей").slug for _ in range(5)}
    seat, found, query = stage.seat("Wren"), set[str](), read_query({"words": "кипрей"}, [], [])
    monkeypatch.setattr(scanning, "LIMITS", replace(LIMITS, search_cases=2))
    for _ in range(4):
        page = scanning.Search(seat, query).run()
        assert not found & {case.slug for case in page.cases}
        found |= {case.slug for case in page.cases}
        query = replace(query, after=page.after)
        if page.after is None:
            break
    assert found == sent and page.after is None


def test_what_was_typed_wrong_is_said_beside_its_field() -> None:
    for field, typed in (
        ("words", {"words": ""}),
        ("words", {"words": "  , . "}),
        ("words", {"words": "ab c"}),
        ("words", {"words": "a" * 201}),
        ("words", {"words": "one two three four five six seven eight nine"}),
        ("since", {"words": "word", "since": "2023-02-30"}),
        ("until", {"words": "word", "since": "2023-02-03", "until": "2023-02-02"}),
    ):
        with pytest.raises(InputError) as caught:
            read_query(typed, [], [])
        assert caught.value.field == field, typed


def test_one_person_searches_once_at_a_time_and_a_killed_search_blocks_nobody_for_long(stage: Stage, ask: Ask) -> None:
    heron = stage.seat("Heron")
    place = running.place_of(heron)
    store.put_once("search", place, b"", heron.real_now + timedelta(seconds=30))
    with pytest.raises(AlreadySearchingError):
        ask("Heron", "word")
    store.take_once("search", place, heron.real_now)
    store.put_once("search", place, b"", heron.real_now - timedelta(seconds=1))
    ask("Heron", "word")
    ask("Heron", "word")


def test_a_child_that_dies_is_told_and_the_next_search_has_a_new_one(
    stage: Stage, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(stage, HOT, text="кипрей")
    assert slugs(ask("Heron", "кипрей")) == {sent.slug}
    with monkeypatch.context() as patched:
        patched.setattr(running, "write_request", lambda work, seat, asked: b"{}")
        with pytest.raises(SearchFailedError):
            ask("Heron", "кипрей")
    assert slugs(ask("Heron", "кипрей")) == {sent.slug}


def test_a_publisher_may_not_search(stage: Stage, ask: Ask) -> None:
    with pytest.raises(NotAllowedError):
        ask("Rowan", "word")

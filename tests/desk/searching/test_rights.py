"""Promise 2, for the search: nobody gets a line or a count from a case that they cannot open.

Broken on purpose to see it fail: `searching._parts` without `owner IS NULL` (a kept case stays with its circle).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.searching.found import Ask, lines, slugs
from desk.stage import HOT, PLAIN, Sent, Stage, send
from leeside.desk import answering, circles, grants
from leeside.desk.errors import NotAllowedError
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from leeside.desk.searching import asking
from leeside.desk.searching.query import read_query
from leeside.desk.seat import Seat
from leeside.desk.team.removal import reach_of, remove
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.store import SearchedCase, SearchPlace, SearchScope

WORD = "кипрей"
EVERYBODY = ("Heron", "Larch", "Willow", "Wren", "Finch")


def step(seat: Seat) -> Step:
    return Step("look again", seat.reader_id, seat.today + timedelta(days=1))


def kept_by(stage: Stage, name: str, sent: Sent) -> None:
    seat = stage.seat(name)
    open_case(seat, sent.case_id)
    answering.write_note(seat, sent.case_id, f"{WORD} в заметке", step(seat))


def finders(ask: Ask) -> set[str]:
    """Who finds something, or is told that a case was looked through."""
    found = {name: ask(name, WORD).found for name in EVERYBODY}
    assert {name for name, one in found.items() if one["cases"]} == {n for n, one in found.items() if one["entries"]}
    assert {name for name, one in found.items() if one["total"]} == {n for n, one in found.items() if one["looked"]}
    return {name for name, one in found.items() if one["cases"] or one["looked"]}


@pytest.mark.promise(2, "search, asked by everybody as a case goes through every standing")
def test_a_case_is_found_by_those_who_may_open_it_and_by_no_others(
    stage: Stage, ask: Ask, attacks: Callable[[int], None]
) -> None:
    leads = {"Heron", "Larch"}
    sent = send(stage, PLAIN, circle="first", text=f"{WORD} в письме")
    assert finders(ask) == {*leads, "Wren", "Finch"}, "untaken in its circle"
    kept_by(stage, "Wren", sent)
    assert finders(ask) == {*leads, "Wren"}, "kept"
    grants.grant(stage.seat("Wren"), sent.case_id, stage.seat("Finch").reader_id)
    assert finders(ask) == {*leads, "Wren", "Finch"}, "granted"
    grants.revoke(stage.seat("Wren"), sent.case_id, stage.seat("Finch").reader_id)
    assert finders(ask) == {*leads, "Wren"}, "revoked"
    circles.move(stage.seat("Wren"), sent.case_id, "closed", "too hot")
    assert finders(ask) == {*leads, "Willow"}, "moved"
    kept_by(stage, "Willow", sent)
    remove(stage.seat("Heron"), stage.seat("Willow").reader_id)
    with pytest.raises(Exception):  # noqa: B017 -- signed out: whatever the seat says
        ask("Willow", WORD)
    assert {name for name in ("Heron", "Larch", "Wren", "Finch") if slugs(ask(name, WORD))} == leads, "removed"
    attacks(6 * len(EVERYBODY))


def everything(asked: SearchScope) -> list[SearchedCase]:
    """All slices of a scope."""
    found, place = list[SearchedCase](), SearchPlace(0, None)
    while True:
        part = store.read_for_search(asked, place, 10)
        found += part.cases
        if part.next_after is None:
            return found
        place = part.next_after


@pytest.mark.promise(2, "the sealed entries that the vault hands out for a search")
def test_the_vault_hands_out_no_entry_whose_key_the_reader_does_not_hold(stage: Stage) -> None:
    """Also to a process that asks for more than its reader may have: all circles, every compartment, one not held."""
    sent = send(stage, PLAIN, circle="first", text=WORD)
    wren = stage.seat("Wren")
    asked = SearchScope(wren.line_id, wren.reader_id, ("first",), (1, 2, 3, 4))
    (case,) = everything(asked)
    assert {entry[2] for entry in case.entries} == {int(Compartment.STORY)}
    kept_by(stage, "Willow", send(stage, HOT, circle="closed"))
    assert [one.case_id for one in everything(asked)] == [sent.case_id]
    store.set_account_state(wren.reader_id, store.AccountState.LOCKED)
    with pytest.raises(store.GoneError):
        store.read_for_search(asked, None, 10)


def test_a_drawer_is_searched_when_ticked_and_shows_no_word_of_it(stage: Stage, ask: Ask) -> None:
    sent = send(stage, {**HOT, "contact": "other", "contact_where": "signal +7 900 kiprey"}, circle="closed")
    held = stage.seat("Willow")
    assert slugs(ask("Willow", "kiprey")) == set()
    found = ask("Willow", "kiprey", drawers=("identity",))
    assert slugs(found) == {sent.slug} and lines(found) == [""]
    assert slugs(ask("Wren", "kiprey", drawers=("identity", "place"))) == set()
    assert held.reader_id


@pytest.mark.promise(9, "a search is on record before anything of it is shown, and names what it showed")
def test_a_search_is_on_record_with_the_cases_shown_and_without_its_words(
    stage: Stage, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken on purpose: `asking.search` without its record."""
    sent = send(stage, PLAIN, circle="first", text=f"{WORD} в письме")
    ask("Wren", WORD)
    ask("Wren", "nothing-of-this-kind")
    reach = reach_of(stage.seat("Heron"), stage.seat("Wren").reader_id)
    assert {(line.slug, line.what) for line in reach.opened} == {(sent.slug, "search"), ("", "search")}

    def fails(*_: object) -> None:
        raise store.BusyError

    monkeypatch.setattr(asking.store, "record_reading", fails)
    with pytest.raises(store.BusyError):
        ask("Wren", WORD)


def test_a_forged_note_is_marked_as_not_proven(stage: Stage, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds the case's key can seal a note in somebody else's name; only they cannot sign it."""
    sent = send(stage, PLAIN, circle="first")
    wren, finch = stage.seat("Wren"), stage.seat("Finch")
    kept_by(stage, "Wren", sent)
    forged_ring = replace(wren.keyring.ring, signing_seed=finch.keyring.ring.signing_seed)
    monkeypatch.setattr(wren.keyring, "ring", forged_ring)
    answering.write_note(wren, sent.case_id, "подделка")
    (case,) = ask("Heron", "подделка").found["cases"]
    assert case["places"][0]["not_proven"]


def test_a_publisher_is_refused_before_anything_is_read(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        asking.search(stage.seat("Rowan"), read_query({"words": WORD}, [], []))

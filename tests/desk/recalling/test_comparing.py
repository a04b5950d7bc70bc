"""Which cases a recall lists: those that differ, of those that somebody may open, and no others, by what was signed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.recalling.told_cases import COMING, STUDENT, TOLD, change_in, differing, seat_on, told_case, with_rule
from desk.stage import Sent, Stage, send
from leeside.desk import answering, circles, closing, grants
from leeside.desk.changes import begin
from leeside.desk.facts import NewFact, set_fact
from leeside.desk.guiding.advice import NewAdvice, record_advice
from leeside.desk.kept_rules import keep_rules, kept_rules
from leeside.desk.keyring import SearchedBodies
from leeside.desk.limits import LIMITS
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.permissions import CaseAction
from leeside.desk.recalling import comparing
from leeside.desk.recalling.asking import read_place, recall, write_place
from leeside.desk.recalling.groups import read_change
from leeside.desk.seat import Seat
from leeside.desk.taking_back import take_back
from leeside.desk.told_rules import advice_in
from leeside.sealing.context import CaseContext
from leeside.vault import store

BEGAN = [("began", "", COMING)]
EVERYBODY = ("Heron", "Larch", "Willow", "Wren", "Finch")


def test_a_rule_that_came_into_force_lists_the_case_from_its_day_on(stage: Stage) -> None:
    sent = told_case(stage)
    assert differing(seat_on(stage, "Wren", 5)) == {}
    assert differing(seat_on(stage, "Wren", 10)) == {}
    assert differing(seat_on(stage, "Wren", 11)) == {sent.slug: BEGAN}


def test_the_child_lists_what_this_process_would(stage: Stage) -> None:
    sent = told_case(stage)
    found = recall(seat_on(stage, "Wren", 12))
    assert [case["slug"] for case in found["cases"]] == [sent.slug]
    assert (found["looked"], found["told"], found["total"], found["after"]) == (1, 1, 1, None)
    assert "copies" not in found


def test_a_rule_worded_anew_lists_the_case_with_both_digests(stage: Stage) -> None:
    sent = told_case(stage)
    later = with_rule(seat_on(stage, "Wren", 5), TOLD)
    assert differing(later) == {sent.slug: [("worded", TOLD, TOLD)]}
    change = change_in(later, sent.slug, "worded")
    assert kept_rules(later.line_id).find(TOLD, change.digest) is not None, "what was told can still be read"


def test_the_whole_law_is_kept_before_anything_is_told_so_that_nothing_tells_what_was(stage: Stage) -> None:
    """Broken on purpose: keeping the rules that were told only, which says on the disk what people ask about."""
    seat = seat_on(stage, "Wren", 5)
    assert store.fetch_kept_digests(seat.line_id) == frozenset()
    told_case(stage)
    assert store.fetch_kept_digests(seat.line_id) == {(one.id, one.digest) for one in seat.pack.guide.rules}
    assert keep_rules(seat.line_id, seat.pack, seat.today) == 0


def test_new_facts_are_listed_apart(stage: Stage) -> None:
    sent = told_case(stage)
    seat = seat_on(stage, "Wren", 6)
    set_fact(seat, sent.case_id, NewFact("serves", ("mobilised",), "said", seat.today))
    [found] = comparing.Recall(seat).run().cases
    assert [one.change for one in found.differences] == [("facts", "", "", "", "")]


def test_a_fact_that_brings_another_rule_is_no_change_of_law(stage: Stage) -> None:
    """Broken on purpose: what was known then taken from today, or from the rules that were told alone."""
    sent = told_case(stage)
    seat = seat_on(stage, "Wren", 6)
    set_fact(seat, sent.case_id, NewFact("summons_in_register_on", ("2023-12-04",), "said", seat.today))
    assert differing(seat_on(stage, "Wren", 7)) == {sent.slug: [("facts", "", "")]}


def test_a_case_that_does_not_differ_is_never_opened_whole(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: a first step that lets everything through, and takes a hundred times as long."""
    told_case(stage)
    opened: list[bytes] = []
    monkeypatch.setattr(comparing, "look_into", lambda seat, case_id: opened.append(case_id))
    assert comparing.Recall(seat_on(stage, "Wren", 6)).run().told == 1
    assert opened == []


def test_advice_that_never_went_out_is_none(stage: Stage) -> None:
    """Broken on purpose: entries of advice counted without asking for their answer."""
    seat = seat_on(stage, "Wren", 5)
    sent = send(stage, STUDENT, circle="first", opened=seat.today)
    open_case(seat, sent.case_id)
    step = Step("ask again", seat.reader_id, seat.today + timedelta(days=14))
    entry = answering.answer(seat, sent.case_id, "Так.", step, told=(TOLD,))
    assert differing(seat_on(stage, "Wren", 12)) == {sent.slug: BEGAN}
    take_back(seat, sent.case_id, entry)
    assert differing(seat_on(stage, "Wren", 12)) == {}


def test_advice_by_telephone_counts_from_its_day(stage: Stage) -> None:
    seat = seat_on(stage, "Wren", 12)
    for day, expected in ((5, 1), (12, 0)):
        sent = send(stage, STUDENT, circle="first", opened=seat_on(stage, "Wren", 5).today)
        open_case(seat, sent.case_id)
        step = Step("ask again", seat.reader_id, seat.today + timedelta(days=14))
        answering.write_note(seat, sent.case_id, "a call", step)
        record_advice(seat, sent.case_id, NewAdvice((TOLD,), seat.today.replace(day=day), "phone"))
        assert len(differing(seat).get(sent.slug, [])) == expected


def test_a_case_without_advice_a_closed_one_and_one_of_other_kinds_are_passed_over(stage: Stage) -> None:
    closed, seat = told_case(stage), seat_on(stage, "Wren", 12)
    send(stage, STUDENT, circle="first")
    open_case(seat, closed.case_id)
    closing.close(seat, closed.case_id, "contact_lost", seat.today + timedelta(days=60))
    found = comparing.Recall(seat).run()
    assert (found.cases, found.looked, found.told, found.total) == ([], 1, 0, 1)


def test_a_page_holds_so_many_cases_and_says_where_to_go_on(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {told_case(stage).slug for _ in range(5)}
    monkeypatch.setattr(comparing, "LIMITS", replace(LIMITS, recall_cases=2))
    seat, found, after = seat_on(stage, "Wren", 12), set[str](), None
    for _ in range(4):
        page = comparing.compare_cases(seat, {"after": after})
        assert not found & {case.slug for case in page.cases}, "none twice"
        found |= {case.slug for case in page.cases}
        after = read_place(write_place(None if page.after is None else list(page.after)))
        if after is None:
            break
    assert found == sent and page.after is None


def kept_by(stage: Stage, name: str, sent: Sent) -> None:
    seat = seat_on(stage, name, 6)
    open_case(seat, sent.case_id)
    answering.write_note(seat, sent.case_id, "mine now", Step("look", seat.reader_id, seat.today + timedelta(days=9)))


def finders(stage: Stage) -> set[str]:
    """Who is shown a line, or learns from any number that there is a case."""
    found = {}
    for name in EVERYBODY:
        one = comparing.Recall(seat_on(stage, name, 12)).run()
        numbers = (one.looked, one.told, one.total, one.unreadable)
        assert bool(one.cases) is any(numbers), "a number without a case, or the other way round"
        found[name] = bool(one.cases)
    return {name for name, has in found.items() if has}


@pytest.mark.promise(2, "the recall, asked by everybody as a case goes through every standing")
def test_a_case_is_listed_for_those_who_may_open_it_and_counted_for_no_others(
    stage: Stage, attacks: Callable[[int], None]
) -> None:
    """Broken on purpose: `searching._parts` without `owner IS NULL`, where a false volunteer counts what is kept."""
    leads, sent = {"Heron", "Larch"}, told_case(stage)
    assert finders(stage) == {*leads, "Wren"}, "kept"
    grants.grant(seat_on(stage, "Wren", 6), sent.case_id, stage.seat("Finch").reader_id)
    assert finders(stage) == {*leads, "Wren", "Finch"}, "granted"
    grants.revoke(seat_on(stage, "Wren", 6), sent.case_id, stage.seat("Finch").reader_id)
    assert finders(stage) == {*leads, "Wren"}, "revoked"
    circles.move(seat_on(stage, "Wren", 6), sent.case_id, "closed", "too hot")
    assert finders(stage) == {*leads, "Willow"}, "moved"
    attacks(4 * len(EVERYBODY))


def record_of(seat: Seat) -> list[dict[str, object]]:
    return [dict(seat.keyring.open_reading(row.sealed)) for row in store.fetch_audit(seat.line_id, 0)]


def test_who_compared_and_of_which_cases_a_line_was_shown_is_on_record(stage: Stage) -> None:
    sent = told_case(stage)
    recall(seat_on(stage, "Wren", 12))
    recall(seat_on(stage, "Finch", 12))
    records = [one for one in record_of(seat_on(stage, "Heron", 12)) if one.get("what") == "recall"]
    by = {one["reader"]: (one["codes"], one["looked"]) for one in records}
    assert by[stage.seat("Wren").reader_id.hex()] == ([sent.slug], 1)
    assert by[stage.seat("Finch").reader_id.hex()] == ([], 0)


def test_a_colleagues_unsigned_word_lists_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: the second step left out, so that what the first one takes at its word is shown."""
    told_case(stage)
    monkeypatch.setattr(
        comparing, "look_into", lambda seat, case_id: _without_proof(look_into(seat, case_id)), raising=True
    )
    found = comparing.Recall(seat_on(stage, "Wren", 12)).run()
    assert (found.told, found.cases) == (1, [])


def _without_proof(file: object) -> object:
    opened = file.opened  # type: ignore[attr-defined]
    entries = tuple(replace(one, is_proven=one.kind != "advice") for one in opened.entries)
    return replace(file, opened=replace(opened, entries=entries))  # type: ignore[type-var]


@pytest.mark.parametrize(
    "hostile",
    [
        {"on": "0001-01-01", "rules": [{"id": TOLD, "digest": "x"}], "facts": {"learned_on": "0001-01-01"}},
        {"on": "9999-12-31", "rules": [{"id": TOLD, "digest": "x"}], "deadlines": {"claim": "9999-12-31"}},
        {"on": "2023-12-05", "rules": [{"id": "a|b" * 9, "digest": "|"}, {"id": "<b>", "digest": ""}, "no", None, 7]},
        {"on": "2023-12-05", "rules": [{"id": f"rule_{number}", "digest": "x"} for number in range(900)]},
        {"on": "2023-12-05", "rules": [{"id": TOLD}], "facts": ["a"], "deadlines": 3, "ended": [[1], {"a": 2}, TOLD]},
        {"on": "2023-12-05", "rules": [{"id": COMING, "digest": "x"}], "facts": {"wants": [["deep"]], "where": {}}},
    ],
)
def test_advice_that_a_hostile_colleague_sealed_breaks_no_comparison(stage: Stage, hostile: dict[str, object]) -> None:
    """Broken on purpose: days and ids taken as they are: they leave the calendar as soon as a rule counts."""
    plain, sent = told_case(stage), told_case(stage)
    seat = seat_on(stage, "Wren", 6)
    change = begin(seat, look_into(seat, sent.case_id), CaseAction.NOTE)
    change.add("advice", {**hostile, "way": "phone"})
    change.commit()
    given = [one.on.year for one in advice_in(look_into(seat, sent.case_id))]
    assert set(given) == {2023}, "no day that leaves the calendar"
    found = {case.slug: case for case in comparing.Recall(seat_on(stage, "Wren", 12)).run().cases}
    assert plain.slug in found
    for case in found.values():
        assert len(case.differences) <= LIMITS.recall_differences
        assert all(read_change("|".join(one.change)) is not None for one in case.differences)


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"{}",
        b'"kind":"answers"}',
        b'\xff\xfe:"answers"}',
        b'{"at":"2023-12-05","author":[],"content":{},"kind":"answers"}',
        b'{"at":"2023-99-99T99","author":{"kind":"writer"},"content":{},"kind":"answers"}',
        b'{"at":"2023-12-05","author":{"kind":"staff","reader":"zz"},"content":{},"kind":"advice"}',
        b'{"at":"2023-12-05","author":{"kind":"writer"},"content":' + b"[" * 5000 + b'"kind":"fact"}',
    ],
)
def test_whatever_a_writer_sealed_breaks_no_comparison(plain: bytes) -> None:
    """Broken on purpose: JSON read without asking whether it is an entry's: one letter ends everybody's comparison."""
    context = CaseContext(b"l" * 16, 1, b"n" * 16, b"w" * 32)
    bodies = SearchedBodies(context, [plain, b'{"kind":"advice"}'], [b"1" * 16, b"2" * 16], 0)
    assert comparing.entries_in(bodies) == ()

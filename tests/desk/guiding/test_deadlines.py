"""Deadlines in a case: counted or by hand, due until somebody says what was done, and never gone by themselves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.stage import PLAIN, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk.due import LAW, dues_of
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.facts import NewFact, set_fact, withdraw_fact
from leeside.desk.guiding.deadline_lines import DeadlineLine
from leeside.desk.guiding.deadlines import (
    CaseDeadline,
    NewDeadline,
    deadlines_in,
    finish_deadline,
    hand_deadlines,
    let_stand_again,
    set_deadline,
    withdraw_deadline,
)
from leeside.desk.guiding.panel import make_law
from leeside.desk.guiding.result import ask_for
from leeside.desk.marking import bucket_of
from leeside.desk.opening import look_into, open_case
from leeside.desk.seams import Due
from leeside.desk.sheet_side import dates_of
from leeside.desk.stages.tasks import list_mine
from leeside.desk.timeline import make_timeline
from leeside.guide.evaluating import ask_guide
from leeside.packs.guidebook.rules import Confidence, Rule
from leeside.packs.guidebook.terms import Term
from leeside.vault import store
from leeside.vault.store import LookBy

CHARGED = {**PLAIN, "wants": "court_case", "where": "unit", "serves": "contract", "wanted": "case"}
REASON = "the clerk of the court said so by telephone"


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, CHARGED, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    return sent


@pytest.fixture
def browser(stage: Stage, client_of: Callable[..., Client]) -> Iterator[Browser]:
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Wren")
    yield browser


def in_days(stage: Stage, days: int) -> date:
    return stage.seat("Wren").today + timedelta(days=days)


def sentenced(stage: Stage, case: Sent, days_ago: int = 7) -> None:
    """A judgment so many days ago, not appealed, the person at liberty."""
    for fact, value in (("sentence", "suspended"), ("sentence_on", in_days(stage, -days_ago).isoformat()),
                        ("in_custody", "no"), ("appealed", "no")):  # fmt: skip
        set_fact(stage.seat("Wren"), case.case_id, NewFact(fact, (value,), "paper", in_days(stage, 0)))
    open_case(stage.seat("Wren"), case.case_id)


def by_hand(stage: Stage, case: Sent, days: int, term: str = "", title: str = "File the list of witnesses") -> str:
    wren = stage.seat("Wren")
    set_deadline(wren, case.case_id, NewDeadline(term, title, None, in_days(stage, days), REASON))
    return hand_deadlines(look_into(wren, case.case_id))[-1].entry


def law_dues(stage: Stage, case: Sent) -> list[Due]:
    wren = stage.seat("Wren")
    return [one for one in dues_of(wren, look_into(wren, case.case_id)) if one.source.startswith(LAW)]


def lines(stage: Stage, case: Sent) -> tuple[DeadlineLine, ...]:
    wren = stage.seat("Wren")
    law = make_law(wren, look_into(wren, case.case_id))
    assert law is not None
    return law.deadlines


# Rule 1


def test_the_guides_deadline_is_due_until_it_is_done(stage: Stage, case: Sent) -> None:
    assert not law_dues(stage, case)
    sentenced(stage, case)
    (due,) = law_dues(stage, case)
    assert (due.source, due.anchor) == ("law:appeal", "by-when")
    wren = stage.seat("Wren")
    key = next(one.key for one in lines(stage, case) if one.key.startswith("appeal:"))
    assert any(one.text == due.what for one in dates_of(wren, look_into(wren, case.case_id)))
    finish_deadline(wren, case.case_id, key, "filed on the 4th, number 12")
    assert not law_dues(stage, case)
    line = next(one for one in lines(stage, case) if one.title == due.what)
    assert (line.done, line.key) == ("filed on the 4th, number 12", "")
    with pytest.raises(NotAllowedError):
        finish_deadline(stage.seat("Wren"), case.case_id, key, "once more")


def test_a_deadline_of_a_fact_that_was_taken_back_is_none(stage: Stage, case: Sent) -> None:
    sentenced(stage, case)
    wren = stage.seat("Wren")
    entry = look_into(wren, case.case_id).facts["sentence_on"][0].entry
    withdraw_fact(wren, case.case_id, "sentence_on", entry, "another man's judgment")
    assert not law_dues(stage, case)


def test_what_is_general_knowledge_only_is_nobodys_deadline(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `deadlines_in` without `sure`, and without the confidence of the term."""
    sentenced(stage, case)
    wren = stage.seat("Wren")
    book, file = wren.pack.guide, look_into(wren, case.case_id)

    def seen_as(rules: tuple[Rule, ...], terms: tuple[Term, ...]) -> tuple[CaseDeadline, ...]:
        seat = replace(wren, pack=replace(wren.pack, guide=replace(book, rules=rules, terms=terms)))
        result = ask_guide(seat.pack.guide, seat.pack.by_id, ask_for(wren, file).facts, seat.today)
        assert result.deadlines, "the page still shows it"
        return deadlines_in(seat, file, result)

    assert [one.term for one in seen_as(book.rules, book.terms)] == ["appeal"]
    assert seen_as(tuple(replace(one, confidence=Confidence.GENERAL) for one in book.rules), book.terms) == ()
    assert seen_as(book.rules, tuple(replace(one, confidence=Confidence.GENERAL) for one in book.terms)) == ()


def test_a_judgment_of_another_day_is_another_deadline(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `deadline_done` found by its term alone."""
    sentenced(stage, case)
    key = next(one.key for one in lines(stage, case) if one.key.startswith("appeal:"))
    finish_deadline(stage.seat("Wren"), case.case_id, key, "filed")
    sentenced(stage, case, days_ago=3)
    assert [one.source for one in law_dues(stage, case)] == ["law:appeal"]


def test_a_missed_one_says_so_and_stays_until_somebody_writes_what_became_of_it(stage: Stage, case: Sent) -> None:
    sentenced(stage, case, days_ago=60)
    (due,) = law_dues(stage, case)
    assert due.day < in_days(stage, 0)
    line = next(one for one in lines(stage, case) if one.title == due.what)
    assert line.tone == "red" and "missed" in line.standing and "restore" in line.standing
    row = look_into(stage.seat("Wren"), case.case_id).row
    assert row.look_by == LookBy.TODAY


def test_what_was_missed_before_they_wrote_and_cannot_be_restored_is_nobodys_task(stage: Stage) -> None:
    answers = {**PLAIN, "where": "abroad", "wants": "protection", "abroad_since": in_days(stage, -200).isoformat()}
    sent = send(stage, answers, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    for fact, value in (("country", "kazakhstan"), ("protection_asked", "no"), ("entered_with", "internal")):
        set_fact(stage.seat("Wren"), sent.case_id, NewFact(fact, (value,), "said", wren.today))
    missed = {one.title for one in lines(stage, sent) if "missed" in one.standing}
    assert missed, "the page says it"
    assert not law_dues(stage, sent)


# Rule 2


def test_one_by_hand_stands_beside_what_the_guide_counts(stage: Stage, case: Sent) -> None:
    sentenced(stage, case)
    by_hand(stage, case, 2, term="appeal", title="")
    found = [one for one in lines(stage, case) if one.title == law_dues(stage, case)[0].what]
    assert [bool(one.by_hand) for one in found] == [True, False]
    assert "Wren" in found[0].by_hand and REASON in found[0].by_hand
    assert [one.source for one in law_dues(stage, case)] == ["law:appeal", "law:appeal"]


def test_taken_back_it_counts_no_more_and_stays_visible(stage: Stage, case: Sent) -> None:
    entry = by_hand(stage, case, 2)
    withdraw_deadline(stage.seat("Wren"), case.case_id, entry, "it was another court")
    assert not law_dues(stage, case)
    (line,) = (one for one in lines(stage, case) if one.by_hand)
    assert "it was another court" in line.standing and not line.key and not line.undo
    with pytest.raises(NotAllowedError):
        withdraw_deadline(stage.seat("Wren"), case.case_id, entry, "again")


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"untrusted_title": ""}, "title"), ({"day": None}, "day"), ({"untrusted_reason": " "}, "reason"),
     ({"term": "no_such_term"}, "term"), ({"event": date(2199, 1, 1)}, "event"), ({"day": date(1, 1, 1)}, "day"),
     ({"day": date(9999, 12, 31)}, "day"), ({"untrusted_title": "x" * 301}, "title")],
)  # fmt: skip
def test_what_is_missing_is_said_beside_its_field(
    stage: Stage, case: Sent, changed: dict[str, object], field: str
) -> None:
    values: dict[str, object] = {
        "term": "",
        "untrusted_title": "x",
        "event": None,
        "day": in_days(stage, 3),
        "untrusted_reason": REASON,
    }
    with pytest.raises(InputError) as caught:
        set_deadline(stage.seat("Wren"), case.case_id, NewDeadline(**{**values, **changed}))  # type: ignore[arg-type]
    assert caught.value.field == field
    assert not hand_deadlines(look_into(stage.seat("Wren"), case.case_id))


# Where it is seen


def test_it_stands_in_the_row_the_due_list_and_the_timeline(stage: Stage, case: Sent, browser: Browser) -> None:
    """Broken on purpose: a card without `next_date` of the law, and a provider that `parts` does not list."""
    browser.post(f"/en/case/{case.slug}/keep", _step(stage), page=f"/en/case/{case.slug}/")
    sentenced(stage, case)
    queue = browser.get("/en/queue/?tab=mine").content.decode()
    title = law_dues(stage, case)[0].what
    assert title in queue
    wren = stage.seat("Wren")
    assert any(title in case.sources for day in list_mine(wren, 14).days for case in day.cases)
    by_hand(stage, case, 5)
    timeline = make_timeline(wren, look_into(stage.seat("Wren"), case.case_id))
    assert any(REASON in item.text for day in timeline.days for item in day.entries if item.chip == "law")


def _step(stage: Stage) -> dict[str, str]:
    return {"step_what": "read", "step_who": "", "step_day": in_days(stage, 12).isoformat()}


def test_the_card_carries_days_and_no_word(stage: Stage, case: Sent) -> None:
    """Broken on purpose: a source with the title of a deadline behind it."""
    by_hand(stage, case, 2, title="Witness Petrov")
    wren = stage.seat("Wren")
    card = wren.keyring.open_card(look_into(wren, case.case_id).row)
    assert [in_days(stage, 2).isoformat(), "law:"] in card["dues"]
    assert card["next_date"] == ["law:", in_days(stage, 2).isoformat()]
    assert "Petrov" not in str(card)


@pytest.mark.promise(1, "the row in clear of a case with deadlines, held against the marks that are allowed")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(-400, 4000), min_size=1, max_size=3))
def test_in_clear_stands_a_bucket_and_nothing_new(stage: Stage, case: Sent, days: list[int]) -> None:
    """Broken on purpose: a look-by that is the day itself."""
    wren = stage.seat("Wren")
    for one in hand_deadlines(look_into(wren, case.case_id)):
        if not one.withdrawn:
            withdraw_deadline(wren, case.case_id, one.entry, "anew")
    for one_day in days:
        by_hand(stage, case, one_day)
    row = look_into(wren, case.case_id).row
    first = min(in_days(stage, one) for one in days)
    assert isinstance(row.look_by, LookBy)
    assert row.look_by <= bucket_of(first, wren.today), "never later than the first deadline"
    assert row.look_by_day == wren.today
    assert not any(
        word in str(store.fetch_case(case.case_id, wren.reader_id, wren.circles)) for word in ("Petrov", REASON)
    )


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["set", "done", "back"]), max_size=6))
def test_whatever_is_done_in_whatever_order_no_deadline_vanishes(stage: Stage, case: Sent, acts: list[str]) -> None:
    wren = stage.seat("Wren")
    for act in acts:
        standing = [
            one for one in hand_deadlines(look_into(wren, case.case_id)) if not one.withdrawn and not one.done.entry
        ]
        before = len(hand_deadlines(look_into(wren, case.case_id)))
        if act == "set" or not standing:
            by_hand(stage, case, 4)
            before += 1
        elif act == "done":
            finish_deadline(wren, case.case_id, standing[0].entry, "done")
        else:
            withdraw_deadline(wren, case.case_id, standing[0].entry, "wrong")
        now = hand_deadlines(look_into(wren, case.case_id))
        assert len(now) == before
        awaited = [one for one in now if not one.withdrawn and not one.done.entry]
        assert len(law_dues(stage, case)) == len(awaited)


# On the page, and role by role


def test_the_page_sets_finishes_and_takes_back_and_keeps_what_was_typed(
    stage: Stage, case: Sent, browser: Browser
) -> None:
    path = f"/en/case/{case.slug}/law/days"
    wrong = browser.post(path, {"do": "set", "title": "Witnesses", "day": "", "reason": REASON}, page=path)
    assert wrong.status_code == 422 and REASON in wrong.content.decode()
    day = in_days(stage, 4).isoformat()
    fields = {"do": "set", "title": "Witnesses", "day": day, "reason": REASON}
    assert browser.post(path, fields, page=path).status_code == 302
    (one,) = hand_deadlines(look_into(stage.seat("Wren"), case.case_id))
    empty = browser.post(path, {"do": "done", "key": one.entry, "line": ""}, page=path)
    assert empty.status_code == 422
    assert browser.post(path, {"do": "done", "key": one.entry, "line": "sent"}, page=path).status_code == 302
    page = browser.get(f"/en/case/{case.slug}/").content.decode()
    assert "entered by hand by Wren" in page and "done: sent" in page
    assert browser.post(path, {"do": "anything", "key": one.entry, "line": "x"}, page=path).status_code == 404


@pytest.mark.parametrize("who", ["Rowan", "Willow"])
def test_nobody_sets_a_deadline_in_a_case_that_is_not_theirs(stage: Stage, case: Sent, who: str) -> None:
    entry = by_hand(stage, case, 2)
    seat = stage.seat(who)
    new = NewDeadline("", "x", None, in_days(stage, 1), "x")
    for act in (
        lambda: set_deadline(seat, case.case_id, new),
        lambda: finish_deadline(seat, case.case_id, entry, "x"),
        lambda: withdraw_deadline(seat, case.case_id, entry, "x"),
    ):
        with pytest.raises(NotAllowedError):
            act()


# What nobody can tell yet


def test_a_term_that_perhaps_runs_is_a_question_by_its_day_and_no_legal_date(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `deadlines_in` without `_perhaps` (an appeal nobody asked about went by unseen)."""
    wren = stage.seat("Wren")
    for fact, value in (("sentence", "suspended"), ("sentence_on", in_days(stage, -7).isoformat())):
        set_fact(stage.seat("Wren"), case.case_id, NewFact(fact, (value,), "paper", wren.today))
    open_case(stage.seat("Wren"), case.case_id)
    assert not law_dues(stage, case)
    file = look_into(stage.seat("Wren"), case.case_id)
    (due,) = (one for one in dues_of(wren, file) if one.source == "settle:appeal")
    assert due.what.startswith("Settle whether it applies:")
    line = next(one for one in lines(stage, case) if one.perhaps)
    assert "waits for" in line.perhaps and "In custody" in line.perhaps
    assert all(due.what != one.text for one in dates_of(wren, file))
    card = wren.keyring.open_card(file.row)
    assert card["next_date"] is None or card["next_date"][0] != "law:appeal"
    assert [due.day.isoformat(), "settle:appeal"] in card["dues"]
    set_fact(stage.seat("Wren"), case.case_id, NewFact("in_custody", ("no",), "said", wren.today))
    set_fact(stage.seat("Wren"), case.case_id, NewFact("appealed", ("no",), "said", wren.today))
    assert [one.source for one in law_dues(stage, case)] == ["law:appeal"]
    assert not any(one.perhaps for one in lines(stage, case))


def test_whether_it_applies_can_be_settled_with_a_line(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    for fact, value in (("sentence", "suspended"), ("sentence_on", in_days(stage, -7).isoformat())):
        set_fact(stage.seat("Wren"), case.case_id, NewFact(fact, (value,), "paper", wren.today))
    key = next(one.key for one in lines(stage, case) if one.perhaps)
    finish_deadline(stage.seat("Wren"), case.case_id, key, "his advocate filed it")
    file = look_into(stage.seat("Wren"), case.case_id)
    assert not any(one.source == "settle:appeal" for one in dues_of(wren, file))


def test_an_authoritys_term_is_nobodys_task(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `is_awaited` that asks for the standing only."""
    wren = stage.seat("Wren")
    for fact, value in (("report_sent", "yes"), ("report_registered_on", in_days(stage, -3).isoformat()),
                        ("report_answered", "no")):  # fmt: skip
        set_fact(stage.seat("Wren"), case.case_id, NewFact(fact, (value,), "paper", wren.today))
    assert any(one.title.startswith("The report, appeal or complaint has to be answered") and not one.key
               for one in lines(stage, case))  # fmt: skip
    assert not any("answer_due" in one.source for one in dues_of(wren, look_into(wren, case.case_id)))


# Taken back, and too many


def test_a_line_that_said_it_was_done_can_be_taken_back_and_the_deadline_stands_again(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `_done_in` that asks nobody whether the line stands (a slip of the finger hid an appeal)."""
    sentenced(stage, case)
    hand = by_hand(stage, case, 4)
    wren = stage.seat("Wren")
    for key in (next(one.key for one in lines(stage, case) if one.key.startswith("appeal:")), hand):
        finish_deadline(wren, case.case_id, key, "filed")
    assert not law_dues(stage, case)
    done = [one.again for one in lines(stage, case) if one.again]
    for entry in done:
        let_stand_again(stage.seat("Wren"), case.case_id, entry, "it was another case")
        with pytest.raises(NotAllowedError):
            let_stand_again(stage.seat("Wren"), case.case_id, entry, "once more")
    assert sorted(one.source for one in law_dues(stage, case)) == ["law:", "law:appeal"]
    assert not any(one.done for one in lines(stage, case))
    key = next(one.key for one in lines(stage, case) if one.key.startswith("appeal:"))
    finish_deadline(stage.seat("Wren"), case.case_id, key, "filed now")
    assert [one.source for one in law_dues(stage, case)] == ["law:"]


def test_nobody_pushes_a_deadline_off_the_card_with_others(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `set_deadline` without its limit (forty days of last year hid the appeal)."""
    sentenced(stage, case)
    for number in range(20):
        by_hand(stage, case, -300 - number)
    with pytest.raises(InputError) as caught:
        by_hand(stage, case, -10)
    assert caught.value.field == "day"
    wren = stage.seat("Wren")
    card = wren.keyring.open_card(look_into(wren, case.case_id).row)
    assert "law:appeal" in {source for _day, source in card["dues"]}
    assert card["next_date"] == ["law:appeal", next(day for day, source in card["dues"] if source == "law:appeal")]

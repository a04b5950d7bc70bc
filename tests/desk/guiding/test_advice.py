"""Advice given: in with the answer or not at all, through every pair of hands; gone with an answer that never went."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.stage import HOT, STORY_TEXT, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk import answering, holding
from leeside.desk.changes import begin
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.facts import NewFact, set_fact
from leeside.desk.guarding.seizing import seize
from leeside.desk.guiding.advice import NewAdvice, advice_of, record_advice
from leeside.desk.guiding.panel import make_law
from leeside.desk.hands.erasing import erase_entry
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.taking_back import take_back
from leeside.desk.timeline import make_timeline
from leeside.desk.told_rules import Advice, told_with
from leeside.desk.writing.checking import approve, ask_for_check, hand_back, send_checked, send_own
from leeside.desk.writing.drafts import Typed, own_draft
from leeside.desk.writing.rule_words import put_rules
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.store import DraftKind

WOUNDED = {**HOT, "serves": "mobilised", "commission": "no", "held": "no"}
REPORT = "report_for_commission"
TEXT = "Подайте рапорт сегодня."


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, WOUNDED, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    return sent


@pytest.fixture
def browser(stage: Stage, client_of: Callable[..., Client]) -> Iterator[Browser]:
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Wren")
    yield browser


def step(seat: Seat) -> Step:
    return Step("call back", seat.reader_id, seat.today + timedelta(days=1))


def given_in(stage: Stage, case: Sent, who: str = "Wren") -> tuple[Advice, ...]:
    seat = stage.seat(who)
    return advice_of(seat, look_into(seat, case.case_id))


def told(stage: Stage, case: Sent, *rules: str, text: str = TEXT, **more: bool) -> bytes:
    wren = stage.seat("Wren")
    return answering.answer(wren, case.case_id, text, step(wren), told=rules or (REPORT,), **more)


# In with the answer, or not at all


def test_an_answer_takes_with_it_what_it_told_and_on_which_facts(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    set_fact(wren, case.case_id, NewFact("learned_on", (wren.today.isoformat(),), "said", wren.today))
    entry = told(stage, case, REPORT, "complaint_to_prosecutor", "complaint_to_prosecutor", is_meant=True)
    (advice,) = given_in(stage, case)
    pack = wren.pack
    assert [(one.id, one.digest) for one in advice.rules] == [
        (one, pack.guide.by_id[one].digest) for one in (REPORT, "complaint_to_prosecutor")
    ]
    assert (advice.on, advice.by, advice.answer) == (wren.today, wren.reader_id, entry.hex())
    assert advice.facts["commission"] == "no"
    looked_at = {fact for one in advice.rule_ids for fact in pack.guide.by_id[one].facts}
    terms = {term for one in advice.rule_ids for term in pack.guide.by_id[one].terms}
    looked_at |= {event for term in pack.guide.terms if term.id in terms for event in term.events}
    assert set(advice.facts) <= looked_at, "nothing else of what is known goes into it"
    assert set(advice.deadlines) <= terms


def test_the_last_days_that_followed_are_kept_with_it(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    set_fact(wren, case.case_id, NewFact("commission", ("refused",), "said", wren.today))
    set_fact(stage.seat("Wren"), case.case_id, NewFact("learned_on", ("2023-12-01",), "said", wren.today))
    law = make_law(stage.seat("Wren"), look_into(stage.seat("Wren"), case.case_id))
    assert law is not None
    told(stage, case, *(one.id for one in law.offers if one.is_ready))
    (advice,) = given_in(stage, case)
    assert advice.deadlines["claim"].isoformat() == "2024-03-01"


def test_an_answer_that_is_refused_leaves_no_advice(stage: Stage, case: Sent) -> None:
    """Broken on purpose: advice written in a step of its own, before the answer."""
    with pytest.raises(InputError):
        answering.answer(stage.seat("Wren"), case.case_id, "  ", told=(REPORT,))
    with pytest.raises(NotAllowedError):
        answering.answer(stage.seat("Rowan"), case.case_id, TEXT, told=(REPORT,))
    assert not given_in(stage, case)


def test_a_rule_that_the_pack_does_not_have_is_not_recorded(stage: Stage, case: Sent) -> None:
    told(stage, case, "no_such_rule", "../../etc/passwd")
    assert not given_in(stage, case)


def test_a_tick_that_does_not_apply_wants_a_second_thought_and_then_goes_on_record(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `told_by_answer` without its doubts (a draft of last week told what no longer held)."""
    wren = stage.seat("Wren")
    set_fact(wren, case.case_id, NewFact("commission", ("waiting",), "said", wren.today))
    with pytest.raises(InputError) as caught:
        told(stage, case)
    assert caught.value.field == "meant"
    assert wren.pack.guide.by_id[REPORT].words["en"].title in caught.value.reason
    assert not given_in(stage, case)
    told(stage, case, is_meant=True)
    (advice,) = given_in(stage, case)
    assert advice.rule_ids == (REPORT,)
    assert advice.facts["commission"] == "waiting", "with the facts of that day, which say that it did not apply"


def test_the_same_answer_twice_is_one_advice(stage: Stage, case: Sent) -> None:
    assert told(stage, case) == told(stage, case)
    assert len(given_in(stage, case)) == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picked=st.lists(st.integers(0, 400), max_size=60))
def test_whatever_is_ticked_is_kept_once_each_and_of_the_pack(stage: Stage, case: Sent, picked: list[int]) -> None:
    rules = stage.seat("Wren").pack.guide.rules
    ticked = [rules[one].id if one < len(rules) else f"unknown_{one}" for one in picked]
    before = len(given_in(stage, case))
    told(stage, case, *(ticked or ["none"]), text=f"{TEXT} {len(ticked)} {picked}", is_meant=True)
    wanted = tuple(dict.fromkeys(one for one in ticked if not one.startswith("unknown_")))[:40]
    found = given_in(stage, case)
    if wanted:
        assert found[-1].rule_ids == wanted
        assert len(found) == before + 1
    else:
        assert len(found) == before


# Drafts, second eyes


def test_a_colleague_who_sends_a_draft_sends_its_ticks_or_their_own(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    ask_for_check(wren, case.case_id, Typed(TEXT, told=(REPORT,)), 0, step=step(wren))
    draft = own_draft(wren, look_into(wren, case.case_id), DraftKind.ANSWER)
    assert draft is not None
    heron = stage.seat("Heron")
    open_case(heron, case.case_id)
    send_checked(heron, case.case_id, wren.reader_id, draft.version, untrusted_text=TEXT)
    (advice,) = given_in(stage, case)
    assert (advice.rule_ids, advice.by) == ((REPORT,), heron.reader_id)


def test_what_a_checker_unticks_is_not_told(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    ask_for_check(wren, case.case_id, Typed(TEXT, told=(REPORT,)), 0, step=step(wren))
    draft = own_draft(wren, look_into(wren, case.case_id), DraftKind.ANSWER)
    assert draft is not None
    open_case(stage.seat("Heron"), case.case_id)
    send_checked(stage.seat("Heron"), case.case_id, wren.reader_id, draft.version, untrusted_text=TEXT, told=())
    assert not given_in(stage, case)


@pytest.mark.parametrize("way", ["back", "approve"])
def test_ticks_come_back_with_a_checked_draft(stage: Stage, case: Sent, way: str) -> None:
    wren = stage.seat("Wren")
    ask_for_check(wren, case.case_id, Typed(TEXT, told=(REPORT,)), 0, step=step(wren))
    open_case(stage.seat("Heron"), case.case_id)
    draft = own_draft(wren, look_into(wren, case.case_id), DraftKind.ANSWER)
    assert draft is not None
    heron, more = stage.seat("Heron"), (REPORT, "complaint_to_prosecutor")
    if way == "back":
        hand_back(heron, case.case_id, wren.reader_id, draft.version, untrusted_text="", untrusted_line="x", told=more)
    else:
        approve(heron, case.case_id, wren.reader_id, draft.version, untrusted_text=TEXT)
    back = own_draft(wren, look_into(wren, case.case_id), DraftKind.ANSWER)
    assert back is not None
    assert back.typed.told == (more if way == "back" else (REPORT,))
    send_own(stage.seat("Wren"), case.case_id, back.typed, back.version, step(wren), is_meant=True)
    assert given_in(stage, case)[0].rule_ids == back.typed.told


# Taken back, stopped, erased


def test_advice_goes_with_an_answer_that_was_taken_back(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `was_told` that asks nothing (a recall wrote to people about what they were never told)."""
    entry = told(stage, case)
    wren = stage.seat("Wren")
    assert told_with(look_into(wren, case.case_id), entry) == (REPORT,)
    take_back(wren, case.case_id, entry)
    assert not given_in(stage, case)
    timeline = make_timeline(wren, look_into(wren, case.case_id))
    assert "law" not in {chip.key for chip in timeline.chips}


def test_advice_that_a_seizure_stopped_was_not_given(stage: Stage, case: Sent) -> None:
    told(stage, case)
    assert given_in(stage, case)
    seize(stage.seat("Wren"), case.case_id)
    assert not given_in(stage, case)
    with pytest.raises(InputError):
        told(stage, case, text="Ещё раз.")
    assert not given_in(stage, case)


def test_an_answer_that_was_erased_later_was_told(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `was_told` that looks for the answer only."""
    entry = told(stage, case, at_once=True)
    erase_entry(stage.seat("Wren"), case.case_id, entry)
    assert given_in(stage, case)
    advice = bytes.fromhex(given_in(stage, case)[0].entry)
    erase_entry(stage.seat("Wren"), case.case_id, advice)
    assert not given_in(stage, case), "the record itself can be erased, for it holds facts"


# By other means


def test_advice_by_other_means_is_recorded_with_its_day_and_way(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    yesterday = wren.today - timedelta(days=1)
    record_advice(wren, case.case_id, NewAdvice((REPORT,), yesterday, "phone", "  to his\n mother "))
    (advice,) = given_in(stage, case)
    assert (advice.on, advice.way, advice.line, advice.answer) == (yesterday, "phone", "to his mother", "")
    timeline = make_timeline(stage.seat("Wren"), look_into(stage.seat("Wren"), case.case_id))
    (item,) = (item for day in timeline.days for item in day.entries if item.chip == "law")
    assert "by telephone" in item.text and "to his mother" in item.text
    assert wren.pack.guide.by_id[REPORT].words["en"].title in item.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [(((), 0, "phone"), "told"), (((REPORT,), 1, "phone"), "day"), (((REPORT,), None, "phone"), "day"),
     (((REPORT,), 0, "pigeon"), "way"), ((("nothing",), 0, "phone"), "told")],
)  # fmt: skip
def test_what_is_missing_is_said_beside_its_field(
    stage: Stage, case: Sent, typed: tuple[tuple[str, ...], int | None, str], field: str
) -> None:
    wren, (rules, days, way) = stage.seat("Wren"), typed
    day = None if days is None else wren.today + timedelta(days=days)
    with pytest.raises(InputError) as caught:
        record_advice(wren, case.case_id, NewAdvice(rules, day, way))
    assert caught.value.field == field
    assert not given_in(stage, case)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31)])
def test_advice_of_a_day_that_nobody_could_mean_is_not_taken(stage: Stage, case: Sent, day: date) -> None:
    """It would be kept, and be read as no advice. Broken on purpose: `record_advice` that looks ahead only."""
    with pytest.raises(InputError) as caught:
        record_advice(stage.seat("Wren"), case.case_id, NewAdvice((REPORT,), day, "phone"))
    assert caught.value.field == "day"


@pytest.mark.parametrize("who", ["Rowan", "Willow"])
def test_nobody_records_advice_in_a_case_that_is_not_theirs(stage: Stage, case: Sent, who: str) -> None:
    with pytest.raises(NotAllowedError):
        record_advice(stage.seat(who), case.case_id, NewAdvice((REPORT,), stage.seat(who).today, "phone"))


# What is in an entry


@pytest.mark.parametrize(
    "content",
    [{}, {"on": "2023-12-05"}, {"on": "yesterday", "rules": [{"id": REPORT}]}, {"on": "2023-12-05", "rules": "all"},
     {"on": "2023-12-05", "rules": ["x", {"digest": "1"}]}],
)  # fmt: skip
def test_an_entry_of_another_shape_is_no_advice(stage: Stage, case: Sent, content: dict[str, object]) -> None:
    wren = stage.seat("Wren")
    change = begin(wren, look_into(wren, case.case_id), CaseAction.NOTE)
    change.add("advice", content)
    change.commit()
    assert not given_in(stage, case)
    make_timeline(wren, look_into(wren, case.case_id))


@pytest.mark.promise(1, "the rows of a case with advice given, searched for what was told and on which facts")
def test_nothing_of_it_stands_in_clear(stage: Stage, case: Sent) -> None:
    """Broken on purpose: an entry of advice that is written unsealed."""
    told(stage, case)
    wren = stage.seat("Wren")
    rows = store.fetch_entries(case.case_id, wren.reader_id, wren.circles, [int(one) for one in Compartment])
    for row in rows:
        assert REPORT.encode() not in row.sealed
        assert STORY_TEXT.encode() not in row.sealed
        assert b"mobilised" not in row.sealed


# On the page


def test_the_words_of_a_rule_come_into_the_answer_ticked(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    file = look_into(wren, case.case_id)
    put = put_rules(wren, file, Typed("Здравствуйте."), (REPORT, REPORT, "no_such_rule"))
    title = wren.pack.guide.by_id[REPORT].words["ru"].title
    assert put.told == (REPORT,)
    assert put.text.startswith("Здравствуйте.\n\n") and put.text.count(title) == 1
    assert put_rules(wren, file, put, (REPORT,)) == put
    question = next(rule.id for rule in wren.pack.guide.rules if rule.is_question)
    assert put_rules(wren, file, Typed("x"), (question,)) == Typed("x"), "general knowledge is put into no answer"


def test_ticks_are_there_again_after_everything_that_goes_wrong(stage: Stage, case: Sent, browser: Browser) -> None:
    path = f"/en/case/{case.slug}/"
    ticked = f'name="told" value="{REPORT}" checked'
    fields = {"text": TEXT, "told": REPORT, "draft": "0"}
    assert ticked not in browser.get(path).content.decode()
    wrong = browser.post(path + "answer", fields, page=path)  # no next step
    assert wrong.status_code == 422 and ticked in wrong.content.decode()
    assert ticked in browser.get(path).content.decode(), "kept as a draft too"
    told_twice = browser.post(path + "answer", {**fields, "seen": "0", "text": ""}, page=path)
    assert told_twice.status_code == 422 and ticked in told_twice.content.decode()
    day = (stage.seat("Wren").today + timedelta(days=1)).isoformat()
    sent = browser.post(
        path + "answer", {**fields, "draft": "1", "step_what": "x", "step_day": day, "seen": "0"}, page=path
    )
    assert sent.status_code == 302
    assert given_in(stage, case)[0].rule_ids == (REPORT,)


def test_a_conflict_keeps_the_ticks(stage: Stage, case: Sent, browser: Browser) -> None:
    path = f"/en/case/{case.slug}/"
    holding.keep(stage.seat("Wren"), case.case_id, step(stage.seat("Wren")))
    answering.answer(stage.seat("Heron"), case.case_id, "From a colleague.", at_once=True)
    browser.get(path)
    refused = browser.post(path + "answer", {"text": TEXT, "told": REPORT, "draft": "0", "seen": "0"}, page=path)
    assert refused.status_code == 409
    assert f'name="told" value="{REPORT}" checked' in refused.content.decode()
    assert not given_in(stage, case)


def test_an_answer_taken_back_gives_its_ticks_back(stage: Stage, case: Sent, browser: Browser) -> None:
    path = f"/en/case/{case.slug}/"
    entry = told(stage, case)
    browser.get(path)
    page = browser.post(path + "undo", {"entry": entry.hex()}, page=path).content.decode()
    assert f'name="told" value="{REPORT}" checked' in page


def test_a_tick_that_no_longer_applies_says_so_beside_it(stage: Stage, case: Sent, browser: Browser) -> None:
    path = f"/en/case/{case.slug}/"
    browser.post(path + "draft/answer", {"text": TEXT, "told": REPORT, "draft": "0"}, page=path)
    wren = stage.seat("Wren")
    set_fact(wren, case.case_id, NewFact("commission", ("waiting",), "said", wren.today))
    page = browser.get(path).content.decode()
    after = page.split(f'name="told" value="{REPORT}" checked', 1)[1]
    assert "does not apply to what is known today" in after.split("</label>", 1)[0]

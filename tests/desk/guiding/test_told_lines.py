"""What was told, beside what the guide says now: in the order of the rules in `since`, and on the page of the law."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from desk.stage import HOT, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk import answering
from leeside.desk.changes import begin
from leeside.desk.facts import NewFact, set_fact
from leeside.desk.guiding.advice import NewAdvice, record_advice
from leeside.desk.guiding.panel import make_law
from leeside.desk.guiding.result import ask_for
from leeside.desk.guiding.since import marks_since
from leeside.desk.guiding.told_lines import told_so_far
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.told_rules import Advice, ToldRule, advice_in
from leeside.guide.evaluating import ask_guide
from leeside.packs.guidebook.rules import Review, Rule

WOUNDED = {**HOT, "serves": "mobilised", "commission": "no"}
REPORT = "report_for_commission"


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


def tell(stage: Stage, case: Sent, *rules: str) -> Advice:
    wren = stage.seat("Wren")
    step = Step("x", wren.reader_id, wren.today + timedelta(days=1))
    text = f"Подайте рапорт. {rules}"
    answering.answer(wren, case.case_id, text, step, told=rules or (REPORT,), is_meant=True)
    return advice_in(look_into(stage.seat("Wren"), case.case_id))[-1]


def set_one(stage: Stage, case: Sent, fact: str, value: str) -> None:
    wren = stage.seat("Wren")
    set_fact(wren, case.case_id, NewFact(fact, (value,), "said", wren.today))


def marks(stage: Stage, case: Sent, advice: Advice, seat: Seat | None = None) -> tuple[str, ...]:
    seat = seat or stage.seat("Wren")
    file = look_into(stage.seat("Wren"), case.case_id)
    result = ask_guide(seat.pack.guide, seat.pack.by_id, ask_for(stage.seat("Wren"), file).facts, seat.today)
    return marks_since(seat, result, advice)[advice.rule_ids[0]]


def with_rules(seat: Seat, change: Callable[[Rule], Rule | None], *more: Rule) -> Seat:
    """The same seat with another guide."""
    rules = tuple(changed for one in seat.pack.guide.rules if (changed := change(one)) is not None)
    return replace(seat, pack=replace(seat.pack, guide=replace(seat.pack.guide, rules=(*rules, *more))))


# Rule 1


def test_nothing_is_marked_while_nothing_has_changed(stage: Stage, case: Sent) -> None:
    assert marks(stage, case, tell(stage, case)) == ()


def test_another_wording_an_end_and_a_rule_that_replaced_it_are_said(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `since` that compares ids and no digests."""
    advice, wren = tell(stage, case), stage.seat("Wren")

    def changed(rule: Rule) -> Rule:
        return replace(rule, digest="0" * 16) if rule.id == REPORT else rule

    def ended(rule: Rule) -> Rule:
        return replace(rule, until=wren.today - timedelta(days=1)) if rule.id == REPORT else rule

    newer = replace(wren.pack.guide.by_id[REPORT], id="newer", supersedes=REPORT)
    assert marks(stage, case, advice, with_rules(wren, changed)) == ("the rule was changed since",)
    (over,) = marks(stage, case, advice, with_rules(wren, ended))
    assert over.startswith("no longer in force since")
    (replaced,) = marks(stage, case, advice, with_rules(wren, lambda rule: rule, newer))
    assert replaced.startswith("replaced by: Today: file a report")
    gone = with_rules(wren, lambda rule: None if rule.id == REPORT else rule)
    assert marks(stage, case, advice, gone) == ("this rule is no longer in the guide",)


# Rule 2


def test_a_rule_that_does_not_apply_any_more_says_so(stage: Stage, case: Sent) -> None:
    advice = tell(stage, case)
    set_one(stage, case, "commission", "waiting")
    assert marks(stage, case, advice) == ("does not apply any more: what is known has changed",)


def test_one_that_was_told_although_it_did_not_apply_says_so(stage: Stage, case: Sent) -> None:
    set_one(stage, case, "commission", "waiting")
    advice = tell(stage, case)
    assert marks(stage, case, advice) == ("did not apply when it was told",)
    set_one(stage, case, "commission", "no")
    assert marks(stage, case, advice) == ("applies only since",)


# Rule 3


def test_a_last_day_that_moved_says_both_days_and_one_that_no_longer_follows_says_so(stage: Stage, case: Sent) -> None:
    """Broken on purpose: advice without its days."""
    wren = stage.seat("Wren")
    set_one(stage, case, "commission", "refused")
    set_one(stage, case, "learned_on", (wren.today - timedelta(days=9)).isoformat())
    law = make_law(stage.seat("Wren"), look_into(stage.seat("Wren"), case.case_id))
    assert law is not None
    rule = next(
        one.rule.id
        for one in ask_for(wren, look_into(stage.seat("Wren"), case.case_id)).applies
        if "claim" in one.rule.terms
    )
    advice = tell(stage, case, rule)
    assert "claim" in advice.deadlines and marks(stage, case, advice) == ()
    set_one(stage, case, "learned_on", (wren.today - timedelta(days=2)).isoformat())
    (moved,) = marks(stage, case, advice)
    assert moved.startswith("the last day was ") and " and is now " in moved
    lost = replace(advice, deadlines={**advice.deadlines, "claim": date(2020, 1, 1)}, rules=(ToldRule(rule, "x"),))
    assert any("1 January 2020" in one for one in marks(stage, case, lost))


# On the pages


def test_what_has_changed_is_said_of_the_newest_telling_only(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    record_advice(wren, case.case_id, NewAdvice((REPORT,), wren.today - timedelta(days=1), "phone"))
    tell(stage, case)
    set_one(stage, case, "commission", "waiting")
    file = look_into(stage.seat("Wren"), case.case_id)
    told = told_so_far(stage.seat("Wren"), file, ask_for(stage.seat("Wren"), file))
    assert [len(line.rules[0].marks) for line in told.lines] == [1, 0]
    assert told.changed == "1 changed since" and told.words.startswith("1 rule told, last on")


def test_the_page_of_the_law_and_the_case_page_say_it(stage: Stage, case: Sent, browser: Browser) -> None:
    tell(stage, case)
    set_one(stage, case, "commission", "waiting")
    page = browser.get(f"/en/case/{case.slug}/").content.decode()
    law = browser.get(f"/en/case/{case.slug}/law").content.decode()
    assert "1 rule told, last on" in page and "1 changed since" in page
    assert "told on " in law and "does not apply any more: what is known has changed" in law
    title = stage.seat("Wren").pack.guide.by_id[REPORT].words["en"].title
    assert escape(title) in law.split('id="told"', 1)[1].split("</section>", 1)[0]


def test_sources_stand_as_text_and_nothing_is_loaded_from_them(stage: Stage, case: Sent, browser: Browser) -> None:
    """Broken on purpose: sources as links."""
    law = browser.get(f"/en/case/{case.slug}/law").content.decode()
    assert "Opening one leaves the trace of your machine there" in law
    addresses = [
        one.address
        for one in stage.seat("Wren").pack.guide.sources.values()
        if one.address and escape(one.address) in law
    ]
    assert addresses
    for address in addresses:
        assert f'href="{escape(address)}' not in law and f'src="{escape(address)}' not in law
    assert "https://" not in browser.get(f"/en/case/{case.slug}/").content.decode(), "the case page has none of them"


def test_an_old_review_and_a_replaced_rule_say_so(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")

    def reviewed(days_ago: int) -> Callable[[Rule], Rule]:
        review = Review("A lawyer", wren.today - timedelta(days=days_ago))
        return lambda rule: replace(rule, review=review, supersedes="an_older_one") if rule.id == REPORT else rule

    def line(days_ago: int) -> tuple[str, str]:
        seat = with_rules(wren, reviewed(days_ago))
        law = make_law(seat, look_into(wren, case.case_id))
        assert law is not None
        (found,) = (one for group in law.groups for one in group.lines if one.tell == REPORT)
        return found.stale, found.instead

    assert line(1) == ("", "an_older_one")
    assert line(400)[0].startswith("the review is too old")


def test_a_rule_that_was_told_to_hold_no_more_has_no_mark_and_one_set_aside_was_not_told(
    stage: Stage, case: Sent
) -> None:
    """Broken on purpose: `told_so_far` that leaves a rule in although a later telling ended it."""
    tell(stage, case)
    set_one(stage, case, "commission", "waiting")
    wren = stage.seat("Wren")
    on = wren.today.isoformat()
    for content in (
        {"on": on, "rules": [], "ended": [REPORT], "recall": True, "way": "phone"},
        {"on": on, "rules": [], "way": "aside", "line": "he knows"},
    ):
        change = begin(wren, look_into(wren, case.case_id), CaseAction.NOTE)
        change.add("advice", content)
        change.commit()
    file = look_into(stage.seat("Wren"), case.case_id)
    told = told_so_far(wren, file, ask_for(wren, file))
    assert told.changed == "" and told.words.startswith("1 rule told")
    assert len(told.lines) == 3
    assert [line.how for line in told.lines if not line.rules] == ["Wren · looked at, and nothing told, he knows"]
    assert any(rule.title.startswith("no longer holds:") for line in told.lines for rule in line.rules)

"""After a suspended sentence: the appeal with its day, probation with its half and end, and what revokes it, on the
case page, whatever the person came to us for (facts F-40 to F-42, F-55; deadline D2)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from desk.stage import PLAIN, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk.due import dues_of
from leeside.desk.facts import NewFact, set_fact
from leeside.desk.guiding.panel import LawPanel, make_law
from leeside.desk.guiding.result import ask_for
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.stages.outcomes import NewTerm, keep_alive

WANTS = ("leave_service", "commission", "papers_back", "court_case", "advice")
TERM_DAYS = 1096


@pytest.fixture
def browser(stage: Stage, client_of: Callable[..., Client]) -> Iterator[Browser]:
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Wren")
    yield browser


def sentenced(stage: Stage, wants: str, days_ago: int = 7) -> Sent:
    """A serviceman who came for something, and whose suspended sentence a colleague then wrote down."""
    sent = send(stage, {**PLAIN, "where": "unit", "serves": "contract", "wants": wants, "wanted": "no"}, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    wren = stage.seat("Wren")
    since = wren.today - timedelta(days=days_ago)
    term = NewTerm("sentence_suspended", since, since + timedelta(days=TERM_DAYS), "paper")
    keep_alive(wren, sent.case_id, term, Step("read it", wren.reader_id, wren.today + timedelta(days=20)))
    return sent


def tell(stage: Stage, case: Sent, **facts: str) -> None:
    for fact, value in facts.items():
        wren = stage.seat("Wren")
        set_fact(wren, case.case_id, NewFact(fact, (value,), "said", wren.today))


def applying(stage: Stage, case: Sent) -> set[str]:
    wren = stage.seat("Wren")
    return {one.rule.id for one in ask_for(wren, look_into(wren, case.case_id)).applies}


def law_of(stage: Stage, case: Sent) -> LawPanel:
    wren = stage.seat("Wren")
    law = make_law(wren, look_into(wren, case.case_id))
    assert law is not None
    return law


@pytest.mark.parametrize("wants", (*WANTS, "protection"))
def test_appeal_half_and_end_are_due_whatever_they_came_for(stage: Stage, wants: str) -> None:
    """Broken on purpose: `tells` of the outcome without `wanted` (who came for papers never saw the appeal)."""
    case = sentenced(stage, wants)
    wren = stage.seat("Wren")
    sources = [one.source for one in dues_of(wren, look_into(wren, case.case_id))]
    assert "settle:appeal" in sources, "nobody said yet whether it is appealed"
    assert "probation" in sources and "probation_end" in sources
    tell(stage, case, appealed="no")
    due = next(one for one in dues_of(wren, look_into(wren, case.case_id)) if one.source == "law:appeal")
    assert (due.day - wren.today).days in range(8, 12), "15 days, moved only over days off"
    assert "appeal_sentence" in applying(stage, case)


@pytest.mark.parametrize("wants", WANTS)
def test_what_revokes_it_and_that_the_service_goes_on_are_told(stage: Stage, wants: str) -> None:
    case = sentenced(stage, wants)
    assert {"suspended_revocation", "suspended_stays_serviceman", "suspended_ask_status"} <= applying(stage, case)
    tell(stage, case, new_charge="no", duties_breached="no")
    assert "probation_half" in applying(stage, case)
    tell(stage, case, new_charge="yes")
    assert {"probation_new_charge"} <= applying(stage, case) and "probation_half" not in applying(stage, case)
    tell(stage, case, duties_breached="yes")
    assert "probation_duties_breached" in applying(stage, case)


def test_a_missed_appeal_says_that_a_court_may_restore_it(stage: Stage) -> None:
    case = sentenced(stage, "court_case", days_ago=40)
    tell(stage, case, appealed="no")
    line = next(one for one in law_of(stage, case).deadlines if one.key.startswith("appeal:"))
    assert "missed" in line.standing and "restore" in line.standing and line.tone == "red"
    assert any("restor" in paper.title.lower() for paper in law_of(stage, case).papers)


def test_appealed_it_is_not_in_force_and_no_deadline_is_left(stage: Stage) -> None:
    case = sentenced(stage, "court_case")
    tell(stage, case, appealed="yes")
    assert not any("appeal" in one.key for one in law_of(stage, case).deadlines)
    assert "judgment_not_in_force" in applying(stage, case)


def test_the_case_page_says_all_of_it(stage: Stage, browser: Browser) -> None:
    case = sentenced(stage, "leave_service")
    tell(stage, case, appealed="no", new_charge="no", duties_breached="no")
    page = browser.get(f"/en/case/{case.slug}/").content.decode()
    law = browser.get(f"/en/case/{case.slug}/law").content.decode()
    assert "File the appeal against the judgment" in page
    assert "half of it is over on" in page and "The term ends" in page
    for title in (
        "What revokes a suspended sentence",
        "After half of the probation the suspended sentence may be lifted",
        "A suspended sentence does not discharge: the person remains a serviceman",
    ):
        assert escape(title) in law


def test_a_term_that_was_taken_back_takes_its_law_with_it(stage: Stage) -> None:
    from leeside.desk.facts import withdraw_fact

    case = sentenced(stage, "leave_service")
    wren = stage.seat("Wren")
    entry = look_into(wren, case.case_id).facts["sentence_suspended"][0].entry
    withdraw_fact(wren, case.case_id, "sentence_suspended", entry, "another man's")
    file = look_into(stage.seat("Wren"), case.case_id)
    assert not any(one.source in ("settle:appeal", "law:appeal", "probation") for one in dues_of(wren, file))
    assert "suspended_revocation" not in applying(stage, case)

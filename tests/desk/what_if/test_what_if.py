"""What if: the law of facts that nobody wrote, without a trace of them anywhere; changes from a case are marked."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.stage import HOT, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk.errors import NotAllowedError
from leeside.desk.facts import NewFact, set_fact
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.guiding.result import ask_for
from leeside.desk.opening import look_into, open_case
from leeside.desk.what_if.asking import Asked, begin_with_case, facts_to_choose, read_asked
from leeside.desk.what_if.page import Answer, make_page
from leeside.guide.evaluating import ask_guide

WOUNDED = {**HOT, "serves": "mobilised", "commission": "no"}
CHOSEN = {f"now-{fact}": [value] for fact, value in WOUNDED.items()}
REPORT = "Today: file a report asking for referral to the military medical commission"


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


def answer_to(stage: Stage, fields: dict[str, list[str]]) -> Answer:
    wren = stage.seat("Wren")
    answer = make_page(wren, read_asked(wren, fields)).answer
    assert answer is not None
    return answer


def titles_in(answer: Answer) -> set[str]:
    return {one.line.title for group in answer.groups for one in group.rules}


def test_it_says_to_chosen_facts_what_the_guide_says(stage: Stage) -> None:
    wren = stage.seat("Wren")
    answer = answer_to(stage, CHOSEN)
    result = ask_guide(wren.pack.guide, wren.pack.by_id, WOUNDED, wren.today)
    assert REPORT in titles_in(answer)
    assert titles_in(answer) == {one.rule.words["en"].title for one in result.applies if not one.rule.is_question}
    assert len(answer.deadlines) == len(result.deadlines)
    assert answer.question and answer.papers
    assert not answer.changes and not answer.gone, "nobody set out from a case"


def test_another_day_is_another_law(stage: Stage) -> None:
    fields = {"now-where": ["home"], "now-wants": ["summons"], "now-serves": ["not_serving"],
              "now-paper_abroad": ["with_me"], "now-exit_limited_on": ["2023-12-01"]}  # fmt: skip
    days = {day: answer_to(stage, {**fields, "on": [day]}) for day in ("2023-12-05", "2023-12-12")}
    coming = {one.line.title for one in days["2023-12-05"].coming}
    assert coming
    assert not coming & {one.line.title for one in days["2023-12-12"].coming}
    assert "12 December 2023" in days["2023-12-12"].day


def test_a_deadline_is_counted_and_stands_as_on_that_day(stage: Stage) -> None:
    fields = {"now-where": ["unit"], "now-wants": ["court_case"], "now-wanted": ["case"], "now-serves": ["contract"],
              "now-sentence": ["suspended"], "now-sentence_on": ["2023-11-28"], "now-in_custody": ["no"],
              "now-appealed": ["no"]}  # fmt: skip
    (ahead,) = (one.line for one in answer_to(stage, {**fields, "on": ["2023-12-05"]}).deadlines)
    assert "13 December" in ahead.day and ahead.steps and "8" in ahead.standing
    (missed,) = (one.line for one in answer_to(stage, {**fields, "on": ["2023-12-20"]}).deadlines)
    assert "missed" in missed.standing and "restore" in missed.standing


def test_what_cannot_be_taken_is_said_beside_it_and_the_rest_stays(stage: Stage, browser: Browser) -> None:
    fields = {"now-where": "unit", "now-wants": "everything", "on": "2023-02-31"}
    refused = browser.post("/en/guide/", fields, page="/en/guide/")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert '<option value="unit" selected' in page
    assert "This value cannot be taken" in page and "This is not a day" in page
    assert "What the law gives, " not in page


def test_from_a_case_its_facts_stand_and_what_is_changed_is_marked(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    began = begin_with_case(wren, case.slug)
    assert began.facts == case_facts(wren, look_into(wren, case.case_id))
    page = make_page(wren, began)
    assert page.answer is not None
    assert not page.answer.changes and not page.answer.gone
    assert not any(one.is_new for group in page.answer.groups for one in group.rules)
    fields: dict[str, list[str]] = {"case": [case.slug]}
    for name, value in page.carried:
        fields.setdefault(name, []).append(value)
    for fact, value in WOUNDED.items():
        fields[f"now-{fact}"] = [value]
    fields["now-commission"] = ["waiting"]
    changed = make_page(wren, read_asked(wren, fields))
    answer = changed.answer
    assert answer is not None
    assert len(answer.changes) == 1
    assert REPORT in answer.gone
    field = next(one for group in changed.groups for one in group.fields if one.name == "now-commission")
    assert field.was is not None
    assert sorted(changed.carried) == sorted(page.carried), "the case's own facts stay what they were"


def test_nothing_of_it_is_stored(stage: Stage, case: Sent, browser: Browser) -> None:
    """Broken on purpose: a page that keeps what was chosen as facts."""
    wren = stage.seat("Wren")
    before = look_into(wren, case.case_id)
    browser.post("/en/guide/", {"now-where": "front", "now-wants": "court_case"}, page="/en/guide/")
    fields = {"case": case.slug, "now-where": "front", "was-where": "hospital"}
    browser.post("/en/guide/", fields, page="/en/guide/")
    after = look_into(wren, case.case_id)
    assert (after.row.version, len(after.entries)) == (before.row.version, len(before.entries))
    assert ask_for(wren, after).facts == ask_for(wren, before).facts


def test_no_address_carries_a_fact_and_no_answer_is_kept_by_a_browser(stage: Stage, browser: Browser) -> None:
    """Broken on purpose: a form that asks by its address."""
    page = browser.post("/en/guide/", {"now-where": "front"}, page="/en/guide/")
    assert "no-store" in page.headers["Cache-Control"]
    text = page.content.decode()
    assert 'method="post"' in text.split('id="facts"', 1)[1].split(">", 1)[0]
    assert "?now-" not in text and "&now-" not in text
    asked = browser.get("/en/guide/?now-where=front&now-wants=court_case").content.decode()
    assert '<option value="front" selected' not in asked, "an address chooses nothing"
    assert "What the law gives, " not in asked and "What the law gives, " in text


def test_taking_over_the_facts_of_a_case_is_a_reading_on_record(stage: Stage, case: Sent, browser: Browser) -> None:
    heron = stage.seat("Heron")
    before = len(look_into(heron, case.case_id).of_kind("reading"))
    begin_with_case(heron, case.slug)
    assert len(look_into(heron, case.case_id).of_kind("reading")) == before + 1


@pytest.mark.promise(2, "the what-if page asked for a case that is not one's own, role by role")
@pytest.mark.parametrize("who", ["Willow", "Finch", "Rowan"])
def test_nobody_takes_over_the_facts_of_a_case_that_is_not_theirs(stage: Stage, case: Sent, who: str) -> None:
    """Broken on purpose: `begin_with_case` that looks a case up without opening it."""
    from leeside.desk import holding
    from leeside.desk.next_steps import Step

    wren = stage.seat("Wren")
    holding.keep(wren, case.case_id, Step("x", wren.reader_id, wren.today + timedelta(days=1)))
    with pytest.raises(NotAllowedError):
        begin_with_case(stage.seat(who), case.slug)


def test_a_publisher_does_not_ask_the_guide(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        read_asked(stage.seat("Rowan"), CHOSEN)


def test_no_text_of_a_case_is_in_the_form(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    set_fact(wren, case.case_id, NewFact("commission", ("no",), "said", wren.today))
    page = make_page(stage.seat("Wren"), begin_with_case(stage.seat("Wren"), case.slug))
    assert {one.kind for group in page.groups for one in group.fields} <= {"one", "many", "date"}
    assert "letter" not in str(page.carried)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_posted_is_answered_and_only_what_the_pack_knows_counts(stage: Stage, data: st.DataObject) -> None:
    wren = stage.seat("Wren")
    questions = {one.id: one for one in facts_to_choose(wren)}
    fields = data.draw(
        st.dictionaries(
            st.sampled_from([*(f"now-{one}" for one in questions), *(f"was-{one}" for one in questions), "on", "case",
                             "now-text", "now-", "x"]),
            st.lists(st.one_of(st.text(max_size=12), st.sampled_from(["yes", "no", "unit", "2023-11-28", "a337"])),
                     max_size=3),
            max_size=12,
        )
    )  # fmt: skip
    asked = read_asked(wren, fields)
    assert set(asked.facts) <= set(questions)
    for fact, value in asked.facts.items():
        if questions[fact].options:
            chosen = value if isinstance(value, tuple) else (value,)
            assert set(chosen) <= {one.id for one in questions[fact].options}
    page = make_page(wren, asked)
    assert (page.answer is None) == bool(asked.problems)


def test_the_form_is_short_and_whole(stage: Stage) -> None:
    wren = stage.seat("Wren")
    page = make_page(wren, None)
    names = [one.name for group in page.groups for one in group.fields]
    assert sorted(names) == sorted(f"now-{one.id}" for one in facts_to_choose(wren)), "every fact once"
    assert sum(len(group.fields) for group in page.groups if group.is_open) <= 16
    known = make_page(wren, Asked({"sentence": "suspended"}, wren.today))
    assert any(one.name == "now-sentence" and group.is_open for group in known.groups for one in group.fields)

"""The pack of a rights group: one short form, answers that a lawyer reads first, who goes where and what is urgent."""

import zlib
from datetime import date

import pytest

from leeside.packs.answers import Answer
from leeside.packs.guidebook.red_lines import red_lines_in
from leeside.packs.marks import LookBy, Urgency
from leeside.packs.reader import SHIPPED, shipped_pack
from leeside.sealing.compartments import Compartment

TODAY = date(2023, 12, 5)
PACK = shipped_pack("rights")
OTHER = shipped_pack("refusal")
Given = dict[str, Answer]


def test_the_form_asks_one_question_who_it_is_about_where_roughly_and_when_an_answer_is_needed() -> None:
    """Broken on purpose: a name on the first screen."""
    asked = [question.id for question in PACK.first_screen if question.condition is None]
    assert asked == ["text", "wants", "serves", "region", "answer_needed"]
    by_compartment = {
        part: {one.id for one in PACK.questions if one.compartment is part}
        for part in (Compartment.IDENTITY, Compartment.PLACE)
    }
    assert by_compartment == {
        Compartment.IDENTITY: {"name", "contact_address", "safe_contact"},
        Compartment.PLACE: set(),
    }


@pytest.mark.parametrize(
    ("answers", "circle"),
    [
        ({}, "intake"),
        ({"wants": "summons", "serves": "not_serving"}, "intake"),
        ({"wants": "advice", "where": "unit"}, "intake"),
        ({"wants": "court_case"}, "lawyers"),
        ({"wants": "protection"}, "lawyers"),
        ({"where": "held"}, "lawyers"),
        ({"where": "front", "wants": "find_someone"}, "lawyers"),
        ({"where": "awol"}, "lawyers"),
        ({"presses": ("sent_back",)}, "lawyers"),
    ],
)
def test_whoever_is_held_at_the_front_or_before_a_court_is_read_by_lawyers_only(answers: Given, circle: str) -> None:
    """Broken on purpose: each part of the routing left out in turn."""
    assert PACK.routing(answers) == circle


@pytest.mark.parametrize(
    ("answers", "urgency", "look_by"),
    [
        ({}, Urgency.CALM, LookBy.WEEK),
        ({"answer_needed": "no_hurry"}, Urgency.LATER, LookBy.LATER),
        ({"answer_needed": "today"}, Urgency.RED, LookBy.TODAY),
        ({"answer_needed": "days"}, Urgency.SOON, LookBy.THREE_DAYS),
        ({"answer_needed": "by_date"}, Urgency.SOON, LookBy.THREE_DAYS),
        ({"answer_needed": "by_date", "answer_needed_by": "2023-12-07"}, Urgency.RED, LookBy.TODAY),
        ({"answer_needed": "by_date", "answer_needed_by": "2023-12-15"}, Urgency.SOON, LookBy.THREE_DAYS),
        ({"answer_needed": "by_date", "answer_needed_by": "2024-02-01"}, Urgency.CALM, LookBy.WEEK),
        ({"answer_needed": "no_hurry", "where": "held"}, Urgency.RED, LookBy.TODAY),
        ({"presses": ("summons",), "presses_summons_by": "2023-12-06"}, Urgency.RED, LookBy.TODAY),
        ({"presses": ("hearing",)}, Urgency.SOON, LookBy.THREE_DAYS),
        ({"why_now": ("violence",), "answer_needed": "no_hurry"}, Urgency.SOON, LookBy.THREE_DAYS),
    ],
)
def test_how_urgent_and_by_when_to_look(answers: Given, urgency: Urgency, look_by: LookBy) -> None:
    """Broken on purpose: an answer that is needed today left calm."""
    marks = PACK.marks(answers, TODAY)
    assert (marks.urgency, marks.look_by) == (urgency, look_by)


def test_no_answer_leaves_without_a_lawyer_s_eyes() -> None:
    """Broken on purpose: `[sending]` left out of casework.toml."""
    assert PACK.checked_by == "lawyers"


def test_promises_leave_a_lawyer_the_time_to_read() -> None:
    """Broken on purpose: the two hours of a line in an emergency."""
    minutes = PACK.promises.minutes
    assert minutes[Urgency.CALM] >= 720 and minutes[Urgency.RED] >= 60


@pytest.mark.parametrize("language", PACK.languages)
def test_what_the_form_says_keeps_the_red_lines_and_fits_a_small_page(language: str) -> None:
    """Broken on purpose: an option of forty letters."""
    words = [text for question in PACK.questions for text in _words_of(question.id, language)]
    for text in words:
        assert list(red_lines_in(text, may_name_them=False)) == [], text
    for question in PACK.questions:
        for option in question.options:
            assert len(PACK.option_text(question, option.id, language)) <= 34
    assert len(zlib.compress("".join(words).encode(), 9)) <= 5 * 1024


def _words_of(question_id: str, language: str) -> list[str]:
    question = PACK.question(question_id)
    assert question is not None
    keys = [question.title_key, question.help_key, *(question.option_key(one.id) for one in question.options)]
    return [PACK.text(key, language) for key in keys if PACK.has_text(key, language)]


# Law that another pack has too


def test_law_that_both_packs_have_is_the_same_to_the_letter() -> None:
    """Broken on purpose: a comma in one of the two files, a day in one of the two terms, a paper worded anew in one."""
    for part in ("guide/rules", "letters"):
        own, others = ({path.name: path for path in (SHIPPED / name / part).rglob("*.toml")} for name in _BOTH)
        for name in (own.keys() & others.keys()) - {"fields.toml"}:
            assert own[name].read_text(encoding="utf-8") == others[name].read_text(encoding="utf-8"), name
    for term in PACK.guide.terms:
        assert term in OTHER.guide.terms, term.id
    for source in PACK.guide.sources.values():
        assert OTHER.guide.sources[source.id] == source
    for letter in PACK.guide.letters:
        assert letter in OTHER.guide.letters


@pytest.mark.parametrize("language", PACK.languages)
def test_facts_that_rules_of_both_packs_look_at_are_asked_in_the_same_words(language: str) -> None:
    """Broken on purpose: a later question worded anew in one of the two packs."""
    for question in PACK.asked_later:
        other = OTHER.question(question.id)
        assert other is not None, question.id
        assert question.options == other.options
        for voice in (voice.id for voice in PACK.voices):
            assert PACK.text(question.title_key, language, voice) == OTHER.text(other.title_key, language, voice)
            for option in question.options:
                said = (OTHER.option_text(other, option.id, language, voice), question.id)
                assert (PACK.option_text(question, option.id, language, voice), question.id) == said


def test_every_fact_of_a_shared_rule_can_be_said_here() -> None:
    """Broken on purpose: a need without `leave_service`, which the rules on civilian service look for."""
    assert {rule.id for rule in PACK.guide.rules} >= {"objection_right", "acs_before_callup", "complaint_to_prosecutor"}
    assert PACK.guide.facts <= set(PACK.by_id)


_BOTH = ("rights", "refusal")

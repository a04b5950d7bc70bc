"""What the guide may know of a case: the newest that stands, papers before the form, and no word that was written."""

from datetime import datetime, timedelta

import pytest

from desk.stage import HOT, PLAIN, STORY_TEXT, Sent, Stage, send
from leeside.desk.facts import NewFact, set_fact, withdraw_fact
from leeside.desk.guarding.seizing import seize
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.guiding.panel import facts_to_ask
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.papers.keeping import TypedHolding, TypedOutgoing, keep_outgoing, keep_paper
from leeside.desk.stages.outcomes import NewTerm, keep_alive
from leeside.door.mailbox import derive_keys, open_conversation
from leeside.door.open_lines import forget_lines, known_line
from leeside.door.replies import send_answers
from leeside.packs.conditions import FactValue

ANSWERS = {**HOT, "paper_passport": "with_me", "wounded": "twice"}


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, ANSWERS, circle="closed")
    open_case(stage.seat("Willow"), sent.case_id)
    return sent


def facts_of(stage: Stage, case: Sent) -> dict[str, FactValue]:
    willow = stage.seat("Willow")
    return dict(case_facts(willow, look_into(willow, case.case_id)))


def set_one(stage: Stage, case: Sent, fact: str, value: str, days_ago: int = 0) -> None:
    willow = stage.seat("Willow")
    set_fact(willow, case.case_id, NewFact(fact, (value,), "said", willow.today - timedelta(days=days_ago)))


def sent_on(stage: Stage, days_ago: int, **more: str) -> TypedOutgoing:
    day = stage.seat("Willow").today - timedelta(days=days_ago)
    return TypedOutgoing("report", "commander", "registered", day.isoformat(), line="asks for the commission", **more)


# Rule 1


def test_closed_answers_of_the_story_are_told_and_no_text(stage: Stage, case: Sent) -> None:
    facts = facts_of(stage, case)
    assert facts == ANSWERS
    assert STORY_TEXT not in facts.values()


def test_a_fact_that_only_colleagues_ask_counts_and_one_taken_back_does_not(stage: Stage, case: Sent) -> None:
    set_one(stage, case, "fitness", "v")
    assert facts_of(stage, case)["fitness"] == "v"
    willow = stage.seat("Willow")
    entry = look_into(willow, case.case_id).facts["fitness"][0].entry
    withdraw_fact(willow, case.case_id, "fitness", entry, "another person's paper")
    assert "fitness" not in facts_of(stage, case)


def answered_from_the_mailbox(stage: Stage, case: Sent, now: datetime, **answers: str) -> None:
    """Whoever has the words answers a question that was open, as the mailbox's form does."""
    forget_lines()
    line = known_line(stage.line)
    fields = {fact: [value] for fact, value in answers.items()}
    opened = open_conversation(line, derive_keys(line, case.receipt), now, now.date())
    read = line.pack.read_answers({**fields, "voice": ["self"]})
    assert dict(read.answers) == answers
    send_answers(opened, line.pack, read, page_sign=f"sign of {sorted(answers)}", now=now, today=now.date())


def test_what_the_words_answer_while_somebody_else_holds_them_is_no_fact_for_the_guide(
    stage: Stage, case: Sent
) -> None:
    """Broken on purpose: `CaseFile.facts` from every entry `answers`; the guide asking the card instead of the file."""
    now = stage.seat("Willow").now
    answered_from_the_mailbox(stage, case, now, commission="no")
    assert facts_of(stage, case)["commission"] == "no", "their own answer counts"
    seize(stage.seat("Willow"), case.case_id)
    answered_from_the_mailbox(stage, case, now, commission="yes", held="yes")
    facts = facts_of(stage, case)
    assert facts["commission"] == "no", "what they had said before stands"
    assert "held" not in facts
    willow = stage.seat("Willow")
    assert "commission" not in facts_to_ask(willow, look_into(willow, case.case_id))


# Rule 2


def test_the_ledger_says_more_than_the_form(stage: Stage, case: Sent) -> None:
    taken = stage.seat("Willow").today - timedelta(days=33)
    typed = TypedHolding("passport", "unit", "original", taken.isoformat())
    keep_paper(stage.seat("Willow"), case.case_id, "passport", typed)
    facts = facts_of(stage, case)
    assert (facts["paper_passport"], facts["passport_taken_on"]) == ("unit", taken.isoformat())
    keep_paper(stage.seat("Willow"), case.case_id, "passport", TypedHolding("passport", "unit"))
    assert facts_of(stage, case)["passport_taken_on"] == taken.isoformat(), "a later look begins nothing anew"
    keep_paper(stage.seat("Willow"), case.case_id, "passport", TypedHolding("passport", "office"))
    facts = facts_of(stage, case)
    assert facts["paper_passport"] == "other", "nearest of the form's words"
    assert "passport_taken_on" not in facts


def test_a_copy_says_nothing_of_who_holds_the_paper(stage: Stage, case: Sent) -> None:
    keep_paper(stage.seat("Willow"), case.case_id, "passport", TypedHolding("passport", "lawyer", "copy"))
    assert facts_of(stage, case)["paper_passport"] == "with_me"


def test_a_paper_that_somebody_keeps_for_the_person_was_not_taken(stage: Stage, case: Sent) -> None:
    """Broken on purpose: every holder of the ledger taken for one who keeps it from the person."""
    given = (stage.seat("Willow").today - timedelta(days=3)).isoformat()
    typed = TypedHolding("passport", "lawyer", "original", given)
    keep_paper(stage.seat("Willow"), case.case_id, "passport", typed)
    assert "passport_taken_on" not in facts_of(stage, case)


@pytest.mark.parametrize("holder", ["with_me", "at_home", "unit", "other", "lost", "never_had"])
def test_the_form_s_own_word_for_a_holder_is_not_translated_twice(stage: Stage, holder: str) -> None:
    sent = send(stage, {**HOT, "paper_passport": holder}, circle="closed")
    open_case(stage.seat("Willow"), sent.case_id)
    assert facts_of(stage, sent)["paper_passport"] == holder


# Rule 3


def test_what_a_paper_does_not_tell_leaves_what_somebody_set(stage: Stage, case: Sent) -> None:
    """Broken on purpose: the empty day of a report without a number put in the place of a day that was known."""
    day = (stage.seat("Willow").today - timedelta(days=20)).isoformat()
    set_one(stage, case, "report_sent", "yes", days_ago=20)
    set_one(stage, case, "report_registered_on", day, days_ago=20)
    keep_outgoing(stage.seat("Willow"), case.case_id, "new", sent_on(stage, 9))
    assert facts_of(stage, case)["report_registered_on"] == day


def test_an_answer_of_yesterday_says_more_than_a_report_of_two_days_ago(stage: Stage, case: Sent) -> None:
    """Broken on purpose: what papers tell compared with what somebody set, and not with each other."""
    yesterday = (stage.seat("Willow").today - timedelta(days=1)).isoformat()
    keep_outgoing(stage.seat("Willow"), case.case_id, "new", sent_on(stage, 9, answered=yesterday))
    keep_outgoing(stage.seat("Willow"), case.case_id, "new", sent_on(stage, 2))
    assert facts_of(stage, case)["report_answered"] == "yes"


def test_a_report_that_went_out_says_so_and_its_answer_too(stage: Stage, case: Sent) -> None:
    row = keep_outgoing(stage.seat("Willow"), case.case_id, "new", sent_on(stage, 9))
    facts = facts_of(stage, case)
    assert (facts["report_sent"], facts["report_answered"]) == ("yes", "no")
    assert "report_registered_on" not in facts, "no number, no registration"
    answered = stage.seat("Willow").today.isoformat()
    keep_outgoing(stage.seat("Willow"), case.case_id, row, sent_on(stage, 9, number="4471", answered=answered))
    facts = facts_of(stage, case)
    assert facts["report_answered"] == "yes"
    assert facts["report_registered_on"] == (stage.seat("Willow").today - timedelta(days=9)).isoformat()


def test_what_somebody_set_later_than_the_paper_counts(stage: Stage, case: Sent) -> None:
    keep_outgoing(stage.seat("Willow"), case.case_id, "new", sent_on(stage, 9))
    set_one(stage, case, "report_sent", "refused", days_ago=2)
    assert facts_of(stage, case)["report_sent"] == "refused"


def test_a_suspended_sentence_is_told_with_its_day(stage: Stage, case: Sent) -> None:
    willow = stage.seat("Willow")
    since, ends = willow.today - timedelta(days=7), willow.today + timedelta(days=700)
    keep_alive(
        willow, case.case_id, NewTerm("sentence_suspended", since, ends, "paper"), Step("look", willow.reader_id, ends)
    )
    facts = facts_of(stage, case)
    assert (facts["sentence"], facts["sentence_on"]) == ("suspended", since.isoformat())
    assert "sentence_suspended" not in facts


# Rule 4


def test_what_an_older_pack_knew_is_unknown(stage: Stage) -> None:
    sent = send(stage, {**PLAIN, "wounded": "thrice", "once_asked": "yes"}, circle="closed")
    open_case(stage.seat("Willow"), sent.case_id)
    facts = facts_of(stage, sent)
    assert "wounded" not in facts
    assert "once_asked" not in facts


@pytest.mark.parametrize(("fact", "value"), [("presses", ["summons", "eclipse"]), ("sentence_on", "soon")])
def test_a_value_that_is_half_known_or_no_day_is_unknown(stage: Stage, fact: str, value: object) -> None:
    """Broken on purpose: a choice of many passed whole; a day taken as it is written."""
    sent = send(stage, {**PLAIN, "wants": "court_case", fact: value}, circle="closed")  # type: ignore[dict-item]
    open_case(stage.seat("Willow"), sent.case_id)
    facts = facts_of(stage, sent)
    assert fact not in facts
    assert facts["wants"] == "court_case"

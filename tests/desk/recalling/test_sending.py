"""One line to several cases: what goes, what stays and why; and what leaves the list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.guarding.test_planning import writes
from desk.recalling.told_cases import COMING, TOLD, change_in, differing, seat_on, told_case, with_rule
from desk.stage import Sent, Stage
from leeside.desk import answering
from leeside.desk.casefile import CaseFile
from leeside.desk.errors import InputError
from leeside.desk.facts import NewFact, set_fact
from leeside.desk.guarding.seizing import seize
from leeside.desk.kept_rules import kept_rules
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.recalling.drafting import draft
from leeside.desk.recalling.sending import send_to_each, set_aside
from leeside.desk.seat import Seat
from leeside.desk.telling.registry import KINDS
from leeside.desk.told_rules import advice_in
from leeside.desk.writing.checking import send_checked
from leeside.desk.writing.drafts import own_draft
from leeside.guide.comparing import Change
from leeside.vault.store import CaseState, DraftKind, DraftMark

LINE = {"ru": "С 11 декабря действует новое правило."}


def began(seat: Seat, sent: Sent) -> Change:
    return change_in(seat, sent.slug, "began")


def file_of(seat: Seat, sent: Sent) -> CaseFile:
    return look_into(seat, sent.case_id)


def test_the_line_goes_to_each_and_each_leaves_the_list(stage: Stage) -> None:
    cases = [told_case(stage) for _ in range(3)]
    seat = seat_on(stage, "Wren", 12)
    change = began(seat, cases[0])
    report = send_to_each(seat, change, LINE, [one.slug for one in cases])
    assert (len(report.done), report.failed) == (3, ())
    for one in cases:
        file = file_of(seat, one)
        assert file.of_kind("answer")[-1].text("text") == LINE["ru"]
        newest = advice_in(file)[-1]
        assert (newest.rule_ids, newest.is_recall, newest.on) == ((COMING,), True, seat.today)
        assert newest.answer == file.of_kind("answer")[-1].entry_id.hex()
    assert differing(seat) == {}


def test_a_second_press_sends_nothing_twice(stage: Stage) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    change = began(seat, sent)
    send_to_each(seat, change, LINE, [sent.slug])
    again = send_to_each(seat, change, LINE, [sent.slug])
    assert again.done == () and len(again.failed) == 1
    assert len(file_of(seat, sent).of_kind("answer")) == 2


def test_a_letter_that_waits_for_an_answer_of_its_own_is_not_answered_by_a_line_to_many(stage: Stage) -> None:
    """Broken on purpose: without rule 1 of `readiness` the case is marked answered, and the letter is forgotten."""
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    change = began(seat, sent)
    writes(stage, sent, "А если меня заберут завтра?")
    report = send_to_each(seat, change, LINE, [sent.slug])
    assert report.done == () and "last" in report.failed[0][1]
    assert len(file_of(seat, sent).of_kind("answer")) == 1
    assert file_of(seat, sent).row.state is not CaseState.ANSWERED


def test_a_seized_mailbox_gets_nothing_and_the_others_get_theirs(stage: Stage) -> None:
    """Broken on purpose: rule 2 of `readiness` without `why_locked`, and `send` without `require_free`."""
    sent, other, seat = told_case(stage), told_case(stage), seat_on(stage, "Wren", 12)
    change = began(seat, sent)
    seize(seat, sent.case_id)
    report = send_to_each(seat, change, LINE, [sent.slug, other.slug])
    assert (len(report.done), len(report.failed)) == (1, 1)
    assert len(file_of(seat, sent).of_kind("answer")) == 1


def test_a_case_of_somebody_elses_and_one_that_is_not_there_are_refused_alike(stage: Stage) -> None:
    """A false volunteer posts the names of others' cases. Broken on purpose: `find_case` without opening it."""
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    change = began(seat, sent)
    report = send_to_each(seat_on(stage, "Finch", 12), change, LINE, [sent.slug, "quiet-maple", "../x"])
    assert report.done == ()
    assert len({reason for _name, reason in report.failed}) == 1
    assert len(file_of(seat, sent).of_kind("answer")) == 1


def checked(seat: Seat) -> Seat:
    """The same person, who sends only what was checked."""
    return replace(seat, person=replace(seat.person, flags=("grade_checked",)))


def test_who_does_not_send_alone_puts_the_line_before_a_colleague_with_its_rule(stage: Stage) -> None:
    """Broken on purpose: `send` for whatever grade, which refuses, or a draft without its ticked rule."""
    sent, wren = told_case(stage), checked(seat_on(stage, "Wren", 12))
    change = began(wren, sent)
    report = send_to_each(wren, change, LINE, [sent.slug])
    assert (len(report.done), report.failed) == (1, ())
    assert len(file_of(wren, sent).of_kind("answer")) == 1, "nothing went out"
    assert sent.slug in differing(wren), "and nothing was told yet"
    draft_of_wren = own_draft(wren, file_of(wren, sent), DraftKind.ANSWER)
    assert draft_of_wren is not None and draft_of_wren.row.mark is DraftMark.ASKED
    assert (draft_of_wren.typed.text, draft_of_wren.typed.told) == (LINE["ru"], (COMING,))
    again = send_to_each(wren, change, LINE, [sent.slug])
    assert again.done == () and "draft" in again.failed[0][1], "never in the place of what lies there"
    heron = seat_on(stage, "Heron", 12)
    send_checked(heron, sent.case_id, wren.reader_id, draft_of_wren.version, untrusted_text=LINE["ru"])
    assert differing(heron) == {}


def test_what_leaves_no_rule_behind_is_told_by_who_sends_alone(stage: Stage) -> None:
    sent, wren = told_case(stage), checked(seat_on(stage, "Wren", 6))
    later = with_rule(wren, TOLD, until=wren.today - timedelta(days=1))
    change = change_in(later, sent.slug, "ended")
    report = send_to_each(later, change, LINE, [sent.slug])
    assert report.done == () and "alone" in report.failed[0][1]


def test_who_only_reads_writes_nothing(stage: Stage) -> None:
    sent, wren = told_case(stage), seat_on(stage, "Wren", 12)
    change = began(wren, sent)
    reader = replace(wren, person=replace(wren.person, flags=("grade_read",)))
    report = send_to_each(reader, change, LINE, [sent.slug])
    assert report.done == ()
    assert file_of(wren, sent).of_kind("draft") == () and len(file_of(wren, sent).of_kind("answer")) == 1


def test_more_than_so_many_at_once_and_none_at_all_are_refused_before_the_first(stage: Stage) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    change = began(seat, sent)
    many = [sent.slug, *(f"case-{number}" for number in range(LIMITS.recall_at_once))]
    for slugs in (many, []):
        with pytest.raises(InputError) as caught:
            send_to_each(seat, change, LINE, slugs)
        assert caught.value.field == "case"
    assert len(file_of(seat, sent).of_kind("answer")) == 1


def test_an_empty_line_a_line_without_its_day_and_one_in_no_language_of_theirs_go_nowhere(stage: Stage) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    change = began(seat, sent)
    for texts in ({"ru": "  "}, {"ru": "До {day}."}, {"uk": "Тепер так."}):
        report = send_to_each(seat, change, texts, [sent.slug])
        assert (report.done, len(report.failed)) == ((), 1), texts


def test_a_day_is_filled_in_for_each(stage: Stage) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    set_fact(seat, sent.case_id, NewFact("exit_limited_on", ("2023-12-11",), "said", seat.today))
    change = began(seat, sent)
    send_to_each(seat, change, {"ru": "Сдать до: {day}."}, [sent.slug])
    said = file_of(seat, sent).of_kind("answer")[-1].text("text")
    assert "{day}" not in said and "18" in said


def test_what_was_settled_meanwhile_is_left_alone(stage: Stage) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    change = began(seat, sent)
    answering.answer(seat, sent.case_id, "Сам написал.", at_once=True, told=(COMING,))
    report = send_to_each(seat, change, LINE, [sent.slug])
    assert report.done == () and "differs" in report.failed[0][1]


def test_a_change_that_is_none_of_this_case_is_told_nobody_in_it(stage: Stage) -> None:
    """Posted under another group. Broken on purpose: any difference taken for the one that was meant."""
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    digest = seat.pack.guide.by_id[TOLD].digest
    for change in (Change("worded", TOLD, digest, TOLD, "f" * 16), Change("new", now=COMING, now_digest="f" * 16)):
        report = send_to_each(seat, change, LINE, [sent.slug])
        assert (report.done, len(report.failed)) == ((), 1)
        assert set_aside(seat, change, [sent.slug], "phone", "told").done == ()
    assert len(differing(seat)) == 1


def test_set_aside_with_a_reason_it_leaves_the_list_and_stays_on_the_timeline(stage: Stage) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    change = began(seat, sent)
    for way, line, field in (("", "told her", "way"), ("phone", " ", "line")):
        with pytest.raises(InputError) as caught:
            set_aside(seat, change, [sent.slug], way, line)
        assert caught.value.field == field
    report = set_aside(seat, change, [sent.slug], "phone", "told her at noon")
    assert (len(report.done), report.failed) == (1, ())
    assert differing(seat) == {}
    file = file_of(seat, sent)
    item = KINDS["advice"](seat, file, file.of_kind("advice")[-1])
    assert item is not None and "told her at noon" in item.text
    assert len(file.of_kind("answer")) == 1, "nothing went to the writer"


def test_what_new_facts_changed_goes_to_nobody_and_is_set_aside_by_who_looked(stage: Stage) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 6)
    set_fact(seat, sent.case_id, NewFact("serves", ("mobilised",), "said", seat.today))
    seat = seat_on(stage, "Wren", 7)
    assert differing(seat)[sent.slug] == [("facts", "", "")]
    change = change_in(seat, sent.slug, "facts")
    with pytest.raises(InputError):
        send_to_each(seat, change, LINE, [sent.slug])
    set_aside(seat, change, [sent.slug], "aside", "he knows")
    assert differing(seat) == {}


def test_a_rule_that_is_over_is_told_and_counts_as_told(stage: Stage) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 6)
    later = with_rule(seat, TOLD, until=seat.today - timedelta(days=1))
    change = change_in(later, sent.slug, "ended")
    send_to_each(later, change, LINE, [sent.slug])
    newest = advice_in(file_of(seat, sent))[-1]
    assert (newest.rule_ids, newest.ended) == ((), (TOLD,))
    assert differing(later) == {}


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_a_draft_is_begun_in_the_writers_language_for_every_change_that_is_alike(stage: Stage, language: str) -> None:
    sent, seat = told_case(stage), seat_on(stage, "Wren", 12)
    rule = seat.pack.guide.by_id[COMING]
    text = draft(seat, began(seat, sent), kept_rules(seat.line_id), language, has_days=True)
    assert rule.words[language].title in text and "{day}" in text
    worded = Change("worded", TOLD, seat.pack.guide.by_id[TOLD].digest, TOLD, "f" * 16)
    gone = Change("ended", TOLD, seat.pack.guide.by_id[TOLD].digest)
    for change in (worded, gone, replace(worded, turn="lapsed"), replace(worded, turn="new")):
        text = draft(seat, change, kept_rules(seat.line_id), language, has_days=False)
        assert text and "{day}" not in text
        assert seat.pack.guide.by_id[TOLD].words[language].title in text
    assert draft(seat, Change("facts"), kept_rules(seat.line_id), language, has_days=False) == ""


def test_a_coming_rule_whose_day_was_moved_is_told_anew_and_leaves_the_list(stage: Stage) -> None:
    """Broken on purpose: what lies ahead left out of what the line told, so that the case stays for ever."""
    sent = told_case(stage, rule=COMING)
    later = with_rule(seat_on(stage, "Wren", 6), COMING, since=date(2024, 2, 1))
    change = change_in(later, sent.slug, "worded")
    report = send_to_each(later, change, LINE, [sent.slug])
    assert len(report.done) == 1
    assert differing(later) == {}

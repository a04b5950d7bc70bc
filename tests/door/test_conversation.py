"""In which order, on which day and in whose words a conversation is shown."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from leeside.door.conversation import (
    in_order,
    known_answers,
    state_text,
    steps_of,
    voice_of,
    waiting_questions,
)
from leeside.door.mailbox import Message
from leeside.packs.reader import shipped_pack
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody, staff_author
from leeside.vault.store import CaseState

PACK = shipped_pack("refusal")


def wrote(day: int, text: str, seen: int | None = None) -> Message:
    """A writer's message: it carries a day and how many stood before it, and no time."""
    content: dict[str, Any] = {"text": text} if seen is None else {"text": text, "seen": seen}
    at = date(2023, 12, day)
    return Message(text.encode(), at, EntryBody("message", WRITER_AUTHOR, at.isoformat(), content), True, "", None)


def answered(day: int, hour: int, text: str) -> Message:
    at = f"2023-12-{day:02}T{hour:02}:00:00+03:00"
    body = EntryBody("answer", staff_author(b"a" * 16), at, {"text": text})
    return Message(text.encode(), date(2023, 12, day), body, False, "Ива", None)


def chose(**answers: Any) -> Message:
    at = date(2023, 12, 5)
    content = {"pack": "refusal", "version": 1, "voice": "self", "answers": answers}
    return Message(b"a", at, EntryBody("answers", WRITER_AUTHOR, at.isoformat(), content), True, "", None)


def test_messages_stand_in_the_order_in_which_they_were_written() -> None:
    told = [
        wrote(4, "a"),
        answered(4, 19, "b"),
        wrote(4, "c", 2),
        answered(5, 9, "d"),
        wrote(5, "e", 4),
        wrote(5, "f", 5),
        answered(5, 21, "g"),
    ]
    for turned in (told, told[::-1], told[3:] + told[:3]):
        assert "".join(str(one.body.content["text"]) for one in in_order(turned)) == "abcdefg"


def test_an_answer_of_the_night_stands_behind_what_was_asked_before_it() -> None:
    """Half past midnight in Moscow is still yesterday in UTC, in which times are spelled."""
    body = EntryBody("answer", staff_author(b"a" * 16), "2023-12-04T21:30:00+00:00", {"text": "b"})
    answer = Message(b"b", date(2023, 12, 5), body, False, "Ива", None)
    told = [wrote(4, "_"), wrote(5, "a"), answer, wrote(5, "c", 3)]
    for turned in (told, told[::-1]):
        assert "".join(str(one.body.content["text"]) for one in in_order(turned)) == "_abc"


@pytest.mark.parametrize("seen", [0, 99, -5])
def test_no_number_puts_a_message_on_another_day(seen: int) -> None:
    told = [wrote(3, "a"), wrote(4, "b", seen), answered(5, 9, "c")]
    assert "".join(str(one.body.content["text"]) for one in in_order(told)) == "abc"


def test_a_number_that_is_none_is_no_number() -> None:
    body = EntryBody("message", WRITER_AUTHOR, "2023-12-05", {"text": "x", "seen": "many"})
    assert in_order([Message(b"x", date(2023, 12, 5), body, True, "", None)])


def test_the_newest_answer_to_a_question_counts() -> None:
    first, second = chose(where="hospital", presses=["leave_ends"]), chose(where="home", seen=1)
    later = EntryBody("answers", WRITER_AUTHOR, "2023-12-05", {**second.body.content, "seen": 1})
    known = known_answers([Message(b"b", date(2023, 12, 5), later, True, "", None), first])
    assert known["where"] == "home"
    assert known["presses"] == ("leave_ends",)


def test_answers_that_another_wrote_are_not_the_writer_s() -> None:
    body = EntryBody("answers", staff_author(b"a" * 16), "2023-12-05T10:00:00Z", {"answers": {"where": "home"}})
    assert known_answers([Message(b"x", date(2023, 12, 5), body, False, "Ива", None)]) == {}


def test_the_voice_is_the_last_one_that_the_pack_knows() -> None:
    assert voice_of([chose(where="home")], PACK) == "self"
    strange = chose()
    strange.body.content["voice"] = "nobody"
    assert voice_of([strange], PACK) == "self"


@pytest.mark.parametrize(
    ("state", "done", "here"),
    [(CaseState.RECEIVED, 1, 0), (CaseState.READ, 2, 1), (CaseState.ANSWERED, 3, 2)],
)
def test_how_far_it_is_is_shown_in_three_steps(state: CaseState, done: int, here: int) -> None:
    with translation.override("en"):
        steps = steps_of(state)
    assert [step.label for step in steps] == ["received", "read by a person", "answered"]
    assert sum(step.is_done for step in steps) == done
    assert [step.is_here for step in steps].index(True) == here
    assert state_text(state, PACK, "ru", "self")


def test_only_questions_that_the_answers_leave_open_wait() -> None:
    def waiting(**known: Any) -> set[str]:
        return {one.id for one in waiting_questions(PACK, known, "self")}

    assert "serves" in waiting()
    assert "serves" not in waiting(serves="contract")
    assert "abroad_since" in waiting()
    assert "abroad_since" not in waiting(where="home")
    assert "knows" not in waiting(writer="self")


def test_what_this_version_cannot_show_is_said_and_not_hidden() -> None:
    from leeside.door.conversation import days_of

    body = EntryBody("hologram", staff_author(b"a" * 16), "2023-12-05T10:00:00Z", {"light": 1})
    message = Message(b"x", date(2023, 12, 5), body, False, "Ива", None)
    with translation.override("en"):
        (day,) = days_of(SimpleNamespace(messages=(message,)), PACK, "en", date(2023, 12, 5))  # type: ignore[arg-type]
    assert "newer" in day.messages[0].text

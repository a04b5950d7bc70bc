"""An opened conversation as its page shows it: who wrote what on which day, how far it is, what the line holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from leeside.packs.answers import Answer
from leeside.packs.conditions import Truth
from leeside.packs.describing import Described
from leeside.packs.pack import Pack
from leeside.packs.questions import Question
from leeside.sealing.attachments import clean_name
from leeside.sealing.plain_json import Json
from leeside.vault import store
from leeside.web.dates import write_day, write_moment
from leeside.web.file_words import file_words

if TYPE_CHECKING:
    from leeside.door.mailbox import Message, OpenedMailbox


@dataclass(frozen=True)
class Said:
    """One message as the page shows it: its own words, and below them what was chosen."""

    text: str
    chosen: tuple[str, ...]
    who: str
    is_own: bool
    shown_until: str
    file: str = ""
    """The id of a file that can be saved, as addresses have it."""


@dataclass(frozen=True)
class DayOfTalk:
    """What was said on one day."""

    label: str
    messages: tuple[Said, ...]


@dataclass(frozen=True)
class Step:
    """How far a request can be, and whether it is."""

    label: str
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class Held:
    """One thing that the line holds, in words."""

    label: str
    values: tuple[str, ...]


def known_answers(messages: Iterable["Message"]) -> dict[str, Answer]:
    """What the writer answered so far, the newest answer to each question; only what the conversation holds."""
    known: dict[str, Answer] = {}
    for message in in_order(messages):
        answers = message.body.content.get("answers")
        if message.is_own and message.body.kind == "answers" and isinstance(answers, dict):
            known |= {name: _answer(value) for name, value in answers.items()}
    return known


def voice_of(messages: Iterable["Message"], pack: Pack) -> str:
    """The voice in which the writer was last spoken to."""
    voice = pack.default_voice
    for message in in_order(messages):
        told = message.body.content.get("voice")
        if message.is_own and isinstance(told, str) and any(one.id == told for one in pack.voices):
            voice = told
    return voice


def in_order(messages: Iterable["Message"]) -> list["Message"]:
    """The conversation in the order in which it went.

    Staff entries carry their time; a writer's carry the day only, and since the second one also how many entries
    stood before them. A writer's entry is put behind so many, but never on another day than its own.
    """
    told = list(messages)
    ordered = sorted((one for one in told if "seen" not in one.body.content), key=_time_of)
    for message in sorted((one for one in told if "seen" in one.body.content), key=lambda one: (one.day, _seen(one))):
        day = message.day
        first = sum(1 for one in ordered if one.day < day)
        last = sum(1 for one in ordered if one.day <= day)
        ordered.insert(min(max(_seen(message), first), last), message)
    return ordered


def days_of(opened: "OpenedMailbox", pack: Pack, language: str, today: date) -> tuple[DayOfTalk, ...]:
    """The conversation, day by day."""
    voice = voice_of(opened.messages, pack)

    def said(message: "Message") -> Said:
        until = ""
        if not message.is_own and message.shown_until is not None:
            day = write_day(message.shown_until, language, today)
            until = pack.text("mailbox.shown_until", language, voice, date=day)
        text, chosen = _words_of(message, pack, language, today)
        is_file = message.body.kind == "attachment" and not message.is_own
        return Said(text, chosen, _who(message), message.is_own, until, message.entry_id.hex() if is_file else "")

    return tuple(
        DayOfTalk(write_day(day, language, today), tuple(said(one) for one in of_day))
        for day, of_day in groupby(filter(_says_something, in_order(opened.messages)), key=lambda one: one.day)
    )


def steps_of(state: store.CaseState) -> tuple[Step, ...]:
    """*received · read by a person · answered*. That a case was closed shows in no mailbox."""
    labels = (_("received"), _("read by a person"), _("answered"))
    reached = min(int(state), len(labels))
    return tuple(Step(label, number <= reached, number == reached) for number, label in enumerate(labels, start=1))


def state_text(state: store.CaseState, pack: Pack, language: str, voice: str) -> str:
    """How far it is, as a sentence."""
    return pack.text(f"mailbox.state.{state.name.lower()}", language, voice)


def promise_text(box: store.Mailbox, pack: Pack, language: str, zone: str, today: date) -> str:
    """By when an answer is promised, while a promise runs."""
    if box.answer_by is None:
        return ""
    return pack.text("mailbox.promise", language, time=write_moment(box.answer_by, language, zone, today))


def held_of(opened: "OpenedMailbox", pack: Pack, language: str, today: date) -> tuple[Held, ...]:
    """What the writer answered, in words, as the line holds it."""
    voice = voice_of(opened.messages, pack)
    described = pack.describe(cast("Mapping[str, object]", known_answers(opened.messages)), language, voice)
    return tuple(Held(one.label, _values_of(one, language, today)) for one in described)


def waiting_questions(pack: Pack, known: Mapping[str, Answer], voice: str) -> tuple[Question, ...]:
    """The folded questions that are still open and that the answers so far do not rule out.

    What lies in other compartments than the conversation is not opened here, so those questions may be asked anew.
    """
    return tuple(
        question
        for question in pack.folded
        if question.id not in known
        and question.is_asked_in(voice)
        and (question.condition is None or question.condition.evaluate(known) is not Truth.NO)
    )


def _says_something(message: "Message") -> bool:
    """A case that was made at the desk begins with no answers: that is no message of anybody's."""
    return message.body.kind != "answers" or bool(message.body.content.get("answers"))


def _words_of(message: "Message", pack: Pack, language: str, today: date) -> tuple[str, tuple[str, ...]]:
    """What somebody wrote, and what they chose, one line each."""
    content = message.body.content
    answers = content.get("answers")
    if message.body.kind == "answers" and isinstance(answers, dict):
        described = pack.describe(answers, language)
        written = [value for one in described if one.is_text for value in one.values]
        chosen = [f"{one.label}: {', '.join(_values_of(one, language, today))}" for one in described if not one.is_text]
        return "\n\n".join(written), tuple(chosen)
    if message.body.kind in ("attachment", "sent_file"):
        return _file_words(content), ()
    text = content.get("text")
    return (text if isinstance(text, str) else _("This message is newer than what this page can show.")), ()


def _file_words(content: Mapping[str, Json]) -> str:
    """A file that was given, by its name and the line that came with it; one's own without a name."""
    shape, size, name, words = (content.get(key) for key in ("shape", "size", "name", "words"))
    told = file_words(str(shape), size if isinstance(size, int) else 0)
    if not isinstance(name, str):
        return _("Sent: %(what)s") % {"what": told}
    for_you = _("For you to keep: %(name)s (%(what)s)") % {"name": clean_name(name), "what": told}
    return "\n".join(part for part in (for_you, words if isinstance(words, str) else "") if part)


def _values_of(one: Described, language: str, today: date) -> tuple[str, ...]:
    if not one.is_day:
        return one.values
    return tuple(write_day(date.fromisoformat(value), language, today) for value in one.values)


def _who(message: "Message") -> str:
    if message.is_own:
        return _("you")
    return message.signer or _("the line")


def _answer(value: object) -> Answer:
    return tuple(str(one) for one in cast("Sequence[object]", value)) if isinstance(value, list) else str(value)


def _time_of(message: "Message") -> tuple[date, bool, str]:
    """By the line's own day first: a time is spelled in UTC, whose day is another one for some hours of the night."""
    return message.day, "T" in message.body.at, message.body.at


def _seen(message: "Message") -> int:
    seen = message.body.content.get("seen")
    return seen if isinstance(seen, int) else 0

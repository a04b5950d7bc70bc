"""Which texts a pack must have: those that every pack needs, and those that follow from what it defines.

The door, the mailbox and the desk ask for these keys. Words of the interface itself (buttons, labels of fields that
every line has, errors beside a field) are not here: they belong to those parts and are the same for all lines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from leeside.packs.draft import Draft
from leeside.packs.receivers import RECEIVER_TEXTS
from leeside.packs.texts import QUESTION_BLANK
from leeside.packs.training import LETTER_TEXTS
from leeside.sealing.compartments import Compartment

COMMON: Final[Mapping[str, frozenset[str]]] = {
    # The desk's words for the pack.
    "pack.title": frozenset(),
    "pack.older_version": frozenset({"id"}),
    # The form, from top to bottom.
    "form.title": frozenset(),
    "form.heading": frozenset(),
    "form.lead": frozenset(),
    "form.server_seals": frozenset(),
    "form.browser_seals": frozenset(),
    "form.trace": frozenset(),
    "form.safety_link": frozenset(),
    "form.voices_lead": frozenset(),
    "form.sealed.story": frozenset(),
    "form.sealed.identity": frozenset(),
    "form.sealed.place": frozenset(),
    "form.folded_title": frozenset(),
    "form.folded_lead": frozenset(),
    "form.again": frozenset(),
    "form.nothing_written": frozenset(),
    # The receipt's words, above Send and after it.
    "words.heading": frozenset(),
    "words.lead": frozenset(),
    "words.replaced": frozenset(),
    "words.ways_back": frozenset({"address"}),
    # The acknowledgement.
    "sent.heading": frozenset(),
    "sent.lead": frozenset(),
    "sent.promise": frozenset({"time"}),
    "sent.words_heading": frozenset(),
    "sent.words_lead": frozenset(),
    "sent.next": frozenset(),
    # The mailbox.
    "mailbox.heading": frozenset(),
    "mailbox.lead": frozenset(),
    "mailbox.state.received": frozenset(),
    "mailbox.state.read": frozenset(),
    "mailbox.state.answered": frozenset(),
    "mailbox.promise": frozenset({"time"}),
    "mailbox.shown_until": frozenset({"date"}),
    "mailbox.reply_lead": frozenset(),
    "mailbox.more_heading": frozenset(),
    "mailbox.more_lead": frozenset(),
    "mailbox.held_heading": frozenset(),
    "mailbox.held_lead": frozenset(),
    # Erasing and leaving.
    "erase.heading": frozenset(),
    "erase.lead": frozenset(),
    "erase.what_stays": frozenset(),
    "erase.done": frozenset(),
    "exit.note": frozenset(),
    # The safety page.
    "safety.heading": frozenset(),
    "safety.lead": frozenset(),
    "safety.strengths": frozenset(),
    # How urgent, for the queue.
    "urgency.red": frozenset(),
    "urgency.soon": frozenset(),
    "urgency.calm": frozenset(),
    "urgency.later": frozenset(),
}
"""Keys that every pack has, each with the blanks that its reader fills; a text may leave a blank out."""


_CASEWORK_WORDS: Final[Mapping[str, str]] = {
    "stages": "stage",
    "outcomes": "outcome",
    "kinds": "kind",
    "papers": "paper",
    "holders": "holder",
    "outgoing": "outgoing",
    "authorities": "authority",
}
"""Parts of casework.toml whose ids each have a text, and the first word of its key."""


CANNED_BLANKS: Final = frozenset({"today", "next_day", "promise"})
"""What the desk fills in a canned answer, beside the questions: never a name, a code name or a place."""


@dataclass(frozen=True)
class Slot:
    """One text that must exist. `blanks` are filled by who asks for it; `counted` texts have plural forms."""

    key: str
    blanks: frozenset[str] = frozenset()
    counted: bool = False
    optional: bool = False
    telltales: bool = False
    """Whether the text is a list of words that are looked for (`telltales`)."""


def slots_of(draft: Draft) -> Iterator[Slot]:
    """Every text that the pack must have, or may have."""
    for key, blanks in COMMON.items():
        yield Slot(key, blanks)
    # What a writer is told when another colleague works on their case; a pack without it tells nothing.
    yield Slot("notice.new_colleague", optional=True)
    for note in draft.files["pack"].table["safety"]:
        yield Slot(f"safety.{note}.title")
        yield Slot(f"safety.{note}.text")
    for voice in draft.voices:
        if voice.in_address:
            yield Slot(f"form.voice_{voice.id}")
    for circle in draft.tables("pack", "circles"):
        yield Slot(f"circle.{circle['name']}")
    yield from _slots_of_questions(draft)
    for rule in draft.rules.urgency:
        yield Slot(f"reason.{rule.reason}", frozenset({"date"}) if rule.date_of else frozenset())
    for flag in draft.rules.flags:
        yield Slot(f"flag.{flag.flag}")
    yield from _slots_of_casework(draft)
    yield from _slots_of_figures(draft)
    yield from _slots_of_team(draft)
    yield from _slots_of_canned(draft)


def _slots_of_canned(draft: Draft) -> Iterator[Slot]:
    """Canned answers: a text may ask questions of the story, and name the day and the promise, and nothing else."""
    asked = {f"{QUESTION_BLANK}{one.id}" for one in draft.all_questions if one.compartment == Compartment.STORY}
    for each in draft.tables("casework", "canned"):
        yield Slot(f"canned.{each['id']}.title")
        yield Slot(f"canned.{each['id']}.text", CANNED_BLANKS | asked)


def _slots_of_casework(draft: Draft) -> Iterator[Slot]:
    for part, word in _CASEWORK_WORDS.items():
        for each in draft.tables("casework", part):
            yield Slot(f"{word}.{each['id']}")
    for each in draft.tables("casework", "receivers"):
        for part in RECEIVER_TEXTS:
            yield Slot(f"receiver.{each['id']}.{part}")
    for word, part in (("paper", "papers"), ("outgoing", "outgoing")):
        for each in draft.tables("casework", part):
            yield Slot(f"telltale.{word}.{each['id']}", optional=True, telltales=True)
    for each in draft.tables("casework", "steps"):
        yield Slot(f"step.{each['id']}")
    for each in draft.tables("casework", "outgoing"):
        if each.get("answer_days"):
            yield Slot(f"answer_source.{each['id']}")


def _slots_of_team(draft: Draft) -> Iterator[Slot]:
    table = draft.files["team"].table
    for point in table["conduct"]["points"]:
        yield Slot(f"conduct.{point}.title")
        yield Slot(f"conduct.{point}.text")
    for word, part in (("press", "presses"), ("promise", "promises")):
        for each in table[part]:
            yield Slot(f"{word}.{each}")
    for letter in draft.tables("team", "training"):
        for part in LETTER_TEXTS:
            yield Slot(f"training.{letter['id']}.{part}")


def _slots_of_questions(draft: Draft) -> Iterator[Slot]:
    for question in draft.all_questions:
        yield Slot(question.title_key)
        yield Slot(question.label_key)
        yield Slot(question.help_key, optional=True)
        yield Slot(question.telltale_key, optional=True, telltales=True)
        for option in question.options:
            yield Slot(question.option_key(option.id))
            yield Slot(question.option_telltale_key(option.id), optional=True, telltales=True)


def _slots_of_figures(draft: Draft) -> Iterator[Slot]:
    for series in draft.figures.series:
        yield Slot(f"series.{series.id}.title")
        yield Slot(f"series.{series.id}.definition")
        yield Slot(f"series.{series.id}.unit", frozenset({"number"}), counted=True)
        yield Slot(f"series.{series.id}.unit_short", frozenset({"number"}), counted=True, optional=True)
    for dimension in draft.figures.dimensions:
        yield Slot(f"dimension.{dimension.id}.title")
        for value in dict.fromkeys((*dimension.values, dimension.otherwise)):
            yield Slot(f"dimension.{dimension.id}.value.{value}")
    for claim in draft.tables("claims", "claims"):
        for part in ("who", "quote", "source"):
            yield Slot(f"claim.{claim['id']}.{part}")
        if claim.get("caveat", False):
            yield Slot(f"claim.{claim['id']}.caveat")

"""What the desk has to find in the answers, whatever a pack calls its questions: the table `means` of questions.toml.

The desk sends by safe contact, proposes to link who wrote before, and knows words that give a place away. For that it
needs a few answers of the form. Which questions they are is the pack's to say: no code knows an id of a pack. A pack
that does not ask one of them leaves it out, and the desk does without.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from leeside.packs.answers import Answers
from leeside.packs.places import Path
from leeside.packs.questions import Question

CHANNELS: Final = ("here", "telegram", "signal", "whatsapp", "email", "call", "through")
"""How somebody may be reached; `here` is the mailbox, the others are only written down. A question about it may offer
these options and no others, because the desk has words for them."""

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {"channel": ("one",), "hours": ("short",), "stop_word": ("short",)}
_STATEMENTS: Final = ("never_first", "does_not_know", "wrote_before")


@dataclass(frozen=True)
class Statement:
    """One answer that says something: this option of this question."""

    question: str = ""
    option: str = ""

    def is_said(self, answers: Mapping[str, object]) -> bool:
        """Whether the answers say it; a pack that does not ask never hears it."""
        return bool(self.question) and answers.get(self.question) == self.option


@dataclass(frozen=True)
class Meanings:
    """Ids of questions by what they mean; empty where the pack does not ask."""

    channel: str = ""
    hours: str = ""
    stop_word: str = ""
    places: frozenset[str] = frozenset()
    never_first: Statement = Statement()
    does_not_know: Statement = Statement()
    wrote_before: Statement = Statement()


def said_text(question: str, answers: Answers | Mapping[str, object]) -> str:
    """The answer to this question as one text; empty for none, and for a pack that does not ask."""
    value = answers.get(question) if question else None
    return value if isinstance(value, str) else ""


def build_meanings(table: Mapping[str, Any]) -> Meanings:
    """The part `means` of questions.toml, whose shape has been checked."""
    means = table.get("means", {})
    return Meanings(
        channel=means.get("channel", ""),
        hours=means.get("hours", ""),
        stop_word=means.get("stop_word", ""),
        places=frozenset(means.get("places", ())),
        **{key: Statement(**means[key]) for key in _STATEMENTS if key in means},
    )


def faults_of_meanings(table: Mapping[str, Any], questions: Mapping[str, Question]) -> Iterable[tuple[Path, str]]:
    """What does not fit the questions of the form, each with its place in questions.toml."""
    means = table.get("means", {})
    for key, kinds in _KINDS.items():
        asked = questions.get(means.get(key, ""))
        if key in means and (asked is None or asked.kind not in kinds):
            yield ("means", key), f"`{means[key]}` is no question of the form of the kind `{kinds[0]}`."
        elif key == "channel" and asked is not None:
            for option in (one.id for one in asked.options if one.id not in CHANNELS):
                yield ("means", key), f"`{option}` is no way that the desk knows; it knows {', '.join(CHANNELS)}."
    for place, each in enumerate(means.get("places", ())):
        if each not in questions:
            yield ("means", "places", place), f"there is no question `{each}`."
    for key in _STATEMENTS:
        if key in means:
            named = questions.get(means[key]["question"])
            options = {option.id for option in named.options} if named is not None and named.kind == "one" else set()
            if means[key]["option"] not in options:
                yield ("means", key), f"no question of the kind `one` offers `{means[key]['option']}` here."

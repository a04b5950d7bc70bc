"""The questions of a form, as a pack defines them: plain frozen values without any text.

Texts lie in `texts.py` under keys made of the ids here; what a question means to a rule stands in `rules.py`.
"""

from dataclasses import dataclass
from typing import Final

from leeside.packs.conditions import Condition
from leeside.sealing.compartments import Compartment

KINDS: Final = ("one", "many", "date", "short", "text")
"""One choice; any number of choices; a day; one line of text; free text of any length the line takes."""

CLOSED_KINDS: Final = frozenset({"one", "many", "date"})
"""Kinds whose answers are no free text: these may stand on the card."""

DEFAULT_LIMITS: Final = {"short": 300, "text": 30_000}
"""Letters that an answer may have, counted after its line ends were made one letter each."""


@dataclass(frozen=True)
class Option:
    """One thing to choose. `alone` means that it excludes the others ("none of these").

    `voices` limits in which voices the option is offered; empty means in all.
    """

    id: str
    alone: bool = False
    voices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question.

    `condition` is None for a question that is always asked; otherwise the question is asked while it is YES.
    `opened_by` lists the choices of which any one opens it, so that a page can open it by style alone, and
    `beneath` is the one choice under which it belongs on the page, if there is exactly one.
    `limit` is the greatest length of a text in letters, 0 for kinds without one. `choices` names the list of options
    that the question shares with others, if it does. `voices` are those in which it is asked; empty means all.
    """

    id: str
    kind: str
    compartment: Compartment
    options: tuple[Option, ...] = ()
    condition: Condition | None = None
    opened_by: tuple[tuple[str, str], ...] = ()
    limit: int = 0
    on_card: bool = False
    choices: str = ""
    voices: tuple[str, ...] = ()

    @property
    def title_key(self) -> str:
        """The key of the question as it is put to who writes."""
        return f"question.{self.id}.title"

    @property
    def label_key(self) -> str:
        """The key of the few words by which people who work the case know it."""
        return f"question.{self.id}.label"

    @property
    def help_key(self) -> str:
        """The key of the line of help below it; many questions have none."""
        return f"question.{self.id}.help"

    @property
    def telltale_key(self) -> str:
        """The key of the words by which a text gives this away, whatever the answer is; most questions have none."""
        return f"telltale.fact.{self.id}"

    def option_telltale_key(self, option_id: str) -> str:
        """The key of the words by which a text gives this one answer away; many options have none."""
        return f"telltale.{self.option_key(option_id)}"

    def option_key(self, option_id: str) -> str:
        """The key of one option's text."""
        return f"choice.{self.choices}.{option_id}" if self.choices else f"question.{self.id}.option.{option_id}"

    def is_asked_in(self, voice: str) -> bool:
        """Whether somebody who writes in this voice is asked at all."""
        return not self.voices or voice in self.voices

    @property
    def beneath(self) -> tuple[str, str] | None:
        """The question and option under which this one belongs on the page, if there is exactly one."""
        return self.opened_by[0] if len(self.opened_by) == 1 else None

    @property
    def is_closed(self) -> bool:
        """Whether its answers are no free text."""
        return self.kind in CLOSED_KINDS

    def options_in(self, voice: str) -> tuple[Option, ...]:
        """The options that are offered to somebody who writes in this voice."""
        return tuple(option for option in self.options if not option.voices or voice in option.voices)


@dataclass(frozen=True)
class Voice:
    """Who writes about whom, as far as words and grammar need it.

    `falls_back_to` is "" for the plainest voice. `in_address` says whether the form may be asked for in this voice
    by its word in the address: such a word must tell nothing that the page itself does not tell.
    `writes_for_self` is what a person means who writes in this voice and leaves the question of who writes open.
    """

    id: str
    falls_back_to: str
    writes_for_self: bool
    in_address: bool

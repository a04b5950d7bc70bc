"""Where the parts of the work join the desk: what is due, panels of the case page, warnings above an answer.

A part (a package beside this file) calls `opening` and the views, and these need to hear from every part: what falls
due, what stands on the page. Imports would run in a circle, so the low modules ask here, and `parts` fills this in once
at start. Nothing else changes it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from leeside.desk.casefile import CaseFile
from leeside.desk.seat import Seat


@dataclass(frozen=True)
class Due:
    """One thing that is due. `source` names the part that says so; `who` is a reader id, or empty for the owner.

    `anchor` is where on the case page it is done: an id of an element, without `#`.
    """

    day: date
    what: str
    source: str
    who: bytes = b""
    anchor: str = ""


DueProvider = Callable[[Seat, CaseFile], tuple[Due, ...]]
"""What falls due in an open case, as one part sees it in its own entries."""

PanelMaker = Callable[[Seat, CaseFile], object]
"""A part's frozen panel for the case page, or None where it has nothing to show."""

WarningProvider = Callable[[Seat, CaseFile], tuple[str, ...]]
"""Sentences that stand above the field for the writer, each a reason to think again before sending."""


@dataclass(frozen=True)
class Doubt:
    """One thing in a text to the writer that wants a second thought: its words in the text, and why. The reason is for
    whoever writes, and is not kept."""

    words: str
    why: str


@dataclass(frozen=True)
class Told:
    """What the rules that an answer tells leave behind: the content of the entry that goes in with it, empty for none;
    and those that want a second thought."""

    content: Mapping[str, object]
    doubts: tuple[Doubt, ...] = ()


NOTHING_TOLD: Final = Told(MappingProxyType({}))

AdviceMaker = Callable[[Seat, CaseFile, Sequence[str]], Told]
"""What an answer is remembered with that tells these rules of the guide, by their ids."""

DoubtProvider = Callable[[Seat, CaseFile, str], tuple[Doubt, ...]]
"""What of a text to the writer somebody must say that they mean before it goes out."""

Carrier = Callable[[Seat, bytes], Callable[[], None]]
"""Looks at a case before its owner or next step changes; what it returns does the same to the person's other cases."""

Ending = Callable[[Seat, bytes], Callable[[], None]]
"""Looks at a case before it is erased; what it returns is called when it is gone."""

AskProvider = Callable[[Seat, CaseFile], tuple[str, ...]]
"""Facts (ids of questions) that a part would like to know, what matters most first."""

Settler = Callable[[Seat, CaseFile], bool]
"""Finishes what a flow over two cases left half done; whether anything was written in this one."""

Result = TypeVar("Result")


@dataclass
class Seams:
    """What the parts gave. Filled once by `parts.join_parts`."""

    dues: tuple[DueProvider, ...] = ()
    panels: Mapping[str, PanelMaker] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[WarningProvider, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    settlers: tuple[Settler, ...] = ()
    doubts: tuple[DoubtProvider, ...] = ()
    endings: tuple[Ending, ...] = ()
    asks: tuple[AskProvider, ...] = ()
    advice: AdviceMaker | None = None

    def fill(
        self,
        *,
        dues: Sequence[DueProvider],
        panels: Mapping[str, PanelMaker],
        warnings: Sequence[WarningProvider],
        carriers: Sequence[Carrier] = (),
        settlers: Sequence[Settler] = (),
        doubts: Sequence[DoubtProvider] = (),
        endings: Sequence[Ending] = (),
        asks: Sequence[AskProvider] = (),
        advice: AdviceMaker | None = None,
    ) -> None:
        """Take what the parts give; filled again, it is the same."""
        self.dues, self.panels, self.warnings = tuple(dues), MappingProxyType(dict(panels)), tuple(warnings)
        self.carriers, self.settlers, self.doubts = tuple(carriers), tuple(settlers), tuple(doubts)
        self.endings, self.asks, self.advice = tuple(endings), tuple(asks), advice


SEAMS: Final = Seams()


def panels_of(seat: Seat, file: CaseFile) -> dict[str, object]:
    """Every part's panel by its name: the template asks for `sheet.panels.NAME`."""
    return {name: make(seat, file) for name, make in SEAMS.panels.items()}


def warnings_of(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """Every warning above the field for the writer, each once."""
    return tuple(dict.fromkeys(text for provide in SEAMS.warnings for text in provide(seat, file)))


def carried(seat: Seat, case_id: bytes, act: Callable[[bytes], Result]) -> Result:
    """Do something to a case that may change its owner, stand-in or next step, and carry it to the person's others.

    Every flow that hands a case on is called through this.
    """
    afterwards = [look(seat, case_id) for look in SEAMS.carriers]
    result = act(case_id)
    for finish in afterwards:
        finish()
    return result


def ended(seat: Seat, case_id: bytes, act: Callable[[], None]) -> None:
    """Erase a case, and let every part say so where the case was known."""
    afterwards = [look(seat, case_id) for look in SEAMS.endings]
    act()
    for finish in afterwards:
        finish()


def settle(seat: Seat, file: CaseFile) -> bool:
    """Let every part finish what it left half done when a case is shown; whether the case has to be read again."""
    written = [finish(seat, file) for finish in SEAMS.settlers]  # every one, also after one that wrote
    return any(written)


def doubts_of(seat: Seat, file: CaseFile, text: str) -> tuple[Doubt, ...]:
    """Everything in a text to the writer that wants a second thought, each once."""
    return tuple(dict.fromkeys(doubt for provide in SEAMS.doubts for doubt in provide(seat, file, text)))


def told_by(seat: Seat, file: CaseFile, rules: Sequence[str]) -> Told:
    """What an answer that tells these rules leaves behind."""
    return SEAMS.advice(seat, file, rules) if SEAMS.advice is not None and rules else NOTHING_TOLD


def asked_for(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """The facts that the parts would like to know, each once."""
    return tuple(dict.fromkeys(fact for provide in SEAMS.asks for fact in provide(seat, file)))

"""What a pack says about papers: which there are, who may hold one, and what goes out to which authority.

It also says which facts of the guide follow from them: a paper that a colleague saw go out tells that a report was
filed, whatever the form said.

The reader builds a `PaperWork` from casework.toml; a pack may have none of it. No number of a paper, no image and no
name is ever asked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper. `question` is the form's question about who holds it, or empty.

    `tells_day` is the fact (a date) of the day since when it is kept from the person, or empty.
    """

    id: str
    question: str = ""
    tells_day: str = ""


@dataclass(frozen=True)
class Holder:
    """Who may physically hold a paper. `said` are the form's options that mean this one.

    `keeps_it` says that the paper is kept from the person; `is_nobody`, that nobody has it. `counts_as` is the option
    of the form that this holder comes nearest to, where no option means them.
    """

    id: str
    said: tuple[str, ...] = ()
    keeps_it: bool = False
    is_nobody: bool = False
    counts_as: str = ""

    @property
    def option(self) -> str:
        """The form's option that tells of this holder; empty where none does."""
        return self.said[0] if self.said else self.counts_as


@dataclass(frozen=True)
class OutgoingKind:
    """One kind of paper that goes out. `answer_days` is after how many calendar days its answer is usually due, 0 for
    never; the text `answer_source.<id>` says where that stands. It proposes a day, and no more.

    `tells` are facts and their options once such a paper went out, `tells_answered` and `tells_waiting` those of its
    answer, and `tells_day` is the fact (a date) of the day on which one with a number went out.
    """

    id: str
    answer_days: int = 0
    tells: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    tells_answered: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    tells_waiting: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    tells_day: str = ""


@dataclass(frozen=True)
class PaperWork:
    """Papers, their holders, what goes out, and the authorities it goes to."""

    papers: tuple[PaperKind, ...] = ()
    holders: tuple[Holder, ...] = ()
    outgoing: tuple[OutgoingKind, ...] = ()
    authorities: tuple[str, ...] = ()

    def paper(self, paper_id: str) -> PaperKind | None:
        """The kind with this id, or None: an older version of the pack may have had it."""
        return next((one for one in self.papers if one.id == paper_id), None)

    def holder(self, holder_id: str) -> Holder | None:
        """The holder with this id, or None."""
        return next((one for one in self.holders if one.id == holder_id), None)

    def holder_said(self, option: str) -> Holder | None:
        """Whom an option of the form means."""
        return next((one for one in self.holders if option in one.said), None)

    def outgoing_kind(self, kind_id: str) -> OutgoingKind | None:
        """The kind of outgoing paper with this id, or None."""
        return next((one for one in self.outgoing if one.id == kind_id), None)


def build_papers(table: Mapping[str, Any]) -> PaperWork:
    """The parts `papers`, `holders`, `outgoing` and `authorities` of casework.toml, whose shape has been checked."""
    parts: dict[str, Sequence[Mapping[str, Any]]] = {
        name: table.get(name, ()) for name in ("papers", "holders", "outgoing", "authorities")
    }
    return PaperWork(
        papers=tuple(
            PaperKind(each["id"], each.get("question", ""), each.get("tells_day", "")) for each in parts["papers"]
        ),
        holders=tuple(_holder(each) for each in parts["holders"]),
        outgoing=tuple(_outgoing(each) for each in parts["outgoing"]),
        authorities=tuple(each["id"] for each in parts["authorities"]),
    )


def _holder(table: Mapping[str, Any]) -> Holder:
    return Holder(
        id=table["id"],
        said=tuple(table.get("said", ())),
        keeps_it=table.get("keeps_it", False),
        is_nobody=table.get("is_nobody", False),
        counts_as=table.get("counts_as", ""),
    )


def _outgoing(table: Mapping[str, Any]) -> OutgoingKind:
    return OutgoingKind(
        id=table["id"],
        answer_days=table.get("answer_days", 0),
        tells=MappingProxyType(dict(table.get("tells", {}))),
        tells_answered=MappingProxyType(dict(table.get("tells_answered", {}))),
        tells_waiting=MappingProxyType(dict(table.get("tells_waiting", {}))),
        tells_day=table.get("tells_day", ""),
    )

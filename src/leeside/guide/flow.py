"""A condition as a way from question to question: what a picture of a rule draws.

Each test is one box with two ways on, in the order in which the condition is written. One of them always leads to the
next box (from the last box: to the end where the rule applies), so that a drawing is one column. A `not` turns the
two ways of what it covers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate
from typing import TypeAlias

from leeside.packs.conditions import All, AnyOf, Condition, Facts, Not, Test, Truth, leaves_of


class End(Enum):
    """Where a way ends."""

    APPLIES = "applies"
    FALLS = "falls"


Target: TypeAlias = "int | End"
"""The number of a box, or an end."""


class GroupKind(Enum):
    """What a group of boxes asks for."""

    ALL = "all"
    ANY = "any"
    NONE = "none"
    """A `not` over `any`."""
    NOT_ALL = "not_all"
    """A `not` over `all`."""


@dataclass(frozen=True)
class Box:
    """One test and where each of its two answers leads."""

    test: Test
    yes: Target
    no: Target


@dataclass(frozen=True)
class Group:
    """The boxes from `first` to `last` that belong together; `depth` is in how many other groups they lie."""

    kind: GroupKind
    first: int
    last: int
    depth: int


@dataclass(frozen=True)
class Flow:
    """A whole condition; `groups` with the outer ones first."""

    boxes: tuple[Box, ...]
    groups: tuple[Group, ...]

    @property
    def depth(self) -> int:
        """How many groups lie in one another at most."""
        return max((group.depth + 1 for group in self.groups), default=0)


@dataclass(frozen=True)
class Walk:
    """Which way one case goes: the answer of every box that is reached, by its number, and the outcome."""

    answers: Mapping[int, Truth]
    outcome: Truth

    def goes(self, box: int, answer: bool) -> bool:
        """Whether the case goes on from a box by its yes (or no); from what is not known it may go both ways."""
        return self.is_open_at(box) or self.answers.get(box) is (Truth.YES if answer else Truth.NO)

    def is_open_at(self, box: int) -> bool:
        """Whether the case reaches a box whose answer is not known."""
        return self.answers.get(box) is Truth.UNKNOWN


def flow_of(condition: Condition) -> Flow:
    """The way through a condition."""
    laid = _Layer()
    laid.lay(condition, End.APPLIES, End.FALLS)
    return Flow(tuple(laid.boxes), tuple(laid.groups))


def walk(flow: Flow, condition: Condition, facts: Facts) -> Walk:
    """Which way these facts go; they carry the day that is asked about under `TODAY`."""
    answers: dict[int, Truth] = {}
    waiting: list[Target] = [0]
    while waiting:
        number = waiting.pop()
        if isinstance(number, End) or number in answers:
            continue
        box = flow.boxes[number]
        answers[number] = box.test.evaluate(facts)
        waiting += [] if answers[number] is Truth.NO else [box.yes]
        waiting += [] if answers[number] is Truth.YES else [box.no]
    return Walk(answers, condition.evaluate(facts))


class _Layer:
    """Lays the parts of a condition one after another; each knows where its yes and its no lead."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.groups: list[Group] = []

    def lay(self, condition: Condition, yes: Target, no: Target, depth: int = 0) -> None:
        """Add a condition's boxes and groups."""
        is_turned = False
        while isinstance(condition, Not) or (isinstance(condition, (All, AnyOf)) and len(condition.parts) == 1):
            if isinstance(condition, Not):
                condition, yes, no, is_turned = condition.part, no, yes, not is_turned
            else:
                condition = condition.parts[0]
        if isinstance(condition, (All, AnyOf)):
            self._lay_group(condition, yes, no, Group(_kind(condition, is_turned), len(self.boxes), 0, depth))
        else:
            self.boxes.append(Box(condition, yes, no))

    def _lay_group(self, condition: All | AnyOf, yes: Target, no: Target, group: Group) -> None:
        parts = _parts(condition)
        starts = _starts(group.first, parts)
        self.groups.append(replace(group, last=starts[-1] - 1))
        for part, onward in zip(parts, starts[1:], strict=True):
            is_last = onward == starts[-1]
            if isinstance(condition, All):
                self.lay(part, yes if is_last else onward, no, group.depth + 1)
            else:
                self.lay(part, yes, no if is_last else onward, group.depth + 1)


def _parts(condition: All | AnyOf) -> list[Condition]:
    """The parts of a group, with those of a group of the same kind right inside it: one frame says it once."""
    parts: list[Condition] = []
    for part in condition.parts:
        parts += _parts(part) if isinstance(part, (All, AnyOf)) and type(part) is type(condition) else [part]
    return parts


def _starts(first: int, parts: Iterable[Condition]) -> list[int]:
    """The number of each part's first box, and of the first box after them."""
    return list(accumulate((sum(1 for _ in leaves_of(part)) for part in parts), initial=first))


def _kind(condition: All | AnyOf, is_turned: bool) -> GroupKind:
    if isinstance(condition, All):
        return GroupKind.NOT_ALL if is_turned else GroupKind.ALL
    return GroupKind.NONE if is_turned else GroupKind.ANY

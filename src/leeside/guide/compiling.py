"""A condition as one function that only says whether it is certainly so: for ten thousand cases in a few seconds.

What applies is what is YES; between NO and not known a recall makes no difference. So functions of two values do, and
they stop at the first part that decides. They say what `Condition.evaluate` says: a test proves it on every rule.

Most rules need one of a few choices (to be in a hospital, to have a summons) before anything else is asked. `Sorted`
keeps them by these choices, so that of all rules only those are tried that the choices of a case let in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final, Generic, TypeAlias, TypeVar

from leeside.packs.conditions import All, AnyOf, Condition, Contains, FactValue, IsIn, Not, Truth

Holds: TypeAlias = Callable[[Mapping[str, FactValue]], bool]
"""Whether it is certainly so to these facts."""

_OPPOSITE: Final = {Truth.YES: Truth.NO, Truth.NO: Truth.YES}


Choice: TypeAlias = tuple[str, str]
"""A fact and one value of it."""
One = TypeVar("One")


class Sorted(Generic[One]):
    """Things that have a condition each, by the choices that let them in."""

    def __init__(self, things: Iterable[tuple[One, Condition]]) -> None:
        self._behind: dict[Choice, list[tuple[One, Holds]]] = {}
        self._open: list[tuple[One, Holds]] = []
        for thing, condition in things:
            known = (thing, holds(condition))
            doors = doors_of(condition)
            if doors is None:
                self._open.append(known)
            for door in doors or ():
                self._behind.setdefault(door, []).append(known)

    def holding(self, facts: Mapping[str, FactValue]) -> Iterator[One]:
        """Those whose condition is certainly so; one that several choices let in may come several times."""
        for fact, value in facts.items():
            chosen = value if isinstance(value, (tuple, list)) else (_spelled(value),)
            for one in chosen:
                for thing, ask in self._behind.get((fact, one), ()):
                    if ask(facts):
                        yield thing
        for thing, ask in self._open:
            if ask(facts):
                yield thing


def doors_of(condition: Condition) -> frozenset[Choice] | None:
    """Choices of which one at least must have been made for the condition to be YES; None where there are none such."""
    if isinstance(condition, Contains):
        return frozenset({(condition.fact, condition.value)})
    if isinstance(condition, IsIn):
        words = [value for value in condition.values if isinstance(value, str)]
        return frozenset((condition.fact, word) for word in words) if len(words) == len(condition.values) else None
    if isinstance(condition, (All, AnyOf)):
        inner = [doors_of(part) for part in condition.parts]
        known = [doors for doors in inner if doors is not None]
        if isinstance(condition, All):
            return min(known, key=len, default=None)
        return frozenset().union(*known) if len(known) == len(inner) else None
    return None


def _spelled(value: FactValue) -> str:
    """A single value as conditions compare it with words."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else ""


def holds(condition: Condition, wanted: Truth = Truth.YES) -> Holds:
    """What says whether a condition is `wanted`, YES or NO, to the facts that it is given."""
    if isinstance(condition, Not):
        return holds(condition.part, _OPPOSITE[wanted])
    if isinstance(condition, (All, AnyOf)):
        parts = tuple(holds(part, wanted) for part in condition.parts)
        needs_each = isinstance(condition, All) is (wanted is Truth.YES)
        return _each(parts) if needs_each else _one(parts)
    if isinstance(condition, IsIn) and all(type(value) is str for value in condition.values):
        return _choice(condition, wanted)

    def ask(facts: Mapping[str, FactValue]) -> bool:
        return condition.evaluate(facts) is wanted

    return ask


def _each(parts: tuple[Holds, ...]) -> Holds:
    def ask(facts: Mapping[str, FactValue]) -> bool:
        for part in parts:  # noqa: SIM110 -- a generator costs as much as the tests themselves
            if not part(facts):
                return False
        return True

    return ask


def _one(parts: tuple[Holds, ...]) -> Holds:
    def ask(facts: Mapping[str, FactValue]) -> bool:
        for part in parts:  # noqa: SIM110 -- as above
            if part(facts):
                return True
        return False

    return ask


def _choice(test: IsIn, wanted: Truth) -> Holds:
    """Words among words; whatever is no text is left to the test itself."""
    fact, values, is_yes = test.fact, frozenset(test.values), wanted is Truth.YES

    def ask(facts: Mapping[str, FactValue]) -> bool:
        value = facts.get(fact)
        if type(value) is str:
            return (value in values) is is_yes
        return value is not None and test.evaluate(facts) is wanted

    return ask

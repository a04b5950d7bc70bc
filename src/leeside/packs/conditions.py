"""The one condition language of a pack: plain JSON in, a three-valued answer out.

Routing, urgency, hidden questions and the guide's rules all use it, and a browser can run it too: the language is
written down exactly in docs/use/packs.md. In short:

    {"all": [C, ...]}                     YES if all are, NO if one is not
    {"any": [C, ...]}                     YES if one is, NO if none is
    {"not": C}                            the other way round; UNKNOWN stays UNKNOWN
    {"fact": F, "is": V}                  one value, compared strictly (1 is not true, "1" is not 1)
    {"fact": F, "in": [V, ...]}           one value out of several
    {"fact": F, "contains": V}            a many-choice that has V among its values
    {"fact": F, "at_least": N}            and `at_most`, `more_than`, `less_than`: numbers, or dates, where N is
                                          "2023-12-11" or {"days_from_today": 3}
    {"fact": F, "known": true}            whether there is a value at all; never UNKNOWN

A fact is a string, a number, a boolean, a date (or its ISO spelling), or a list of strings. Without a value, or with
a value of another kind than the test needs, a test is UNKNOWN and never raises: an unknown fact must lead to a
question, not to a wrong answer.

Without `known`, more facts only ever settle more: what was YES or NO stays so. `known` is about our own knowledge
and may turn when we learn; the guide's rules therefore refuse it (`uses_known`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final, TypeAlias

FactValue: TypeAlias = str | int | float | bool | date | tuple[str, ...] | list[str] | None
Facts: TypeAlias = Mapping[str, FactValue]
Scalar: TypeAlias = str | int | float | bool

TODAY: Final = "today"
"""The fact under which the caller hands in the day that `days_from_today` counts from."""

_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_LIMIT_DEPTH: Final = 12
_LIMIT_DAYS: Final = 36_525
FIRST_DAY: Final = date(1000, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)
"""Whoever tries a condition counts some days on from its bounds: with these none leaves the calendar."""


class Truth(Enum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: compare it with `is Truth.YES`")


_YES: Final = Truth.YES
_NO: Final = Truth.NO
_UNKNOWN: Final = Truth.UNKNOWN


class ConditionError(ValueError):
    """A condition is not written as the language asks. `where` is the path inside it, such as `all[1].not`."""

    def __init__(self, where: str, message: str) -> None:
        self.where = where
        self.message = message
        super().__init__(f"{where}: {message}" if where else message)


@dataclass(frozen=True)
class DaysFromToday:
    """A date that moves with the day: today and so many days (below zero: so many days ago)."""

    days: int


@dataclass(frozen=True)
class All:
    """YES if every part is."""

    parts: tuple["Condition", ...]

    def evaluate(self, facts: Facts) -> Truth:
        result = _YES
        for part in self.parts:
            truth = part.evaluate(facts)
            if truth is _NO:
                return _NO
            if truth is _UNKNOWN:
                result = _UNKNOWN
        return result


@dataclass(frozen=True)
class AnyOf:
    """YES if one part is."""

    parts: tuple["Condition", ...]

    def evaluate(self, facts: Facts) -> Truth:
        result = _NO
        for part in self.parts:
            truth = part.evaluate(facts)
            if truth is _YES:
                return _YES
            if truth is _UNKNOWN:
                result = _UNKNOWN
        return result


@dataclass(frozen=True)
class Not:
    """YES turned to NO and the other way round."""

    part: "Condition"

    def evaluate(self, facts: Facts) -> Truth:
        truth = self.part.evaluate(facts)
        if truth is _UNKNOWN:
            return _UNKNOWN
        return _NO if truth is _YES else _YES


@dataclass(frozen=True)
class IsIn:
    """One value among `values`; `is` is the same with a single one."""

    fact: str
    values: tuple[Scalar, ...]

    def evaluate(self, facts: Facts) -> Truth:
        value = facts.get(self.fact)
        if type(value) is str:
            # By far the most frequent; a text is equal to nothing but a text.
            return _YES if value in self.values else _NO
        value = _plain(value)
        if value is None or isinstance(value, (tuple, list)):
            return _UNKNOWN
        return _YES if any(_same(value, wanted) for wanted in self.values) else _NO


@dataclass(frozen=True)
class Contains:
    """A many-choice that has `value` among its values."""

    fact: str
    value: str

    def evaluate(self, facts: Facts) -> Truth:
        chosen = facts.get(self.fact)
        if not isinstance(chosen, (tuple, list)):
            return _UNKNOWN
        return _YES if self.value in chosen else _NO


@dataclass(frozen=True)
class Compare:
    """A number or a date beside another: `operator` is one of `OPERATORS`."""

    fact: str
    operator: str
    bound: float | int | str | DaysFromToday

    def evaluate(self, facts: Facts) -> Truth:
        value = _plain(facts.get(self.fact))
        if value is None:
            return _UNKNOWN
        bound = self.bound
        if isinstance(bound, DaysFromToday):
            today = _as_date(facts.get(TODAY))
            if today is None:
                return _UNKNOWN
            bound = (today + timedelta(days=bound.days)).isoformat()
        if isinstance(bound, str):
            # ISO dates order as text; so a browser compares them without a calendar.
            fits = isinstance(value, str) and _ISO_DATE.match(value) is not None
        else:
            fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not fits:
            return _UNKNOWN
        return _YES if OPERATORS[self.operator](value, bound) else _NO


@dataclass(frozen=True)
class Known:
    """Whether there is a value at all (`wanted` true) or none (`wanted` false). Never UNKNOWN."""

    fact: str
    wanted: bool

    def evaluate(self, facts: Facts) -> Truth:
        return _YES if (facts.get(self.fact) is not None) is self.wanted else _NO


Test: TypeAlias = IsIn | Contains | Compare | Known
Condition: TypeAlias = All | AnyOf | Not | Test

OPERATORS: Final[dict[str, Callable[..., bool]]] = {
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "more_than": lambda value, bound: value > bound,
    "less_than": lambda value, bound: value < bound,
}


def parse_condition(untrusted: object, where: str = "", depth: int = 0) -> Condition:
    """The condition that `untrusted` JSON spells. Raises ConditionError, naming the place inside it."""
    if depth > _LIMIT_DEPTH:
        raise ConditionError(where, f"conditions may be nested at most {_LIMIT_DEPTH} deep.")
    if not isinstance(untrusted, dict):
        raise ConditionError(where, 'a condition is a table such as { fact = "where", is = "front" }.')
    if "fact" in untrusted:
        return _parse_test(untrusted, where)
    if len(untrusted) != 1:
        raise ConditionError(where, "a condition has either `fact` and one test, or one of `all`, `any`, `not`.")
    word, inner = next(iter(untrusted.items()))
    if word == "not":
        return Not(parse_condition(inner, _inside(where, "not"), depth + 1))
    if word not in ("all", "any"):
        raise ConditionError(where, f"`{word}` is not a word of the condition language.")
    if not isinstance(inner, list) or not inner:
        raise ConditionError(_inside(where, word), "a list with at least one condition is needed.")
    parts = tuple(
        parse_condition(part, f"{_inside(where, word)}[{index}]", depth + 1) for index, part in enumerate(inner)
    )
    return All(parts) if word == "all" else AnyOf(parts)


def facts_of(condition: Condition) -> frozenset[str]:
    """The ids of all facts that the condition looks at."""
    return frozenset(test.fact for test in leaves_of(condition))


def leaves_of(condition: Condition) -> Iterator[Test]:
    """Every single test inside the condition, in the order in which it is written."""
    if isinstance(condition, (All, AnyOf)):
        for part in condition.parts:
            yield from leaves_of(part)
    elif isinstance(condition, Not):
        yield from leaves_of(condition.part)
    else:
        yield condition


def uses_known(condition: Condition) -> bool:
    """Whether the condition asks about our knowledge itself, and so may turn when a fact is learned."""
    return any(isinstance(test, Known) for test in leaves_of(condition))


def opened_by(condition: Condition) -> tuple[tuple[str, str], ...] | None:
    """The choices of which any one makes the condition true, if it is as simple as that; else None.

    Such a condition can open a question by style alone: each pair is a question and one of its options.
    """
    if isinstance(condition, Contains):
        return ((condition.fact, condition.value),)
    if isinstance(condition, IsIn):
        words = tuple(value for value in condition.values if isinstance(value, str))
        return tuple((condition.fact, word) for word in words) if len(words) == len(condition.values) else None
    if isinstance(condition, AnyOf):
        inner = [opened_by(part) for part in condition.parts]
        if all(pairs is not None for pairs in inner):
            return tuple(pair for pairs in inner if pairs is not None for pair in pairs)
    return None


def _parse_test(untrusted: dict[object, object], where: str) -> Condition:
    fact = untrusted["fact"]
    if not isinstance(fact, str) or not fact:
        raise ConditionError(_inside(where, "fact"), "the id of a fact is needed.")
    words = [word for word in untrusted if word != "fact"]
    if len(words) != 1:
        raise ConditionError(where, "exactly one test is needed beside `fact`.")
    word = words[0]
    value = untrusted[word]
    place = _inside(where, str(word))
    if word in ("is", "in"):
        return _parse_choice(fact, value, place, several=word == "in")
    if word == "contains":
        if not isinstance(value, str):
            raise ConditionError(place, "the id of one option is needed.")
        return Contains(fact, value)
    if word == "known":
        if not isinstance(value, bool):
            raise ConditionError(place, "true or false is needed.")
        return Known(fact, value)
    if isinstance(word, str) and word in OPERATORS:
        return Compare(fact, word, _bound(value, place))
    raise ConditionError(where, f"`{word}` is not a test of the condition language.")


def _parse_choice(fact: str, value: object, where: str, several: bool) -> IsIn:
    if not several:
        return IsIn(fact, (_scalar(value, where),))
    if not isinstance(value, list) or not value:
        raise ConditionError(where, "a list with at least one value is needed.")
    return IsIn(fact, tuple(_scalar(each, f"{where}[{index}]") for index, each in enumerate(value)))


def _scalar(value: object, where: str) -> Scalar:
    if isinstance(value, (str, int, float, bool)):
        return value
    raise ConditionError(where, "a text, a number, true or false is needed.")


def _bound(value: object, where: str) -> float | int | str | DaysFromToday:
    if isinstance(value, dict):
        days = value.get("days_from_today")
        if set(value) == {"days_from_today"} and isinstance(days, int) and not isinstance(days, bool):
            if abs(days) > _LIMIT_DAYS:
                raise ConditionError(where, f"at most {_LIMIT_DAYS} days before or after today can be meant.")
            return DaysFromToday(days)
        raise ConditionError(where, "the only table allowed here is { days_from_today = N } with a whole N.")
    if isinstance(value, str):
        day = _as_date(value)
        if day is None or not FIRST_DAY <= day <= LAST_DAY:
            raise ConditionError(where, 'a day of the calendar is needed, written as "2023-12-31".')
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise ConditionError(where, "a number, a date in quotes or { days_from_today = N } is needed.")


def _inside(where: str, word: str) -> str:
    return f"{where}.{word}" if where else word


def _plain(value: FactValue) -> str | int | float | bool | tuple[str, ...] | list[str] | None:
    return value.isoformat() if isinstance(value, date) else value


def _same(value: Scalar, wanted: Scalar) -> bool:
    # Python takes True for 1; a browser's === does not, and both must agree.
    return isinstance(value, bool) is isinstance(wanted, bool) and value == wanted


def _as_date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DATE.match(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None

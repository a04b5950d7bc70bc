"""Findings in words: what can be said about a published series, in every language, with its unit.

A statement is made from told cells only, and carries the sums it speaks of (`rests_on`), so that `attack` can count
it among what the public knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from leeside.tally.cells import PublishedSeries
from leeside.tally.comparisons import compare_periods, find_extremes, rank_last_month, total_since
from leeside.tally.definitions import LANGUAGES, SeriesDefinition, Unit
from leeside.tally.months import Month
from leeside.tally.phrases_en import ENGLISH
from leeside.tally.phrases_ru import RUSSIAN
from leeside.tally.phrases_uk import UKRAINIAN
from leeside.tally.wording import Wording

WORDINGS: Final[Mapping[str, Wording]] = {each.language: Wording(each) for each in (RUSSIAN, ENGLISH, UKRAINIAN)}


@dataclass(frozen=True)
class SumTold:
    """A sum that a statement tells: the series, its months, the number."""

    series: str
    months: tuple[Month, ...]
    value: int


@dataclass(frozen=True)
class Statement:
    """One finding. `kind` is `period`, `extremes`, `last` or `since`; `texts` are keyed by language."""

    kind: str
    series: str
    texts: Mapping[str, str]
    rests_on: tuple[SumTold, ...]


def state(series: PublishedSeries, definition: SeriesDefinition) -> tuple[Statement, ...]:
    """All that can be said about a series, the most telling first; empty where nothing can be said."""
    found = (_period(series), _extremes(series), _last(series), _since(series))
    years = len({month.year for month in series.months}) > 1
    return tuple(
        Statement(
            kind=finding.kind,
            series=series.id,
            texts={code: finding.say(WORDINGS[code], definition.units[code], years) for code in LANGUAGES},
            rests_on=tuple(SumTold(series.id, months, value) for months, value in finding.sums),
        )
        for finding in found
        if finding is not None
    )


@dataclass(frozen=True)
class _Finding:
    """What was found, before it is said: how to say it (wording, unit, whether years are named), and its sums."""

    kind: str
    say: Callable[[Wording, Unit, bool], str]
    sums: tuple[tuple[tuple[Month, ...], int], ...]


def _period(series: PublishedSeries) -> _Finding | None:
    """The last period against the one before."""
    found = compare_periods(series)
    if found is None:
        return None
    sums = [(found.months, found.value)]
    if found.before is not None and found.before_value is not None:
        sums.append((found.before, found.before_value))
    return _Finding("period", lambda words, unit, years: words.compare(found, unit, with_years=years), tuple(sums))


def _extremes(series: PublishedSeries) -> _Finding | None:
    """The highest and the lowest month."""
    found = find_extremes(series)
    if found is None:
        return None
    sums = tuple(((pair[0],), pair[1]) for pair in (found.highest, found.lowest) if pair is not None)
    return _Finding("extremes", lambda words, unit, years: words.extremes(found, unit, with_years=years), sums)


def _last(series: PublishedSeries) -> _Finding | None:
    """The last month among the others."""
    found = rank_last_month(series)
    if found is None:
        return None
    sums = (((found.month,), found.value),)
    return _Finding("last", lambda words, unit, years: words.last(found, unit, with_years=years), sums)


def _since(series: PublishedSeries) -> _Finding | None:
    """The sum since the first month."""
    found = total_since(series)
    if found is None:
        return None
    sums = ((series.months, found.value),)
    return _Finding("since", lambda words, unit, years: words.since(found, unit, with_years=years), sums)

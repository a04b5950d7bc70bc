"""Findings in words: what can be said about a published series, in every language, with its unit.

A statement is made from told cells only, and carries the sums it speaks of (`rests_on`), so that `attack` can count
it among what the public knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from leeside.tally.cells import PublishedSeries
from leeside.tally.comparisons import compare_periods, find_extremes, rank_last_month, total_since
from leeside.tally.definitions import LANGUAGES, SeriesDefinition
from leeside.tally.months import Month
from leeside.tally.wording import Wording
from leeside.tally.wording_en import EnglishWording
from leeside.tally.wording_ru import RussianWording
from leeside.tally.wording_uk import UkrainianWording

WORDINGS: Final[Mapping[str, Wording]] = {"ru": RussianWording(), "en": EnglishWording(), "uk": UkrainianWording()}


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
    made = (_period(series, definition), _extremes(series, definition), _last(series, definition))
    return tuple(statement for statement in (*made, _since(series, definition)) if statement is not None)


def _spans_years(series: PublishedSeries) -> bool:
    """Whether months have to be named with their year."""
    return len({month.year for month in series.months}) > 1


def _period(series: PublishedSeries, definition: SeriesDefinition) -> Statement | None:
    """The last period against the one before."""
    found = compare_periods(series)
    if found is None:
        return None
    sums = [SumTold(series.id, found.months, found.value)]
    if found.before is not None and found.before_value is not None:
        sums.append(SumTold(series.id, found.before, found.before_value))
    years = _spans_years(series)
    texts = {code: WORDINGS[code].compare(found, definition.units[code], with_years=years) for code in LANGUAGES}
    return Statement("period", series.id, texts, tuple(sums))


def _extremes(series: PublishedSeries, definition: SeriesDefinition) -> Statement | None:
    """The highest and the lowest month."""
    found = find_extremes(series)
    if found is None:
        return None
    sums = (SumTold(series.id, (pair[0],), pair[1]) for pair in (found.highest, found.lowest) if pair is not None)
    years = _spans_years(series)
    texts = {code: WORDINGS[code].extremes(found, definition.units[code], with_years=years) for code in LANGUAGES}
    return Statement("extremes", series.id, texts, tuple(sums))


def _last(series: PublishedSeries, definition: SeriesDefinition) -> Statement | None:
    """The last month among the others."""
    found = rank_last_month(series)
    if found is None:
        return None
    years = _spans_years(series)
    texts = {code: WORDINGS[code].last(found, definition.units[code], with_years=years) for code in LANGUAGES}
    return Statement("last", series.id, texts, (SumTold(series.id, (found.month,), found.value),))


def _since(series: PublishedSeries, definition: SeriesDefinition) -> Statement | None:
    """The sum since the first month."""
    found = total_since(series)
    if found is None:
        return None
    years = _spans_years(series)
    texts = {code: WORDINGS[code].since(found, definition.units[code], with_years=years) for code in LANGUAGES}
    return Statement("since", series.id, texts, (SumTold(series.id, series.months, found.value),))

"""Findings as sentences. One logic for all languages; the sentences themselves stand whole in `phrases_<language>`.

What a sentence needs (a number with its noun, a period, a share) is made here and filled into its blanks by name, so
that each language can put them in its own order and in its own cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from leeside.packs.texts import plural_form
from leeside.tally.comparisons import Change, Direction, Extremes, LastMonth, PeriodComparison, TotalSince
from leeside.tally.definitions import Unit
from leeside.tally.months import Month, Season, season_of
from leeside.tally.numbers import write_counted, write_list, write_number, write_percent, write_tenths

#: So many months are still named one by one; beyond it they are counted.
NAMED_MONTHS = 3
#: From here on a share is no longer "more than three quarters" but a percentage.
_NEARLY_ALL = Fraction(9, 10)


@dataclass(frozen=True)
class MonthNames:
    """Month names in one grammatical case: twelve, from January, in one string with spaces between."""

    names: str

    def of(self, month: Month) -> str:
        """The name alone."""
        return self.names.split()[month.number - 1]


@dataclass(frozen=True)
class Phrases:
    """Everything one language says, with blanks in braces. Sentences begin small; they are opened when written.

    Names of months: `in_`, `since_` and `until` are the cases after "in", after "from" or "since", and after "to".
    `year` puts a year behind a name or several, `and_` joins the last two of a list. Sentences about a period know
    {during}, {counted} (number with noun), {before}, {number} and {change}; `change` is filled by percentage,
    `slightly` stands where that rounds to nothing, `times` goes by plural form and `fraction` is that of a number with
    a part. Sentences about the last month know {month}, {counted}, {named} and {others}, or {lower} and {months} by the
    plural form of the latter. `shares` gives for each named share its name and "more than" it.
    """

    language: str
    in_: MonthNames
    since_: MonthNames
    until: MonthNames
    year: str
    and_: str
    in_month: str
    from_to: str
    seasons: Mapping[Season, str]
    season_of_year: str
    season_of_years: str
    period: str
    period_same: str
    period_changed: str
    change: Mapping[Direction, str]
    slightly: Mapping[Direction, str]
    times: Mapping[str, str]
    fraction: str
    highest: str
    lowest: str
    lowest_too: str
    last_below: str
    last_above: str
    last_counted: Mapping[str, str]
    any_other: str
    since: str
    since_share: str
    shares: Mapping[Fraction, tuple[str, str]]


class Wording:
    """The four statements in one language. `with_years` is true when the series spans more than one year."""

    def __init__(self, phrases: Phrases) -> None:
        """Keep the language's phrases."""
        self._phrases = phrases
        self._language = phrases.language

    def compare(self, found: PeriodComparison, unit: Unit, *, with_years: bool) -> str:
        """The last period, compared with the one before where that can be said."""
        counted = write_counted(found.value, unit, self._language, in_full=True)
        blanks = {"counted": counted, "during": self._during(found.months, with_years=with_years)}
        if found.before is None or found.before_value is None or found.change is None:
            return _write(self._phrases.period, blanks)
        blanks["before"] = self._during(found.before, with_years=with_years)
        blanks["number"] = write_number(found.before_value, self._language)
        if found.change.direction is Direction.SAME:
            return _write(self._phrases.period_same, blanks)
        return _write(self._phrases.period_changed, {**blanks, "change": self._changed(found.change)})

    def extremes(self, found: Extremes, unit: Unit, *, with_years: bool) -> str:
        """The highest and the lowest month."""
        parts = []
        if found.highest is not None:
            parts.append(self._record(self._phrases.highest, found.highest, unit, with_years=with_years))
        if found.lowest is not None:
            phrase = self._phrases.lowest_too if parts else self._phrases.lowest
            parts.append(self._record(phrase, found.lowest, unit, with_years=with_years))
        return _write(", ".join(parts) + ".", {})

    def last(self, found: LastMonth, unit: Unit, *, with_years: bool) -> str:
        """The last month among the others: the smaller side is named, or counted when it is long."""
        blanks = {
            "counted": write_counted(found.value, unit, self._language),
            "month": self._in([found.month], with_years=with_years),
        }
        higher, lower = found.higher, found.lower
        if min(len(higher), len(lower)) > NAMED_MONTHS:
            months = len(higher) + len(lower)
            phrase = self._phrases.last_counted[plural_form(self._language, months)]
            return _write(phrase, {**blanks, "lower": str(len(lower)), "months": str(months)})
        below = len(higher) <= len(lower)
        named, others = (higher, lower) if below else (lower, higher)
        blanks["named"] = self._in(named, with_years=with_years)
        blanks["others"] = self._in(others, with_years=with_years) if len(others) == 1 else self._phrases.any_other
        return _write(self._phrases.last_below if below else self._phrases.last_above, blanks)

    def since(self, found: TotalSince, unit: Unit, *, with_years: bool) -> str:
        """The sum since the first month, and the last period's share."""
        name = self._phrases.since_.of(found.first)
        blanks = {
            "counted": write_counted(found.value, unit, self._language, in_full=True),
            "month": self._dated(name, found.first.year) if with_years else name,
        }
        share = self._share(found.share) if found.share is not None else None
        if found.period is None or share is None:
            return _write(self._phrases.since, blanks)
        within = self._within(found.period, with_years=with_years)
        return _write(self._phrases.since_share, {**blanks, "share": share, "within": within})

    def _record(self, phrase: str, pair: tuple[Month, int], unit: Unit, *, with_years: bool) -> str:
        """One record month. `{name}` is the unit as it stands after "most of", in its plural without a number."""
        return phrase.format(
            month=self._in([pair[0]], with_years=with_years),
            counted=write_counted(pair[1], unit, self._language),
            number=write_number(pair[1], self._language),
            name=unit.form(plural_form(self._language, 0)),
        )

    def _dated(self, names: str, year: int) -> str:
        """Names with their year."""
        return self._phrases.year.format(name=names, year=year)

    def _in(self, months: Sequence[Month], *, with_years: bool) -> str:
        """Months as they stand after "in"; those of one year carry it once, behind the last of them."""
        and_, names = self._phrases.and_, self._phrases.in_
        if not with_years:
            return write_list([names.of(month) for month in months], and_)
        years = [(year, [names.of(month) for month in each]) for year, each in groupby(months, lambda each: each.year)]
        if len(years) == 1:
            return self._dated(write_list(years[0][1], and_), years[0][0])
        return write_list([self._dated(", ".join(each), year) for year, each in years], and_)

    def _during(self, months: tuple[Month, ...], *, with_years: bool) -> str:
        """`from September to November`, or `in November` for a single month. One year stands once, at the end."""
        first, last = months[0], months[-1]
        if first == last:
            return self._phrases.in_month.format(month=self._in([first], with_years=with_years))
        start, end = self._phrases.since_.of(first), self._phrases.until.of(last)
        if with_years:
            start = start if first.year == last.year else f"{start} {first.year}"
            end = self._dated(end, last.year)
        return self._phrases.from_to.format(first=start, last=end)

    def _within(self, months: tuple[Month, ...], *, with_years: bool) -> str:
        """`in the autumn` when the months are exactly one, else as `_during`."""
        season = season_of(months)
        if season is None:
            return self._during(months, with_years=with_years)
        name = self._phrases.seasons[season]
        if not with_years:
            return name
        begins, ends = months[0].year, months[-1].year
        phrase = self._phrases.season_of_year if begins == ends else self._phrases.season_of_years
        return phrase.format(season=name, year=begins, end=ends, short_end=f"{ends % 100:02}")

    def _changed(self, change: Change) -> str:
        """`89 % more than`, `slightly fewer than`, `3.4 times`."""
        if change.tenfold_times is not None:
            whole, part = divmod(change.tenfold_times, 10)
            phrase = self._phrases.fraction if part else self._phrases.times[plural_form(self._language, whole)]
            return phrase.format(times=write_tenths(change.tenfold_times, self._language))
        if not change.percent:
            return self._phrases.slightly[change.direction]
        return self._phrases.change[change.direction].format(percent=write_percent(change.percent, self._language))

    def _share(self, share: Fraction) -> str | None:
        """`more than half`, `half` or `12 %`; None for a share that rounds to nothing.

        "More than half" is said up to two thirds, "more than a quarter" up to a third: there the next name takes over.
        """
        names = self._phrases.shares
        if share in names:
            return names[share][0]
        below = [name for name in names if name < share]
        if below and share < _NEARLY_ALL:
            return names[max(below)][1]
        percent = int(100 * share + Fraction(1, 2))
        return write_percent(percent, self._language) if percent else None


def _write(phrase: str, blanks: Mapping[str, str]) -> str:
    """A sentence with its blanks filled and a capital first letter."""
    sentence = phrase.format(**blanks)
    return sentence[0].upper() + sentence[1:]

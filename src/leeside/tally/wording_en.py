"""The statements in English."""

from fractions import Fraction

from leeside.tally.comparisons import Change, Direction, Extremes, LastMonth, PeriodComparison, TotalSince
from leeside.tally.definitions import Unit
from leeside.tally.months import Month, Season
from leeside.tally.numbers import write_counted, write_number, write_percent, write_tenths
from leeside.tally.wording import MonthNames, contrast_last, named_share, percent_of, season_within

_LANGUAGE = "en"
_NAMES = MonthNames(
    "January February March April May June July August September October November December", "and", "{name} {year}"
)
_SEASONS = {
    Season.WINTER: "the winter",
    Season.SPRING: "the spring",
    Season.SUMMER: "the summer",
    Season.AUTUMN: "the autumn",
}
_SHARES = {
    Fraction(3, 4): "three quarters",
    Fraction(2, 3): "two thirds",
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(1, 4): "a quarter",
}


def _during(months: tuple[Month, ...], *, with_years: bool) -> str:
    """`from September to November`, or `in November` for a single month."""
    first, last = months[0], months[-1]
    if first == last:
        return f"in {_NAMES.one(first, with_year=with_years)}"
    start = _NAMES.one(first, with_year=with_years and first.year != last.year)
    return f"from {start} to {_NAMES.one(last, with_year=with_years)}"


def _within(months: tuple[Month, ...], *, with_years: bool) -> str:
    """`in the autumn` when the months are exactly one, else as `_during`."""
    found = season_within(months)
    if found is None:
        return _during(months, with_years=with_years)
    season, begins, ends = found
    years = "" if not with_years else f" of {begins}" if begins == ends else f" of {begins}–{ends % 100:02}"
    return f"in {_SEASONS[season]}{years}"


def _changed(change: Change, before: str) -> str:
    """`89 % more than the 305 from June to August`."""
    if change.tenfold_times is not None:
        return f"{write_tenths(change.tenfold_times, _LANGUAGE)} times the {before}"
    if change.percent:
        return f"{write_percent(change.percent, _LANGUAGE)} {change.direction.value} than the {before}"
    return f"slightly {change.direction.value} than the {before}"


class EnglishWording:
    """English, as a newspaper writes it."""

    def compare(self, found: PeriodComparison, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE, in_full=True)
        said = f"{counted} {_during(found.months, with_years=with_years)}"
        if found.before is None or found.before_value is None or found.change is None:
            return f"{said}."
        before = _during(found.before, with_years=with_years)
        if found.change.direction is Direction.SAME:
            return f"{said}, as many as {before}."
        return f"{said}, {_changed(found.change, f'{write_number(found.before_value, _LANGUAGE)} {before}')}."

    def extremes(self, found: Extremes, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        said: list[str] = []
        for place, pair in (("highest", found.highest), ("lowest", found.lowest)):
            if pair is None:
                continue
            month = _NAMES.one(pair[0], with_year=with_years)
            if said:
                said.append(f"{month} {place} with {write_number(pair[1], _LANGUAGE)}")
            else:
                said.append(f"{month} was {place} with {write_counted(pair[1], unit, _LANGUAGE)}")
        return ", ".join(said) + "."

    def last(self, found: LastMonth, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE)
        said = f"{counted} in {_NAMES.one(found.month, with_year=with_years)}"
        contrast = contrast_last(found)
        if contrast is None:
            return (
                f"{said}: more than in {len(found.lower)} of the {len(found.higher) + len(found.lower)} other months."
            )
        first, second = ("fewer", "more") if contrast.named_are_higher else ("more", "fewer")
        named = _NAMES.many(contrast.named, with_years=with_years)
        alone = len(contrast.others) == 1
        others = _NAMES.one(contrast.others[0], with_year=with_years) if alone else "any other month"
        return f"{said}, {first} than in {named} but {second} than in {others}."

    def since(self, found: TotalSince, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE, in_full=True)
        said = f"{counted} since {_NAMES.one(found.first, with_year=with_years)}"
        share = self._share(found.share)
        if found.period is None or share is None:
            return f"{said}."
        return f"{said}, {share} of them {_within(found.period, with_years=with_years)}."

    def _share(self, share: Fraction | None) -> str | None:
        """`more than half`, `half` or `12 %`; None for a share that rounds to nothing."""
        if share is None or not percent_of(share):
            return None
        named = named_share(share)
        if named is None:
            return write_percent(percent_of(share), _LANGUAGE)
        return _SHARES[named[0]] if named[1] else f"more than {_SHARES[named[0]]}"

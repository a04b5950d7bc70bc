"""The statements in Ukrainian."""

from fractions import Fraction

from leeside.packs.texts import plural_form
from leeside.tally.comparisons import Change, Direction, Extremes, LastMonth, PeriodComparison, TotalSince
from leeside.tally.definitions import Unit
from leeside.tally.months import Month, Season
from leeside.tally.numbers import DASH, write_counted, write_number, write_percent, write_tenths
from leeside.tally.wording import MonthNames, contrast_last, named_share, opened, percent_of, season_within

_LANGUAGE = "uk"
_YEAR = "{name} {year} року"
_OF = MonthNames("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня", "та", _YEAR)
_IN = MonthNames("січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні", "та", _YEAR)
_SEASONS = {Season.WINTER: "взимку", Season.SPRING: "навесні", Season.SUMMER: "влітку", Season.AUTUMN: "восени"}
_SHARES = {
    Fraction(3, 4): "три чверті",
    Fraction(2, 3): "дві третини",
    Fraction(1, 2): "половина",
    Fraction(1, 3): "третина",
    Fraction(1, 4): "чверть",
}
#: "Понад" takes the accusative, which differs from the nominative for two of the five.
_SHARES_BEYOND = {**_SHARES, Fraction(1, 2): "половину", Fraction(1, 3): "третину"}
_OTHER_MONTHS = {"one": "іншого місяця", "few": "інших місяців", "many": "інших місяців"}
_DIRECTIONS = {Direction.MORE: "більше", Direction.FEWER: "менше"}


def _during(months: tuple[Month, ...], *, with_years: bool) -> str:
    """`від вересня до листопада`, or `у листопаді` for a single month."""
    first, last = months[0], months[-1]
    if first == last:
        return f"у {_IN.one(first, with_year=with_years)}"
    start = _OF.bare(first) + (f" {first.year}" if with_years and first.year != last.year else "")
    return f"від {start} до {_OF.one(last, with_year=with_years)}"


def _within(months: tuple[Month, ...], *, with_years: bool) -> str:
    """`восени` when the months are exactly one, else as `_during`."""
    found = season_within(months)
    if found is None:
        return _during(months, with_years=with_years)
    season, begins, ends = found
    years = "" if not with_years else f" {begins} року" if begins == ends else f" {begins}–{ends} років"
    return f"{_SEASONS[season]}{years}"


def _changed(change: Change) -> str:
    """`на 89 % більше`."""
    if change.tenfold_times is not None:
        whole, part = divmod(change.tenfold_times, 10)
        category = plural_form(_LANGUAGE, whole)
        word = "раза" if part else {"one": "раз", "few": "рази", "many": "разів"}[category]
        return f"у {write_tenths(change.tenfold_times, _LANGUAGE)} {word} більше"
    if change.percent:
        return f"на {write_percent(change.percent, _LANGUAGE)} {_DIRECTIONS[change.direction]}"
    return f"трохи {_DIRECTIONS[change.direction]}"


class UkrainianWording:
    """Ukrainian, as a newspaper writes it."""

    def compare(self, found: PeriodComparison, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE, in_full=True)
        said = opened(f"{_during(found.months, with_years=with_years)}{DASH}{counted}")
        if found.before is None or found.before_value is None or found.change is None:
            return f"{said}."
        before = _during(found.before, with_years=with_years)
        if found.change.direction is Direction.SAME:
            return f"{said}, стільки ж, скільки {before}."
        return f"{said}, {_changed(found.change)}, ніж {before} ({write_number(found.before_value, _LANGUAGE)})."

    def extremes(self, found: Extremes, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        said: list[str] = []
        for word, pair in (("найбільше", found.highest), ("найменше", found.lowest)):
            if pair is None:
                continue
            were = "" if said else f" {unit.form('many')} було"
            month = _IN.one(pair[0], with_year=with_years)
            # After a vowel, as both words end in one, "in" is "в".
            said.append(f"{word}{were} в {month}{DASH}{write_number(pair[1], _LANGUAGE)}")
        return opened(", ".join(said)) + "."

    def last(self, found: LastMonth, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE)
        said = f"У {_IN.one(found.month, with_year=with_years)}{DASH}{counted}"
        contrast = contrast_last(found)
        if contrast is None:
            months = len(found.higher) + len(found.lower)
            noun = _OTHER_MONTHS[plural_form(_LANGUAGE, months)]
            return f"{said}: більше, ніж у {len(found.lower)} з {months} {noun}."
        first, second = ("менше", "більше") if contrast.named_are_higher else ("більше", "менше")
        named = _IN.many(contrast.named, with_years=with_years)
        alone = len(contrast.others) == 1
        others = _IN.one(contrast.others[0], with_year=with_years) if alone else "будь-якому іншому місяці"
        return f"{said}: {first}, ніж у {named}, але {second}, ніж у {others}."

    def since(self, found: TotalSince, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE, in_full=True)
        said = f"Від {_OF.one(found.first, with_year=with_years)}{DASH}{counted}"
        share = self._share(found.share)
        if found.period is None or share is None:
            return f"{said}."
        return f"{said}, {share} з них{DASH}{_within(found.period, with_years=with_years)}."

    def _share(self, share: Fraction | None) -> str | None:
        """`понад половину`, `половина` or `12 %`; None for a share that rounds to nothing."""
        if share is None or not percent_of(share):
            return None
        named = named_share(share)
        if named is None:
            return write_percent(percent_of(share), _LANGUAGE)
        return _SHARES[named[0]] if named[1] else f"понад {_SHARES_BEYOND[named[0]]}"

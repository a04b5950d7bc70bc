"""The statements in Russian."""

from fractions import Fraction

from leeside.packs.texts import plural_form
from leeside.tally.comparisons import Change, Direction, Extremes, LastMonth, PeriodComparison, TotalSince
from leeside.tally.definitions import Unit
from leeside.tally.months import Month, Season
from leeside.tally.numbers import DASH, write_counted, write_number, write_percent, write_tenths
from leeside.tally.wording import MonthNames, contrast_last, named_share, opened, percent_of, season_within

_LANGUAGE = "ru"
_YEAR = "{name} {year} года"
_UNTIL = MonthNames("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь", "и", _YEAR)
_FROM = MonthNames("января февраля марта апреля мая июня июля августа сентября октября ноября декабря", "и", _YEAR)
_IN = MonthNames("январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре", "и", _YEAR)
_SEASONS = {Season.WINTER: "зимой", Season.SPRING: "весной", Season.SUMMER: "летом", Season.AUTUMN: "осенью"}
_SHARES = {
    Fraction(3, 4): ("три четверти", "трёх четвертей"),
    Fraction(2, 3): ("две трети", "двух третей"),
    Fraction(1, 2): ("половина", "половины"),
    Fraction(1, 3): ("треть", "трети"),
    Fraction(1, 4): ("четверть", "четверти"),
}
_OTHER_MONTHS = {"one": "остального месяца", "few": "остальных месяцев", "many": "остальных месяцев"}
_DIRECTIONS = {Direction.MORE: "больше", Direction.FEWER: "меньше"}


def _during(months: tuple[Month, ...], *, with_years: bool) -> str:
    """`с сентября по ноябрь`, or `в ноябре` for a single month."""
    first, last = months[0], months[-1]
    if first == last:
        return f"в {_IN.one(first, with_year=with_years)}"
    start = _FROM.bare(first) + (f" {first.year}" if with_years and first.year != last.year else "")
    return f"с {start} по {_UNTIL.one(last, with_year=with_years)}"


def _within(months: tuple[Month, ...], *, with_years: bool) -> str:
    """`осенью` when the months are exactly one, else as `_during`."""
    found = season_within(months)
    if found is None:
        return _during(months, with_years=with_years)
    season, begins, ends = found
    years = "" if not with_years else f" {begins} года" if begins == ends else f" {begins}–{ends} годов"
    return f"{_SEASONS[season]}{years}"


def _changed(change: Change) -> str:
    """`на 89 % больше`."""
    if change.tenfold_times is not None:
        whole, part = divmod(change.tenfold_times, 10)
        word = "раза" if part or plural_form(_LANGUAGE, whole) == "few" else "раз"
        return f"в {write_tenths(change.tenfold_times, _LANGUAGE)} {word} больше"
    if change.percent:
        return f"на {write_percent(change.percent, _LANGUAGE)} {_DIRECTIONS[change.direction]}"
    return f"немногим {_DIRECTIONS[change.direction]}"


class RussianWording:
    """Russian, as a newspaper writes it."""

    def compare(self, found: PeriodComparison, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE, in_full=True)
        said = opened(f"{_during(found.months, with_years=with_years)}{DASH}{counted}")
        if found.before is None or found.before_value is None or found.change is None:
            return f"{said}."
        before = _during(found.before, with_years=with_years)
        if found.change.direction is Direction.SAME:
            return f"{said}, столько же, сколько {before}."
        return f"{said}, {_changed(found.change)}, чем {before} ({write_number(found.before_value, _LANGUAGE)})."

    def extremes(self, found: Extremes, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        said: list[str] = []
        for word, pair in (("больше", found.highest), ("меньше", found.lowest)):
            if pair is None:
                continue
            were = "" if said else f" {unit.form('many')} было"
            month = _IN.one(pair[0], with_year=with_years)
            said.append(f"{word} всего{were} в {month}{DASH}{write_number(pair[1], _LANGUAGE)}")
        return opened(", ".join(said)) + "."

    def last(self, found: LastMonth, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE)
        said = f"В {_IN.one(found.month, with_year=with_years)}{DASH}{counted}"
        contrast = contrast_last(found)
        if contrast is None:
            months = len(found.higher) + len(found.lower)
            noun = _OTHER_MONTHS[plural_form(_LANGUAGE, months)]
            return f"{said}: больше, чем в {len(found.lower)} из {months} {noun}."
        first, second = ("меньше", "больше") if contrast.named_are_higher else ("больше", "меньше")
        named = _IN.many(contrast.named, with_years=with_years)
        alone = len(contrast.others) == 1
        others = _IN.one(contrast.others[0], with_year=with_years) if alone else "любом другом месяце"
        return f"{said}: {first}, чем в {named}, но {second}, чем в {others}."

    def since(self, found: TotalSince, unit: Unit, *, with_years: bool) -> str:
        """See `Wording`."""
        counted = write_counted(found.value, unit, _LANGUAGE, in_full=True)
        said = f"С {_FROM.one(found.first, with_year=with_years)}{DASH}{counted}"
        share = self._share(found.share)
        if found.period is None or share is None:
            return f"{said}."
        return f"{said}, {share} из них{DASH}{_within(found.period, with_years=with_years)}."

    def _share(self, share: Fraction | None) -> str | None:
        """`больше половины`, `половина` or `12 %`; None for a share that rounds to nothing."""
        if share is None or not percent_of(share):
            return None
        named = named_share(share)
        if named is None:
            return write_percent(percent_of(share), _LANGUAGE)
        exact, beyond = _SHARES[named[0]]
        return exact if named[1] else f"больше {beyond}"

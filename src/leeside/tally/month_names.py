"""Months as headings and labels write them: the whole name with its year, and three letters under a bar."""

from leeside.tally.months import Month

_NAMES = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "ru": "январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь",
    "uk": "січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопад|грудень",
}
_SHORT = {
    "en": "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
    "ru": "янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек",
    "uk": "січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру",
}


def _name(month: Month, names: str) -> str:
    """One of twelve names."""
    return names.split("|")[month.number - 1]


def write_month(month: Month, language: str) -> str:
    """`November 2023`, `ноябрь 2023`, `листопад 2023`."""
    return f"{_name(month, _NAMES[language])} {month.year}"


def write_short_month(month: Month, language: str) -> str:
    """`Nov`, `ноя`, `лис`."""
    return _name(month, _SHORT[language])


def write_span(months: tuple[Month, ...], language: str) -> str:
    """`April – November 2023`, `December 2022 – November 2023`, or one month with its year."""
    first, last = months[0], months[-1]
    if first == last:
        return write_month(first, language)
    start = _name(first, _NAMES[language]) if first.year == last.year else write_month(first, language)
    return f"{start} – {write_month(last, language)}"

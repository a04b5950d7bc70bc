"""Numbers and counted units as each language writes them; separators and plural forms are CLDR's (tested)."""

from leeside.packs.texts import plural_form
from leeside.tally.definitions import Unit

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
#: A dash between two parts of a sentence: it never begins a line.
DASH = f"{NO_BREAK_SPACE}— "
_GROUP = {"en": ",", "ru": NO_BREAK_SPACE, "uk": NO_BREAK_SPACE}
_POINT = {"en": ".", "ru": ",", "uk": ","}


def write_number(number: int, language: str) -> str:
    """`1,037` in English, `1 037` with a no-break space in Russian and Ukrainian."""
    return f"{number:,}".replace(",", _GROUP[language])


def write_tenths(tenths: int, language: str) -> str:
    """A number given in tenths: 34 as `3.4` or `3,4`, 30 as `3`."""
    whole, part = divmod(tenths, 10)
    return write_number(whole, language) + (f"{_POINT[language]}{part}" if part else "")


def write_percent(percent: int, language: str) -> str:
    """A percentage, with a no-break space before its sign in every language.

    CLDR sets the space for Russian only. The international standard (ISO 80000-1) and the Ukrainian one ask for it
    everywhere, and one way in three languages lets a reader compare texts.
    """
    return write_number(percent, language) + NO_BREAK_SPACE + "%"


def write_counted(number: int, unit: Unit, language: str, *, in_full: bool = False) -> str:
    """A number with its unit in the right plural form: the short name, or the whole one."""
    name = unit.form(plural_form(language, number), in_full=in_full)
    return f"{write_number(number, language)}{NO_BREAK_SPACE}{name}"


def write_list(items: list[str], joiner: str) -> str:
    """`A`, `A and B`, `A, B and C`, with `joiner` for "and"."""
    if len(items) == 1:
        return items[0]
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"

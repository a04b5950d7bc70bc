"""The few words that stand on every paper beside its own text, in the language of the paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class PaperWords:
    """`mark` stands at the top of a draft; `notes` above the rules it rests on; `{...}` are filled."""

    mark: str
    drafted: str
    notes: str
    note: str
    enclosures: str
    day: str
    signature: str
    write_day: Callable[[date], str]


def _writer(pattern: str, months: tuple[str, ...], first: str = "1") -> Callable[[date], str]:
    def write(day: date) -> str:
        number = first if day.day == 1 else str(day.day)
        written = pattern.format(day=number, month=months[day.month - 1], year=day.year)
        # A day is not torn apart at the end of a line.
        return written.replace(" ", "\u00a0")

    return write


_RUSSIAN = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_UKRAINIAN = (
    "січня", "лютого", "березня", "квітня", "травня", "червня",
    "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_GERMAN = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

PAPER_WORDS: Final[Mapping[str, PaperWords]] = MappingProxyType(
    {
        "ru": PaperWords(
            mark="Черновик: до подачи проверить юристу",
            drafted="Составлен {day}",
            notes="Основания: правила и редакции актов",
            note="{rule} ({confidence}): {act}",
            enclosures="Приложения:",
            day="День:",
            signature="Подпись:",
            write_day=_writer("{day} {month} {year} г.", _RUSSIAN),
        ),
        "uk": PaperWords(
            mark="Чернетка: до подання перевірити юристові",
            drafted="Складено {day}",
            notes="Підстави: правила і редакції актів",
            note="{rule} ({confidence}): {act}",
            enclosures="Додатки:",
            day="День:",
            signature="Підпис:",
            write_day=_writer("{day} {month} {year} р.", _UKRAINIAN),
        ),
        "en": PaperWords(
            mark="Draft: to be checked by a lawyer before filing",
            drafted="Drafted on {day}",
            notes="Based on: rules and wordings of the acts",
            note="{rule} ({confidence}): {act}",
            enclosures="Enclosures:",
            day="Date:",
            signature="Signature:",
            write_day=_writer("{day} {month} {year}", _ENGLISH),
        ),
        "fr": PaperWords(
            mark="Projet : à vérifier par un avocat avant le dépôt",
            drafted="Rédigé le {day}",
            notes="Fondements : règles et versions des textes",
            note="{rule} ({confidence}) : {act}",
            enclosures="Pièces jointes :",
            day="Date :",
            signature="Signature :",
            write_day=_writer("{day} {month} {year}", _FRENCH, first="1er"),
        ),
        "de": PaperWords(
            mark="Entwurf: vor der Abgabe anwaltlich zu prüfen",
            drafted="Erstellt am {day}",
            notes="Grundlagen: Regeln und Fassungen der Vorschriften",
            note="{rule} ({confidence}): {act}",
            enclosures="Anlagen:",
            day="Datum:",
            signature="Unterschrift:",
            write_day=_writer("{day}. {month} {year}", _GERMAN),
        ),
    }
)
"""By the language of the paper: all in which a paper can be written."""

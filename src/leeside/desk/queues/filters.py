"""Filters over opened cards: need, coarse answers, language, flag, circle, and words of the row.

The database could not filter: what a filter asks for is sealed. So rows are opened in their order, up to a limit, and
the page says how far it looked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leeside.desk.limits import LIMITS
from leeside.desk.pages import circle_title
from leeside.desk.queue_times import times_of
from leeside.desk.queues.opened import OpenedRow, open_rows
from leeside.desk.queues.rows import Row
from leeside.desk.safety.flags import STAFF_FLAGS, flag_words
from leeside.desk.seat import Seat
from leeside.packs.pack import Pack
from leeside.vault import store
from leeside.vault.store import QueuePage, Tab
from leeside.web.languages import language_name

_AT_ONCE = 100


@dataclass(frozen=True)
class Filter:
    """What somebody asked for. Every value is one of the lists', except `words`."""

    answers: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    flag: str = ""
    circle: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return not (self.answers or self.language or self.flag or self.circle or self.words)

    def keeps(self, opened: OpenedRow) -> bool:
        """Whether a case passes by its marks and its card."""
        card = opened.card
        said = card.get("answers", {})
        return (
            all(_has(said.get(key), value) for key, value in self.answers.items())
            and self.language in ("", opened.case.language)
            and (not self.flag or self.flag in card.get("flags", ()))
            and self.circle in ("", opened.case.circle)
        )

    def reads(self, row: Row) -> bool:
        """Whether every word asked for begins a word of the row."""
        shown = " ".join((row.name, *row.summary, row.why, row.owner, *(part.text for part in row.flags))).casefold()
        begun = " " + shown.replace("·", " ")
        return all(f" {word}" in begun for word in self.words.casefold().split())


@dataclass(frozen=True)
class Choice:
    """One list of the filter's form. `options` are pairs of value and words."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Gathered:
    """The rows that pass, how many were looked at for them, and the rank to go on from (None: looked at all)."""

    rows: tuple[tuple[OpenedRow, Row], ...]
    looked: int
    next_after: int | None


def read_filter(seat: Seat, untrusted: Mapping[str, Any]) -> Filter:
    """The filter of an address. What is in no list is left out."""
    chosen = {one.name: one.chosen for one in choices_of(seat, untrusted)}
    answers = {key: chosen[key] for key in _questions(seat.pack) if chosen.get(key)}
    words = " ".join(str(untrusted.get("words", ""))[: LIMITS.line_characters].split())
    return Filter(answers, chosen["language"], chosen["flag"], chosen.get("circle", ""), words)


def choices_of(seat: Seat, untrusted: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The lists of the form, with what is chosen in each."""
    pack, language = seat.pack, seat.language
    lists = []
    for key in _questions(pack):
        question = pack.question(key)
        if question is not None:
            options = tuple((one.id, pack.text(question.option_key(one.id), language)) for one in question.options)
            lists.append((key, pack.text(question.label_key, language), options))
    lists.append(("language", _("Language"), tuple((one, language_name(one)) for one in pack.languages)))
    lists.append(("flag", _("Flag"), _flags(pack, language)))
    if seat.is_lead:
        circles = (*(circle.name for circle in pack.circles), "lead")
        lists.append(("circle", _("Circle"), tuple((one, circle_title(pack, one, language)) for one in circles)))
    return tuple(Choice(name, title, options, _known(untrusted.get(name), options)) for name, title, options in lists)


def gather(seat: Seat, tab: Tab, wanted: Filter, first: QueuePage, make: Callable[[OpenedRow], Row]) -> Gathered:
    """Open rows from `first` on until a page is full, the tab is at its end, or enough were looked at."""
    rows: list[tuple[OpenedRow, Row]] = []
    looked, page, times = 0, first, times_of(seat)
    while True:
        for opened in open_rows(seat, page.rows):
            looked += 1
            if wanted.keeps(opened) and wanted.reads(row := make(opened)):
                rows.append((opened, row))
            if len(rows) == LIMITS.queue_rows or looked == LIMITS.queue_looked_at:
                is_last = page.next_after is None and opened.case is page.rows[-1]
                return Gathered(tuple(rows), looked, None if is_last else opened.case.rank)
        if page.next_after is None:
            return Gathered(tuple(rows), looked, None)
        page = store.queue_rows(seat.line_id, seat.reader_id, seat.circles, tab, page.next_after, _AT_ONCE, times)


def _questions(pack: Pack) -> tuple[str, ...]:
    """The questions that one filters by: what is wanted, and what stands in a row."""
    return tuple(dict.fromkeys((pack.need_question, *pack.queue_row)))


def _flags(pack: Pack, language: str) -> tuple[tuple[str, str], ...]:
    of_pack = tuple((rule.flag, pack.text(f"flag.{rule.flag}", language)) for rule in pack.rules.flags)
    return (*((flag, flag_words(flag)) for flag in STAFF_FLAGS), *dict.fromkeys(of_pack))


def _known(untrusted: object, options: tuple[tuple[str, str], ...]) -> str:
    return str(untrusted) if str(untrusted) in {value for value, _words in options} else ""


def _has(said: object, value: str) -> bool:
    return value == said or (isinstance(said, list) and value in said)

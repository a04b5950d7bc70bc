"""A case's files in lines: what each is, whose it is, since which day, and whether this person can look at it.

The name of a file that lies in `identity` is known only to whoever opened that drawer: here it has none.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.held_files import HeldFile, Origin, files_of
from leeside.desk.permissions import CaseAction, may
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import by, day_of, moment_here
from leeside.sealing.compartments import Compartment
from leeside.web.dates import write_short_day
from leeside.web.file_words import file_words


@dataclass(frozen=True)
class FileLine:
    """One file: `key` is its id in addresses; `may_look` whether this person holds what opens it."""

    key: str
    what: str
    name: str
    whose: str
    may_look: bool


def file_lines(seat: Seat, file: CaseFile) -> tuple[FileLine, ...]:
    """Every file that is still there, the newest first."""
    return tuple(_line(seat, file, held) for held in reversed(files_of(file)))


def _line(seat: Seat, file: CaseFile, held: HeldFile) -> FileLine:
    day = write_short_day(day_of(seat, held.entry), seat.language, seat.today)
    is_in_drawer = held.compartment == Compartment.IDENTITY
    action = CaseAction.OPEN_DRAWER if is_in_drawer else CaseAction.OPEN
    may_look = file.keys.holds(held.compartment) and may(action, file.standing)
    name = "" if is_in_drawer else held.entry.text("name")
    return FileLine(held.key, file_words(held.shape, held.size), name, f"{_whose(seat, file, held)} · {day}", may_look)


def _whose(seat: Seat, file: CaseFile, held: HeldFile) -> str:
    if held.origin is Origin.WRITER:
        return _("from the writer")
    if held.origin is Origin.OURS:
        return by(seat, held.entry)
    waits_until = file.waiting.get(held.file_id)
    if waits_until is not None:
        way = _("goes out %(time)s") % {"time": moment_here(seat, waits_until)}
    else:
        way = _("opened by the writer") if held.entry.row.shown_until is not None else _("not opened yet")
    return f"{_('given to the writer')} · {way}"

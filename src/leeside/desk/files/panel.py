"""The files of a case as its page lists them: what each is, who can look at it, and the two ways to add one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.grades import may_by_grade
from leeside.desk.held_files import HeldFile, Origin, files_of
from leeside.desk.outgoing import why_locked
from leeside.desk.permissions import CaseAction, may
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import by, day_of
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


@dataclass(frozen=True)
class FilesPanel:
    """All files, and what may be done. `why_not_given` says why none can go to the writer just now."""

    files: tuple[FileLine, ...]
    may_attach: bool
    may_give: bool
    why_not_given: str


def files_panel(seat: Seat, file: CaseFile) -> FilesPanel | None:
    """The panel; None where there is no file and none may be added."""
    lines = tuple(_line(seat, file, held) for held in reversed(files_of(file)))
    is_held = file.hold is not None and file.hold.reader_id != seat.reader_id and file.row.owner is None
    may_attach = not is_held and may(CaseAction.ATTACH, file.standing) and may_by_grade(CaseAction.ATTACH, seat.grade)
    may_answer = may(CaseAction.ANSWER, file.standing) and may_by_grade(CaseAction.ANSWER, seat.grade)
    why = why_locked(seat, file)
    if not why and (file.row.owner is None or (file.is_open and file.next_step is None)):
        why = _("Answer first: a file goes out beside an answer.")
    if not lines and not may_attach:
        return None
    return FilesPanel(lines, may_attach, may_attach and may_answer, why)


def _line(seat: Seat, file: CaseFile, held: HeldFile) -> FileLine:
    day = write_short_day(day_of(seat, held.entry), seat.language, seat.today)
    is_in_drawer = held.compartment == Compartment.IDENTITY
    action = CaseAction.OPEN_DRAWER if is_in_drawer else CaseAction.OPEN
    may_look = file.keys.holds(held.compartment) and may(action, file.standing)
    name = "" if is_in_drawer else held.entry.text("name")
    return FileLine(held.key, file_words(held.shape, held.size), name, f"{_whose(seat, held)} · {day}", may_look)


def _whose(seat: Seat, held: HeldFile) -> str:
    if held.origin is Origin.WRITER:
        return _("from the writer")
    if held.origin is Origin.OURS:
        return by(seat, held.entry)
    opened = _("opened by the writer") if held.entry.row.shown_until is not None else _("not opened yet")
    return f"{_('given to the writer')} · {opened}"

"""The files of a case as its page lists them: what each is, who can look at it, and the two ways to add one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.file_lines import FileLine, file_lines
from leeside.desk.outgoing import why_locked
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.web.file_words import ACCEPT


@dataclass(frozen=True)
class FilesPanel:
    """All files, and what may be done. `why_not_given` says why none can go to the writer just now."""

    files: tuple[FileLine, ...]
    may_attach: bool
    may_give: bool
    why_not_given: str
    accept: str = ACCEPT


def files_panel(seat: Seat, file: CaseFile) -> FilesPanel | None:
    """The panel; None where there is no file and none may be added."""
    lines = file_lines(seat, file)
    is_held = file.hold is not None and file.hold.reader_id != seat.reader_id and file.row.owner is None
    may_attach = not is_held and is_allowed(seat, file, CaseAction.ATTACH)
    may_answer = is_allowed(seat, file, CaseAction.ANSWER)
    why = why_locked(seat, file)
    if not why and (file.row.owner is None or (file.is_open and file.next_step is None)):
        why = _("Answer first: a file goes out beside an answer.")
    if not lines and not may_attach:
        return None
    return FilesPanel(lines, may_attach, may_attach and may_answer, why)

"""What falls due of the law: every deadline of the guide that is somebody's task, and those set by hand, until done.

What was missed before the case came to us, and no court can restore, stands on the page and is nobody's task.
"""

from leeside.desk.casefile import CaseFile
from leeside.desk.due import LAW
from leeside.desk.guiding.deadlines import CaseDeadline, deadlines_in
from leeside.desk.guiding.result import ask_for
from leeside.desk.seams import Due
from leeside.desk.seat import Seat
from leeside.desk.telling.guiding import deadline_title


def law_dues(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """Deadlines that are awaited, with the term that each is of; missed ones too."""
    if not seat.pack.guide.rules:
        return ()
    return tuple(
        Due(one.day, _title(seat, one), f"{LAW}{one.term}", anchor="by-when")
        for one in deadlines_in(file, ask_for(seat, file))
        if one.is_awaited and not _is_past_help(file, one)
    )


def _is_past_help(file: CaseFile, one: CaseDeadline) -> bool:
    """Whether it was over before anybody wrote to us, and stays so."""
    return one.counted is not None and one.day < file.row.opened and not one.counted.can_be_restored


def _title(seat: Seat, one: CaseDeadline) -> str:
    return deadline_title(seat, one.term, one.hand.title if one.hand is not None else "")

"""What falls due of the law: every deadline of the guide that is somebody's task, and those set by hand, until done.

Rules:
1. A missed one stays due until somebody writes down what became of it. What was missed before the case came to us, and
   no court can restore, stands on the page and is nobody's task.
2. A term that perhaps runs is due as a question, by its day: an unknown fact must not let a deadline pass unseen. It is
   no legal date of the case: neither *Dates* nor the row in the queue calls it one.
"""

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.due import LAW, SETTLE
from leeside.desk.guiding.deadlines import CaseDeadline, deadlines_in
from leeside.desk.guiding.result import ask_for
from leeside.desk.seams import Due
from leeside.desk.seat import Seat
from leeside.desk.telling.guiding import deadline_title


def law_dues(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """Deadlines that are awaited, and questions to settle, each with the term that it is of."""
    if not seat.pack.guide.rules:
        return ()
    return tuple(
        _due(seat, one)
        for one in deadlines_in(seat, file, ask_for(seat, file))
        if one.is_awaited and not _is_past_help(file, one)
    )


def _due(seat: Seat, one: CaseDeadline) -> Due:
    title = deadline_title(seat, one.term, one.hand.title if one.hand is not None else "")
    if one.waits_for:
        words = _("Settle whether it applies: %(title)s") % {"title": title}
        return Due(one.day, words, f"{SETTLE}{one.term}", anchor="by-when")
    return Due(one.day, title, f"{LAW}{one.term}", anchor="by-when")


def _is_past_help(file: CaseFile, one: CaseDeadline) -> bool:
    """Rule 1: whether it was over before anybody wrote to us, and stays so."""
    return one.counted is not None and one.day < file.row.opened and not one.counted.can_be_restored

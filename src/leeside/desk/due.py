"""What falls due in a case, from every part of the work: the day, and what it is.

Nothing is typed as a task. A thing is due because a day is set and its completion is blank: each part says so from the
entries it wrote, in a provider that `parts` lists. The earliest day moves the look-by mark and stands in the card
(`opening`).
"""

from typing import Final

from leeside.desk.casefile import CaseFile, day_in
from leeside.desk.seams import SEAMS, Due
from leeside.desk.seat import Seat

__all__ = ["DATE", "LAW", "SETTLE", "Due", "date_dues", "dues_of", "step_due"]

DATE: Final = "date:"
"""Source of a day that a fact has, with the question's id behind it: such a day comes and goes by itself."""
LAW: Final = "law:"
"""Source of a deadline of the law, with the term's id behind it; nothing for one that somebody named themself."""
SETTLE: Final = "settle:"
"""Source of a term of the law that perhaps runs, with its id behind it: whether it does is to be settled by its day."""


def step_due(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """The next step, which every open case has: the first of the providers."""
    step = file.next_step
    return (Due(step.day, step.what, "step", step.who, "do"),) if step is not None and step.day is not None else ()


def date_dues(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """The days that lie ahead in the facts: an end of leave, a hearing."""
    found = []
    for question in seat.pack.all_questions:
        value = file.known.get(question.id)
        day = day_in(value) if question.kind == "date" and isinstance(value, str) else None
        if day is not None and day >= seat.today:
            label = seat.pack.text(question.label_key, seat.language, file.voice)
            found.append(Due(day, label, f"{DATE}{question.id}", anchor="facts"))
    return tuple(found)


def dues_of(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """Everything that is due in an open case, the earliest first."""
    if not file.is_open:
        return ()
    found = [due for provide in (step_due, date_dues, *SEAMS.dues) for due in provide(seat, file)]
    return tuple(sorted(found, key=lambda due: (due.day, due.source, due.what)))

"""What falls due in a case, from every part of the work: the day, and what it is.

Nothing is typed as a task. A thing is due because a day is set and its completion is blank: each part says so from the
entries it wrote, in a provider here. The earliest day moves the look-by mark and stands in the card (`opening`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from leeside.desk.casefile import CaseFile
from leeside.desk.seat import Seat


@dataclass(frozen=True)
class Due:
    """One thing that is due. `source` names the part that says so; `who` is a reader id, or empty for the owner."""

    day: date
    what: str
    source: str
    who: bytes = b""


Provider = Callable[[Seat, CaseFile], tuple[Due, ...]]


def _next_step(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    step = file.next_step
    return (Due(step.day, step.what, "step", step.who),) if step is not None and step.day is not None else ()


PROVIDERS: Final[tuple[Provider, ...]] = (_next_step,)


def dues_of(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """Everything that is due in an open case, the earliest first."""
    if not file.is_open:
        return ()
    found = [due for provider in PROVIDERS for due in provider(seat, file)]
    return tuple(sorted(found, key=lambda due: (due.day, due.source, due.what)))

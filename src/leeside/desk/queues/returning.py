"""Cases whose owner is silent come back to the coordinators. `tick` runs this; nobody sits at the desk for it.

Rules:
1. A case comes back when its promise was broken and the pack's grace after it has passed too, in the line's hours.
2. It keeps its keys: the owner can still read it and go on. It lies with the coordinators, who hand it on.
3. A clock that jumped, or a backup of last week brought back, makes everybody look silent at once. So nothing comes
   back when it would be more than a share of the line's owned cases, or when today is before a day on which a request
   was opened already; the reason is said instead, and every case is still in the queue as past its promise.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from leeside.desk.limits import LIMITS
from leeside.desk.lines import line_row, pack_of
from leeside.packs.marks import Urgency
from leeside.packs.pack import Pack
from leeside.vault import store
from leeside.vault.store import SilentCase
from leeside.web.lines import LineSettings

CLOCK_WENT_BACK: Final = "today is before a day on which a request was opened: is the clock right? Nothing came back"
TOO_MANY: Final = (
    "so many owners look silent at once that the clock may be wrong, or a backup is old: nothing came back."
    " Coordinators find the cases as past the promise"
)


@dataclass(frozen=True)
class Returned:
    """What happened: how many cases came back or should have, and why they did not (empty: they did)."""

    count: int
    refusal: str = ""


def return_silent(line: LineSettings, now: datetime, today: date) -> Returned:
    """Give the cases of silent owners back to the coordinators, or say why not."""
    found = look_for_silent(line, now, today)
    if found.refusal or not found.case_ids:
        return Returned(len(found.case_ids), found.refusal)
    return Returned(store.return_cases(line_row(line).id, found.case_ids, now))


@dataclass(frozen=True)
class Silent:
    """The cases that should come back, and why they must not just now (empty: they may)."""

    case_ids: tuple[bytes, ...]
    refusal: str = ""


def look_for_silent(line: LineSettings, now: datetime, today: date) -> Silent:
    """What `return_silent` would do, without doing it: for `doctor`."""
    line_id, pack = line_row(line).id, pack_of(line)
    listed = store.list_silent(line_id, now, LIMITS.silent_listed)
    case_ids = tuple(one.case_id for one in listed if is_silent(pack, one, now))
    if not case_ids:
        return Silent(())
    work = store.measure_work(line_id)
    if work.newest_day is not None and today < work.newest_day:
        return Silent(case_ids, CLOCK_WENT_BACK)
    if len(case_ids) > max(LIMITS.returned_at_least, work.owned * LIMITS.returned_share):
        return Silent(case_ids, TOO_MANY)
    return Silent(case_ids)


def is_silent(pack: Pack, case: SilentCase, now: datetime) -> bool:
    """Whether the grace after a broken promise has passed too."""
    urgency = Urgency(int(case.urgency))
    return pack.promises.minutes_between(case.answer_by, now) >= pack.clocks.silent[urgency]

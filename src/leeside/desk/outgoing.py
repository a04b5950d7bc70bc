"""When something to the writer goes out, and whether it may at all: what every send button obeys.

Rules:
1. Whatever is sent can be taken back for some seconds.
2. Outside the person's safe hours it waits for the next opening of their window, and can be taken back until then.
3. When the domain clock stands still (a demo's evening) nothing inside the hours waits: its moment would never come.
4. Nothing goes out where the device was seized or the stop word came, until a colleague has decided; and where the
   line must not write first, only an answer to what the person wrote, or one that the owner has given a reason for.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.errors import InputError
from leeside.desk.limits import LIMITS
from leeside.desk.safety.contact import plan_of
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.safety.stop_word import stop_messages
from leeside.desk.seat import Seat
from leeside.vault.store import CaseState
from leeside.web.clock import domain_clock
from leeside.web.dates import write_near_day, write_short_day

WRITE_FIRST_ALLOWED = "write_first_allowed"


def release_moment(seat: Seat, file: CaseFile) -> datetime | None:
    """When an answer written now is shown; None for at once."""
    window = plan_of(file).window
    stands_still_at = domain_clock().setting.stands_still_at
    stands_still = stands_still_at is not None and seat.now >= stands_still_at
    if stands_still and (window is None or window.is_inside(seat.now)):
        return None
    soonest = seat.now + timedelta(seconds=LIMITS.undo_seconds)
    return soonest if window is None else window.next_opening(soonest)


def require_free(seat: Seat, file: CaseFile) -> None:
    """Refuse to write to the writer where the case says so. Raises InputError with the reason."""
    reason = why_locked(seat, file)
    if reason:
        raise InputError("text", reason)


def why_locked(seat: Seat, file: CaseFile) -> str:
    """Why nothing may go to the writer now, as a sentence; empty when it may."""
    seizure = seizure_of(file)
    if seizure is not None and seizure.is_back:
        return _("Others have read this mailbox. Make fresh words, and write in the case that they open.")
    if seizure is not None:
        return _("The device is in other hands. Nothing goes out here; whatever you write, write it as a note.")
    if stop_messages(file):
        return _("The stop word came. Decide first what it means, in “Safe contact”; until then nothing goes out.")
    if plan_of(file).never_first and not is_spoken_to(file) and not may_write_first(file):
        return _("They asked us not to write first, and nothing of theirs is unanswered. Wait for their next message.")
    return ""


def lock_warning(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """The same above the field, before anybody writes in vain."""
    reason = why_locked(seat, file)
    return (reason,) if reason else ()


def is_spoken_to(file: CaseFile) -> bool:
    """Whether the last word is the person's: then an answer is not writing first.

    Their messages carry no clock time; but a message makes the case *received* again, and an answer *answered*.
    """
    if file.row.state in (CaseState.RECEIVED, CaseState.READ):
        return True
    return not file.of_kind("answer")


def may_write_first(file: CaseFile) -> bool:
    """Whether the owner gave a reason to write first, since the last answer."""
    allowed = file.events(WRITE_FIRST_ALLOWED)
    answers = file.of_kind("answer")
    return bool(allowed) and (not answers or allowed[-1].body.at > answers[-1].body.at)


def describe_sending(seat: Seat, file: CaseFile) -> str:
    """To whom an answer written now goes, by what, and when, on the person's clock and on the worker's."""
    if why_locked(seat, file):
        return _("To the writer: nothing goes out now")
    window = plan_of(file).window
    if window is None:
        return _("To the writer, in their mailbox, at once")
    moment = release_moment(seat, file) or seat.now
    if moment - seat.now <= timedelta(seconds=LIMITS.undo_seconds):
        return _("To the writer, in their mailbox, now %(time)s: inside safe hours") % {
            "time": both_clocks(seat, seat.now, window.zone)
        }
    return _("To the writer, in their mailbox: waits until %(time)s") % {"time": both_clocks(seat, moment, window.zone)}


def both_clocks(seat: Seat, moment: datetime, zone: str) -> str:
    """A moment as the person's clock shows it, with the day unless it is today there, and the worker's beside it when
    theirs differs."""
    theirs, ours = moment.astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(seat.zone))
    today = seat.now.astimezone(ZoneInfo(zone)).date()
    words = f"{theirs:%H:%M}"
    if theirs.date() != today:
        words = f"{words}, {write_near_day(theirs.date(), seat.language, today)}"
    if theirs.utcoffset() == ours.utcoffset():
        return words
    here = f"{ours:%H:%M}"
    if ours.date() != theirs.date():
        here = f"{here}, {write_short_day(ours.date(), seat.language, today)}"
    return _("%(time)s their time (%(here)s yours)") % {"time": words, "here": here}

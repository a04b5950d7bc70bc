"""The bars above a case: only what is dangerous, in words, the most dangerous first."""

from datetime import datetime

from django.utils.translation import gettext as _

from leeside.desk.case_words import Part
from leeside.desk.casefile import CaseFile
from leeside.desk.safety.check import Level, check_of, ground_words
from leeside.desk.safety.contact import plan_of
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.safety.silence import watch_of
from leeside.desk.safety.stop_word import stop_messages
from leeside.desk.seat import Seat
from leeside.web.dates import write_moment, write_near_day


def bars_of(seat: Seat, file: CaseFile) -> tuple[Part, ...]:
    """Every bar that the staff's own entries raise."""
    return (*_seizure(seat, file), *_stop_word(file), *_silence(seat, file), *_cautions(file))


def moment_words(seat: Seat, iso: str) -> str:
    """A moment on the worker's clock, with its day."""
    return write_moment(datetime.fromisoformat(iso), seat.language, seat.zone, seat.today)


def _seizure(seat: Seat, file: CaseFile) -> tuple[Part, ...]:
    seizure = seizure_of(file)
    if seizure is None:
        return ()
    if seizure.is_back:
        words = _("The device is back. Others have read this mailbox: write only with fresh words.")
        return (Part(words, "amber", "◆"),)
    words = _("Device seized. Assume that others have read it all since %(moment)s")
    return (Part(words % {"moment": moment_words(seat, seizure.since)}, "red", "▲"),)


def _stop_word(file: CaseFile) -> tuple[Part, ...]:
    if not stop_messages(file):
        return ()
    return (Part(_("The stop word came: decide what it means before anything else"), "red", "▲"),)


def _silence(seat: Seat, file: CaseFile) -> tuple[Part, ...]:
    watch = watch_of(file)
    if watch is None or not watch.is_overdue(seat.today):
        return ()
    words = _("Silent: we expected to hear by %(day)s. Agreed for then: %(then)s")
    day = write_near_day(watch.day, seat.language, seat.today)
    return (Part(words % {"day": day, "then": watch.then}, "red", "▲"),)


def _cautions(file: CaseFile) -> tuple[Part, ...]:
    found = []
    plan, check = plan_of(file), check_of(file)
    if plan.never_first and not file.meanings.never_first.is_said(file.known):
        found.append(Part(_("Do not write first"), "amber", "◆"))
    if check.level is Level.DOUBTFUL:
        words = _("Doubtful who writes: %(ground)s")
        found.append(Part(words % {"ground": ground_words(check.ground)}, "amber", "◆"))
    return tuple(found)

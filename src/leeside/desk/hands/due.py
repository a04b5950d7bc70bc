"""What falls due of a hand-over: an answer by its last day; a refusal, or that nobody answered, on the day it came."""

from datetime import timedelta

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.hands.card import KIND
from leeside.desk.keyring import ReadEntry
from leeside.desk.leaving import RAN_OUT
from leeside.desk.limits import LIMITS
from leeside.desk.seams import Due
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import day_of

REFUSED = "handover_refused"
_ENDS = frozenset(
    {"handed_over", "handover_withdrawn", "assigned", "taken_over", "kept", "given_back", "moved", "needs_person"}
)


def last_word(file: CaseFile) -> ReadEntry | None:
    """The newest card, refusal or end of an offer that nothing followed, or None: what a hand-over left to be done."""
    word: ReadEntry | None = None
    for entry in file.entries:
        if not entry.is_proven:
            continue
        if entry.kind == KIND or (entry.kind == "event" and entry.text("event") in (REFUSED, RAN_OUT)):
            word = entry
        elif entry.kind == "event" and entry.text("event") in _ENDS:
            word = None
    return word


def handover_dues(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """For whoever offered the case: the offer's last day, or the refusal."""
    word = last_word(file)
    if word is None or file.row.owner is None:
        return ()
    roster, day = seat.keyring.roster, day_of(seat, word)
    if word.kind == KIND:
        name = roster.name_of(reader_in(word.text("to")))
        what = _("Has %(name)s taken it? If not, offer it to somebody else") % {"name": name}
        return (Due(day + timedelta(days=LIMITS.handover_days), what, "handover", file.row.owner, "do"),)
    what = refusal_words(seat, word)
    return (Due(day, what, "handover", file.row.owner, "do"),)


def refusal_words(seat: Seat, word: ReadEntry) -> str:
    """Who said no, and why, in one line; or who did not answer."""
    name = seat.keyring.roster.name_of(reader_in(word.text("reader")))
    if word.text("event") == RAN_OUT:
        return _("%(name)s did not answer in time. Offer it to somebody else") % {"name": name}
    return _("%(name)s did not take it: %(reason)s") % {"name": name, "reason": word.text("reason")}

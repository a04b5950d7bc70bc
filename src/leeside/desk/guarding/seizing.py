"""A device was seized: one tap, and what follows is visible to the line and invisible to whoever holds the device.

Rules:
1. Anybody who reads the case may tap, also while a colleague holds it; a tap twice is one.
2. Answers that still wait for their moment are taken back in the same step. Their text stays with the case.
3. Every compartment that is held here gets new keys, which are not sealed to the writer's words; the older ones stay
   with them. Compartments that are not held here get theirs from the next reader who holds them (`opening`).
4. The mailbox goes on showing what it showed, to the byte: also its word for how far the request is.
5. A tap by mistake is undone within a quarter of an hour: then the words get the new keys after all.
6. The device counts as back only when the agreed phrase was said, or the check was confirmed since. This mailbox stays
   distrusted: the person gets fresh words.
"""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin
from leeside.desk.envelopes import to_writer
from leeside.desk.errors import InputError
from leeside.desk.guarding.phrases import phrases_of
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.recarding import recard
from leeside.desk.rekeying import rekey_where_it_lies
from leeside.desk.safety.check import Level, check_of
from leeside.desk.safety.seizure import BACK, SEIZED, SHORT, UNDONE, Seizure, generations_now, seizure_of
from leeside.desk.seat import Seat
from leeside.sealing.compartments import WRITER_COMPARTMENTS
from leeside.vault import store
from leeside.vault.store import CaseState, Direction

HOWS: Final = ("voice", "in_person", "lawyer", "relative")
"""By what way the phrase was heard, or the person seen."""
_TRIES: Final = 5


def seize(seat: Seat, case_id: bytes) -> None:
    """Say that the device is in other hands. Tried again when a colleague writes at the same moment."""
    for _attempt in range(_TRIES):
        file = look_into(seat, case_id)
        change = begin(seat, file, CaseAction.SEIZE)
        before = seizure_of(file)
        if before is not None and not before.is_back:
            return
        change.is_frozen = True
        content = _what_was_known(seat, file)
        stopped = _stop_outgoing(change, file)
        rekey_where_it_lies(change, file)
        change.add_event(SEIZED, **content)
        try:
            change.commit()
        except store.ConflictError:
            continue
        for row in stopped:
            store.change_tally_row(seat.line_id, row, None)
        recard(seat, case_id)
        return
    raise store.BusyError


def undo_seizure(seat: Seat, case_id: bytes) -> None:
    """Take a tap by mistake back. Raises InputError when it is too late, or there is nothing to undo."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SEIZE)
    seizure = seizure_of(file)
    if seizure is None or not may_undo_seizure(seat, seizure):
        raise InputError("seizure", _("It is too late to take this back. Say that the device is back instead."))
    change.is_frozen = False
    theirs = to_writer(seat, file.row, change.keys, change.keys.keys)
    if theirs is not None:
        change.grants.append(theirs)
    change.add_event(UNDONE, seizure=seizure.entry)
    change.commit()
    recard(seat, case_id)


def may_undo_seizure(seat: Seat, seizure: Seizure) -> bool:
    """Whether the tap is so fresh that it may have been a mistake."""
    age = (seat.now - datetime.fromisoformat(seizure.since)).total_seconds()
    return not seizure.is_back and 0 <= age <= LIMITS.seizure_undo_seconds


def say_device_is_back(seat: Seat, case_id: bytes, how: str, *, phrase_was_right: bool) -> None:
    """Say that the person has the device again: rule 6. Raises InputError."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SEIZE)
    seizure = seizure_of(file)
    if seizure is None or seizure.is_back:
        raise InputError("seizure", _("No device is in other hands in this case."))
    if how not in HOWS:
        raise InputError("how", _("How did you hear it? Please choose."))
    check = check_of(file)
    is_confirmed = check.level is Level.CONFIRMED and check.at > seizure.since
    if not is_confirmed and not (phrase_was_right and phrases_of(file) is not None):
        raise InputError(
            "phrase", _("Only with the agreed phrase, or with a check “confirmed” that was made since the seizure.")
        )
    change.add_event(BACK, seizure=seizure.entry, how=how)
    change.commit()
    recard(seat, case_id)


def _what_was_known(seat: Seat, file: CaseFile) -> dict[str, object]:
    """What came before: ids of the writer's entries in every compartment that is held here, and the newest keys."""
    held = [one for one in WRITER_COMPARTMENTS if file.keys.holds(one)]
    rows = store.fetch_entries(file.row.case_id, seat.reader_id, seat.circles, [int(one) for one in held])
    known = sorted(row.entry_id.hex()[:SHORT] for row in rows if row.direction is Direction.FROM_WRITER)
    return {
        "known": known,
        "covered": [one.name.lower() for one in held],
        "generations": generations_now(file),
    }


def _stop_outgoing(change: CaseChange, file: CaseFile) -> list[bytes]:
    """Take back what still waits, with its text into `work`; keys of the tally rows that counted one of them."""
    seat, waiting = change.seat, frozenset(file.waiting)
    if not waiting:
        return []
    answers = [entry for entry in file.of_kind("answer") if entry.entry_id in waiting]
    deleted = {entry.entry_id for entry in answers}
    for entry in answers:
        by = (entry.author.reader_id or b"").hex()
        change.add("withdrawn", {"text": entry.text("text"), "by": by, "entry": entry.entry_id.hex()})
    change.withdrawal = store.Withdrawal(tuple(sorted(deleted)), tuple(sorted(waiting - deleted)), seat.now)
    if file.row.state == CaseState.ANSWERED and not _shows_an_answer(seat, file, waiting):
        change.mark(state=CaseState.READ)
    counted = [event for event in file.events("counselled") if event.text("entry") in {one.hex() for one in deleted}]
    for event in counted:
        change.add_event("counsel_undone", row=event.text("row"))
    return [bytes.fromhex(event.text("row")) for event in counted]


def _shows_an_answer(seat: Seat, file: CaseFile, waiting: frozenset[bytes]) -> bool:
    """Whether the mailbox shows an answer now: then it says *answered*, and must go on saying so."""
    return any(
        entry.row.direction is Direction.TO_WRITER
        and entry.entry_id not in waiting
        and (entry.row.shown_until is None or entry.row.shown_until >= seat.today)
        for entry in file.entries
    )

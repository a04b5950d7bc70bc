"""One person, one owner, one next step: what is done to one of a person's cases carries to the others.

Rules:
1. Only links of the relation *same person* carry, also through a case between. A relative's case has its own owner.
2. It carries to cases that are open and that whoever acts may hand on; another one stays as it is, and the page says
   that the two have different owners.
3. Each case is a transaction of its own: what did not get through is seen on the page and done with one button.
4. A new owner gets a grant of what their circle may hold, sealed to their key on the verified roster; whoever had it
   before goes, with new keys, unless they go on reading the first case as well.
5. Whoever is offered one of the cases is let in to the others at once, so that accepting brings them all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from leeside.desk.casefile import CaseFile, NextStep, reader_in
from leeside.desk.changes import CaseChange, begin
from leeside.desk.envelopes import grant_to_reader, own_copy, share_out
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.grants import keys_for
from leeside.desk.hands.assigning import keys_to_work_with, pass_to
from leeside.desk.keyring import RefusedError
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.ties.reading import same_person_of
from leeside.sealing.context import reader_recipient
from leeside.vault import store

PASSED_OVER = (NotAllowedError, HeldByOtherError, InputError, RefusedError, store.ConflictError, store.StateError)
"""Why another case stays as it is: not these hands, not this moment, or keys that do not fit."""


@dataclass(frozen=True)
class Hands:
    """In whose hands a case is, and what they do next."""

    owner: bytes | None
    stand_in: bytes | None
    step: NextStep | None
    readers: frozenset[bytes] = frozenset()
    offered_to: bytes = b""


def carry(seat: Seat, case_id: bytes) -> Callable[[], None]:
    """Look at a case before somebody hands it on; the returned function brings the person's other cases along."""
    before = look(seat, case_id)
    others = [one.row.case_id for one in person_cases(seat, before)] if before is not None else []

    def finish() -> None:
        if before is None or not others:
            return
        after = hands_of(look(seat, case_id))
        if after != hands_of(before):
            for other_id in others:
                _bring_along(seat, other_id, after)

    return finish


def share_owner(seat: Seat, case_id: bytes) -> None:
    """Give the person's cases one owner and one next step: this case's, or, while it has none, another one's."""
    file = look_into(seat, case_id)
    others = person_cases(seat, file)
    leading = next((one for one in (file, *others) if one.is_open and one.row.owner is not None), None)
    if leading is None:
        return
    for one in (file, *others):
        if one is not leading:
            _bring_along(seat, one.row.case_id, hands_of(leading))


def person_cases(seat: Seat, file: CaseFile) -> list[CaseFile]:
    """The person's other cases as far as this reader may open them, also those that are linked through another one."""
    found: dict[bytes, CaseFile] = {}
    waiting = [file]
    while waiting:
        for one in same_person_of(waiting.pop()):
            if one.case_id != file.row.case_id and one.case_id not in found:
                other = look(seat, one.case_id)
                if other is not None:
                    found[one.case_id] = other
                    waiting.append(other)
    return list(found.values())


def are_apart(file: CaseFile, others: Iterable[CaseFile]) -> bool:
    """Whether two open cases of one person are in different hands."""
    return file.is_open and any(other.is_open and other.row.owner != file.row.owner for other in others)


def hands_of(file: CaseFile | None) -> Hands:
    """In whose hands the case is; in nobody's when it went out of sight, for it went back to a circle."""
    if file is None:
        return Hands(None, None, None)
    offers = file.of_kind("handover")
    offered_to = reader_in(offers[-1].text("to")) if offers else b""
    return Hands(file.row.owner, file.row.stand_in, file.next_step, frozenset(file.readers), offered_to)


def look(seat: Seat, case_id: bytes) -> CaseFile | None:
    """The case, or None when it is not for this person, is gone, or does not fit together."""
    try:
        return look_into(seat, case_id)
    except (NotAllowedError, RefusedError):
        return None


def _bring_along(seat: Seat, other_id: bytes, hands: Hands) -> None:
    other = look(seat, other_id)
    if other is None or not other.is_open:
        return
    try:
        change = begin(seat, other, _action_for(seat, hands.owner, other))
        if hands.owner != other.row.owner:
            hand_on(change, other, hands.owner, stays=hands.readers)
        elif hands.offered_to in hands.readers - set(other.readers):
            _let_in(change, other, hands.offered_to)
        if hands.owner is not None and hands.stand_in != other.row.stand_in:
            _set_stand_in(change, other, hands.stand_in)
        step = hands.step
        if step is not None and step.day is not None and step != other.next_step:
            change.add("next_step", {"what": step.what, "who": step.who.hex(), "day": step.day.isoformat()})
        if change.entries:
            change.commit()
    except PASSED_OVER:
        return


def _action_for(seat: Seat, owner: bytes | None, other: CaseFile) -> CaseAction:
    """What the table is asked for: only another step, letting go, keeping, or letting somebody else have it."""
    if owner == other.row.owner:
        return CaseAction.SET_STEP
    if owner is None:
        return CaseAction.GIVE_BACK
    return CaseAction.KEEP if owner == seat.reader_id else CaseAction.GRANT


def hand_on(change: CaseChange, other: CaseFile, owner: bytes | None, *, stays: frozenset[bytes] = frozenset()) -> None:
    """Put a case into somebody's hands, or back into its circle, within a change that the caller commits."""
    seat, before = change.seat, other.row.owner
    if owner is None:
        change.grants.extend(share_out(seat, other.row, change.keys, other.row.circle))
        change.drops.extend(reader_recipient(one) for one in {seat.reader_id, before or seat.reader_id})
        change.mark(owner=None)
    else:
        person = seat.keyring.roster.require_person(owner, seat.today)
        pass_to(change, other, person, stays={before} & stays if before is not None else set())
        if owner == seat.reader_id:
            change.grants.append(own_copy(seat, other.row, change.keys, keys_to_work_with(change, other, person)))
    change.add_event("carried", owner=owner.hex() if owner else "")


def _let_in(change: CaseChange, other: CaseFile, reader_id: bytes) -> None:
    seat = change.seat
    person = seat.keyring.roster.require_person(reader_id, seat.today)
    keys = keys_to_work_with(change, other, person)
    change.grants.append(grant_to_reader(seat, other.row, change.keys, reader_id, keys))
    change.add_event("granted", reader=reader_id.hex())


def _set_stand_in(change: CaseChange, other: CaseFile, stand_in: bytes | None) -> None:
    """The stand-in needs a grant of the other case too: a mark without keys would name somebody who opens nothing."""
    seat = change.seat
    if stand_in is not None and stand_in not in other.readers:
        person = seat.keyring.roster.require_person(stand_in, seat.today)
        keys = keys_for(seat, other, person)
        if not keys:
            raise NotAllowedError
        change.grants.append(grant_to_reader(seat, other.row, change.keys, stand_in, keys))
    change.mark(stand_in=stand_in)
    change.add_event("stand_in_carried", reader=stand_in.hex() if stand_in else "")

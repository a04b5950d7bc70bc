"""Opening a case: what becomes legible, and the record of it.

Rules:
1. A case that is not there and one that is not for this person are refused alike.
2. The reading is on record before the page is: sealed to `lead` in the audit, and as an event in `work`.
3. The first reader makes `work`: sealed to `lead`, to the circle while the case lies there, to those with a grant.
4. Reloads within a quarter of an hour are one reading. A drawer is its own reading each time somebody opens it; for
   members of a circle it stays closed until the case is kept or the check of who writes says that things fit together.
5. The first reading makes the case *read by a person*. Every opening sets urgency, look-by and card right for today.
6. A grant opened for the first time leaves an own copy, which opens faster.
7. A case that a removed colleague could open gets new keys from whoever opens it next; so does a compartment that the
   words of a seized device still open, and a case that was offered to somebody who did not answer (`leaving`).
8. Whoever reads by a grant alone reads until its last day, whether `tick` has passed since or not.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange
from leeside.desk.code_names import read_slug, write_slug
from leeside.desk.envelopes import grant_to_reader, is_on_line, own_copy, to_circle
from leeside.desk.errors import NotAllowedError
from leeside.desk.key_age import needs_new_keys
from leeside.desk.keyring import require_unswapped
from leeside.desk.leaving import RAN_OUT, leaves_with, offer_to_end
from leeside.desk.limits import LIMITS
from leeside.desk.marking import set_marks_right
from leeside.desk.permissions import CaseAction, Standing, find_standing, require_case_action
from leeside.desk.rekeying import rekey_where_it_lies
from leeside.desk.safety.check import may_open_drawers
from leeside.desk.safety.seizure import distrusted_in, seizure_of, wants_fresh_keys
from leeside.desk.seat import Seat
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD
from leeside.sealing.keys import make_compartment_key
from leeside.sealing.seal import seal_audit
from leeside.vault import store
from leeside.vault.store import CaseReaderRow, CaseRow, CaseState

DRAWERS = {"identity": Compartment.IDENTITY, "place": Compartment.PLACE}
_TRIES = 4
_ALWAYS = (Compartment.STORY, Compartment.WORK)


def find_case(seat: Seat, untrusted_slug: str) -> bytes:
    """The case id behind an address. Raises NotAllowedError; whether it is for this person is asked on opening."""
    code = read_slug(untrusted_slug)
    if code is None:
        raise NotAllowedError
    try:
        return store.find_case(seat.line_id, code)
    except store.GoneError:
        raise NotAllowedError from None


def open_case(seat: Seat, case_id: bytes, *, drawer: str = "") -> CaseFile:
    """The case, opened and on record. `drawer` is empty, `identity` or `place`. Raises NotAllowedError."""
    for _ in range(_TRIES):
        file = look_into(seat, case_id, drawer=drawer)
        require_case_action(CaseAction.OPEN_DRAWER if drawer else CaseAction.OPEN, file.standing)
        if drawer and not may_open_drawers(file):
            raise NotAllowedError
        try:
            if _put_on_record(seat, file, drawer) or _set_right(seat, file):
                file = look_into(seat, case_id, drawer=drawer)
        except store.ConflictError:
            continue  # a colleague wrote meanwhile: read again
        _keep_own_copies(seat, file)
        return file
    raise store.BusyError


def look_into(seat: Seat, case_id: bytes, *, drawer: str = "") -> CaseFile:
    """The same without a record: for a flow's own look right after a page showed the case, and for tests."""
    try:
        row = store.fetch_case(case_id, seat.reader_id, seat.circles)
    except store.GoneError:
        raise NotAllowedError from None
    standing, granted = standing_in(seat, row), store.list_readers(case_id)
    if standing is Standing.READER and _has_ended(granted, seat):
        raise NotAllowedError
    keys = seat.keyring.open_keys(row)
    wanted = (*_ALWAYS, *([DRAWERS[drawer]] if drawer else []))
    if not all(keys.holds(one) for one in (Compartment.STORY, *wanted[2:])):
        raise NotAllowedError
    rows = store.fetch_entries(case_id, seat.reader_id, seat.circles, [int(one) for one in wanted])
    opened = seat.keyring.open_entries(keys, (one for one in rows if one.compartment in wanted))
    hold = store.fetch_holds([case_id], seat.real_now).get(case_id)
    waiting = store.fetch_waiting(case_id, seat.now)
    file = CaseFile(
        row, keys, standing, opened, hold, granted, waiting, meanings=seat.pack.meanings, zone=seat.line.time_zone
    )
    distrusted = distrusted_in(file)
    return replace(file, distrusted=distrusted) if distrusted else file


def _has_ended(granted: Iterable[CaseReaderRow], seat: Seat) -> bool:
    """Rule 8."""
    return any(one.reader_id == seat.reader_id and one.until is not None and one.until < seat.today for one in granted)


def standing_in(seat: Seat, row: CaseRow) -> Standing:
    """What the seat's person is to the case."""
    own = f"reader:{seat.reader_id.hex()}"
    return find_standing(
        is_lead=seat.is_lead,
        is_owner=row.owner == seat.reader_id,
        has_grant=any(wrap.recipient == own for wrap in row.wraps),
        holds_circle=row.owner is None and row.circle in seat.circles,
        is_stand_in=row.stand_in == seat.reader_id,
    )


def _put_on_record(seat: Seat, file: CaseFile, drawer: str) -> bool:
    """Write the reading unless one of the last quarter of an hour stands for it; whether anything was written."""
    what = drawer or "case"
    ended = offer_to_end(file, seat.today)
    leaves = leaves_with(file, ended)
    is_old = needs_new_keys(seat.keyring.roster, file.row, file.keys.compartments)
    wants_keys = is_old or wants_fresh_keys(file) or bool(leaves)
    if not drawer and not wants_keys and ended is None and was_read_lately(file, seat.reader_id, what, seat.now):
        return False
    change = CaseChange(seat, file.row, file.keys, is_frozen=seizure_of(file) is not None)
    if not file.keys.holds(Compartment.WORK):
        if file.has_work:
            raise NotAllowedError
        make_work(change, file)
    if wants_keys:
        require_unswapped(file.row, file.keys, file.opened)
        rekey_where_it_lies(change, file, leaves)
    if ended is not None:
        change.offer = None
        change.add_event(RAN_OUT, reader=ended.taker.hex())
    change.add("reading", {"what": what, "known": sorted(file.from_writer)[-LIMITS.known_entries :]})
    if file.row.state == CaseState.RECEIVED:
        change.mark(state=CaseState.READ)
    set_marks_right(change, file)
    change.commit()
    store.record_reading(seat.line_id, seal_reading(seat, file.row, what))
    return True


def put_reading(seat: Seat, case_id: bytes, what: str) -> CaseFile:
    """Open the case for something that is shown by a tap only, and put that on record. Raises NotAllowedError."""
    for _ in range(_TRIES):
        file = look_into(seat, case_id)
        require_case_action(CaseAction.OPEN_DRAWER, file.standing)
        change = CaseChange(seat, file.row, file.keys, is_frozen=seizure_of(file) is not None)
        change.add("reading", {"what": what})
        try:
            change.commit()
        except store.ConflictError:
            continue
        store.record_reading(seat.line_id, seal_reading(seat, file.row, what))
        return file
    raise store.BusyError


def was_read_lately(file: CaseFile, reader_id: bytes, what: str, now: datetime) -> bool:
    """Whether a reading of this person within the last quarter of an hour is on record."""
    since = (now - timedelta(seconds=LIMITS.reading_once_seconds)).isoformat()
    return any(
        entry.author.reader_id == reader_id and entry.text("what") == what and since <= entry.body.at <= now.isoformat()
        for entry in file.of_kind("reading")
    )


def make_work(change: CaseChange, file: CaseFile) -> None:
    """Make the staff's compartment and seal it to `lead`, to the circle the case lies in, and to those with a grant."""
    seat, row = change.seat, file.row
    require_unswapped(row, file.keys, file.opened)
    key = make_compartment_key(Compartment.WORK)
    change.add_key(key)
    circles = {LEAD} if row.owner is not None else {LEAD, row.circle}
    change.grants.extend(to_circle(seat, row, change.keys, one, (key,)) for one in sorted(circles))
    for one in file.granted:
        if is_on_line(seat, one.reader_id):
            change.grants.append(grant_to_reader(seat, row, change.keys, one.reader_id, (key,), until=one.until))


def _set_right(seat: Seat, file: CaseFile) -> bool:
    """Marks and card, where no reading is written; whether anything was. A colleague who was faster did the same."""
    change = CaseChange(seat, file.row, file.keys, is_frozen=seizure_of(file) is not None)
    set_marks_right(change, file)
    if change.marks == store.MarksChange():
        return False
    change.commit()
    return True


def _keep_own_copies(seat: Seat, file: CaseFile) -> None:
    for mask, generation, keys in file.keys.uncopied:
        wrap = own_copy(seat, file.row, file.keys, keys)
        try:
            store.keep_own_copy(file.row.case_id, seat.reader_id, mask, generation, wrap.sealed)
        except store.GoneError:
            return


def seal_reading(seat: Seat, row: CaseRow, what: str) -> bytes:
    """One reading for the record that coordinators read: who, which case, what of it, when."""
    lead = seat.keyring.roster.current.role_key(LEAD)
    record = {
        "reader": seat.reader_id.hex(),
        "case": row.case_id.hex(),
        "code": write_slug(row.code_name),
        "what": what,
        "at": seat.now.isoformat(),
    }
    return seal_audit(lead.public, seat.line_id, record)

"""What one step of work changes in a case: entries, marks, keys and tally rows, in one transaction.

Rules:
1. Nothing is changed unless the version handed in is the newest (ConflictError) and the case exists (GoneError).
2. States go RECEIVED -> READ -> ANSWERED -> CLOSED; steps may be skipped forwards. ANSWERED goes back to READ (an
   answer undone), CLOSED to READ (opened again) or to the state it was closed from. Only the writer's own message makes
   an open case RECEIVED again.
3. A promise ends when a case is answered or closed. A closed case frees its code name; reopened, it draws another.
   Only a closed case waits to be asked again. No mailbox shows that a case was closed: it remembers what was shown
   (`closings`), the state here and the promise in `fleeting`.
4. The owner of a case, and their stand-in, have been granted it; who has no owner has no stand-in. `lead` always
   keeps a copy of the keys.
5. A new place in the queue is written on the case and on each of its readers' rows.
6. An offer to hand a case over is written with the taker's grant, one at a time; it ends when the step says so, when
   the owner changes, and when the case is closed.
7. An entry that waits for its moment has that moment in `fleeting` before it exists in `default`.
8. What is withdrawn still waits for its moment; nothing that could have been shown is taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from leeside.sealing.context import LEAD, circle_recipient, is_recipient, reader_recipient
from leeside.sealing.keys import Commitment
from leeside.vault.arrivals import EMPTY, unpack
from leeside.vault.closings import keep_promise
from leeside.vault.codes import new_code
from leeside.vault.commitments import packed, unpacked
from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number, day_of, maybe_day_of, maybe_moment_of, second_number
from leeside.vault.drafts import end_drafts
from leeside.vault.entries import INSERT_ENTRY, numbered
from leeside.vault.errors import ConflictError, GoneError, MisuseError, StateError
from leeside.vault.files import make_whole
from leeside.vault.handovers import end_offer, put_offer
from leeside.vault.limits import LIMITS
from leeside.vault.marks import CaseState, Direction, LookBy, Urgency, earliest_day, rank_of
from leeside.vault.reading import places
from leeside.vault.records import (
    UNCHANGED,
    HandOverRow,
    KeyWrap,
    MarksChange,
    NewEntry,
    SentDraft,
    TallyRow,
    Unchanged,
    WholeFile,
    Withdrawal,
)
from leeside.vault.shredding import UPSERT_WRAP, shred_key_of, wrapped_row
from leeside.vault.tally_rows import write_rows
from leeside.vault.translation import verb
from leeside.vault.withdrawals import forget_releases, require_waiting, withdraw
from leeside.vault.writing import writing

STEPS: Final = {
    CaseState.RECEIVED: {CaseState.READ, CaseState.ANSWERED, CaseState.CLOSED},
    CaseState.READ: {CaseState.ANSWERED, CaseState.CLOSED},
    CaseState.ANSWERED: {CaseState.READ, CaseState.CLOSED},
    CaseState.CLOSED: {CaseState.RECEIVED, CaseState.READ, CaseState.ANSWERED},
}
"""Where each state leads by the desk's work; a closed case to READ, or back to where it was. Staying is allowed."""

_READER = "reader:"
_MARKS = ["owner", "circle", "state", "urgency", "answer_by", "confirmed", "stand_in", "follow_from", "shown_state"]


@dataclass
class Marks:
    """The marks of a case while a step changes them."""

    line_id: bytes
    state: CaseState
    urgency: Urgency
    look_by: LookBy
    look_by_day: int
    due_from: int
    answer_by: datetime | None
    circle: str
    owner: bytes | None
    code: int
    rank: int
    confirmed: bool
    commitments: bytes
    arrived: bytes
    stand_in: bytes | None
    follow_from: date | None
    shown_state: CaseState | None


@verb
def append_entries(
    case_id: bytes,
    expected_version: int,
    entries: Sequence[NewEntry] = (),
    marks: MarksChange | None = None,
    grants: Sequence[KeyWrap] = (),
    drop_recipients: Sequence[str] = (),
    commitments: Sequence[Commitment] = (),
    tally_rows: Sequence[TallyRow] = (),
    sent_drafts: Sequence[SentDraft] = (),
    files: Sequence[WholeFile] = (),
    offer: HandOverRow | Unchanged | None = UNCHANGED,
    withdrawal: Withdrawal | None = None,
) -> int:
    """Do all that one step of work changes, or nothing; the case's new version. `files` are those that entries name.

    Recipients are dropped before grants are added, so that one step can replace a key. `offer` is an offer to hand the
    case over, or None to end the one there is. ConflictError when somebody was faster, StateError when the state does
    not lead there, an offer waits already or a withdrawn answer is on its way, GoneError when the case is gone.
    """
    _refuse_misuse(case_id, entries, grants, drop_recipients)
    require_waiting(withdrawal)
    shred_key = shred_key_of(case_id)
    wrap_rows = [wrapped_row(shred_key, grant) for grant in grants]
    _put_releases(case_id, entries)
    if marks is not None and marks.state == CaseState.CLOSED:
        keep_promise(case_id)
    with writing("default") as cursor:
        before = read_marks(cursor, case_id, expected_version)
        after = change_marks(cursor, before, marks or MarksChange())
        after.commitments = packed((*unpacked(before.commitments), *commitments))
        settle_arrival(cursor, case_id, after)
        _drop(cursor, case_id, drop_recipients)
        _add_readers(cursor, case_id, after, grants)
        cursor.executemany(UPSERT_WRAP, wrap_rows)
        _require_keepers(cursor, case_id, after, drop_recipients, offer)
        _change_offer(cursor, case_id, before, after, offer)
        cursor.executemany(INSERT_ENTRY, [numbered(entry_row(case_id, entry)) for entry in entries])
        make_whole(cursor, case_id, files)
        withdraw(cursor, case_id, withdrawal)
        write_rows(cursor, after.line_id, tally_rows)
        end_drafts(cursor, case_id, sent_drafts)
        write_marks(cursor, case_id, expected_version, after, marks)
    if after.state == CaseState.CLOSED:
        _end_hold(case_id)
    if withdrawal is not None:
        forget_releases(withdrawal.all_ids)
    return expected_version + 1


def _refuse_misuse(
    case_id: bytes, entries: Sequence[NewEntry], grants: Sequence[KeyWrap], drop_recipients: Sequence[str]
) -> None:
    if any(grant.case_id != case_id or not is_recipient(grant.recipient) for grant in grants):
        raise MisuseError("a grant is of another case, or its recipient has no known shape")
    if not all(is_recipient(recipient) for recipient in drop_recipients):
        raise MisuseError("a recipient has no known shape")
    if len(grants) > LIMITS.wraps_per_change or any(len(grant.sealed) > LIMITS.wrap_bytes for grant in grants):
        raise MisuseError("grants beyond their limit")
    if any(len(one.entry.entry_id) != 16 or len(one.entry.sealed) > LIMITS.entry_bytes for one in entries):
        raise MisuseError("a sealed entry is out of shape")
    if any(one.released_at is not None and one.direction != Direction.TO_WRITER for one in entries):
        raise MisuseError("only an entry to the writer waits for a moment")


def _put_releases(case_id: bytes, entries: Sequence[NewEntry]) -> None:
    waiting = [(one.entry.entry_id, case_id, second_number(one.released_at)) for one in entries if one.released_at]
    if waiting:
        with writing("fleeting") as cursor:
            cursor.executemany(
                "INSERT INTO leeside_release (entry_id, case_id, at) VALUES (%s, %s, %s)"
                " ON CONFLICT (entry_id) DO UPDATE SET at = excluded.at",
                waiting,
            )


def entry_row(case_id: bytes, new: NewEntry) -> tuple[object, ...]:
    entry, not_before = new.entry, None
    if new.released_at is not None:
        not_before = day_number(new.released_at.astimezone(UTC).date())
    return (
        case_id,
        entry.entry_id,
        int(entry.compartment),
        entry.generation,
        int(new.direction),
        not_before,
        None,
        entry.sealed,
    )


def read_marks(cursor: Cursor, case_id: bytes, expected_version: int) -> Marks:
    cursor.execute(
        "SELECT version, line_id, state, urgency, look_by, look_by_day, due_from, answer_by, circle, owner, code, rank,"
        " confirmed, commitments, arrived, stand_in, follow_from, shown_state FROM leeside_case WHERE id = %s",
        [case_id],
    )
    row = cursor.fetchone()
    if row is None:
        raise GoneError
    if row[0] != expected_version:
        raise ConflictError("somebody was faster")
    return Marks(
        line_id=bytes(row[1]),
        state=CaseState(row[2]),
        urgency=Urgency(row[3]),
        look_by=LookBy(row[4]),
        look_by_day=row[5],
        due_from=row[6],
        answer_by=maybe_moment_of(row[7]),
        circle=row[8],
        owner=None if row[9] is None else bytes(row[9]),
        code=row[10],
        rank=row[11],
        confirmed=bool(row[12]),
        commitments=bytes(row[13]),
        arrived=bytes(row[14]),
        stand_in=None if row[15] is None else bytes(row[15]),
        follow_from=maybe_day_of(row[16]),
        shown_state=None if row[17] is None else CaseState(row[17]),
    )


def change_marks(cursor: Cursor, before: Marks, change: MarksChange) -> Marks:
    """The marks after a step. Draws a new rank when its parts changed, a new code name when a case opens again."""
    after = Marks(**vars(before))
    for name in _MARKS:
        value = getattr(change, name)
        if not isinstance(value, Unchanged):
            setattr(after, name, value)
    _change_look_by(after, change)
    if after.state != before.state:
        _step(cursor, before, after)
    if after.state in (CaseState.ANSWERED, CaseState.CLOSED):
        after.answer_by = None
    if after.state != CaseState.CLOSED:
        after.follow_from = after.shown_state = None
    if after.owner is None:
        after.stand_in = None
    parts = ("urgency", "due_from", "answer_by")
    if any(getattr(after, part) != getattr(before, part) for part in parts):
        after.rank = rank_of(after.urgency, after.due_from, after.answer_by)
    return after


def _step(cursor: Cursor, before: Marks, after: Marks) -> None:
    """Rule 2, and what a closing remembers."""
    leads = STEPS[before.state]
    if before.state == CaseState.CLOSED:
        leads = leads & {CaseState.READ, before.shown_state}
    if after.state not in leads:
        raise StateError("the case is in another state")
    if before.state == CaseState.CLOSED:
        after.code = new_code(cursor, before.line_id)
    if after.state == CaseState.CLOSED:
        after.shown_state = before.state


def _change_look_by(after: Marks, change: MarksChange) -> None:
    if isinstance(change.look_by, Unchanged) and isinstance(change.look_by_day, Unchanged):
        return
    if isinstance(change.look_by, Unchanged) or isinstance(change.look_by_day, Unchanged):
        raise MisuseError("a look-by bucket and its day change together")
    after.look_by, after.look_by_day = change.look_by, day_number(change.look_by_day)
    after.due_from = earliest_day(after.look_by, day_of(after.look_by_day))


def settle_arrival(cursor: Cursor, case_id: bytes, marks: Marks) -> None:
    """Move what came with the parcel into the tables of keys and entries, once."""
    wrap_rows, entry_rows = unpack(case_id, marks.arrived)
    cursor.executemany(UPSERT_WRAP, wrap_rows)
    cursor.executemany(INSERT_ENTRY, map(numbered, entry_rows))
    marks.arrived = EMPTY


def _drop(cursor: Cursor, case_id: bytes, recipients: Sequence[str]) -> None:
    if not recipients:
        return
    cursor.execute(
        f"DELETE FROM leeside_wrap WHERE case_id = %s AND recipient IN ({places(recipients)})",
        [case_id, *recipients],
    )
    for recipient in recipients:
        if recipient.startswith(_READER):
            cursor.execute(
                "DELETE FROM leeside_case_reader WHERE case_id = %s AND reader_id = %s",
                [case_id, bytes.fromhex(recipient.removeprefix(_READER))],
            )


def _add_readers(cursor: Cursor, case_id: bytes, after: Marks, grants: Sequence[KeyWrap]) -> None:
    rows = [
        (
            case_id,
            bytes.fromhex(grant.recipient.removeprefix(_READER)),
            after.line_id,
            after.rank,
            after.state != CaseState.CLOSED,
            grant.granted_by,
            None if grant.until is None else day_number(grant.until),
        )
        for grant in grants
        if grant.recipient.startswith(_READER) and not grant.own_copy
    ]
    cursor.executemany(
        "INSERT INTO leeside_case_reader (case_id, reader_id, line_id, rank, is_open, granted_by, until)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (case_id, reader_id) DO UPDATE SET"
        " granted_by = excluded.granted_by, until = excluded.until",
        rows,
    )


def _change_offer(
    cursor: Cursor, case_id: bytes, before: Marks, after: Marks, offer: HandOverRow | Unchanged | None
) -> None:
    """Rule 6."""
    if offer is None or after.owner != before.owner or after.state == CaseState.CLOSED:
        end_offer(cursor, case_id)
    if isinstance(offer, HandOverRow):
        if offer.case_id != case_id or after.state == CaseState.CLOSED:
            raise MisuseError("an offer of another case, or of a closed one")
        put_offer(cursor, before.line_id, offer)


def _require_keepers(
    cursor: Cursor,
    case_id: bytes,
    after: Marks,
    dropped: Sequence[str],
    offer: HandOverRow | Unchanged | None,
) -> None:
    """After the step: owner, stand-in and whoever is offered the case hold a grant, and `lead` was not left out."""
    taker = offer.taker if isinstance(offer, HandOverRow) else None
    needed = [reader_recipient(one) for one in (after.owner, after.stand_in, taker) if one is not None]
    if circle_recipient(LEAD) in dropped:
        needed.append(circle_recipient(LEAD))
    for recipient in needed:
        cursor.execute(
            "SELECT 1 FROM leeside_wrap WHERE case_id = %s AND recipient = %s LIMIT 1",
            [case_id, recipient],
        )
        if cursor.fetchone() is None:
            raise MisuseError("a case would be left without a keeper of its keys")


def write_marks(
    cursor: Cursor, case_id: bytes, expected_version: int, after: Marks, change: MarksChange | None
) -> None:
    promise = None if after.answer_by is None else second_number(after.answer_by)
    values: list[object] = [int(after.state), int(after.urgency), int(after.look_by), after.look_by_day, after.due_from]
    values += [promise, after.circle, after.owner, after.code, after.rank, after.confirmed, after.commitments]
    values += [after.arrived, after.stand_in]
    values.append(None if after.follow_from is None else day_number(after.follow_from))
    values.append(None if after.shown_state is None else int(after.shown_state))
    card = "" if change is None or isinstance(change.card, Unchanged) else _CARD
    if change is not None and not isinstance(change.card, Unchanged):
        new = change.card
        values += [new.entry_id, int(new.compartment), new.generation, new.sealed]
    cursor.execute(
        "UPDATE leeside_case SET state = %s, urgency = %s, look_by = %s, look_by_day = %s, due_from = %s,"
        " answer_by = %s, circle = %s, owner = %s, code = %s, rank = %s, confirmed = %s, commitments = %s,"
        " arrived = %s, stand_in = %s, follow_from = %s, shown_state = %s,"
        f"{card} version = version + 1 WHERE id = %s AND version = %s",
        [*values, case_id, expected_version],
    )
    if not cursor.rowcount:
        raise ConflictError("somebody was faster")
    cursor.execute(
        "UPDATE leeside_case_reader SET rank = %s, is_open = %s WHERE case_id = %s",
        [after.rank, after.state != CaseState.CLOSED, case_id],
    )


_CARD: Final = " card_id = %s, card_compartment = %s, card_generation = %s, sealed_card = %s,"


def _end_hold(case_id: bytes) -> None:
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_hold WHERE case_id = %s", [case_id])

"""What a writer's own words reach: the sealed conversation, posting to it, and erasing it.

Rules:
1. A lookup id that never was, one that was erased, and a wrong secret are refused alike, at the cost of one indexed
   read; no refusal takes a lock.
2. Posting and erasing need a secret each, compared by its hash in constant time.
3. A message of the writer restarts the promise; to a closed case it opens the case again under a new code name.
4. An answer is shown for some days after it was first opened; one that waits for its moment is not shown, and until
   then a case without another answer is not called answered.
5. A closed case shows what it showed (`closings`): that the line's work has ended is the line's own.
"""

import hmac
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from leeside.sealing.compartments import Compartment
from leeside.sealing.context import WRITER
from leeside.sealing.errors import SealingError
from leeside.sealing.parcels import SealedEntry
from leeside.sealing.receipts import hash_erasing, hash_posting
from leeside.vault.closings import promise_shown
from leeside.vault.codes import new_code
from leeside.vault.commitments import unpacked
from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number, day_of, second_number
from leeside.vault.entries import INSERT_ENTRY, entry_from, entry_rows_of, numbered
from leeside.vault.erasing import erase
from leeside.vault.errors import FullError, GoneError, MisuseError
from leeside.vault.files import make_whole
from leeside.vault.limits import LIMITS
from leeside.vault.marks import CaseState, Direction, LookBy, earliest_day, rank_of
from leeside.vault.reading import places, row_of, rows_of
from leeside.vault.records import EntryRow, Mailbox, WholeFile
from leeside.vault.shredding import wraps_of
from leeside.vault.translation import verb
from leeside.vault.writing import writing

_MAILBOX_COLUMNS = (
    "id, line_id, epoch, case_number, writer_public, pack, pack_version, language, channel, state, opened, answer_by,"
    " commitments, version, arrived, shown_state"
)


@verb
def open_mailbox(lookup_hash: bytes, now: datetime) -> Mailbox | None:
    """The sealed mailbox of a lookup id, or None for one that never was, was erased or is not known any more.

    `now` is the domain clock's. Entries are those of `story` visible now, in no order: their time is inside the seal.
    """
    row = row_of("default", f"SELECT {_MAILBOX_COLUMNS} FROM leeside_case WHERE lookup_hash = %s", [lookup_hash])
    if row is None:
        return None
    case_id = bytes(row[0])
    try:
        wraps = wraps_of(case_id, bytes(row[14]), [WRITER])
    except GoneError:
        return None
    entries, is_one_waiting = _visible_entries(case_id, bytes(row[14]), now)
    state = CaseState(row[9])
    if state == CaseState.CLOSED:
        state = CaseState.READ if row[15] is None else CaseState(row[15])
    state = _state_shown(state, entries, is_one_waiting=is_one_waiting)
    return Mailbox(
        case_id=case_id,
        line_id=bytes(row[1]),
        epoch=row[2],
        case_number=bytes(row[3]),
        writer_public=bytes(row[4]),
        pack=row[5],
        pack_version=row[6],
        language=row[7],
        channel=row[8],
        state=state,
        opened=day_of(row[10]),
        answer_by=promise_shown(case_id, row[11], state, now),
        wraps=wraps,
        commitments=unpacked(bytes(row[12])),
        entries=entries,
        version=row[13],
    )


def _state_shown(state: CaseState, entries: Sequence[EntryRow], *, is_one_waiting: bool) -> CaseState:
    """*Answered* only once there is something to read: an answer that can still be taken back was not given yet."""
    is_answer_there = any(entry.direction == Direction.TO_WRITER for entry in entries)
    return CaseState.READ if state == CaseState.ANSWERED and is_one_waiting and not is_answer_there else state


def _visible_entries(case_id: bytes, arrived: bytes, now: datetime) -> tuple[tuple[EntryRow, ...], bool]:
    """The entries, and whether another one waits for its moment."""
    day = day_number(now.astimezone(UTC).date())
    waiting = {
        bytes(row[0])
        for row in rows_of(
            "fleeting",
            "SELECT entry_id FROM leeside_release WHERE case_id = %s AND at > %s",
            [case_id, second_number(now)],
        )
    }
    visible = tuple(
        entry_from(row)
        for row in entry_rows_of(case_id, arrived)
        if row[2] == Compartment.STORY
        and row[4] != Direction.INSIDE
        and (row[5] is None or row[5] <= day)
        and (row[6] is None or row[6] >= day)
        and bytes(row[1]) not in waiting
    )
    return visible, bool(waiting)


@verb
def post_to_case(
    lookup_hash: bytes,
    posting_secret: bytes,
    entry: SealedEntry,
    today: date,
    answer_by: datetime | None,
    named: tuple[SealedEntry, WholeFile] | None = None,
) -> None:
    """Add a writer's message, durably. GoneError when the mailbox or the secret is wrong: both alike.

    The same entry posted again is stored once. `named` is a file with the entry that names it, stored with the
    message or not at all.
    """
    case_id = _require_secret(lookup_hash, "posting_hash", hash_posting, posting_secret)
    posted = [entry] if named is None else [named[0], entry]
    if any(len(one.sealed) > LIMITS.entry_bytes or len(one.entry_id) != 16 for one in posted):
        raise MisuseError("a sealed entry is out of shape")
    with writing("default") as cursor:
        cursor.execute("SELECT count(*) FROM leeside_entry WHERE case_id = %s", [case_id])
        if cursor.fetchone()[0] >= LIMITS.entries_per_case:
            raise FullError("the case has as many entries as one may have")
        if named is not None:
            make_whole(cursor, case_id, [named[1]])
        for one in posted:
            cursor.execute(
                f"{INSERT_ENTRY} ON CONFLICT (case_id, entry_id) DO NOTHING",
                numbered((case_id, one.entry_id, int(one.compartment), one.generation, 1, None, None, one.sealed)),
            )
        if cursor.rowcount:
            _wake_case(cursor, case_id, today, answer_by)


def _wake_case(cursor: Cursor, case_id: bytes, today: date, answer_by: datetime | None) -> None:
    """Set a case to received with a new promise; a closed one opens under a new code name, to be looked at today."""
    cursor.execute("SELECT line_id, state, urgency, due_from, code FROM leeside_case WHERE id = %s", [case_id])
    row = cursor.fetchone()
    if row is None:
        raise GoneError
    line_id, state, urgency, due_from, code = row
    if state == CaseState.CLOSED:
        code = new_code(cursor, bytes(line_id))
        due_from = earliest_day(LookBy.TODAY, today)
        cursor.execute(
            "UPDATE leeside_case SET look_by = 1, look_by_day = %s, due_from = %s WHERE id = %s",
            [due_from, due_from, case_id],
        )
    rank = rank_of(urgency, due_from, answer_by)
    cursor.execute(
        "UPDATE leeside_case SET state = %s, answer_by = %s, rank = %s, code = %s, follow_from = NULL,"
        " shown_state = NULL, version = version + 1 WHERE id = %s",
        [int(CaseState.RECEIVED), None if answer_by is None else second_number(answer_by), rank, code, case_id],
    )
    cursor.execute("UPDATE leeside_case_reader SET rank = %s, is_open = %s WHERE case_id = %s", [rank, True, case_id])


@verb
def mark_shown(lookup_hash: bytes, entry_ids: Sequence[bytes], today: date) -> None:
    """Start the days for which these answers are shown; those that run already, and the writer's own, stay."""
    row = row_of("default", "SELECT id FROM leeside_case WHERE lookup_hash = %s", [lookup_hash])
    if row is None or not entry_ids:
        return
    where = f"case_id = %s AND entry_id IN ({places(entry_ids)}) AND direction = 2 AND shown_until IS NULL"
    if not row_of("default", f"SELECT 1 FROM leeside_entry WHERE {where}", [row[0], *entry_ids]):
        return
    last = day_number(today) + LIMITS.shown_days
    with writing("default") as cursor:
        cursor.execute(f"UPDATE leeside_entry SET shown_until = %s WHERE {where}", [last, row[0], *entry_ids])


@verb
def erase_by_writer(lookup_hash: bytes, erasing_secret: bytes, today: date) -> None:
    """Erase a case by its writer's own words. GoneError when the mailbox or the secret is wrong: both alike."""
    case_id = _require_secret(lookup_hash, "erasing_hash", hash_erasing, erasing_secret)
    erase(case_id, lookup_hash, today)


_NOBODY = bytes(32)


def _require_secret(lookup_hash: bytes, column: str, hash_it: Callable[[bytes], bytes], bearer: bytes) -> bytes:
    """The case id when the bearer secret fits; GoneError otherwise, after the same work."""
    row = row_of("default", f"SELECT id, {column} FROM leeside_case WHERE lookup_hash = %s", [lookup_hash])
    stored = _NOBODY if row is None else bytes(row[1])
    try:
        handed_in = hash_it(bearer)
    except SealingError:
        raise GoneError from None
    if not hmac.compare_digest(stored, handed_in) or row is None:
        raise GoneError
    return bytes(row[0])

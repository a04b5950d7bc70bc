"""A parcel comes in: one commit for all parcels that wait, their shred keys committed ahead.

Rules, in this order:
1. The same lookup id and repeat tag: REPEATED. The same lookup id, another tag: CONFLICT. Both touch nothing.
2. A lookup id erased within the last days: ERASED, and nothing is stored.
3. The shred key was committed before (`shredding.KeyPool`), and is looked for once more; then everything else is
   committed; only then is the deposit acknowledged.
4. A parcel that fails, fails alone; its shred key is an orphan that the sweep removes.
5. Twice the same request in one batch: the second is a repeat of the first.
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.utils import DatabaseError, IntegrityError, InterfaceError

from leeside.sealing.parcels import Parcel
from leeside.vault.arrivals import pack
from leeside.vault.codes import draw_codes
from leeside.vault.commitments import packed
from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number, day_of, maybe_moment_of, second_number
from leeside.vault.errors import GoneError, MisuseError, VaultError
from leeside.vault.group_commit import GroupCommit, Waiter
from leeside.vault.limits import LIMITS
from leeside.vault.marks import CaseState, Direction, LineState, earliest_day, rank_of
from leeside.vault.reading import Row, places
from leeside.vault.records import Deposited, KeyWrap, Outcome
from leeside.vault.shredding import ensure_keys, key_pool, look_up, wrapped_row
from leeside.vault.translation import translate, verb
from leeside.vault.writing import writing

CASE_COLUMNS = (
    "id, line_id, lookup_hash, state, urgency, look_by, look_by_day, due_from, answer_by, rank, circle, owner, code,"
    " opened, language, channel, version, confirmed, maker, epoch, pack, pack_version, case_number, posting_hash,"
    " erasing_hash, repeat_tag, commitments, card_id, card_compartment, card_generation, sealed_card,"
    " writer_public, arrived"
)
_SELECT_KNOWN: Final = "SELECT lookup_hash, repeat_tag, opened, answer_by, id FROM leeside_case WHERE lookup_hash"
_CODE_PLACE = 12
_INSERT_CASE = f"INSERT INTO leeside_case ({CASE_COLUMNS}) VALUES ({', '.join(['%s'] * 33)})"
FAULTS = (DatabaseError, InterfaceError, VaultError, OverflowError, TypeError, ValueError)
"""What one bad parcel can raise while its rows are written."""


@dataclass(frozen=True)
class Prepared:
    """One parcel, made into rows before any lock is asked for. The code name is drawn later."""

    case_id: bytes
    shred_key: bytes = field(repr=False)
    line_id: bytes
    lookup_hash: bytes
    repeat_tag: bytes
    opened: date
    answer_by: datetime | None
    case_row: Row = field(repr=False)


@verb
def deposit(parcel: Parcel, opened: date, answer_by: datetime | None) -> Deposited:
    """Store a parcel durably; several callers share a commit.

    Returns what became of it. Raises GoneError when the line takes no requests, BusyError or FullError when nothing
    was stored and the person should be asked to try again.
    """
    # Whole seconds, as they are stored: a repeat is answered from the store and must look the same.
    promise = None if answer_by is None else answer_by.replace(microsecond=0)
    return _line_of_deposits.submit(_prepare(parcel, opened, promise))


def _prepare(parcel: Parcel, opened: date, answer_by: datetime | None) -> Prepared:
    case_id, shred_key = key_pool.take()
    wraps = [KeyWrap(case_id, key.recipient, key.mask, key.generation, key.sealed) for key in parcel.keys]
    arrived = pack([wrapped_row(shred_key, wrap) for wrap in wraps], _entry_rows(parcel, case_id))
    return Prepared(
        case_id=case_id,
        shred_key=shred_key,
        line_id=parcel.line_id,
        lookup_hash=parcel.lookup_hash,
        repeat_tag=parcel.repeat_tag,
        opened=opened,
        answer_by=answer_by,
        case_row=_case_row(parcel, case_id, opened, answer_by, arrived),
    )


def _case_row(parcel: Parcel, case_id: bytes, opened: date, answer_by: datetime | None, arrived: bytes) -> Row:
    day, due_from = day_number(opened), earliest_day(parcel.look_by, opened)
    promise = None if answer_by is None else second_number(answer_by)
    card = parcel.card
    for name in ("lookup_hash", "posting_hash", "erasing_hash", "repeat_tag"):
        if len(getattr(parcel, name)) != 32:
            raise MisuseError("a hash of a parcel is 32 bytes")
    return (
        case_id,
        parcel.line_id,
        parcel.lookup_hash,
        int(CaseState.RECEIVED),
        int(parcel.urgency),
        int(parcel.look_by),
        day,
        due_from,
        promise,
        rank_of(parcel.urgency, due_from, answer_by),
        parcel.circle,
        None,
        -1,
        day,
        parcel.language,
        parcel.channel,
        1,
        False,
        int(parcel.maker),
        parcel.epoch,
        parcel.pack,
        parcel.pack_version,
        parcel.case_number,
        parcel.posting_hash,
        parcel.erasing_hash,
        parcel.repeat_tag,
        packed(parcel.commitments),
        card.entry_id,
        int(card.compartment),
        card.generation,
        card.sealed,
        parcel.writer_public,
        arrived,
    )


def _entry_rows(parcel: Parcel, case_id: bytes) -> list[Row]:
    way = int(Direction.FROM_WRITER)
    return [
        (case_id, entry.entry_id, int(entry.compartment), entry.generation, way, None, None, entry.sealed)
        for entry in parcel.entries
    ]


Waiting = Sequence[Waiter[Prepared, Deposited]]


def _store(take: Callable[[], Waiting]) -> None:
    """Lead: store all parcels that wait. Every waiter taken is settled when this returns or raises."""
    fresh: Waiting = []
    try:
        with writing("default") as cursor:
            fresh = _refuse_erased(_answer_repeats(cursor, take()))
            _insert(cursor, [waiter.item for waiter in fresh])
    except FAULTS as error:
        if not fresh or (isinstance(error, DatabaseError | InterfaceError) and translate(error) is not None):
            raise
        _store_one_by_one(fresh)
    else:
        for waiter in fresh:
            waiter.succeed(_accepted(waiter.item))


def _accepted(item: Prepared) -> Deposited:
    return Deposited(Outcome.ACCEPTED, item.opened, item.answer_by)


def _answer_repeats(cursor: Cursor, waiting: Waiting) -> Waiting:
    """Settle those whose lookup id is known already; return the others."""
    hashes = [waiter.item.lookup_hash for waiter in waiting]
    cursor.execute(f"{_SELECT_KNOWN} IN ({places(hashes)})", hashes)
    known = {bytes(row[0]): row for row in cursor.fetchall()}
    if not known:
        return waiting
    for waiter in waiting:
        if waiter.item.lookup_hash in known:
            waiter.succeed(_repeat(waiter.item, known[waiter.item.lookup_hash]))
    return [waiter for waiter in waiting if not waiter.is_done]


def _repeat(item: Prepared, row: Row) -> Deposited:
    """What a post under a known lookup id is told.

    A row whose shred key is gone is what an erasure that was cut off or an older backup left behind: nothing can open
    it any more, and so nothing may be acknowledged by it.
    """
    keys, erased = look_up([bytes(row[4])], [item.lookup_hash])
    if not keys or erased:
        return Deposited(Outcome.ERASED)
    if not hmac.compare_digest(bytes(row[1]), item.repeat_tag):
        return Deposited(Outcome.CONFLICT)
    return Deposited(Outcome.REPEATED, day_of(row[2]), maybe_moment_of(row[3]))


def _refuse_erased(waiting: Waiting) -> Waiting:
    """Settle those whose case was erased, and look once more that the others' shred keys are there.

    Asked after the data: an erasure is on record before its rows are gone.
    """
    if not waiting:
        return waiting
    keys, erased = look_up([waiter.item.case_id for waiter in waiting], [waiter.item.lookup_hash for waiter in waiting])
    for waiter in waiting:
        if waiter.item.lookup_hash in erased:
            waiter.succeed(Deposited(Outcome.ERASED))
    fresh = [waiter for waiter in waiting if not waiter.is_done]
    if any(waiter.item.case_id not in keys for waiter in fresh):
        # A sweep or a hand took keys away that wait in the pool; it may have lost more of them.
        key_pool.forget()
        ensure_keys([(waiter.item.case_id, waiter.item.shred_key) for waiter in fresh])
    return fresh


def _insert(cursor: Cursor, items: Sequence[Prepared]) -> None:
    """Write the rows of several parcels. Raises when any of them does not fit: then none is kept."""
    case_rows: list[Row] = []
    for line_id in {item.line_id for item in items}:
        of_line = [item for item in items if item.line_id == line_id]
        codes = draw_codes(cursor, line_id, _ranges_of(cursor, line_id), len(of_line))
        for item, code in zip(of_line, codes, strict=True):
            case_rows.append((*item.case_row[:_CODE_PLACE], code, *item.case_row[_CODE_PLACE + 1 :]))
    cursor.executemany(_INSERT_CASE, case_rows)


def _ranges_of(cursor: Cursor, line_id: bytes) -> tuple[int, int]:
    cursor.execute("SELECT code_first, code_second, state FROM leeside_line WHERE id = %s", [line_id])
    row: Any = cursor.fetchone()
    if row is None or row[2] != LineState.OPEN:
        raise GoneError("the line takes no requests")
    return row[0], row[1]


def _store_one_by_one(waiting: Waiting) -> None:
    """After a failed batch: each parcel in a savepoint of its own, one commit for those that fit."""
    results: list[tuple[Waiter[Prepared, Deposited], Deposited]] = []
    with writing("default") as cursor:
        for waiter in waiting:
            cursor.execute("SAVEPOINT parcel")
            try:
                _insert(cursor, [waiter.item])
            except FAULTS as error:
                cursor.execute("ROLLBACK TO SAVEPOINT parcel")
                result = _settle_failure(cursor, waiter, error)
            else:
                result = _accepted(waiter.item)
            cursor.execute("RELEASE SAVEPOINT parcel")
            if result is not None:
                results.append((waiter, result))
    for waiter, result in results:
        waiter.succeed(result)


def _settle_failure(cursor: Cursor, waiter: Waiter[Prepared, Deposited], error: Exception) -> Deposited | None:
    """A parcel that another process stored meanwhile is a repeat; any other one fails with its own error."""
    if isinstance(error, IntegrityError):
        cursor.execute(f"{_SELECT_KNOWN} = %s", [waiter.item.lookup_hash])
        row = cursor.fetchone()
        if row is not None:
            return _repeat(waiter.item, row)
    waiter.fail(error)
    return None


_line_of_deposits: GroupCommit[Prepared, Deposited] = GroupCommit(_store, LIMITS.batch_parcels)

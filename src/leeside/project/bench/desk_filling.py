"""Fills an installation with as many cases as a bench wants, straight into the tables, in a minute or two.

Three sorts, so that what is measured is real and what is only counted is quick:
- readable cases, whole and sealed (`desk_cases`), granted to one counsellor: pages show them, searches open them;
- some hundred fresh letters, deposited as the door does: they stand first in every queue;
- all others as marks: state, owner, circle, rank, and stand-ins of 64 bytes for what is sealed. They stand behind the
  others in every queue and no page shows them; indexes hold as many rows as they would.
Indexes are taken away before and made after; nothing is synchronised meanwhile. It is no way to run a line.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connections

from leeside.desk.code_names import drawn_counts, write_slug
from leeside.desk.seat import Seat
from leeside.packs.sealing_answers import Arrival, seal_answers
from leeside.project.bench.desk_cases import CaseMaker, MadeCase
from leeside.project.bench.desk_texts import Writer
from leeside.project.bench.measured import CARD, USUAL, WAITING
from leeside.sealing.parcels import Maker
from leeside.sealing.receipts import make_receipt
from leeside.sealing.roster import Person
from leeside.vault import store
from leeside.vault.codes import code_of, name_of
from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number
from leeside.vault.deposits import CASE_COLUMNS
from leeside.vault.entries import INSERT_ENTRY, numbered
from leeside.vault.marks import CaseState, LookBy, Urgency, rank_of
from leeside.vault.reading import Row, places
from leeside.vault.shredding import WRAP_COLUMNS
from leeside.vault.store import CodeName
from leeside.vault.writing import outside_transactions

FRESH = 300
"""Letters that wait, a circle."""
RARE = 12
"""Readable cases that hold the rare word."""
_COLUMNS = tuple(name.strip() for name in CASE_COLUMNS.split(","))
_READER_COLUMNS = ("case_id", "reader_id", "line_id", "rank", "is_open", "granted_by")
_TOGETHER = 5_000
_FIRST_ROUND = 8
_OPEN_SHARE, _TAKEN_SHARE = 0.6, 0.35
_TABLES = {"leeside_case": "Case", "leeside_case_reader": "CaseReader"}


def fill(seat: Seat, reader: Person, owners: Sequence[Person], *, cases: int, readable: int) -> str:
    """Fill the line up to `cases` cases, `readable` of them granted to `reader`; the address of one of 200 entries."""
    codes = _codes()
    with without_indexes(), outside_transactions("default") as cursor:
        long_case = _readable(cursor, CaseMaker(seat, codes), reader, owners, readable)
        _others(cursor, seat, owners, codes, cases - readable - 2 * FRESH)
    _fresh(seat)
    return long_case


def fill_made(seat: Seat, answers: Mapping[str, str], made: Callable[[CaseMaker], Iterator[MadeCase]]) -> None:
    """Fill a line with whole cases only, as `made` makes them."""
    with without_indexes(), outside_transactions("default") as cursor:
        several = made(CaseMaker(seat, _codes(), answers))
        while batch := list(islice(several, 500)):
            _write(cursor, batch)


def _codes() -> Iterator[int]:
    """Code names that read_slug knows, beyond those that are drawn for the fresh letters."""
    first_words, second_words = drawn_counts()
    return (
        code_of(CodeName(first, second))
        for second in range(_FIRST_ROUND * second_words, 60 * second_words)
        for first in range(first_words)
    )


@contextmanager
def without_indexes() -> Iterator[None]:
    """Take the indexes of cases and grants away, and make them anew behind what was written."""
    models = [apps.get_model("vault", name) for name in _TABLES.values()]
    connection = connections["default"]
    with connection.schema_editor() as editor:
        for model in models:
            for index in model._meta.indexes:
                editor.remove_index(model, index)
    with outside_transactions("default") as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
    yield
    with connection.schema_editor() as editor:
        for model in models:
            for index in model._meta.indexes:
                editor.add_index(model, index)
    with outside_transactions("default") as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA synchronous=FULL")
    store.close_connections()


def _readable(cursor: Cursor, maker: CaseMaker, reader: Person, owners: Sequence[Person], count: int) -> str:
    long_case = 0
    rare = set(range(7, count, max(1, count // RARE)))

    def made() -> Iterator[MadeCase]:
        nonlocal long_case
        for number in range(count):
            owner = reader if number < 80 else owners[number % len(owners)]
            readers = [reader] if owner is reader else [owner, reader]
            state = CaseState.ANSWERED if number % 10 < 6 else CaseState.CLOSED
            one = maker.make(owner, readers, state=state, is_rare=number in rare, worked=197 if number == 0 else 9)
            long_case = int(str(one.case["code"])) if number == 0 else long_case
            yield one

    several = made()
    while batch := list(islice(several, 500)):
        _write(cursor, batch)
    return write_slug(name_of(long_case))


def _write(cursor: Cursor, batch: Sequence[MadeCase]) -> None:
    with outside_transactions("shred") as shred:
        _insert(shred, "leeside_shred_key", ("case_id", "key"), [(one.case["id"], one.shred_key) for one in batch])
    _insert(cursor, "leeside_case", _COLUMNS, [tuple(one.case[name] for name in _COLUMNS) for one in batch])
    _insert(cursor, "leeside_wrap", WRAP_COLUMNS.split(", "), [row for one in batch for row in one.wraps])
    _insert(cursor, "leeside_case_reader", _READER_COLUMNS, [row for one in batch for row in one.readers])
    cursor.execute("BEGIN")
    cursor.executemany(INSERT_ENTRY, [numbered(row) for one in batch for row in one.entries])
    cursor.execute("COMMIT")


def _insert(cursor: Cursor, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places(columns)})"  # noqa: S608 -- names of ours
    cursor.execute("BEGIN")
    cursor.executemany(sql, rows)
    cursor.execute("COMMIT")


def _others(cursor: Cursor, seat: Seat, owners: Sequence[Person], codes: Iterator[int], count: int) -> None:
    """Marks only. Ids are handed in ascending order, as the tables lie on the disk."""
    ids = sorted(secrets.token_bytes(16) for _ in range(count))
    for first in range(0, count, _TOGETHER):
        part = ids[first : first + _TOGETHER]
        rows = [_marks_only(seat, owners, case_id, next(codes)) for case_id in part]
        _insert(cursor, "leeside_case", _COLUMNS, [tuple(row[name] for name in _COLUMNS) for row in rows])
        grants = [
            (row["id"], row["owner"], seat.line_id, row["rank"], row["state"] < 4, seat.reader_id)
            for row in rows
            if row["owner"] is not None
        ]
        _insert(cursor, "leeside_case_reader", _READER_COLUMNS, grants)
        with outside_transactions("shred") as shred:
            _insert(shred, "leeside_shred_key", ("case_id", "key"), [(one, secrets.token_bytes(32)) for one in part])


def _marks_only(seat: Seat, owners: Sequence[Person], case_id: bytes, code: int) -> dict[str, Any]:
    share = int.from_bytes(case_id[-4:], "big") / 2**32
    is_open, is_taken = share < _OPEN_SHARE, share < _TAKEN_SHARE or share >= _OPEN_SHARE
    day = day_number(seat.today)
    due = day + 9 + case_id[-5] % 60
    random = secrets.token_bytes(64)
    return {
        "id": case_id,
        "line_id": seat.line_id,
        "lookup_hash": random[:32],
        "state": int(CaseState.READ if is_open else CaseState.CLOSED),
        "urgency": int(Urgency.LATER),
        "look_by": int(LookBy.LATER),
        "look_by_day": day,
        "due_from": due,
        "answer_by": None,
        "rank": rank_of(Urgency.LATER, due, None),
        "circle": USUAL,
        "owner": owners[case_id[-7] % len(owners)].reader_id if is_taken else None,
        "code": code,
        "opened": day - 40,
        "language": "ru",
        "channel": "form",
        "version": 3,
        "confirmed": True,
        "maker": 1,
        "epoch": 1,
        "pack": seat.pack.name,
        "pack_version": seat.pack.version,
        "case_number": random[32:48],
        "posting_hash": random[:32],
        "erasing_hash": random[32:],
        "repeat_tag": random[:32],
        "commitments": b"",
        "card_id": random[48:],
        "card_compartment": 1,
        "card_generation": 1,
        "sealed_card": random,
        "writer_public": random,
        "arrived": b"",
    }


def _fresh(seat: Seat) -> None:
    """Letters that wait, through the vault's own door."""
    writer, roster = Writer(1), seat.keyring.roster.current
    for circle, answers in WAITING.items():
        for _ in range(FRESH):
            said = {name: [value] for name, value in {**CARD, **answers, "text": writer.text(400)}.items()}
            read = seat.pack.read_answers(said)
            arrival = Arrival(Maker.SERVER, "ru", "form", seat.today)
            parcel = seal_answers(seat.pack, roster, read, make_receipt(), arrival, circle=circle)
            store.deposit(parcel, seat.today, seat.now + timedelta(minutes=95))

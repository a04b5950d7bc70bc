"""Attachments: sealed pieces that come one after another, and belong to nobody until an entry names them.

Rules:
1. A file begins, takes pieces in their order, and becomes whole in the very transaction that writes the entry of the
   same id (`append_entries`, `post_to_case`). Only a whole file is handed out.
2. The same id begun again before it is whole starts anew; when it is whole already, nothing is taken: a repeat.
3. Pieces are gathered outside of transactions and written several at a time, so that whoever sends slowly holds no
   lock.
4. How large one file may be, how many a case may have, and how much a case may take in a day, are limits; and what
   files take leaves room on the disk for letters.
5. What was begun and never became whole is swept after a day; erasing a case or the entry deletes its pieces.
Keys, names and kinds stand sealed in the entry; a piece without them opens for nobody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from shutil import disk_usage
from typing import Final

from django.db import connections

from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number
from leeside.vault.errors import ConflictError, FullError, GoneError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import places, row_of, rows_of
from leeside.vault.records import WholeFile
from leeside.vault.translation import verb
from leeside.vault.writing import writing

_TOGETHER: Final = 16
"""Pieces that one transaction takes and one query hands out: a megabyte."""


class FileState(IntEnum):
    """How far a file has come."""

    ARRIVING = 1
    WHOLE = 2


@dataclass(frozen=True)
class _Taken:
    """What the files of a case take already: how many there are, how many pieces, and both of one day."""

    files: int
    pieces: int
    files_today: int
    pieces_today: int


@verb
def keep_file(case_id: bytes, file_id: bytes, sealed_pieces: Iterable[bytes], today: date) -> WholeFile | None:
    """Take a file piece by piece; what the entry that names it needs to make it whole.

    None when a file of this id is whole already: nothing was taken, and `sealed_pieces` was not asked for anything.
    FullError at a limit, GoneError without a case, ConflictError when the id is another case's. Whatever
    `sealed_pieces` raises goes on after the pieces have been deleted.
    """
    if len(file_id) != 16:
        raise MisuseError("a file's id is out of shape")
    if not _begin(case_id, file_id, day_number(today)):
        return None
    position = 0
    try:
        for some in _some_together(sealed_pieces):
            _put(case_id, file_id, position, some)
            position += len(some)
    except BaseException:
        drop_file(case_id, WholeFile(file_id, position))
        raise
    return WholeFile(file_id, position)


@verb
def drop_file(case_id: bytes, file: WholeFile) -> None:
    """Forget a file that no entry names yet; no error when there is none, or when it was begun anew meanwhile."""
    with writing("default") as cursor:
        cursor.execute(
            "SELECT 1 FROM leeside_file WHERE file_id = %s AND case_id = %s AND state = %s AND chunks = %s",
            [file.file_id, case_id, int(FileState.ARRIVING), file.pieces],
        )
        if cursor.fetchone() is not None:
            delete_files(cursor, [file.file_id])


@verb
def fetch_file(case_id: bytes, file_id: bytes) -> int:
    """How many pieces a whole file has. GoneError when there is none, in this case."""
    row = row_of(
        "default",
        "SELECT chunks FROM leeside_file WHERE file_id = %s AND case_id = %s AND state = %s",
        [file_id, case_id, int(FileState.WHOLE)],
    )
    if row is None:
        raise GoneError
    pieces: int = row[0]
    return pieces


def open_file(case_id: bytes, file_id: bytes) -> Iterator[bytes]:
    """The sealed pieces of a whole file, in order, a megabyte at a time. GoneError before the first of them.

    Erased under the reader's hand, it ends early; who opens it finds that its end is missing.
    """
    pieces = fetch_file(case_id, file_id)
    for first in range(0, pieces, _TOGETHER):
        yield from _read(file_id, first)


@verb
def _read(file_id: bytes, first: int) -> list[bytes]:
    rows = rows_of(
        "default",
        "SELECT sealed FROM leeside_file_chunk WHERE file_id = %s AND position >= %s AND position < %s"
        " ORDER BY position",
        [file_id, first, first + _TOGETHER],
    )
    return [bytes(row[0]) for row in rows]


def make_whole(cursor: Cursor, case_id: bytes, files: Sequence[WholeFile]) -> None:
    """Rule 1, inside the transaction that writes the entries. GoneError when it was swept or never came whole."""
    for one in files:
        cursor.execute(
            "UPDATE leeside_file SET state = %s WHERE file_id = %s AND case_id = %s AND state = %s AND chunks = %s",
            [int(FileState.WHOLE), one.file_id, case_id, int(FileState.ARRIVING), one.pieces],
        )
        if not cursor.rowcount:
            raise GoneError


def delete_files(cursor: Cursor, file_ids: Sequence[bytes]) -> int:
    """Delete files with their pieces, and say how many; for entries that no file belongs to, nothing."""
    for table in ("leeside_file_chunk", "leeside_file"):
        cursor.execute(f"DELETE FROM {table} WHERE file_id IN ({places(file_ids)})", file_ids)
    deleted: int = cursor.rowcount
    return deleted


def delete_files_of(cursor: Cursor, case_ids: Sequence[bytes]) -> None:
    """Delete every file of cases that are erased."""
    among = f"case_id IN ({places(case_ids)})"
    cursor.execute(
        f"DELETE FROM leeside_file_chunk WHERE file_id IN (SELECT file_id FROM leeside_file WHERE {among})", case_ids
    )
    cursor.execute(f"DELETE FROM leeside_file WHERE {among}", case_ids)


def sweep_files(today: date) -> int:
    """Delete what was begun before yesterday and never became whole; how many files."""
    rows = rows_of(
        "default",
        "SELECT file_id FROM leeside_file WHERE state = %s AND day < %s",
        [int(FileState.ARRIVING), day_number(today) - 1],
    )
    for row in rows:
        with writing("default") as cursor:
            delete_files(cursor, [bytes(row[0])])
    return len(rows)


def _begin(case_id: bytes, file_id: bytes, day: int) -> bool:
    _require_room()
    with writing("default") as cursor:
        cursor.execute("SELECT 1 FROM leeside_case WHERE id = %s", [case_id])
        if cursor.fetchone() is None:
            raise GoneError
        cursor.execute("SELECT case_id, state FROM leeside_file WHERE file_id = %s", [file_id])
        before = cursor.fetchone()
        if before is not None:
            if bytes(before[0]) != case_id:
                raise ConflictError("a file of this id exists")
            if before[1] == FileState.WHOLE:
                return False
            delete_files(cursor, [file_id])
        taken = _taken(cursor, case_id, day)
        if taken.files >= LIMITS.files_per_case or taken.files_today >= LIMITS.files_per_day:
            raise FullError("the case has as many files as it may have")
        cursor.execute(
            "INSERT INTO leeside_file (file_id, case_id, state, chunks, day) VALUES (%s, %s, %s, 0, %s)",
            [file_id, case_id, int(FileState.ARRIVING), day],
        )
    return True


def _put(case_id: bytes, file_id: bytes, position: int, sealed: Sequence[bytes]) -> None:
    """Write some pieces behind those that are there."""
    with writing("default") as cursor:
        cursor.execute(
            "UPDATE leeside_file SET chunks = chunks + %s WHERE file_id = %s AND case_id = %s AND state = %s"
            " AND chunks = %s",
            [len(sealed), file_id, case_id, int(FileState.ARRIVING), position],
        )
        if not cursor.rowcount:
            raise GoneError
        cursor.execute("SELECT day FROM leeside_file WHERE file_id = %s", [file_id])
        taken = _taken(cursor, case_id, cursor.fetchone()[0])
        if taken.pieces > LIMITS.pieces_per_case or taken.pieces_today > LIMITS.pieces_per_day:
            raise FullError("the files of the case take as much room as they may")
        cursor.executemany(
            "INSERT INTO leeside_file_chunk (file_id, position, sealed) VALUES (%s, %s, %s)",
            [(file_id, position + number, one) for number, one in enumerate(sealed)],
        )


def _taken(cursor: Cursor, case_id: bytes, day: int) -> _Taken:
    cursor.execute("SELECT day, chunks FROM leeside_file WHERE case_id = %s", [case_id])
    rows = cursor.fetchall()
    of_day = [row[1] for row in rows if row[0] == day]
    return _Taken(len(rows), sum(row[1] for row in rows), len(of_day), sum(of_day))


def _some_together(sealed_pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Pieces by the megabyte. MisuseError for an empty one, one that is too long, or one too many."""
    gathered: list[bytes] = []
    for number, piece in enumerate(sealed_pieces, 1):
        if not 0 < len(piece) <= LIMITS.piece_bytes:
            raise MisuseError("a piece of a file is out of shape")
        if number > LIMITS.pieces_per_file:
            raise FullError("a file is larger than files may be")
        gathered.append(piece)
        if len(gathered) == _TOGETHER:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _require_room() -> None:
    """Leave the disk's last part to letters (on SQLite; another database's disk we do not see)."""
    settings = connections["default"].settings_dict
    if "sqlite" not in str(settings["ENGINE"]):
        return
    folder = Path(str(settings["NAME"])).parent
    if folder.is_dir() and disk_usage(folder).free < LIMITS.free_bytes_for_letters:
        raise FullError("the disk is nearly full: no files are taken")

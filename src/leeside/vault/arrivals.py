"""What came with a parcel, as one column: its wrapped keys and sealed entries, until the first step of work.

A deposit as rows of its own would write some eighteen pages of the database for thirteen kilobytes, because random
keys lie far apart; as one column of the case it writes eight. Most requests wait in the queue like this. The first
change of a case moves them into the tables of keys and entries, which they then share with all that follows.

Layout: version 1; count of keys, each: recipient (length in one byte), own copy, mask, generation (4), length (4),
bytes; count of entries, each: id (16), compartment, generation (4), length (4), bytes. Whole numbers are big-endian.
Evolution: another layout gets another version; both are read as long as a case with the older one may wait.
"""

from collections.abc import Sequence
from typing import Final

from leeside.vault.errors import DamagedError
from leeside.vault.marks import Direction
from leeside.vault.reading import Row

VERSION: Final = 1
EMPTY: Final = b""
"""The column of a case whose first parts lie in the tables."""


def pack(wrap_rows: Sequence[Row], entry_rows: Sequence[Row]) -> bytes:
    """The column of these rows: keys as in `shredding.WRAP_COLUMNS`, entries as in `entries.ENTRY_COLUMNS`."""
    parts = [bytes((VERSION, len(wrap_rows)))]
    for _, recipient, own_copy, generation, mask, sealed in wrap_rows:
        name = recipient.encode()
        parts += [bytes((len(name),)), name, bytes((own_copy, mask)), _counted(generation, sealed)]
    parts.append(bytes((len(entry_rows),)))
    for _, entry_id, compartment, generation, _, _, _, sealed in entry_rows:
        parts += [entry_id, bytes((compartment,)), _counted(generation, sealed)]
    return b"".join(parts)


def _counted(generation: int, sealed: bytes) -> bytes:
    return generation.to_bytes(4, "big") + len(sealed).to_bytes(4, "big") + sealed


def unpack(case_id: bytes, column: bytes) -> tuple[list[Row], list[Row]]:
    """The rows of keys and of entries that a column holds; none of either when it is empty."""
    if not column:
        return [], []
    reader = _Reader(column)
    if reader.number(1) != VERSION:
        raise DamagedError("an arrival has a layout this version does not know")
    wraps: list[Row] = []
    for _ in range(reader.number(1)):
        recipient = reader.take(reader.number(1)).decode()
        own_copy, mask, generation = bool(reader.number(1)), reader.number(1), reader.number(4)
        wraps.append((case_id, recipient, own_copy, generation, mask, reader.take(reader.number(4))))
    entries: list[Row] = []
    for _ in range(reader.number(1)):
        entry_id, compartment, generation = reader.take(16), reader.number(1), reader.number(4)
        sealed = reader.take(reader.number(4))
        entries.append((case_id, entry_id, compartment, generation, int(Direction.FROM_WRITER), None, None, sealed))
    return wraps, entries


class _Reader:
    """Takes a column apart, part by part."""

    def __init__(self, column: bytes) -> None:
        self._column = column
        self._at = 0

    def take(self, size: int) -> bytes:
        """The next bytes; DamagedError when the column ends before."""
        part = self._column[self._at : self._at + size]
        if len(part) != size:
            raise DamagedError("an arrival is cut off")
        self._at += size
        return part

    def number(self, size: int) -> int:
        """The next whole number."""
        return int.from_bytes(self.take(size), "big")

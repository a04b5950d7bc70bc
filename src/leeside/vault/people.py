"""Colleagues' ways in: a salt, the hash of a proof and a sealed key ring. Their sign-in names are kept as hashes.

A name is a pseudonym, and few enough to guess from its hash: the hash keeps names out of the bytes on the disk, no
more. Whether a proof is right is compared by the desk; the store only hands out what is needed for it.
"""

import unicodedata
from datetime import date
from hashlib import sha256

from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number, maybe_day_of
from leeside.vault.errors import ConflictError, GoneError, MisuseError
from leeside.vault.marks import AccountState
from leeside.vault.reading import Row, row_of, rows_of
from leeside.vault.records import AccountRow, NewRing
from leeside.vault.sessions import end_sessions_of, forget_reader
from leeside.vault.translation import verb
from leeside.vault.writing import writing

_COLUMNS = "line_id, reader_id, salt, proof_hash, sealed_ring, ring_version, state, conduct, trained"


def _account(row: Row) -> AccountRow:
    line_id, reader_id, salt, proof_hash, sealed_ring = (bytes(row[place]) for place in range(5))
    state, conduct, trained = AccountState(row[6]), row[7] or 0, maybe_day_of(row[8])
    return AccountRow(line_id, reader_id, salt, proof_hash, sealed_ring, row[5], state, conduct, trained)


def _hash_of(line_id: bytes, name: str) -> bytes:
    spelled = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return sha256(b"leeside account name" + line_id + spelled.encode()).digest()


@verb
def add_account(
    line_id: bytes,
    reader_id: bytes,
    name: str,
    salt: bytes,
    proof_hash: bytes,
    sealed_ring: bytes,
    state: AccountState,
) -> None:
    """Add a colleague's way in. ConflictError when the line has the name, or anybody the id."""
    if len(reader_id) != 16 or len(line_id) != 16:
        raise MisuseError("an account is out of shape")
    with writing("default") as cursor:
        cursor.execute(
            "INSERT INTO leeside_account"
            " (line_id, reader_id, salt, proof_hash, sealed_ring, ring_version, state, name_hash)"
            " VALUES (%s, %s, %s, %s, %s, 1, %s, %s) ON CONFLICT DO NOTHING",
            [line_id, reader_id, salt, proof_hash, sealed_ring, int(state), _hash_of(line_id, name)],
        )
        if not cursor.rowcount:
            raise ConflictError("the name is taken")


@verb
def fetch_account(line_id: bytes, name: str) -> AccountRow:
    """The account of a name, in any state; GoneError when there is none. Case and spaces of the name do not matter."""
    row = row_of(
        "default",
        f"SELECT {_COLUMNS} FROM leeside_account WHERE line_id = %s AND name_hash = %s",
        [line_id, _hash_of(line_id, name)],
    )
    if row is None:
        raise GoneError
    return _account(row)


@verb
def fetch_account_of(reader_id: bytes) -> AccountRow:
    """The account of a reader, in any state; GoneError when there is none."""
    row = row_of("default", f"SELECT {_COLUMNS} FROM leeside_account WHERE reader_id = %s", [reader_id])
    if row is None:
        raise GoneError
    return _account(row)


@verb
def list_accounts(line_id: bytes) -> tuple[AccountRow, ...]:
    """Every account of a line, by id. Names stand on the roster."""
    rows = rows_of(
        "default", f"SELECT {_COLUMNS} FROM leeside_account WHERE line_id = %s ORDER BY reader_id", [line_id]
    )
    return tuple(_account(row) for row in rows)


@verb
def set_account_state(reader_id: bytes, state: AccountState) -> None:
    """Activate or lock an account; locking also ends its sessions, its shift and its pings."""
    with writing("default") as cursor:
        cursor.execute("UPDATE leeside_account SET state = %s WHERE reader_id = %s", [int(state), reader_id])
        if not cursor.rowcount:
            raise GoneError
    if state != AccountState.ACTIVE:
        end_sessions_of(reader_id)
        forget_reader(reader_id)


@verb
def replace_ring(
    reader_id: bytes,
    expected_version: int,
    sealed_ring: bytes,
    salt: bytes | None = None,
    proof_hash: bytes | None = None,
) -> int:
    """Put a newly sealed ring (and, for a new passphrase, salt and proof hash) in place of the old; its new version.

    ConflictError when another session was faster.
    """
    if (salt is None) != (proof_hash is None):
        raise MisuseError("salt and proof hash change together")
    with writing("default") as cursor:
        cursor.execute(
            "UPDATE leeside_account SET sealed_ring = %s, ring_version = ring_version + 1,"
            " salt = COALESCE(%s, salt), proof_hash = COALESCE(%s, proof_hash)"
            " WHERE reader_id = %s AND ring_version = %s",
            [sealed_ring, salt, proof_hash, reader_id, expected_version],
        )
        if not cursor.rowcount:
            raise ConflictError("the ring has moved on")
    return expected_version + 1


def activate_newcomer(cursor: Cursor, line_id: bytes, reader_id: bytes) -> None:
    """Activate an invited account inside the transaction of the roster with them on it."""
    cursor.execute(
        "UPDATE leeside_account SET state = %s WHERE line_id = %s AND reader_id = %s AND state = %s",
        [int(AccountState.ACTIVE), line_id, reader_id, int(AccountState.INVITED)],
    )
    if not cursor.rowcount:
        raise ConflictError("the newcomer was admitted, or is gone")


def put_new_ring(cursor: Cursor, line_id: bytes, new: NewRing) -> None:
    """Exchange an account's ring inside a transaction. ConflictError when its passphrase is another by now."""
    cursor.execute(
        "UPDATE leeside_account SET sealed_ring = %s, ring_version = ring_version + 1"
        " WHERE reader_id = %s AND line_id = %s AND salt = %s",
        [new.sealed_ring, new.reader_id, line_id, new.salt],
    )
    if not cursor.rowcount:
        raise ConflictError("the way in has moved on")


@verb
def accept_conduct(reader_id: bytes, version: int) -> None:
    """Note which version of the code of conduct a colleague accepted; an older one takes nothing back."""
    with writing("default") as cursor:
        cursor.execute(
            "UPDATE leeside_account SET conduct = %s WHERE reader_id = %s AND COALESCE(conduct, 0) < %s",
            [version, reader_id, version],
        )


@verb
def finish_training(reader_id: bytes, day: date) -> None:
    """Note on which day a colleague first finished the training. GoneError when there is no such account."""
    with writing("default") as cursor:
        cursor.execute(
            "UPDATE leeside_account SET trained = COALESCE(trained, %s) WHERE reader_id = %s",
            [day_number(day), reader_id],
        )
        if not cursor.rowcount:
            raise GoneError


def require_reader(line_id: bytes, reader_id: bytes) -> None:
    """Refuse whoever has no active account of this line: the last defence behind the desk's own checks."""
    row = row_of(
        "default",
        "SELECT 1 FROM leeside_account WHERE reader_id = %s AND line_id = %s AND state = 2",
        [reader_id, line_id],
    )
    if row is None:
        raise GoneError

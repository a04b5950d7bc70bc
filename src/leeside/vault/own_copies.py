"""Own copies: a granted reader's faster copies of keys, kept beside the grants. Revoking a grant deletes both."""

from collections.abc import Sequence

from leeside.sealing.context import reader_recipient
from leeside.vault.errors import GoneError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import places
from leeside.vault.records import KeyWrap
from leeside.vault.shredding import UPSERT_WRAP, shred_keys_of, wrapped_row
from leeside.vault.translation import verb
from leeside.vault.writing import writing


@verb
def keep_own_copy(case_id: bytes, reader_id: bytes, mask: int, generation: int, sealed: bytes) -> None:
    """Keep a granted reader's faster copy beside the grant. GoneError when the reader was not granted the case."""
    copy = KeyWrap(case_id, reader_recipient(reader_id), mask, generation, sealed, own_copy=True)
    if not keep_own_copies(reader_id, [copy]):
        raise GoneError


@verb
def keep_own_copies(reader_id: bytes, copies: Sequence[KeyWrap]) -> int:
    """Keep several of one reader's own copies in one commit; how many were kept.

    Those of cases that are not granted to the reader any more, or are being erased, are passed over.
    """
    recipient = reader_recipient(reader_id)
    if any(not copy.own_copy or copy.recipient != recipient or len(copy.sealed) > LIMITS.wrap_bytes for copy in copies):
        raise MisuseError("one's own copies only, none beyond the limit")
    if len(copies) > LIMITS.copies_together:
        raise MisuseError("more own copies than one commit keeps")
    keys = shred_keys_of([copy.case_id for copy in copies])
    rows = [wrapped_row(keys[copy.case_id], copy) for copy in copies if copy.case_id in keys]
    if not rows:
        return 0
    ids = [row[0] for row in rows]
    with writing("default") as cursor:
        # Asked inside the transaction: a grant that was ended meanwhile gets no copy.
        cursor.execute(
            f"SELECT case_id FROM leeside_case_reader WHERE reader_id = %s AND case_id IN ({places(ids)})",
            [reader_id, *ids],
        )
        granted = {bytes(row[0]) for row in cursor.fetchall()}
        kept = [row for row in rows if row[0] in granted]
        cursor.executemany(UPSERT_WRAP, kept)
    return len(kept)

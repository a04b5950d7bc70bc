"""What a mailbox goes on showing when its case is closed: the same as before.

Rules:
1. No mailbox says that its case was closed. The mark `shown_state` says how far a closed case was; it is kept for every
   closed case alike, so that the database does not tell which of them must not change.
2. A promise that ran when the case was closed is shown on. Its moment lies in `fleeting`, where clock times are, and is
   forgotten some days after it: no mailbox shows a promise longer than that, of an open case either.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from leeside.vault.days import maybe_moment_of, second_number
from leeside.vault.limits import LIMITS
from leeside.vault.marks import CaseState
from leeside.vault.reading import places, row_of
from leeside.vault.writing import writing

KIND: Final = "promise"
"""The one-time places that hold a promise of a closed case; `until` is on the domain clock."""


def keep_promise(case_id: bytes) -> None:
    """Keep the promise that runs in a case which is about to be closed, if one does."""
    row = row_of("default", "SELECT answer_by FROM leeside_case WHERE id = %s AND answer_by IS NOT NULL", [case_id])
    if row is None:
        return
    with writing("fleeting") as cursor:
        cursor.execute(
            "INSERT INTO leeside_one_time (kind, token_hash, payload, until) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (kind, token_hash) DO UPDATE SET payload = excluded.payload, until = excluded.until",
            [KIND, _place(case_id), row[0].to_bytes(8, "big"), row[0] + LIMITS.promise_shown_days * 86_400],
        )


def promise_shown(case_id: bytes, running: int | None, state: CaseState, now: datetime) -> datetime | None:
    """The promise that a mailbox names: the running one, or that of a closing; none when it is long past."""
    moment = maybe_moment_of(running)
    if moment is None and state < CaseState.ANSWERED:
        row = row_of(
            "fleeting",
            "SELECT payload FROM leeside_one_time WHERE kind = %s AND token_hash = %s",
            [KIND, _place(case_id)],
        )
        moment = None if row is None else maybe_moment_of(int.from_bytes(bytes(row[0]), "big"))
    is_past = moment is not None and moment + timedelta(days=LIMITS.promise_shown_days) < now
    return None if is_past else moment


def forget_promises(now: datetime) -> int:
    """Delete promises that no mailbox shows any more; how many."""
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_one_time WHERE kind = %s AND until < %s", [KIND, second_number(now)])
        forgotten: int = cursor.rowcount
    return forgotten


def delete_promises(case_ids: Sequence[bytes]) -> None:
    """Delete the promises of cases that are erased."""
    with writing("fleeting") as cursor:
        cursor.execute(
            f"DELETE FROM leeside_one_time WHERE kind = %s AND token_hash IN ({places(case_ids)})",
            [KIND, *map(_place, case_ids)],
        )


def _place(case_id: bytes) -> bytes:
    return sha256(b"leeside promise of a closed case" + case_id).digest()

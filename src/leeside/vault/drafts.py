"""What somebody is writing into a case: sealed, written over while they type, and never among the entries.

Rules:
1. One draft for each author and kind in a case. Its version is optimistic: whoever writes on an older one is refused
   with a ConflictError and keeps their text.
2. Its author writes it. A colleague who may see the case writes only into one that waits for a second pair of eyes.
3. Handed out are a reader's own drafts, and those of the case that wait for a second pair of eyes.
4. Sent, a draft ends in the transaction that sends it, unless it was written on in another window meanwhile. So does
   the draft of somebody who leaves the case: they could never open it again.
"""

from collections.abc import Sequence
from typing import Final

from leeside.vault.cases import require_sight
from leeside.vault.cursors import Cursor
from leeside.vault.errors import ConflictError, GoneError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import Row, rows_of
from leeside.vault.records import DraftKind, DraftMark, DraftRow, SentDraft
from leeside.vault.translation import verb
from leeside.vault.writing import writing

_COLUMNS: Final = "draft_id, case_id, author, kind, asked, generation, version, sealed"


@verb
def put_draft(reader_id: bytes, circles: Sequence[str], draft: DraftRow) -> int:
    """Keep a draft as it is now; its new version. `draft.version` is the one that was written on, 0 for a new one.

    ConflictError when it is not the newest, GoneError when the case is not for this reader or the draft is not
    theirs to write.
    """
    if len(draft.draft_id) != 16 or len(draft.author) != 16 or len(draft.sealed) > LIMITS.entry_bytes:
        raise MisuseError("a draft is out of shape")
    require_sight(draft.case_id, reader_id, circles)
    with writing("default") as cursor:
        cursor.execute(
            "SELECT draft_id, asked, version FROM leeside_draft WHERE case_id = %s AND author = %s AND kind = %s",
            [draft.case_id, draft.author, int(draft.kind)],
        )
        before = cursor.fetchone()
        if draft.author != reader_id and (before is None or before[1] != DraftMark.ASKED):
            raise GoneError
        if (0 if before is None else before[2]) != draft.version:
            raise ConflictError("it was written on meanwhile")
        if before is None:
            _insert(cursor, draft)
        elif bytes(before[0]) != draft.draft_id:
            raise MisuseError("a draft keeps its id")
        else:
            cursor.execute(
                "UPDATE leeside_draft SET asked = %s, generation = %s, version = version + 1, sealed = %s"
                " WHERE draft_id = %s AND version = %s",
                [int(draft.mark), draft.generation, draft.sealed, draft.draft_id, draft.version],
            )
        if not cursor.rowcount:
            raise ConflictError("it was written on meanwhile")
    return draft.version + 1


@verb
def fetch_drafts(case_id: bytes, reader_id: bytes, circles: Sequence[str]) -> tuple[DraftRow, ...]:
    """A reader's own drafts in a case, and its drafts that wait for a second pair of eyes. GoneError as for a case."""
    require_sight(case_id, reader_id, circles)
    rows = rows_of(
        "default",
        f"SELECT {_COLUMNS} FROM leeside_draft WHERE case_id = %s AND (author = %s OR asked = %s)"
        " ORDER BY author, kind",
        [case_id, reader_id, int(DraftMark.ASKED)],
    )
    return tuple(_draft_from(row) for row in rows)


@verb
def list_drafts(case_id: bytes, reader_id: bytes, circles: Sequence[str]) -> tuple[DraftRow, ...]:
    """Whose drafts lie in a case, without their texts: for the step by which somebody leaves it. GoneError as for a
    case."""
    require_sight(case_id, reader_id, circles)
    rows = rows_of(
        "default",
        "SELECT draft_id, case_id, author, kind, asked, generation, version FROM leeside_draft WHERE case_id = %s"
        " ORDER BY author, kind",
        [case_id],
    )
    return tuple(_draft_from((*row, b"")) for row in rows)


@verb
def drop_draft(case_id: bytes, reader_id: bytes, circles: Sequence[str], kind: DraftKind, version: int) -> None:
    """Delete a reader's own draft as they saw it. ConflictError when it was written on meanwhile."""
    require_sight(case_id, reader_id, circles)
    with writing("default") as cursor:
        cursor.execute(
            "DELETE FROM leeside_draft WHERE case_id = %s AND author = %s AND kind = %s AND version = %s",
            [case_id, reader_id, int(kind), version],
        )
        if not cursor.rowcount:
            raise ConflictError("it was written on meanwhile")


def end_drafts(cursor: Cursor, case_id: bytes, sent: Sequence[SentDraft]) -> None:
    """Rule 4, inside the transaction of the step."""
    for one in sent:
        cursor.execute(
            "DELETE FROM leeside_draft WHERE case_id = %s AND author = %s AND kind = %s AND version <= %s",
            [case_id, one.author, int(one.kind), one.version],
        )


def _insert(cursor: Cursor, draft: DraftRow) -> None:
    cursor.execute("SELECT line_id FROM leeside_case WHERE id = %s", [draft.case_id])
    case = cursor.fetchone()
    if case is None:
        raise GoneError
    cursor.execute(
        "INSERT INTO leeside_draft (line_id, draft_id, case_id, author, kind, asked, generation, version, sealed)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        [
            bytes(case[0]),
            draft.draft_id,
            draft.case_id,
            draft.author,
            int(draft.kind),
            int(draft.mark),
            draft.generation,
            1,
            draft.sealed,
        ],
    )


def _draft_from(row: Row) -> DraftRow:
    return DraftRow(
        draft_id=bytes(row[0]),
        case_id=bytes(row[1]),
        author=bytes(row[2]),
        kind=DraftKind(row[3]),
        mark=DraftMark(row[4]),
        generation=row[5],
        version=row[6],
        sealed=bytes(row[7]),
    )

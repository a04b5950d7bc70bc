"""A page of the queue: red first, then look-by, then promise, by one number that stands on the case and on each grant.

Counts use the same WHERE as rows, so that both have the same rights, and stop at a thousand. A page costs a few
index reads however many cases there are: rows are found in order by partial indexes, and paging goes on from the
last rank (keyset), never by counting rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from leeside.sealing.context import LEAD
from leeside.vault.arrivals import unpack
from leeside.vault.cases import ROW_COLUMNS, recipients_of, require_sight, row_from
from leeside.vault.errors import MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.people import require_reader
from leeside.vault.readers import fetch_holds
from leeside.vault.reading import Row, places, row_of, rows_of
from leeside.vault.records import CaseRow, Hold, KeyWrap, QueuePage, Tab
from leeside.vault.sessions import put_hold
from leeside.vault.shredding import WRAP_COLUMNS, shred_keys_of, unwrapped
from leeside.vault.translation import verb

_TIES: Final = 16
"""Rows of equal rank that a page may carry beyond its limit, so that paging by rank skips none."""

Source = tuple[str, list[object]]
"""A SELECT of (id, rank) in rank order without its limit, and its parameters; "{after}" stands for the paging."""


@verb
def queue_page(
    line_id: bytes,
    reader_id: bytes,
    circles: Sequence[str],
    tab: Tab,
    after_rank: int | None,
    limit: int,
    now: datetime,
) -> QueuePage:
    """One page of a tab for one reader, with the counts of all tabs and the holds on its rows.

    `after_rank` is the `next_after` of the page before. `now` is real time, for the holds. GoneError for whoever has
    no active account of the line.
    """
    if not 1 <= limit <= LIMITS.page_rows:
        raise MisuseError("a page of this length")
    require_reader(line_id, reader_id)
    ids, next_after = _page_ids(_sources(line_id, reader_id, circles, tab), after_rank, limit)
    return QueuePage(
        rows=_case_rows(ids, recipients_of(reader_id, circles)),
        counts={each: _count(_sources(line_id, reader_id, circles, each)) for each in Tab},
        holds=fetch_holds(ids, now),
        next_after=next_after,
    )


@verb
def hold_case(case_id: bytes, reader_id: bytes, circles: Sequence[str], until: datetime, now: datetime) -> Hold:
    """Hold a case for some minutes, so that everybody sees who works on it.

    Real time. HeldError when somebody else's hold runs, GoneError when the case is not for this reader.
    """
    require_sight(case_id, reader_id, circles)
    return put_hold(case_id, reader_id, until, now)


def _sources(line_id: bytes, reader_id: bytes, circles: Sequence[str], tab: Tab) -> list[Source]:
    """Where the rows of a tab come from: one index range each."""
    is_lead = LEAD in circles
    case = "SELECT id, rank FROM leeside_case WHERE line_id = %s AND state < 4 AND "
    untaken: list[Source]
    if is_lead:
        untaken = [(f"{case} owner IS NULL {{after}}", [line_id])]
    else:
        untaken = [
            (f"{case} owner IS NULL AND circle = %s {{after}}", [line_id, circle]) for circle in sorted(set(circles))
        ]
    if tab is Tab.NEEDS_PERSON:
        return untaken
    if tab is Tab.MINE:
        return [(f"{case} owner IS NOT NULL AND owner = %s {{after}}", [line_id, reader_id])]
    if is_lead:
        return [(f"{case} TRUE {{after}}", [line_id])]
    granted = (
        "SELECT case_id AS id, rank FROM leeside_case_reader WHERE reader_id = %s AND line_id = %s AND is_open {after}"
    )
    return [*untaken, (granted, [reader_id, line_id])]


def _page_ids(sources: Sequence[Source], after_rank: int | None, limit: int) -> tuple[list[bytes], int | None]:
    """The ids of a page in order, and the rank to go on from."""
    if not sources:
        return [], None
    rows = _ranked(sources, after_rank, limit + _TIES)
    page = rows[:limit]
    while page and len(page) < len(rows) and rows[len(page)][1] == page[-1][1]:
        page.append(rows[len(page)])
    return [bytes(row[0]) for row in page], page[-1][1] if len(rows) > len(page) else None


def _ranked(sources: Sequence[Source], after_rank: int | None, most: int) -> list[Row]:
    after = "" if after_rank is None else "AND rank > %s"
    parts: list[str] = []
    parameters: list[object] = []
    for sql, of_source in sources:
        parts.append(f"SELECT * FROM ({sql.format(after=after)} ORDER BY rank LIMIT {int(most)}) AS part")
        parameters += [*of_source, *([] if after_rank is None else [after_rank])]
    # UNION drops doubles: a case may be granted to a reader and lie in one of their circles.
    return rows_of("default", f"{' UNION '.join(parts)} ORDER BY 2, 1 LIMIT {int(most)}", parameters)


def _count(sources: Sequence[Source]) -> int:
    """How many rows a tab has, up to the limit, by the WHERE of its rows."""
    if not sources:
        return 0
    parts = [f"SELECT * FROM ({sql.format(after='')} LIMIT {LIMITS.counted}) AS part" for sql, _ in sources]
    parameters = [value for _, of_source in sources for value in of_source]
    sql = f"SELECT count(*) FROM (SELECT id FROM ({' UNION '.join(parts)}) AS united LIMIT {LIMITS.counted}) AS counted"
    row = row_of("default", sql, parameters)
    return 0 if row is None else int(row[0])


def _case_rows(ids: Sequence[bytes], recipients: Sequence[str]) -> tuple[CaseRow, ...]:
    """The rows of a page in the order of their ids, each with the keys this reader may open."""
    if not ids:
        return ()
    rows = rows_of("default", f"SELECT {ROW_COLUMNS} FROM leeside_case WHERE id IN ({places(ids)})", ids)
    by_id = {bytes(row[0]): row for row in rows}
    keys = shred_keys_of(ids)
    wraps: dict[bytes, list[KeyWrap]] = {case_id: [] for case_id in ids}
    sql = (
        f"SELECT {WRAP_COLUMNS} FROM leeside_wrap"
        f" WHERE case_id IN ({places(ids)}) AND recipient IN ({places(recipients)})"
    )
    arrived = [row for each in rows for row in unpack(bytes(each[0]), bytes(each[27]))[0] if row[1] in recipients]
    for row in arrived + rows_of("default", sql, [*ids, *recipients]):
        case_id = bytes(row[0])
        if case_id in keys:
            wraps[case_id].append(unwrapped(keys[case_id], row))
    # A case without shred key is being erased at this moment.
    return tuple(row_from(by_id[each], tuple(wraps[each])) for each in ids if each in by_id and each in keys)

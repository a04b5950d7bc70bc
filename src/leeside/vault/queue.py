"""A page of the queue: red first, then look-by, then promise, by one number that stands on the case and on each grant.

Counts use the same WHERE as rows, so that both have the same rights, and stop at a thousand. A page costs a few
index reads however many cases there are: rows are found in order by partial indexes, and paging goes on from the
last rank (keyset), never by counting rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
"""A SELECT of (id, rank) from one index range, without order and limit, and its parameters."""


@dataclass(frozen=True)
class Range:
    """Where the rows of a tab come from. Overlapping sources name some cases twice; doubles are then dropped."""

    sources: tuple[Source, ...]
    is_overlapping: bool = False


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
    ranges = _ranges(line_id, reader_id, circles)
    ids, next_after = _page_ids(ranges[tab], after_rank, limit)
    return QueuePage(
        rows=_case_rows(ids, recipients_of(reader_id, circles)),
        counts={each: _count(ranges[each]) for each in Tab},
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


def _ranges(line_id: bytes, reader_id: bytes, circles: Sequence[str]) -> dict[Tab, Range]:
    """What each tab shows to one reader. The rules are those of `cases`; rows and counts both come from here."""
    case = "SELECT id, rank FROM leeside_case WHERE line_id = %s AND state < 4"
    is_lead = LEAD in circles
    untaken: tuple[Source, ...] = tuple(
        (f"{case} AND owner IS NULL AND circle = %s", [line_id, circle])
        for circle in (_circles_waiting(line_id) if is_lead else sorted(set(circles)))
    )
    mine: Source = (f"{case} AND owner IS NOT NULL AND owner = %s", [line_id, reader_id])
    granted: Source = (
        "SELECT case_id AS id, rank FROM leeside_case_reader WHERE reader_id = %s AND line_id = %s AND is_open",
        [reader_id, line_id],
    )
    return {
        Tab.NEEDS_PERSON: Range(untaken),
        Tab.MINE: Range((mine,)),
        Tab.ALL_I_MAY_SEE: Range(((case, [line_id]),)) if is_lead else Range((*untaken, granted), is_overlapping=True),
    }


def _circles_waiting(line_id: bytes) -> list[str]:
    """The circles in which something of a line lies untaken, found by one index step each."""
    found: list[str] = []
    while True:
        row = row_of(
            "default",
            "SELECT circle FROM leeside_case WHERE line_id = %s AND state < 4 AND owner IS NULL AND circle > %s"
            " ORDER BY circle LIMIT 1",
            [line_id, found[-1] if found else ""],
        )
        if row is None:
            return found
        found.append(row[0])


def _page_ids(tab: Range, after_rank: int | None, limit: int) -> tuple[list[bytes], int | None]:
    """The ids of a page in order, and the rank to go on from."""
    after = "" if after_rank is None else f" AND rank > {int(after_rank)}"
    rows = _united(tab, f"{after} ORDER BY rank", limit + _TIES, "SELECT id, rank", "ORDER BY rank, id")
    page = rows[:limit]
    while page and len(page) < len(rows) and rows[len(page)][1] == page[-1][1]:
        page.append(rows[len(page)])
    return [bytes(row[0]) for row in page], page[-1][1] if len(rows) > len(page) else None


def _count(tab: Range) -> int:
    """How many rows a tab has, up to the limit."""
    return min(_united(tab, "", LIMITS.counted, "SELECT count(*)", "")[0][0], LIMITS.counted) if tab.sources else 0


def _united(tab: Range, tail: str, most: int, select: str, order: str) -> list[Row]:
    """Ask all sources of a tab at once, each for so many rows at most."""
    if not tab.sources:
        return []
    parts = [f"SELECT * FROM ({sql}{tail} LIMIT {int(most)}) AS part" for sql, _ in tab.sources]
    union = " UNION " if tab.is_overlapping else " UNION ALL "
    parameters = [value for _, of_source in tab.sources for value in of_source]
    return rows_of("default", f"{select} FROM ({union.join(parts)}) AS united {order} LIMIT {int(most)}", parameters)


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

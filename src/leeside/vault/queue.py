"""A page of the queue: red first, then look-by, then promise, by one number that stands on the case and on each grant.

Counts are read from the ranges of the rows (`queue_ranges`), so that both have the same rights, and stop at a thousand.
A page costs a few index reads however many cases there are: rows are found in order by partial indexes, and paging
goes on from the last rank (keyset), never by counting rows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from leeside.vault.arrivals import unpack
from leeside.vault.cases import ROW_COLUMNS, recipients_of, require_sight, row_from
from leeside.vault.errors import MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.list_records import QueuePage, Tab
from leeside.vault.marks import PROMISE_OF_RANK, promise_of
from leeside.vault.people import require_reader
from leeside.vault.queue_ranges import QueueTimes, Range, ranges_of
from leeside.vault.readers import fetch_holds
from leeside.vault.reading import places, rows_of
from leeside.vault.records import CaseRow, Hold, KeyWrap
from leeside.vault.sessions import put_hold
from leeside.vault.shredding import WRAP_COLUMNS, shred_keys_of, unwrapped
from leeside.vault.translation import verb

_TIES: Final = 16
"""Rows of equal rank that a page may carry beyond its limit, so that paging by rank skips none."""


@verb
def queue_page(
    line_id: bytes,
    reader_id: bytes,
    circles: Sequence[str],
    tab: Tab,
    after_rank: int | None,
    limit: int,
    times: QueueTimes,
) -> QueuePage:
    """One page of a tab for one reader, with the counts of all tabs and the holds on its rows.

    `after_rank` is the `next_after` of the page before. GoneError for whoever has no active account of the line.
    """
    ranges = _ranges_for(line_id, reader_id, circles, limit, times)
    ids, next_after = _page_ids(ranges[tab], after_rank, limit)
    counts, first_promise = _counted(ranges)
    return QueuePage(
        rows=_case_rows(ids, recipients_of(reader_id, circles)),
        counts=counts,
        holds=fetch_holds(ids, times.real_now),
        next_after=next_after,
        first_promise=first_promise,
    )


@verb
def queue_rows(
    line_id: bytes,
    reader_id: bytes,
    circles: Sequence[str],
    tab: Tab,
    after_rank: int | None,
    limit: int,
    times: QueueTimes,
) -> QueuePage:
    """The rows of a page without counts and holds: for whoever reads on and on through a tab."""
    ranges = _ranges_for(line_id, reader_id, circles, limit, times)
    ids, next_after = _page_ids(ranges[tab], after_rank, limit)
    return QueuePage(_case_rows(ids, recipients_of(reader_id, circles)), {}, {}, next_after)


@verb
def queue_ids(
    line_id: bytes,
    reader_id: bytes,
    circles: Sequence[str],
    tab: Tab,
    limit: int,
    times: QueueTimes,
    until_rank: int | None = None,
) -> tuple[bytes, ...]:
    """The ids of the first rows of a tab, in order, up to a rank: to see whether something came in, or to ping."""
    ranges = _ranges_for(line_id, reader_id, circles, limit, times)
    return tuple(_page_ids(ranges[tab], None, limit, until_rank)[0])


def _ranges_for(
    line_id: bytes, reader_id: bytes, circles: Sequence[str], limit: int, times: QueueTimes
) -> dict[Tab, Range]:
    if not 1 <= limit <= LIMITS.page_rows:
        raise MisuseError("a page of this length")
    require_reader(line_id, reader_id)
    return ranges_of(line_id, reader_id, circles, times)


@verb
def hold_case(case_id: bytes, reader_id: bytes, circles: Sequence[str], until: datetime, now: datetime) -> Hold:
    """Hold a case for some minutes, so that everybody sees who works on it.

    Real time. HeldError when somebody else's hold runs, GoneError when the case is not for this reader.
    """
    require_sight(case_id, reader_id, circles)
    return put_hold(case_id, reader_id, until, now)


def _page_ids(
    tab: Range, after_rank: int | None, limit: int, until_rank: int | None = None
) -> tuple[list[bytes], int | None]:
    """The ids of a page in order, and the rank to go on from."""
    after = "" if after_rank is None else f" AND rank > {int(after_rank)}"
    after += "" if until_rank is None else f" AND rank <= {int(until_rank)}"
    most = limit + _TIES
    union, parameters = _union(tab, f"{after} ORDER BY rank", most)
    if not union:
        return [], None
    rows = rows_of("default", f"SELECT id, rank FROM ({union}) AS united ORDER BY rank, id LIMIT {most}", parameters)
    page = rows[:limit]
    while page and len(page) < len(rows) and rows[len(page)][1] == page[-1][1]:
        page.append(rows[len(page)])
    return [bytes(row[0]) for row in page], page[-1][1] if len(rows) > len(page) else None


def _counted(ranges: Mapping[Tab, Range]) -> tuple[dict[Tab, int], dict[Tab, datetime | None]]:
    """How many rows each tab has, up to the limit, and the earliest promises of two of them: in one statement."""
    asked = [(tab, "count(*)") for tab in ranges] + [(tab, f"min({PROMISE_OF_RANK})") for tab in _DATED]
    columns, parameters = [], []
    for tab, what in asked:
        union, values = _union(ranges[tab], "", LIMITS.counted)
        columns.append(f"(SELECT {what} FROM ({union} LIMIT {LIMITS.counted}) AS counted)" if union else "NULL")
        parameters += values
    row = rows_of("default", f"SELECT {', '.join(columns)}", parameters)[0]
    counts = {tab: value or 0 for tab, value in zip(ranges, row[: len(ranges)], strict=True)}
    return counts, {tab: promise_of(value) for tab, value in zip(_DATED, row[len(ranges) :], strict=True)}


_DATED: Final = (Tab.RED_UNTAKEN, Tab.PAST_PROMISE)


def _union(tab: Range, tail: str, most: int) -> tuple[str, list[object]]:
    """All sources of a tab as one SELECT of (id, rank), each for so many rows at most."""
    parts = [f"SELECT * FROM ({sql}{tail} LIMIT {int(most)}) AS part" for sql, _ in tab.sources]
    parameters = [value for _, of_source in tab.sources for value in of_source]
    return (" UNION " if tab.is_overlapping else " UNION ALL ").join(parts), parameters


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

"""Reading for a search: all that one reader may open, slice by slice, as sealed as it lies.

Rules:
1. What a reader gets here is what `cases` would give them one by one: cases granted to them, cases that lie untaken in
   their circles, and every case of the line for coordinators; of each the entries of compartments whose keys lie
   there for them, and no others. The parts below do not overlap, so that no case is read twice.
2. Slices go on from the last rank (keyset), within one part after the other; ties at the end of a slice belong to it.
3. Of several envelopes with the same keys only the cheapest is handed out: an own copy, else the grant it copies, else
   a circle's. Commitments travel as one map, for whoever opens ten thousand cases in a second.
4. The account is asked for at every slice: who is locked while a search runs gets no further slice.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db import connections

from leeside.sealing.context import LEAD, circle_recipient, reader_recipient
from leeside.vault.arrivals import unpack
from leeside.vault.codes import name_of
from leeside.vault.commitments import by_place
from leeside.vault.entries import first_number, last_number
from leeside.vault.errors import MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.list_records import SearchedCase, SearchedEntry, SearchPlace, SearchScope, SearchSlice
from leeside.vault.people import require_reader
from leeside.vault.reading import Row, many_rows_of, places, rows_of
from leeside.vault.records import KeyWrap
from leeside.vault.shredding import WRAP_COLUMNS, shred_keys_of, unwrapped
from leeside.vault.translation import verb

Part = tuple[str, list[object]]
"""A SELECT of (id, rank) without order and limit, and its parameters."""

_TIES: Final = 16
_CASE_COLUMNS: Final = (
    "id, epoch, case_number, writer_public, commitments, code, language, owner, stand_in, arrived, rank"
)
_WRAP_KEY: Final = WRAP_COLUMNS.removesuffix(", sealed")
_ENTRY_COLUMNS: Final = "case_id, entry_id, compartment, generation, sealed"


def read_by_mapping() -> None:
    """For a process that does nothing but search, before it reads: let SQLite map its file instead of copying pages.

    A hundred thousand entries are then read in half the time. Not for a server: a disk that fails would kill it.
    """
    settings = connections["default"].settings_dict
    if "sqlite" in str(settings["ENGINE"]):
        settings["OPTIONS"]["init_command"] += f";PRAGMA mmap_size={LIMITS.search_mapped_bytes}"


@verb
def read_for_search(scope: SearchScope, after: SearchPlace | None, limit: int) -> SearchSlice:
    """The next cases of a search, at most `limit` and a few ties.

    `next_after` is where to go on, None at the end; a slice may be empty and not the last. GoneError for whoever has
    no active account of the line.
    """
    if not 1 <= limit <= LIMITS.search_slice:
        raise MisuseError("a slice of this length")
    require_reader(scope.line_id, scope.reader_id)
    parts = _parts(scope)
    place = after or SearchPlace(0, None)
    if place.part >= len(parts):
        return SearchSlice((), None)
    sql, parameters = parts[place.part]
    rank = "" if place.rank is None else f" AND rank > {int(place.rank)}"
    rows = rows_of("default", f"{sql}{rank} ORDER BY rank LIMIT {int(limit) + _TIES}", parameters)
    taken = rows[:limit]
    while taken and len(taken) < len(rows) and rows[len(taken)][1] == taken[-1][1]:
        taken.append(rows[len(taken)])
    if len(taken) < len(rows):
        following: SearchPlace | None = SearchPlace(place.part, taken[-1][1])
    else:
        following = SearchPlace(place.part + 1, None) if place.part + 1 < len(parts) else None
    return SearchSlice(_cases(scope, [bytes(row[0]) for row in taken]), following)


@verb
def count_for_search(scope: SearchScope) -> int:
    """How many cases a search of this scope goes through, up to `LIMITS.search_counted`."""
    require_reader(scope.line_id, scope.reader_id)
    most, found = LIMITS.search_counted, 0
    for sql, parameters in _parts(scope):
        counted = rows_of("default", f"SELECT count(*) FROM ({sql} LIMIT {most - found}) AS part", parameters)
        found += counted[0][0]
        if found >= most:
            break
    return found


def _parts(scope: SearchScope) -> list[Part]:
    """Where the reader's cases lie: open ones first, each of them in one part only."""
    line, reader = scope.line_id, scope.reader_id
    states = [state for state, is_wanted in (("< 4", scope.is_open), ("= 4", scope.is_closed)) if is_wanted]
    case = "SELECT id, rank FROM leeside_case WHERE line_id = %s AND state"
    if LEAD in scope.circles:
        return [(f"{case} {state}", [line]) for state in states]
    parts: list[Part] = []
    circles = sorted(set(scope.circles))
    for state in states:
        is_open = "is_open" if state == "< 4" else "NOT is_open"
        granted = (
            f"SELECT case_id AS id, rank FROM leeside_case_reader WHERE reader_id = %s AND line_id = %s AND {is_open}"
        )
        parts.append((granted, [reader, line]))
        for circle in circles:
            untaken = f"{case} {state} AND owner IS NULL AND circle = %s"
            not_granted = (
                " AND NOT EXISTS (SELECT 1 FROM leeside_case_reader r WHERE r.case_id = id AND r.reader_id = %s)"
            )
            parts.append((untaken + not_granted, [line, circle, reader]))
    return parts


def _cases(scope: SearchScope, ids: Sequence[bytes]) -> tuple[SearchedCase, ...]:
    """The cases of a slice in the order of their ids, without those that the scope leaves out."""
    if not ids:
        return ()
    sql = f"SELECT {_CASE_COLUMNS} FROM leeside_case WHERE id IN ({places(ids)})"
    rows = {bytes(row[0]): row for row in many_rows_of("default", sql, ids) if _is_wanted(scope, row)}
    wanted = [case_id for case_id in ids if case_id in rows]
    if not wanted:
        return ()
    arrived = {case_id: unpack(case_id, bytes(rows[case_id][9])) for case_id in wanted}
    wraps = _wraps(scope, wanted, [row for parts in arrived.values() for row in parts[0]])
    entries = _entries(scope, wanted, {case_id: parts[1] for case_id, parts in arrived.items()}, wraps)
    return tuple(
        SearchedCase(
            case_id=case_id,
            line_id=scope.line_id,
            epoch=rows[case_id][1],
            case_number=bytes(rows[case_id][2]),
            writer_public=bytes(rows[case_id][3]),
            commitments=by_place(bytes(rows[case_id][4])),
            code_name=name_of(rows[case_id][5]),
            rank=rows[case_id][10],
            wraps=wraps[case_id],
            entries=entries[case_id],
        )
        for case_id in wanted
        if case_id in wraps
    )


def _is_wanted(scope: SearchScope, row: Row) -> bool:
    if scope.language and row[6] != scope.language:
        return False
    mine = [bytes(one) for one in (row[7], row[8]) if one is not None]
    return not scope.is_mine or scope.reader_id in mine


def _wraps(scope: SearchScope, ids: Sequence[bytes], arrived: Iterable[Row]) -> dict[bytes, tuple[KeyWrap, ...]]:
    """The envelopes worth opening, by case. A case without shred key is being erased at this moment and is left out."""
    reader = reader_recipient(scope.reader_id)
    # Coordinators open everything by the key of `lead`; the circles' keys are not theirs.
    circles = [LEAD] if LEAD in scope.circles else sorted(set(scope.circles))
    recipients = [reader, *(circle_recipient(circle) for circle in circles)]
    held: dict[bytes, list[Row]] = {case_id: [] for case_id in ids}
    sealed: dict[Row, bytes] = {}
    # Both statements are answered by an index alone: a grant has 1,400 bytes and lies on a page of its own.
    for row in many_rows_of("default", _wraps_of(_WRAP_KEY, ids, recipients), [*recipients, *ids]):
        held[row[0]].append(row)
    copies = f"{_wraps_of(f'{_WRAP_KEY}, sealed', ids, [reader])} AND own_copy"
    sealed |= {row[:-1]: row[-1] for row in many_rows_of("default", copies, [reader, *ids])}
    for row in arrived:
        if row[1] in recipients:
            held[row[0]].append(row[:-1])
            sealed[row[:-1]] = row[-1]
    wanted = sum(1 << (compartment - 1) for compartment in scope.compartments)
    chosen = {case_id: _cheapest(rows, reader, wanted) for case_id, rows in held.items()}
    large = [case_id for case_id, rows in chosen.items() if any(row not in sealed for row in rows)]
    if large:
        whole = _wraps_of(f"{_WRAP_KEY}, sealed", large, recipients)
        sealed |= {row[:-1]: row[-1] for row in many_rows_of("default", whole, [*recipients, *large])}
    keys = shred_keys_of(ids)
    return {
        # What was taken back between two statements is not there any more.
        case_id: tuple(unwrapped(keys[case_id], (*row, sealed[row])) for row in rows if row in sealed)
        for case_id, rows in chosen.items()
        if case_id in keys
    }


def _wraps_of(columns: str, ids: Sequence[bytes], recipients: Sequence[str]) -> str:
    return (
        f"SELECT {columns} FROM leeside_wrap WHERE recipient IN ({places(recipients)}) AND case_id IN ({places(ids)})"
    )


def _cheapest(rows: Sequence[Row], reader: str, wanted: int) -> list[Row]:
    """One envelope for each set of keys, as rule 3 says; those of other compartments only are left out."""
    copied: set[tuple[int, int]] = set()
    own: list[Row] = []
    for row in rows:
        if row[1] == reader and row[4] & wanted:
            own.append(row)
            if row[2]:
                copied.add((row[3], row[4]))
    chosen = [row for row in own if row[2] or (row[3], row[4]) not in copied]
    covered = 0
    for row in own:
        covered |= row[4]
    return chosen + [row for row in rows if row[1] != reader and row[4] & wanted & ~covered]


def _entries(
    scope: SearchScope,
    ids: Sequence[bytes],
    arrived: Mapping[bytes, Sequence[Row]],
    wraps: Mapping[bytes, Sequence[KeyWrap]],
) -> dict[bytes, list[SearchedEntry]]:
    """The sealed entries of the wanted compartments, as far as a key of them lies there for the reader.

    Read by the numbers that rows lie by, not by an index: what belongs to a case is read from one place. Two cases may
    begin alike, so rows of a case that was not asked for are passed over.
    """
    found: dict[bytes, list[SearchedEntry]] = {case_id: [] for case_id in ids}
    wanted = [int(one) for one in scope.compartments]
    # The compartments as a mask: a list would be looked up in a table of its own for every row.
    sql = (
        f"WITH searched(first, last) AS (VALUES {', '.join(['(%s, %s)'] * len(ids))})"
        f" SELECT {_ENTRY_COLUMNS} FROM searched CROSS JOIN leeside_entry"
        " WHERE row_number BETWEEN first AND last AND (1 << compartment) & %s <> 0"
    )
    beginnings = {first_number(case_id): last_number(case_id) for case_id in ids}
    ranges = [number for both in beginnings.items() for number in both]
    ranges += [0, -1] * (len(ids) - len(beginnings))
    # The rows themselves, untouched: a hundred thousand of them pass here in less than a second.
    for row in many_rows_of("default", sql, [*ranges, sum(1 << one for one in wanted)]):
        entries = found.get(row[0])
        if entries is not None:
            entries.append(row)
    for case_id, rows in arrived.items():
        found[case_id] += [(row[0], row[1], row[2], row[3], row[7]) for row in rows if row[2] in wanted]
    every = sum(1 << (one - 1) for one in wanted)
    for case_id in ids:
        held = 0
        for wrap in wraps.get(case_id, ()):
            held |= wrap.mask
        if every & ~held:
            found[case_id] = [row for row in found[case_id] if held & 1 << (row[2] - 1)]
    return found

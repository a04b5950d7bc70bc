"""Handing a case out, to those it is for.

Who may see a case (the last defence; arithmetic decides what they can open):
1. nobody without an active account of the case's line;
2. coordinators (`lead` among their circles): every case of the line;
3. whoever was granted it;
4. members of its circle, as long as nobody has taken it.
Anything else, and anything that does not exist, is a GoneError, and looks the same.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD, circle_recipient, reader_recipient
from leeside.sealing.parcels import SealedEntry
from leeside.vault.arrivals import unpack
from leeside.vault.codes import code_of, name_of
from leeside.vault.commitments import unpacked
from leeside.vault.days import day_of, maybe_day_of, maybe_moment_of, moment_of, second_number
from leeside.vault.entries import entry_from, entry_rows_of
from leeside.vault.errors import GoneError
from leeside.vault.marks import CaseState, LookBy, Urgency
from leeside.vault.people import require_reader
from leeside.vault.reading import Row, places, row_of, rows_of
from leeside.vault.records import CaseReaderRow, CaseRow, CodeName, EntryRow, KeyWrap
from leeside.vault.shredding import wraps_of
from leeside.vault.translation import verb

ROW_COLUMNS: Final = (
    "id, line_id, epoch, case_number, writer_public, pack, pack_version, maker, language, channel, circle, owner,"
    " state, urgency, look_by, look_by_day, answer_by, opened, code, rank, confirmed, version, commitments,"
    " card_id, card_compartment, card_generation, sealed_card, arrived,"
    " stand_in, follow_from, shown_state"
)


def row_from(row: Row, wraps: tuple[KeyWrap, ...]) -> CaseRow:
    """A case row from ROW_COLUMNS and the keys that go with it."""
    return CaseRow(
        case_id=bytes(row[0]),
        line_id=bytes(row[1]),
        epoch=row[2],
        case_number=bytes(row[3]),
        writer_public=bytes(row[4]),
        pack=row[5],
        pack_version=row[6],
        maker=row[7],
        language=row[8],
        channel=row[9],
        circle=row[10],
        owner=None if row[11] is None else bytes(row[11]),
        state=CaseState(row[12]),
        urgency=Urgency(row[13]),
        look_by=LookBy(row[14]),
        look_by_day=day_of(row[15]),
        answer_by=maybe_moment_of(row[16]),
        opened=day_of(row[17]),
        code_name=name_of(row[18]),
        rank=row[19],
        confirmed=bool(row[20]),
        version=row[21],
        commitments=unpacked(bytes(row[22])),
        card=SealedEntry(bytes(row[23]), Compartment(row[24]), row[25], bytes(row[26])),
        stand_in=None if row[28] is None else bytes(row[28]),
        follow_from=maybe_day_of(row[29]),
        shown_state=None if row[30] is None else CaseState(row[30]),
        wraps=wraps,
    )


def recipients_of(reader_id: bytes, circles: Sequence[str]) -> list[str]:
    """Under which recipients' names keys may lie that this reader can open."""
    return [reader_recipient(reader_id), *(circle_recipient(circle) for circle in sorted(set(circles)))]


def require_sight(case_id: bytes, reader_id: bytes, circles: Sequence[str]) -> None:
    """Refuse whoever the case is not for. The rules are those on top of this file, in their order."""
    row = row_of("default", "SELECT line_id, circle, owner FROM leeside_case WHERE id = %s", [case_id])
    if row is None:
        raise GoneError
    require_reader(bytes(row[0]), reader_id)
    if LEAD in circles or (row[2] is None and row[1] in circles):
        return
    granted = row_of(
        "default", "SELECT 1 FROM leeside_case_reader WHERE case_id = %s AND reader_id = %s", [case_id, reader_id]
    )
    if granted is None:
        raise GoneError


@verb
def fetch_case(case_id: bytes, reader_id: bytes, circles: Sequence[str]) -> CaseRow:
    """A case in all that stands in clear, with the sealed keys this reader may open. GoneError when not for them."""
    require_sight(case_id, reader_id, circles)
    row = row_of("default", f"SELECT {ROW_COLUMNS} FROM leeside_case WHERE id = %s", [case_id])
    if row is None:
        raise GoneError
    return row_from(row, wraps_of(case_id, bytes(row[27]), recipients_of(reader_id, circles)))


@verb
def fetch_entries(
    case_id: bytes, reader_id: bytes, circles: Sequence[str], compartments: Sequence[int]
) -> tuple[EntryRow, ...]:
    """The sealed entries of these compartments, as far as the reader holds keys of them; in no order.

    GoneError when the case is not for this reader.
    """
    require_sight(case_id, reader_id, circles)
    row = row_of("default", "SELECT arrived FROM leeside_case WHERE id = %s", [case_id])
    if row is None:
        raise GoneError
    arrived = bytes(row[0])
    masks = _masks_of(case_id, arrived, recipients_of(reader_id, circles))
    held = {int(one) for one in compartments if any(mask & 1 << (one - 1) for mask in masks)}
    return tuple(entry_from(each) for each in entry_rows_of(case_id, arrived) if each[2] in held)


@verb
def fetch_waiting(case_id: bytes, now: datetime) -> Mapping[bytes, datetime]:
    """The answers of a case that nobody was shown yet, and the moment of each. `now` is the domain clock's.

    Who asks has the case already; ids and moments alone say nothing of it.
    """
    sql = "SELECT entry_id, at FROM leeside_release WHERE case_id = %s AND at > %s"
    rows = rows_of("fleeting", sql, [case_id, second_number(now)])
    return {bytes(row[0]): moment_of(row[1]) for row in rows}


def _masks_of(case_id: bytes, arrived: bytes, recipients: Sequence[str]) -> set[int]:
    """Which compartments' keys lie there for these recipients, as masks."""
    sql = f"SELECT DISTINCT mask FROM leeside_wrap WHERE case_id = %s AND recipient IN ({places(recipients)})"
    stored = {row[0] for row in rows_of("default", sql, [case_id, *recipients])}
    return stored | {row[4] for row in unpack(case_id, arrived)[0] if row[1] in recipients}


@verb
def find_case(line_id: bytes, code_name: CodeName) -> bytes:
    """The id of the open case of a code name; when none is open, of the one closed case that had it.

    GoneError when there is none, or several closed ones. Who asks still needs `fetch_case` to see anything.
    """
    code = code_of(CodeName(*code_name))
    rows = rows_of(
        "default", "SELECT id FROM leeside_case WHERE line_id = %s AND code = %s AND state < 4", [line_id, code]
    ) or rows_of("default", "SELECT id FROM leeside_case WHERE line_id = %s AND code = %s LIMIT 2", [line_id, code])
    if len(rows) != 1:
        raise GoneError
    return bytes(rows[0][0])


@verb
def find_gone(case_ids: Sequence[bytes]) -> frozenset[bytes]:
    """Which of these cases are not there any more, of whatever line they were. Who names them knew them."""
    if not case_ids:
        return frozenset()
    rows = rows_of("default", f"SELECT id FROM leeside_case WHERE id IN ({places(case_ids)})", case_ids)
    return frozenset(case_ids) - {bytes(row[0]) for row in rows}


@verb
def list_readers(case_id: bytes) -> tuple[CaseReaderRow, ...]:
    """Everybody who was granted keys of a case, by id."""
    rows = rows_of(
        "default",
        "SELECT reader_id, granted_by, until FROM leeside_case_reader WHERE case_id = %s ORDER BY reader_id",
        [case_id],
    )
    masks = _masks_by_recipient(case_id) if rows else {}
    return tuple(
        CaseReaderRow(
            bytes(row[0]),
            None if row[1] is None else bytes(row[1]),
            maybe_day_of(row[2]),
            masks.get(reader_recipient(bytes(row[0])), 0),
        )
        for row in rows
    )


def _masks_by_recipient(case_id: bytes) -> dict[str, int]:
    masks: dict[str, int] = {}
    for recipient, mask in rows_of("default", "SELECT recipient, mask FROM leeside_wrap WHERE case_id = %s", [case_id]):
        masks[recipient] = masks.get(recipient, 0) | mask
    return masks

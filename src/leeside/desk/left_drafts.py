"""What becomes of a draft whose author leaves the case: nothing unreadable lies around, and nothing typed goes unsaid.

Rules, for every step that takes keys from somebody or gives the case to another circle or owner:
1. Whoever leaves by their own hand leaves what they had begun as a note, in that step; the page says so beforehand.
2. Whoever is taken off by another's hand did not ask that anybody reads it: it ends in that step, unread, and one line
   of the case says that there was one, and whose.
3. What waits for a second pair of eyes stays: its author asked for it to be read, and a colleague can send it.
4. Whoever can open the case afterwards keeps theirs: a coordinator, a reader, a member of the circle in which it lies.
"""

from collections.abc import Collection
from dataclasses import dataclass

from leeside.desk.keyring import CaseKeys
from leeside.desk.permissions import Role, role_of
from leeside.desk.seat import Seat, circles_of
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import reader_recipient
from leeside.vault import store
from leeside.vault.store import CaseRow, DraftKind, DraftMark, DraftRow, EntryRow


@dataclass(frozen=True)
class LeftDrafts:
    """What a step ends: the drafts, the texts of whoever acts (kind and text), and whose else they were."""

    ended: tuple[store.SentDraft, ...]
    own: tuple[tuple[str, str], ...]
    others: tuple[bytes, ...]


@dataclass(frozen=True)
class Afterwards:
    """Who has the case after a step: recipients whose keys go, those who get some, its owner and its circle."""

    dropped: Collection[str]
    granted: Collection[str]
    owner: bytes | None
    circle: str


def drafts_left(seat: Seat, case: CaseRow, keys: CaseKeys, after: Afterwards) -> LeftDrafts:
    """The drafts that a step leaves without anybody who could open them."""
    rows = [
        row
        for row in store.list_drafts(case.case_id, seat.reader_id, seat.circles)
        if row.mark is not DraftMark.ASKED and not _opens(seat, case, row.author, after)
    ]
    mine = [row for row in rows if row.author == seat.reader_id]
    return LeftDrafts(
        tuple(store.SentDraft(row.author, row.kind, row.version) for row in rows),
        _texts(seat, case, keys, mine) if mine else (),
        tuple(dict.fromkeys(row.author for row in rows if row.author != seat.reader_id)),
    )


def can_open(seat: Seat, case: CaseRow, reader_id: bytes) -> bool:
    """Whether somebody can open the case as it is."""
    return _opens(seat, case, reader_id, Afterwards((), (), case.owner, case.circle))


def _opens(seat: Seat, case: CaseRow, reader_id: bytes, after: Afterwards) -> bool:
    """Rule 4."""
    person = seat.keyring.roster.person(reader_id)
    if person is None:
        return False
    role, name = role_of(person.role), reader_recipient(reader_id)
    if role is Role.LEAD or name in after.granted:
        return True
    if name not in after.dropped and any(one.reader_id == reader_id for one in store.list_readers(case.case_id)):
        return True
    return after.owner is None and after.circle in circles_of(seat.pack, role, person)


def _texts(seat: Seat, case: CaseRow, keys: CaseKeys, mine: list[DraftRow]) -> tuple[tuple[str, str], ...]:
    kinds = {row.draft_id: "answer" if row.kind is DraftKind.ANSWER else "note" for row in mine}
    whole = store.fetch_drafts(case.case_id, seat.reader_id, seat.circles)
    sealed = [
        EntryRow(row.draft_id, Compartment.WORK, row.generation, row.sealed, store.Direction.INSIDE)
        for row in whole
        if row.draft_id in kinds
    ]
    opened = seat.keyring.open_entries(keys, sealed).entries
    return tuple((kinds[entry.entry_id], entry.text("text")) for entry in opened if entry.text("text"))

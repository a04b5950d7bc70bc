"""A case of the queue with its card opened, and the look-by mark set right where the card shows that it is stale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from leeside.desk.cards import read_card
from leeside.desk.keyring import RefusedError
from leeside.desk.limits import LIMITS
from leeside.desk.seat import Seat
from leeside.packs.marks import Urgency, look_by_of_days
from leeside.packs.pack import Pack
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.store import CaseRow, CaseState, LookBy, MarksChange


@dataclass(frozen=True)
class OpenedRow:
    """One row: its marks, and its card as far as it may be used. A card that does not open is empty."""

    case: CaseRow
    card: dict[str, Any]


def open_rows(seat: Seat, cases: Iterable[CaseRow]) -> tuple[OpenedRow, ...]:
    """Open the cards of rows."""
    return tuple(OpenedRow(case, _card_of(seat, case)) for case in cases)


def set_right(seat: Seat, rows: Sequence[OpenedRow]) -> tuple[OpenedRow, ...]:
    """Move look-by marks that have aged to where the cards say, a few at a time; the rows stay where they are.

    The mark in clear is a bucket, and `tick` moves a case on the earliest day that it could mean. Whoever opens the
    card next knows the day. Nobody's reading is put on record: a card is what the queue shows.
    """
    left, found = LIMITS.queue_righted, []
    for row in rows:
        wanted = look_by_of(seat.pack, row, seat.today) if left else None
        if wanted is not None and wanted != row.case.look_by:
            left -= 1
            found.append(_moved(row, wanted, seat.today))
        else:
            found.append(row)
    return tuple(found)


def look_by_of(pack: Pack, row: OpenedRow, today: date) -> LookBy | None:
    """The bucket that a card gives its case today, or None where the card alone does not tell.

    It tells where the staff wrote a day into it. A bucket that comes from the urgency alone means "within so many days
    of the last look": it is left alone, because a list that shows a case has not looked at it (`marking`).
    """
    case, card = row.case, row.card
    if case.state >= CaseState.CLOSED or case.card.compartment != Compartment.WORK or not _dates_lie_on_card(pack):
        return None
    try:
        due = date.fromisoformat(card.get("due", ""))
    except ValueError:
        return None
    dated = min(look_by_of_days((due - today).days), pack.rules.look_by_of_dates(card["answers"], today))
    of_urgency = pack.rules.look_by_of_urgency[Urgency(int(case.urgency))]
    is_told = case.state == CaseState.ANSWERED or int(dated) < int(case.look_by) or dated <= of_urgency
    return LookBy(int(dated)) if is_told else None


def _dates_lie_on_card(pack: Pack) -> bool:
    questions = (pack.question(rule.question) for rule in pack.rules.look_by)
    return all(question is not None and question.on_card for question in questions)


def _moved(row: OpenedRow, look_by: LookBy, today: date) -> OpenedRow:
    marks = MarksChange(look_by=look_by, look_by_day=today)
    try:
        version = store.append_entries(row.case.case_id, row.case.version, marks=marks)
    except (store.ConflictError, store.GoneError):
        return row  # somebody works on it at this moment, and sets it right with what they do
    return replace(row, case=replace(row.case, look_by=look_by, look_by_day=today, version=version))


def _card_of(seat: Seat, case: CaseRow) -> dict[str, Any]:
    try:
        return read_card(seat.keyring.open_card(case))
    except RefusedError:
        return {}

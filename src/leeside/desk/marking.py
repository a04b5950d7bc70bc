"""Marks and card of an open case, as its opened facts and what is due have them today.

Rules:
1. Urgency is the pack's. Look-by is the earlier of the pack's bucket and the bucket of the first thing that is due.
   A case that was answered and waits for the person is not looked at for its urgency: its dates count, and what is due.
2. The card carries days and where each comes from, never words: `due` is the first day or "", `dues` pairs of day and
   source (`seams.Due`). A page that lists cases then needs no case opened, and nobody's reading is put on record.
3. Every opening sets both right, also one that is no new reading; what is right already is not written again.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from leeside.desk.cards import read_card
from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange
from leeside.desk.due import LAW, dues_of
from leeside.desk.keyring import RefusedError
from leeside.desk.safety.flags import flags_of, joined
from leeside.desk.seams import Due
from leeside.desk.seat import Seat
from leeside.packs.answers import Answers
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.store import CaseState, LookBy

_BUCKETS: Final = ((0, LookBy.TODAY), (3, LookBy.THREE_DAYS), (7, LookBy.WEEK))
_MOST_DUES: Final = 40


def set_marks_right(change: CaseChange, file: CaseFile, known: Answers | None = None) -> None:
    """Add to a change whatever marks and card are not as they should be. `known` are the facts when the change itself
    sets one."""
    seat, row = change.seat, file.row
    if not file.is_open or not change.keys.holds(Compartment.WORK):
        return
    facts = file.known if known is None else known
    dues = dues_of(seat, file)
    marks = seat.pack.marks(facts, seat.today)
    if int(marks.urgency) != int(row.urgency):
        change.mark(urgency=store.Urgency(int(marks.urgency)))
    waits = row.state == CaseState.ANSWERED and bool(dues)
    of_pack = seat.pack.rules.look_by_of_dates(facts, seat.today) if waits else marks.look_by
    look_by = min((LookBy(int(of_pack)), *(bucket_of(due.day, seat.today) for due in dues[:1])))
    if look_by != row.look_by:
        change.mark(look_by=look_by, look_by_day=seat.today)
    card = make_card(seat, file, facts, dues)
    if not _stands_already(seat, file, card):
        change.mark(card=change.seal_card(card))


def make_card(seat: Seat, file: CaseFile, known: Answers, dues: Iterable[Due]) -> dict[str, object]:
    """The pack's card, the flags that the staff's own entries raise, and what is due."""
    days = [[due.day.isoformat(), due.source] for due in dues][:_MOST_DUES]
    card = seat.pack.card(known, seat.today, file.voice)
    card["next_date"] = _next_date(seat, card["next_date"], days)
    card["flags"] = joined(card["flags"], flags_of(seat, file))
    return {**card, "due": days[0][0] if days else "", "dues": days}


def _next_date(seat: Seat, of_pack: object, dues: list[list[str]]) -> object:
    """The next legal date of a row: the pack's, or a deadline of the law that ends before it and has not ended yet."""
    today = seat.today.isoformat()
    ahead = [[source, day] for day, source in dues if source.startswith(LAW) and day >= today]
    if ahead and (not isinstance(of_pack, list) or ahead[0][1] < of_pack[1]):
        return ahead[0]
    return of_pack


def bucket_of(day: date, today: date) -> LookBy:
    """The bucket of a day."""
    return next((bucket for most, bucket in _BUCKETS if (day - today).days <= most), LookBy.LATER)


def _stands_already(seat: Seat, file: CaseFile, card: dict[str, object]) -> bool:
    try:
        stored = seat.keyring.open_card(file.row)
    except RefusedError:
        return False
    return bool(stored) and read_card(stored) == read_card(card) and stored.get("dues", []) == card["dues"]

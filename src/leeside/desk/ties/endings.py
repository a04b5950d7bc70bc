"""What stays in a case when one that it was linked with is erased, or goes to another line: a mark, and nothing of it.

Rules:
1. The mark has the link's id and a day. What the link said (a relation, who is close) stays; no name, no word.
2. Erased first, marked after: nobody is told that something is gone which is still there.
3. Who erases a case may not be able to open those it was linked with, and a writer who erases theirs can open none:
   then whoever opens one of these next writes the mark, with the day on which it was noticed (`links.settle`).
4. A mark is written once. A packet that was taken back has its own line in the case and gets none.
5. It lies in `work`, which no writer holds: no mailbox changes by a byte.
"""

from collections.abc import Callable

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.ties.one_owner import PASSED_OVER, look
from leeside.desk.ties.reading import ERASED, MOVED, Link, fates_of, links_of
from leeside.vault import store


def mark_where_linked(seat: Seat, case_id: bytes) -> Callable[[], None]:
    """Look at a case that is about to be erased; the returned function marks those it was linked with."""
    file = look(seat, case_id)
    ties = links_of(file) if file is not None else ()

    def finish() -> None:
        for one in ties:
            _mark(seat, one.case_id, one.link, ERASED)

    return finish


def mark_moved(seat: Seat, file: CaseFile) -> None:
    """Mark the cases that a case was linked with which has gone to another line."""
    for one in links_of(file):
        _mark(seat, one.case_id, one.link, MOVED)


def mark_seen(seat: Seat, file: CaseFile, one: Link, other: CaseFile) -> bool:
    """Say in this case that the other one went to another line, if nobody has; whether anything was written."""
    moved = other.events("transferred")
    if not moved or one.link in fates_of(file):
        return False
    return _mark(seat, file.row.case_id, one.link, MOVED, day=moved[-1].body.at[:10])


def mark_noticed(seat: Seat, file: CaseFile) -> bool:
    """Say in this case which linked ones are gone, by rule 3; whether anything was written."""
    marked = [_mark(seat, file.row.case_id, one.link, ERASED, noticed=True) for one in gone_from(file)]
    return any(marked)


def gone_from(file: CaseFile) -> tuple[Link, ...]:
    """The links whose other case is not there any more, and no mark says so yet."""
    told = {link for link, fate in fates_of(file).items() if fate.what == ERASED}
    revoked = {event.text("link") for event in file.events("referral_revoked")}
    untold = [one for one in links_of(file) if one.link not in told and one.link.hex() not in revoked]
    gone = store.find_gone([one.case_id for one in untold])
    return tuple(one for one in untold if one.case_id in gone)


def _mark(seat: Seat, case_id: bytes, link: bytes, what: str, *, day: str = "", noticed: bool = False) -> bool:
    """Write one mark where this person may; whether it was written. Elsewhere it waits for the next who opens it."""
    try:
        file = look_into(seat, case_id)
        known = fates_of(file).get(link)
        if known is not None and what in (MOVED, known.what):
            return False
        change = begin(seat, file, CaseAction.NOTE)
        content: dict[str, object] = {"link": link.hex(), "day": day or seat.today.isoformat()}
        change.add_event(what, **content, **({"noticed": True} if noticed else {}))
        change.commit()
    except (*PASSED_OVER, store.GoneError):
        return False
    return True

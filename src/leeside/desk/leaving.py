"""Who goes when a case passes into other hands: its owner, their stand-in, and a colleague whom it was offered to.

An offer that nobody answered has an end of its own:
1. From the day after its last one the desk shows the case to the colleague no more, and `tick` deletes their envelope.
   Those are rules of the software: whoever copied the database before can open what was sealed until then.
2. The next time that somebody opens the case who could take the offer back (its owner, their stand-in, a coordinator),
   it ends, and the case gets new keys without the colleague: what is written from then on is beyond them by arithmetic.
3. Somebody who could read the case before they were asked goes on reading it.
"""

from datetime import date, timedelta

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import CaseAction, may
from leeside.vault import store
from leeside.vault.store import HandOverRow

OFFER = "handover"
"""The kind of the entry that says to whom a case was offered, and whether they could read it before."""
RAN_OUT = "handover_ran_out"
"""The event that says that nobody answered."""


def who_leaves(file: CaseFile) -> set[bytes]:
    """Everybody whose keys go with the change. An offer that nobody answered ends with it; who read before stays."""
    leaves = {one for one in (file.row.owner, file.row.stand_in) if one is not None}
    waiting = store.fetch_handover(file.row.case_id) if file.of_kind(OFFER) else None
    if waiting is not None and not read_before(file, waiting.taker):
        leaves.add(waiting.taker)
    return leaves


def has_run_out(waiting: HandOverRow, today: date) -> bool:
    """Whether nobody answered in time."""
    return today > waiting.day + timedelta(days=LIMITS.handover_days)


def offer_to_end(file: CaseFile, today: date) -> HandOverRow | None:
    """Rule 2: the offer that ends with this opening, or None."""
    if not file.of_kind(OFFER) or not may(CaseAction.HAND_OVER, file.standing):
        return None
    waiting = store.fetch_handover(file.row.case_id)
    return waiting if waiting is not None and has_run_out(waiting, today) else None


def leaves_with(file: CaseFile, ended: HandOverRow | None) -> set[bytes]:
    """Rules 2 and 3: whose keys go when an offer ends unanswered."""
    if ended is None or ended.taker in (file.row.owner, file.row.stand_in) or read_before(file, ended.taker):
        return set()
    return {ended.taker}


def read_before(file: CaseFile, taker: bytes) -> bool:
    """Whether a colleague could read the case before it was last offered to them."""
    offers = [entry for entry in file.of_kind(OFFER) if reader_in(entry.text("to")) == taker]
    return bool(offers) and offers[-1].body.content.get("read_before") is True

"""Who goes when a case passes into other hands: its owner, their stand-in, and a colleague whom it was offered to."""

from leeside.desk.casefile import CaseFile, reader_in
from leeside.vault import store

OFFER = "handover"
"""The kind of the entry that says to whom a case was offered, and whether they could read it before."""


def who_leaves(file: CaseFile) -> set[bytes]:
    """Everybody whose keys go with the change. An offer that nobody answered ends with it; who read before stays."""
    leaves = {one for one in (file.row.owner, file.row.stand_in) if one is not None}
    waiting = store.fetch_handover(file.row.case_id) if file.of_kind(OFFER) else None
    if waiting is not None and not read_before(file, waiting.taker):
        leaves.add(waiting.taker)
    return leaves


def read_before(file: CaseFile, taker: bytes) -> bool:
    """Whether a colleague could read the case before it was last offered to them."""
    offers = [entry for entry in file.of_kind(OFFER) if reader_in(entry.text("to")) == taker]
    return bool(offers) and offers[-1].body.content.get("read_before") is True

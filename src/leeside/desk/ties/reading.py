"""The ties of one opened case, as proven entries of colleagues say them.

    link        {link: id, case: id of the other, relation, side, kin}
    event       unlinked{link}
    event       link_erased{link, day, noticed}     the other case is gone: since that day, or `noticed` on it
    event       link_moved{link, day}               the other case went to another line of this installation

Rules:
1. A link has an id, drawn once; both cases hold an entry with it. It counts from the first of the two entries, and it
   is over from the first `unlinked` with its id, in whichever case: an id that was ended never counts again.
2. `side` says what this case is in the tie; the other case has the other side.
3. What became of the other case stands beside the link, which stays: relation and day, and nothing else.
4. An entry that names no case, or a relation of another version, ties nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from leeside.desk.casefile import CaseFile, day_in, reader_in
from leeside.desk.keyring import ReadEntry
from leeside.sealing.context import ID_SIZE

SAME_PERSON: Final = "same_person"
RELATIVE: Final = "relative"
REFERRAL: Final = "referral"
ERASED: Final = "link_erased"
MOVED: Final = "link_moved"
SIDES: Final = {
    SAME_PERSON: ("first", "again"),
    RELATIVE: ("person", "relative"),
    REFERRAL: ("origin", "packet"),
}
"""The two sides of each relation: the case that leads, and the other."""
KINS: Final = ("mother", "father", "wife", "husband", "sister", "brother", "child", "comrade", "friend", "other")


@dataclass(frozen=True)
class Link:
    """One tie as one case holds it. `side` is this case's; `kin` is who the relative is to the person."""

    link: bytes
    case_id: bytes
    relation: str
    side: str
    kin: str = ""

    @property
    def other_side(self) -> str:
        """What the other case is in the tie."""
        first, second = SIDES[self.relation]
        return second if self.side == first else first

    @property
    def leads(self) -> bool:
        """Whether this case is the leading one: the first of a person's, the person's own, the referral's origin."""
        return self.side == SIDES[self.relation][0]


@dataclass(frozen=True)
class Fate:
    """What became of the other case of a link. `is_noticed`: on `day` somebody saw that it is gone."""

    what: str
    day: date | None
    is_noticed: bool


def links_of(file: CaseFile) -> tuple[Link, ...]:
    """The links that stand, oldest first."""
    over = ended_in(file)
    return tuple(one for one in all_links_of(file) if one.link not in over)


def all_links_of(file: CaseFile) -> tuple[Link, ...]:
    """Every link that was ever made here, each once."""
    found: dict[bytes, Link] = {}
    for entry in file.of_kind("link"):
        read = _read(entry)
        if read is not None and read.case_id != file.row.case_id:
            found.setdefault(read.link, read)
    return tuple(found.values())


def ended_in(file: CaseFile) -> frozenset[bytes]:
    """The ids of links that were ended here."""
    return frozenset(reader_in(event.text("link")) for event in file.events("unlinked"))


def fates_of(file: CaseFile) -> Mapping[bytes, Fate]:
    """What became of linked cases that are no longer worked here, by the link's id. What is erased stays erased."""
    found: dict[bytes, Fate] = {}
    for name in (MOVED, ERASED):
        for event in file.events(name):
            noticed = event.body.content.get("noticed") is True
            found[reader_in(event.text("link"))] = Fate(name, day_in(event.text("day")), noticed)
    return found


def same_person_of(file: CaseFile) -> tuple[Link, ...]:
    """The other cases of this person."""
    return tuple(one for one in links_of(file) if one.relation == SAME_PERSON)


def _read(entry: ReadEntry) -> Link | None:
    link, case_id = reader_in(entry.text("link")), reader_in(entry.text("case"))
    relation, side = entry.text("relation"), entry.text("side")
    if len(link) != ID_SIZE or len(case_id) != ID_SIZE or side not in SIDES.get(relation, ()):
        return None
    return Link(link, case_id, relation, side, entry.text("kin"))

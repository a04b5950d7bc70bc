"""Linking two cases, ending that, and finishing what was half done.

Rules:
1. Who links may link both: they lead, own or stand in for each, and hold the keys of both. A case that they may not
   open, or one of another line, is refused like one that is not there.
2. A link lies sealed in `work` of both cases, which no writer holds; no mark in clear says that it exists, and nothing
   of what either writer sees changes by a byte.
3. Two cases are two transactions. This case is written first, then the other. Whoever opens a case that has one half
   of a link and may link both finishes it (`settle`): the missing half is written, or, when the link was ended over
   there, it is ended here. Both are done by the link's id, so that doing them twice does nothing. What became of the
   other case is marked then too (`endings`).
4. Each receipt goes on opening its own conversation only: a link hands out no key.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.opening import look_into, open_case
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.ties.endings import mark_noticed, mark_seen
from leeside.desk.ties.one_owner import PASSED_OVER, look, share_owner
from leeside.desk.ties.reading import KINS, RELATIVE, SIDES, Link, all_links_of, ended_in, links_of
from leeside.sealing.seal import new_entry_id


@dataclass(frozen=True)
class NewLink:
    """What somebody chose: the relation, what this case is in it, and who the relative is."""

    relation: str
    side: str
    kin: str = ""


def link(seat: Seat, case_id: bytes, other_id: bytes, new: NewLink) -> bytes:
    """Link two cases; the link's id. Linked alike already: nothing is written. Raises InputError, NotAllowedError."""
    file = look_into(seat, case_id)
    begin(seat, file, CaseAction.LINK)
    _require_known(new)
    if other_id == case_id:
        raise InputError("other", _("This is the same case."))
    other = open_case(seat, other_id)
    begin(seat, other, CaseAction.LINK)
    for one in links_of(file):
        if one.case_id == other_id:
            if (one.relation, one.side) != (new.relation, new.side):
                raise InputError("other", _("These two are linked already, in another way. End that link first."))
            settle(seat, file)
            return one.link
    made = Link(new_entry_id(), other_id, new.relation, new.side, new.kin)
    write_half(seat, file, made)
    write_half(seat, other, _mirrored(made, case_id))
    share_owner(seat, case_id if made.leads else other_id)
    return made.link


def unlink(seat: Seat, case_id: bytes, link_id: bytes) -> None:
    """End a link in this case, then in the other. Raises NotAllowedError for a link that is not there."""
    file = look_into(seat, case_id)
    begin(seat, file, CaseAction.LINK)
    found = next((one for one in links_of(file) if one.link == link_id), None)
    if found is None:
        raise NotAllowedError
    other = look(seat, found.case_id)
    if other is not None:
        begin(seat, other, CaseAction.LINK)
    _end_half(seat, file, link_id)
    if other is not None and link_id not in ended_in(other):
        _end_half(seat, other, link_id)


def settle(seat: Seat, file: CaseFile) -> bool:
    """Finish links that were made or ended by half; whether anything was written in this case."""
    ties = links_of(file)
    written_here = mark_noticed(seat, file)
    for one in ties:
        other = look(seat, one.case_id)
        if other is None:
            continue
        written_here = mark_seen(seat, file, one, other) or written_here
        try:
            if one.link in ended_in(other):
                _end_half(seat, look_into(seat, file.row.case_id), one.link)
                written_here = True
            elif all(one.link != each.link for each in all_links_of(other)):
                begin(seat, file, CaseAction.LINK)
                write_half(seat, other, _mirrored(one, file.row.case_id))
        except PASSED_OVER:
            continue
    return written_here


def write_half(seat: Seat, file: CaseFile, one: Link, change: CaseChange | None = None) -> None:
    """Write one case's half of a link. A flow that changes the case anyway hands its change in, and commits it."""
    mine = change or begin(seat, file, CaseAction.LINK)
    content = {
        "link": one.link.hex(),
        "case": one.case_id.hex(),
        "relation": one.relation,
        "side": one.side,
        "kin": one.kin,
    }
    mine.add("link", content)
    if change is None:
        mine.commit()


def _end_half(seat: Seat, file: CaseFile, link_id: bytes) -> None:
    change = begin(seat, file, CaseAction.LINK)
    change.add_event("unlinked", link=link_id.hex())
    change.commit()


def _mirrored(one: Link, case_id: bytes) -> Link:
    return Link(one.link, case_id, one.relation, one.other_side, one.kin)


def _require_known(new: NewLink) -> None:
    if new.side not in SIDES.get(new.relation, ()):
        raise InputError("relation", _("How do the two belong together? Please choose."))
    if new.relation == RELATIVE and new.kin not in KINS:
        raise InputError("kin", _("Who is it that writes? Please choose."))

"""What the case page says and offers about whose the case is and could be."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.hands.assigning import colleagues_to_assign
from leeside.desk.hands.card import KIND
from leeside.desk.hands.due import last_word, refusal_words
from leeside.desk.hands.erasing import is_erasable
from leeside.desk.hands.offering import offered_card
from leeside.desk.hands.swapping import EVENT, asked_by
from leeside.desk.leaving import has_run_out
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.telling.hands import card_lines
from leeside.sealing.context import LEAD
from leeside.vault import store
from leeside.vault.store import HandOverRow
from leeside.web.dates import write_near_day

Named = tuple[tuple[str, str], ...]
"""Reader ids in hex with names, as a list to choose from has them."""


@dataclass(frozen=True)
class HandsPanel:
    """Texts are empty, and lists too, where there is nothing to say or to choose."""

    offered_to_me: str
    card: tuple[tuple[str, str], ...]
    offered: str
    refused: str
    needs_person: str
    may_hand_over: bool
    may_withdraw: bool
    stand_in: str
    stand_ins: Named
    may_end_stand_in: bool
    may_take_over: bool
    may_swap: bool
    assignees: Named
    may_erase_case: bool
    erasable: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether the section has nothing in it."""
        return not (
            self.offered
            or self.may_hand_over
            or self.stand_in
            or self.stand_ins
            or self.may_take_over
            or self.may_swap
            or self.assignees
            or self.may_erase_case
        )


def make_panel(seat: Seat, file: CaseFile) -> HandsPanel:
    """The panel of an opened case."""
    row, is_open = file.row, file.is_open
    has_owner = row.owner is not None
    word = last_word(file)
    waiting = store.fetch_handover(row.case_id) if word is not None and word.kind == KIND else None
    is_mine = row.owner == seat.reader_id
    mine = waiting is not None and waiting.taker == seat.reader_id
    said = offered_card(file, seat.reader_id) if mine else None
    fit = _fit(seat, file) if is_open else ()
    may_name = is_open and has_owner and is_allowed(seat, file, CaseAction.SET_STAND_IN)
    return HandsPanel(
        offered_to_me=_offered_to_me(seat, waiting) if mine and waiting is not None else "",
        card=card_lines(seat, said) if said is not None else (),
        offered=_offered(seat, waiting) if waiting is not None and not mine else "",
        refused=_refused(seat, file),
        needs_person=_needs_person(seat, file) if is_open and not has_owner and row.circle == LEAD else "",
        may_hand_over=is_open and has_owner and waiting is None and is_allowed(seat, file, CaseAction.HAND_OVER),
        may_withdraw=waiting is not None and is_allowed(seat, file, CaseAction.HAND_OVER),
        stand_in=seat.keyring.roster.name_of(row.stand_in) if row.stand_in is not None else "",
        stand_ins=tuple(one for one in fit if one[0] != (row.stand_in or b"").hex()) if may_name else (),
        may_end_stand_in=may_name and row.stand_in is not None,
        may_take_over=is_open and has_owner and not is_mine and is_allowed(seat, file, CaseAction.TAKE_OVER),
        may_swap=is_open and is_allowed(seat, file, CaseAction.SWAP),
        assignees=fit if is_allowed(seat, file, CaseAction.ASSIGN) else (),
        may_erase_case=is_allowed(seat, file, CaseAction.ERASE),
        erasable=_erasable(seat, file),
    )


def _needs_person(seat: Seat, file: CaseFile) -> str:
    """Who asked is told to coordinators alone, and only when the one who had the case signed it."""
    if not file.events(EVENT):
        return ""
    asker = asked_by(file) if seat.is_lead else b""
    if not asker:
        return _("This case needs another person.")
    name = seat.keyring.roster.name_of(asker)
    return _("This case needs another person: %(name)s asked, and signed it.") % {"name": name}


def _fit(seat: Seat, file: CaseFile) -> Named:
    return tuple((person.reader_id.hex(), person.name) for person in colleagues_to_assign(seat, file))


def _erasable(seat: Seat, file: CaseFile) -> frozenset[str]:
    if not is_allowed(seat, file, CaseAction.ERASE_ENTRY):
        return frozenset()
    return frozenset(entry.entry_id.hex() for entry in file.entries if is_erasable(file, entry))


def _refused(seat: Seat, file: CaseFile) -> str:
    word = last_word(file)
    is_mine = file.row.owner == seat.reader_id
    return refusal_words(seat, word) if is_mine and word is not None and word.kind != KIND else ""


def _offered_to_me(seat: Seat, waiting: HandOverRow) -> str:
    name = seat.keyring.roster.name_of(waiting.giver)
    if has_run_out(waiting, seat.today):
        return _("%(name)s offered you this case, and the offer has run out. Ask for it again.") % {"name": name}
    return _("%(name)s asks you to take this case over.") % {"name": name}


def _offered(seat: Seat, waiting: HandOverRow) -> str:
    last = waiting.day + timedelta(days=LIMITS.handover_days)
    values = {
        "name": seat.keyring.roster.name_of(waiting.taker),
        "day": write_near_day(last, seat.language, seat.today),
    }
    if has_run_out(waiting, seat.today):
        return _("Offered to %(name)s, who did not answer by %(day)s.") % values
    return _("Offered to %(name)s, who may answer until %(day)s.") % values

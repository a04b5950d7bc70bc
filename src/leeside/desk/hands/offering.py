"""Handing a case over: offered with a card, accepted or refused, taken back, and never between two chairs.

Rules:
1. The case stays the giver's until it is accepted. The card, the offer and the taker's keys come in one step.
2. Who is asked may hold what the case needs, as if it were assigned to them; so that they can read before they answer,
   they are a reader until then. Unanswered, their reading ends by itself (`leaving`), and the giver is told.
3. *Accept*: the owner changes, the next step of the card is the taker's, the giver's keys go unless the card says that
   they stay, and the case gets new ones. The person is told in one line (`news`).
4. *Refuse* needs one line. Refused or taken back, the taker's keys go and the case gets new ones; somebody who could
   read it before can read it after.
5. One offer at a time.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.changes import CaseChange, begin
from leeside.desk.envelopes import grant_to_reader, own_copy
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.hands.assigning import keys_to_work_with, pass_to, require_colleague
from leeside.desk.hands.card import KIND, Card, card_in
from leeside.desk.hands.news import tell_of_new_colleague
from leeside.desk.holding import read_reason
from leeside.desk.keyring import ReadEntry
from leeside.desk.leaving import has_run_out, read_before
from leeside.desk.limits import LIMITS
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.rekeying import rekey
from leeside.desk.seat import Seat
from leeside.sealing.context import reader_recipient
from leeside.vault import store
from leeside.vault.store import HandOverRow


def offer(seat: Seat, case_id: bytes, taker: bytes, card: Card, *, stays: bool = False) -> int:
    """Offer a case to a colleague. `stays`: the giver goes on reading it. Raises InputError beside `reader`."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.HAND_OVER)
    add_offer(change, file, taker, card, stays=stays)
    return change.commit()


def add_offer(change: CaseChange, file: CaseFile, taker: bytes, card: Card, *, stays: bool = False) -> None:
    """What `offer` writes; raises what it raises, before anything is written."""
    seat, row = change.seat, file.row
    if row.owner is None or not file.is_open:
        raise NotAllowedError
    waiting = store.fetch_handover(row.case_id)
    if waiting is not None:
        name = seat.keyring.roster.name_of(waiting.taker)
        raise InputError("reader", _("It is offered to %(name)s already. Take that back first.") % {"name": name})
    person = require_colleague(seat, taker)
    if taker == row.owner:
        raise InputError("reader", _("%(name)s has it already.") % {"name": person.name})
    keys = keys_to_work_with(change, file, person)
    before = next((one for one in file.granted if one.reader_id == taker), None)
    until = before.until if before is not None else seat.today + timedelta(days=LIMITS.handover_days)
    change.drops.append(reader_recipient(taker))
    change.grants.append(grant_to_reader(seat, row, change.keys, taker, keys, until=until))
    said = {"to": taker.hex(), "stays": stays, "read_before": before is not None}
    change.add(KIND, {**card.content(), **said})
    change.offer = HandOverRow(row.case_id, row.owner, taker, seat.today)


def accept(seat: Seat, case_id: bytes) -> int:
    """Take over what was offered to oneself. Raises NotAllowedError when nothing is, InputError when it has run out."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.ACCEPT)
    waiting = _offered_to(seat, file)
    said = offered_card(file, seat.reader_id)
    if said is None or file.row.owner is None:
        raise NotAllowedError
    if has_run_out(waiting, seat.today):
        raise InputError("offer", _("This offer has run out. Ask for it again."))
    card, giver = card_in(said), file.row.owner
    change.add_event("handed_over", reader=seat.reader_id.hex(), owner=giver.hex())
    pass_to(change, file, seat.person, stays={giver} if said.body.content.get("stays") is True else set())
    held = keys_to_work_with(change, file, seat.person)
    change.grants.append(own_copy(seat, file.row, change.keys, held))
    add_step(change, file, Step(card.next_what, seat.reader_id, card.next_day))
    tell_of_new_colleague(change, file, seat.reader_id)
    return change.commit()


def refuse(seat: Seat, case_id: bytes, untrusted_reason: str) -> int:
    """Say no to what was offered to oneself, in one line."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.ACCEPT)
    waiting = _offered_to(seat, file)
    change.add_event("handover_refused", reader=seat.reader_id.hex(), reason=read_reason(untrusted_reason))
    _end(change, file, waiting.taker)
    return change.commit()


def withdraw(seat: Seat, case_id: bytes) -> int:
    """Take an offer back: its giver, their stand-in or a coordinator."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.HAND_OVER)
    waiting = store.fetch_handover(case_id)
    if waiting is None:
        raise NotAllowedError
    change.add_event("handover_withdrawn", reader=waiting.taker.hex())
    _end(change, file, waiting.taker)
    return change.commit()


def offered_card(file: CaseFile, taker: bytes) -> ReadEntry | None:
    """The newest card that was written for this colleague."""
    cards = [entry for entry in file.of_kind(KIND) if reader_in(entry.text("to")) == taker]
    return cards[-1] if cards else None


def _offered_to(seat: Seat, file: CaseFile) -> HandOverRow:
    waiting = store.fetch_handover(file.row.case_id)
    if waiting is None or waiting.taker != seat.reader_id:
        raise NotAllowedError
    return waiting


def _end(change: CaseChange, file: CaseFile, taker: bytes) -> None:
    """Rule 4: the offer goes, and the taker's keys with it, unless they read the case before."""
    change.offer = None
    if not read_before(file, taker) and taker not in (file.row.owner, file.row.stand_in):
        rekey(change, file, leaves={taker})

"""A case that is made at the desk: a parcel like any other, sealed here, with words that are shown once.

Rules:
1. The parcel is sealed to the keys of the verified roster, by the same code that seals at the door.
2. The words are drawn here, shown on the answer to one post, and kept nowhere: not in a session, not in an address,
   not in the case. Whoever loses them needs new ones.
3. One page makes one case: it carries a token that is taken once, so that a reload or a second tap makes no second.
4. The case goes to the circle of whoever makes it, so that they can open what they made; a coordinator opens all.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange
from leeside.desk.errors import InputError
from leeside.desk.opening import open_case
from leeside.desk.permissions import Role
from leeside.desk.seat import Seat
from leeside.packs.answers import AnswersRead
from leeside.packs.sealing_answers import Arrival, seal_answers
from leeside.sealing.parcels import Maker
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.vault import store

_KIND: Final = "desk_made"
_TOKEN_BYTES: Final = 16
_TOKEN_HOURS: Final = 12


@dataclass(frozen=True)
class Made:
    """A new case and the words that open its mailbox."""

    case_id: bytes
    receipt: Receipt = field(repr=False)


@dataclass(frozen=True)
class Way:
    """How a new case comes: its channel, the language of who will have the words, and where it goes."""

    channel: str
    language: str
    circle: str = ""


def offer_token(seat: Seat, purpose: str) -> str:
    """A token for a page that will make a case."""
    token = secrets.token_hex(_TOKEN_BYTES)
    store.put_once(_KIND, _hash(seat, purpose, token), b"", seat.real_now + timedelta(hours=_TOKEN_HOURS))
    return token


def take_token(seat: Seat, purpose: str, untrusted_token: str) -> None:
    """Take a page's token: rule 3. Raises InputError when it was taken, or never given."""
    if store.take_once(_KIND, _hash(seat, purpose, untrusted_token), seat.real_now) is None:
        raise InputError("token", _("This page was used already: what it made is there. Words are shown only once."))


def make_case(seat: Seat, read: AnswersRead, way: Way, *, answer_by: datetime | None = None) -> Made:
    """Seal and deposit a new case of the seat's line under fresh words. Raises VaultError when nothing was stored."""
    receipt = make_receipt()
    arrival = Arrival(Maker.DESK, way.language, way.channel, seat.today)
    roster = seat.keyring.roster.current
    parcel = seal_answers(seat.pack, roster, read, receipt, arrival, circle=way.circle)
    store.deposit(parcel, seat.today, answer_by)
    box = store.open_mailbox(parcel.lookup_hash, seat.now)
    if box is None:
        raise store.BusyError
    return Made(box.case_id, receipt)


def circle_of_maker(seat: Seat, otherwise: str) -> str:
    """Where a case goes that its maker works on, by rule 4."""
    return seat.person.role if seat.role is Role.COUNSEL else otherwise


def begin_made(seat: Seat, made: Made) -> tuple[CaseFile, CaseChange]:
    """The case that was just made, opened by its maker, and a change to go on with. Nobody else has seen it yet."""
    file = open_case(seat, made.case_id)
    return file, CaseChange(seat, file.row, file.keys)


def language_of(seat: Seat, untrusted_language: str) -> str:
    """A language that the line's pack has."""
    return untrusted_language if untrusted_language in seat.pack.languages else seat.pack.languages[0]


def _hash(seat: Seat, purpose: str, token: str) -> bytes:
    """Bound to the person and the purpose: a token of one page opens no other."""
    return hashlib.sha256(b"\0".join((seat.reader_id, purpose.encode(), token.encode()))).digest()

"""Shifts: who is there until when, with how many places, and access that ends with the shift.

Rules:
1. Going on shift is a promise to colleagues: it opens nothing. Whoever may see the queue puts themselves on shift
   and leaves when they like.
2. For a person whose access ends with the shift (`shift_only` on the roster) only a coordinator starts one or makes
   it longer. Without a running shift their sign-in is refused and their session ends; what they had typed is kept.
   That is a rule of the software (`seat.take_seat`), not arithmetic.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.grades import is_shift_only
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.vault import store

HOURS = (2, 4, 6, 8, 12)


@dataclass(frozen=True)
class OnShift:
    """Somebody who is there. `until` is a moment on the domain clock, for people to read."""

    reader_id: bytes
    until: datetime
    places: int


def list_shifts(seat: Seat) -> tuple[OnShift, ...]:
    """Who is on shift now, by name."""
    require_line_action(LineAction.SEE_PEOPLE, seat.role)
    found = [
        OnShift(row.reader_id, seat.now + (row.until - seat.real_now), row.places)
        for row in store.fetch_shifts(seat.line_id, seat.real_now)
        if seat.keyring.roster.person(row.reader_id) is not None
    ]
    return tuple(sorted(found, key=lambda one: seat.keyring.roster.name_of(one.reader_id).casefold()))


def go_on_shift(seat: Seat, untrusted_hours: str, untrusted_places: str) -> None:
    """Put oneself on shift for some hours, or change it. Raises InputError."""
    require_line_action(LineAction.GO_ON_SHIFT, seat.role)
    if is_shift_only(seat.person):
        raise NotAllowedError
    _put(seat, seat.reader_id, untrusted_hours, untrusted_places)


def leave_shift(seat: Seat) -> None:
    """End one's own shift."""
    require_line_action(LineAction.GO_ON_SHIFT, seat.role)
    store.end_shift(seat.reader_id)


def grant_shift(seat: Seat, reader_id: bytes, untrusted_hours: str, untrusted_places: str) -> None:
    """Put a colleague whose access ends with the shift on shift. Raises InputError."""
    require_line_action(LineAction.SET_GRADE, seat.role)
    person = seat.keyring.roster.person(reader_id)
    if person is None or not is_shift_only(person):
        raise NotAllowedError
    _put(seat, reader_id, untrusted_hours, untrusted_places)


def _put(seat: Seat, reader_id: bytes, untrusted_hours: str, untrusted_places: str) -> None:
    if untrusted_hours not in map(str, HOURS):
        raise InputError("hours", _("For how many hours? Choose one of the list."))
    places = int(untrusted_places) if untrusted_places.isascii() and untrusted_places.isdigit() else -1
    if not 0 <= places <= LIMITS.shift_places:
        raise InputError("places", _("Places are a number from 0 to 30."))
    store.put_shift(seat.line_id, reader_id, seat.real_now + timedelta(hours=int(untrusted_hours)), places)

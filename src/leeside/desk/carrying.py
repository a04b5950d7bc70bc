"""How much one person carries, and for how much they have places.

Rules:
1. What counts is an open case of one's own that waits on us, and a case held just now. What was answered and waits
   for the person presses nobody and does not count.
2. A shift says how many places somebody has; without one the pack's number holds.
3. Over it *Take* is refused, with the names of those to ask. A coordinator assigns whatever they like, and takes it.
"""

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.vault import store


def places_of(seat: Seat) -> int:
    """For how many cases this person has places: by their shift, else by the pack."""
    shifts = {one.reader_id: one.places for one in store.fetch_shifts(seat.line_id, seat.real_now)}
    return shifts.get(seat.reader_id, seat.pack.clocks.places)


def carried_by(seat: Seat) -> int:
    """How many cases this person carries, those held just now among them."""
    owned = store.count_carried(seat.line_id, [seat.reader_id])[seat.reader_id]
    return owned + store.count_holds(seat.reader_id, seat.real_now)


def require_place(seat: Seat) -> None:
    """Refuse one more case over the cap. Raises InputError with a sentence that says whom to ask."""
    if not seat.is_lead and carried_by(seat) >= places_of(seat):
        raise InputError("take", full_words(seat))


def full_words(seat: Seat) -> str:
    """Why *Take* is refused, and what to do."""
    names = ", ".join(sorted(person.name for person in seat.keyring.roster.members_of(LEAD, seat.today)))
    return _(
        "You carry as many cases that wait on us as you have places for (%(places)d)."
        " Finish or give back one, or ask a coordinator to assign it to you: %(names)s."
    ) % {"places": places_of(seat), "names": names}

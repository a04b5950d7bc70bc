"""Whether an answer leaves by one pair of eyes or by two, and whose the second may be.

Rules:
1. A colleague's grade says whether they send alone, what was checked, or not at all (`grades`).
2. A pack may say more: nobody sends alone, and a circle of it checks (`checked_by` in casework.toml). Coordinators
   check with that circle. Nobody's own eyes are the second, a coordinator's neither.
3. Every text that a colleague wrote to a writer passes `require_seen`, whatever flow it came by: a line to many too.
   Fixed words of the program (new words of a receipt, a transfer) are nobody's answer. A file goes out by those who
   check.
These are rules of the software: whoever has a case's key and another program can seal an answer.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError
from leeside.desk.grades import Grade, grade_of
from leeside.desk.permissions import Role, role_of
from leeside.desk.seat import Seat
from leeside.packs.pack import Pack
from leeside.sealing.roster import Person

CHECKED, DRAFTED = "checked", "drafted"
"""What the staff's side remembers of an answer that two have seen: who checked it, or who drafted what they sent."""


def sends_alone(seat: Seat) -> bool:
    """Whether this person may answer without a second pair of eyes."""
    return seat.grade >= Grade.SEND and not seat.pack.checked_by


def is_checker(pack: Pack, person: Person) -> bool:
    """Whether this colleague's eyes count as the second pair."""
    if grade_of(person) < Grade.SEND:
        return False
    return not pack.checked_by or role_of(person.role) is Role.LEAD or person.role == pack.checked_by


def require_seen(seat: Seat, about: Mapping[str, object]) -> None:
    """Raises InputError in a line whose answers are checked, unless two have seen this one."""
    if seat.pack.checked_by and not about.get(CHECKED) and not about.get(DRAFTED):
        raise InputError("text", _("A colleague looks at it first: nobody has checked exactly these words yet."))


def require_may_give(seat: Seat) -> None:
    """Raises InputError for a file to the writer by somebody whose eyes are not enough in this line."""
    if seat.pack.checked_by and not is_checker(seat.pack, seat.person):
        raise InputError("file", _("In this line, files to the writer are sent by those who check answers."))

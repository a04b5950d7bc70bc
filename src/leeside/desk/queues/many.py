"""Many cases at once: assigned to one colleague, or closed as no request at all. For coordinators.

Rules:
1. Every case is a step of its own that happens whole or not at all; what failed is told case by case, with its reason.
2. At most fifty at a time; more is refused before the first.
3. Only what nobody has taken is closed as spam, and who closes it has opened it: that is on record.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from leeside.desk.closing import close
from leeside.desk.errors import InputError
from leeside.desk.hands.assigning import assign, require_colleague
from leeside.desk.many_cases import Report, each_case
from leeside.desk.opening import open_case
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat


def assign_many(seat: Seat, untrusted_slugs: Sequence[str], reader_id: bytes) -> Report:
    """Assign cases to one colleague. Raises InputError beside `case`, NotAllowedError for a stranger."""
    require_line_action(LineAction.ASSIGN_MANY, seat.role)
    require_colleague(seat, reader_id)
    return each_case(seat, untrusted_slugs, lambda case_id: assign(seat, case_id, reader_id))


def close_many(seat: Seat, untrusted_slugs: Sequence[str]) -> Report:
    """Close cases with the pack's outcome for spam. Raises InputError beside `case`."""
    require_line_action(LineAction.ASSIGN_MANY, seat.role)
    outcome = next(one.id for one in seat.pack.outcomes if one.is_spam)
    return each_case(seat, untrusted_slugs, lambda case_id: _close_untaken(seat, case_id, outcome))


def _close_untaken(seat: Seat, case_id: bytes, outcome: str) -> int:
    file = open_case(seat, case_id)
    if file.row.owner is not None:
        raise InputError("case", _("%(name)s works on it.") % {"name": seat.keyring.roster.name_of(file.row.owner)})
    return close(seat, case_id, outcome, None)

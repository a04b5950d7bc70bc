"""Many cases at once: assigned to one colleague, or closed as no request at all. For coordinators.

Rules:
1. Every case is a step of its own that happens whole or not at all; what failed is told case by case, with its reason.
2. At most fifty at a time; more is refused before the first.
3. Only what nobody has taken is closed as spam, and who closes it has opened it: that is on record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.closing import close
from leeside.desk.code_names import read_slug, write_code_name
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.hands.assigning import assign, require_colleague
from leeside.desk.keyring import RefusedError
from leeside.desk.limits import LIMITS
from leeside.desk.opening import find_case, open_case
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.vault import store


@dataclass(frozen=True)
class Report:
    """What became of each case: names of those done, and names with a reason of those not."""

    done: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def assign_many(seat: Seat, untrusted_slugs: Sequence[str], reader_id: bytes) -> Report:
    """Assign cases to one colleague. Raises InputError beside `case`, NotAllowedError for a stranger."""
    require_line_action(LineAction.ASSIGN_MANY, seat.role)
    require_colleague(seat, reader_id)
    return _each(seat, untrusted_slugs, lambda case_id: assign(seat, case_id, reader_id))


def close_many(seat: Seat, untrusted_slugs: Sequence[str]) -> Report:
    """Close cases with the pack's outcome for spam. Raises InputError beside `case`."""
    require_line_action(LineAction.ASSIGN_MANY, seat.role)
    outcome = next(one.id for one in seat.pack.outcomes if one.is_spam)
    return _each(seat, untrusted_slugs, lambda case_id: _close_untaken(seat, case_id, outcome))


def _close_untaken(seat: Seat, case_id: bytes, outcome: str) -> int:
    file = open_case(seat, case_id)
    if file.row.owner is not None:
        raise InputError("case", _("%(name)s works on it.") % {"name": seat.keyring.roster.name_of(file.row.owner)})
    return close(seat, case_id, outcome, None)


def _each(seat: Seat, untrusted_slugs: Sequence[str], step: Callable[[bytes], object]) -> Report:
    slugs = list(dict.fromkeys(untrusted_slugs))
    if not slugs:
        raise InputError("case", _("Mark at least one case."))
    if len(slugs) > LIMITS.queue_at_once:
        most = LIMITS.queue_at_once
        raise InputError("case", _("At most %(most)d cases at a time. Nothing was changed.") % {"most": most})
    done, failed = [], []
    for slug in slugs:
        name = _name_of(seat, slug)
        reason = _tried(seat, slug, step)
        if reason:
            failed.append((name, reason))
        else:
            done.append(name)
    return Report(tuple(done), tuple(failed))


def _tried(seat: Seat, untrusted_slug: str, step: Callable[[bytes], object]) -> str:
    """Why a step on one case failed, or an empty text."""
    try:
        step(find_case(seat, untrusted_slug))
    except InputError as error:
        return error.reason
    except HeldByOtherError as held:
        return _("%(name)s holds it just now.") % {"name": held.name}
    except store.ConflictError:
        return _("Somebody wrote into it at the same moment. Try it again.")
    except store.StateError:
        return _("It is closed already.")
    except (NotAllowedError, RefusedError, store.GoneError):
        return _("It is not there any more, or not for you.")
    return ""


def _name_of(seat: Seat, untrusted_slug: str) -> str:
    code = read_slug(untrusted_slug)
    return write_code_name(code, seat.language) if code is not None else "?"

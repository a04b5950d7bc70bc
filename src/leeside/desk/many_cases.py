"""One step with each of several cases: what became of each is told by its name, and why of those that stayed as they
were. Every case is a step of its own that happens whole or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.code_names import read_slug, write_code_name
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.keyring import RefusedError
from leeside.desk.limits import LIMITS
from leeside.desk.opening import find_case
from leeside.desk.seat import Seat
from leeside.vault import store


@dataclass(frozen=True)
class Report:
    """What became of each case: names of those done, and names with a reason of those not."""

    done: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def each_case(
    seat: Seat, untrusted_slugs: Sequence[str], step: Callable[[bytes], object], most: int = LIMITS.queue_at_once
) -> Report:
    """Take a step with each case. Raises InputError beside `case` for none or too many, before the first."""
    slugs = list(dict.fromkeys(untrusted_slugs))
    if not slugs:
        raise InputError("case", _("Mark at least one case."))
    if len(slugs) > most:
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
    except store.StateError:
        # Which is a conflict too: it is asked for first.
        return _("It is closed already.")
    except store.ConflictError:
        return _("Somebody wrote into it at the same moment. Try it again.")
    except (NotAllowedError, RefusedError, store.GoneError):
        return _("It is not there any more, or not for you.")
    return ""


def _name_of(seat: Seat, untrusted_slug: str) -> str:
    code = read_slug(untrusted_slug)
    return write_code_name(code, seat.language) if code is not None else "?"

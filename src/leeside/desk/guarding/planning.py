"""Setting safe contact: the plan that the send button obeys, a reasoned exception to it, and what a stop word meant.

The plan lies in `story`, where whoever works the case reads it; it goes inside, so no mailbox shows it. In a case whose
device was seized it is sealed under keys that the old words do not open.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.outgoing import WRITE_FIRST_ALLOWED
from leeside.desk.permissions import CaseAction, Standing
from leeside.desk.recarding import recard
from leeside.desk.safety.contact import ZONES
from leeside.desk.safety.seizure import short_id
from leeside.desk.safety.stop_word import CLEARED, stop_messages
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line
from leeside.packs.meanings import CHANNELS
from leeside.sealing.compartments import Compartment

_MAY_EXCEPT: Final = frozenset({Standing.OWNER, Standing.LEAD, Standing.STAND_IN})


@dataclass(frozen=True)
class TypedPlan:
    """A plan as somebody typed it. Without hours the answer goes out at any time."""

    channel: str = ""
    zone: str = ""
    starts: str = ""
    ends: str = ""
    days: Collection[str] = ()
    stop_word: str = ""
    cover: str = ""
    never_first: bool = False
    silence_means: str = ""


def set_contact(seat: Seat, case_id: bytes, typed: TypedPlan) -> int:
    """Set the plan. Raises InputError beside the field."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_SAFETY)
    if typed.channel not in CHANNELS:
        raise InputError("channel", _("Where do they read us? Please choose."))
    content: dict[str, object] = {
        "channel": typed.channel,
        **_hours(typed),
        "stop_word": read_line(typed.stop_word, "stop_word", LIMITS.phrase_characters),
        "cover": read_line(typed.cover, "cover", LIMITS.cover_characters),
        "never_first": typed.never_first,
        "silence_means": read_line(typed.silence_means, "silence_means"),
    }
    change.add("contact", content, compartment=Compartment.STORY)
    version = change.commit()
    recard(seat, case_id)
    return version


def allow_writing_first(seat: Seat, case_id: bytes, untrusted_reason: str) -> int:
    """Let one answer go out although they asked us not to write first; the owner's word, with a reason on record."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_SAFETY)
    if not may_except(file):
        raise NotAllowedError
    wanted = _("Why must we write first? One line, please: it stays on record.")
    reason = read_line(untrusted_reason, "reason", wanted=wanted)
    change.add_event(WRITE_FIRST_ALLOWED, reason=reason)
    return change.commit()


def may_except(file: CaseFile) -> bool:
    """Whether the person here may say that an answer goes out all the same."""
    return file.standing in _MAY_EXCEPT


def clear_stop_word(seat: Seat, case_id: bytes, untrusted_reason: str) -> int:
    """Say that the word in these messages was no alarm, and why; from then on answers may go out again."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_SAFETY)
    wanted = _("How do you know that it was no alarm? One line, please.")
    reason = read_line(untrusted_reason, "reason", wanted=wanted)
    for entry in stop_messages(file):
        change.add_event(CLEARED, entry=short_id(entry), reason=reason)
    version = change.commit()
    recard(seat, case_id)
    return version


def _hours(typed: TypedPlan) -> dict[str, object]:
    """The hours as an entry keeps them; none when neither end was typed."""
    if not typed.starts and not typed.ends:
        return {}
    try:
        starts, ends = time.fromisoformat(typed.starts), time.fromisoformat(typed.ends)
    except ValueError:
        raise InputError("starts", _("From when to when? Please give both hours, or none.")) from None
    if typed.zone not in ZONES:
        raise InputError("zone", _("On whose clock? Please choose the person’s time zone."))
    days = sorted({int(day) for day in typed.days if day in {"0", "1", "2", "3", "4", "5", "6"}})
    return {"zone": typed.zone, "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}", "days": days}

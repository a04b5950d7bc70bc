"""The shift's brief: a few lines from a coordinator to one circle, shown above the queue to its members.

Rules:
1. It is sealed to the circle's present role key and signed by its author inside the seal: whoever is not in the
   circle cannot read it, and nobody can write one in a coordinator's name. Who read it is not tracked.
2. Only what a person who is a coordinator wrote is shown.
3. It is shown until taken away, and for two days at most. After new role keys it opens with the old ones, which
   those who were members then still hold.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.keyring import RefusedError
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, Role, may_on_line, require_line_action
from leeside.desk.seat import Seat
from leeside.packs.answers import clean_text
from leeside.sealing.briefs import BriefAuthor, BriefPlace
from leeside.sealing.context import LEAD
from leeside.sealing.seal import new_entry_id, seal_brief
from leeside.vault import store


@dataclass(frozen=True)
class BriefLine:
    """One brief as it is shown. `by` is the author's pseudonym."""

    key: str
    circle: str
    text: str
    by: str
    day: date


def write_brief(seat: Seat, circle: str, untrusted_text: str) -> None:
    """Seal a brief to a circle. Raises InputError."""
    require_line_action(LineAction.WRITE_BRIEF, seat.role)
    if circle not in circles_to_brief(seat):
        raise NotAllowedError
    text = clean_text(untrusted_text).strip()
    if not text:
        raise InputError("text", _("The brief has no words yet."))
    if len(text) > LIMITS.brief_characters:
        raise InputError("text", _("A brief has at most 1200 letters: what somebody reads standing."))
    role_key = seat.keyring.roster.current.role_key(circle)
    place = BriefPlace(seat.line_id, circle, role_key.epoch, new_entry_id())
    author = BriefAuthor(seat.reader_id, seat.keyring.ring.signing_seed)
    sealed = seal_brief(role_key.public, place, {"text": text, "at": seat.now.isoformat()}, author)
    store.put_brief(seat.line_id, store.BriefRow(place.brief_id, circle, role_key.epoch, seat.today, sealed))


def drop_brief(seat: Seat, brief_id: bytes) -> None:
    """Take a brief away for everybody."""
    require_line_action(LineAction.WRITE_BRIEF, seat.role)
    store.drop_brief(seat.line_id, brief_id)


def circles_to_brief(seat: Seat) -> tuple[str, ...]:
    """Whom a brief can be written to."""
    return (*(circle.name for circle in seat.pack.circles), LEAD)


def briefs_for(seat: Seat) -> tuple[BriefLine, ...]:
    """What this person is told for the shift, the newest first; empty for whoever reads no briefs."""
    if not may_on_line(LineAction.READ_BRIEF, seat.role):
        return ()
    since = seat.today - timedelta(days=LIMITS.brief_days - 1)
    found: list[tuple[str, BriefLine]] = []
    for row in store.fetch_briefs(seat.line_id, seat.circles, since):
        try:
            opened = seat.keyring.open_brief(BriefPlace(seat.line_id, row.circle, row.epoch, row.brief_id), row.sealed)
        except RefusedError:
            continue  # of an epoch before this person came, or not a coordinator's: nothing to show
        if seat.keyring.roster.role_of(opened.author, seat.today) is Role.LEAD:
            text, at = str(opened.content.get("text", "")), str(opened.content.get("at", ""))
            by = seat.keyring.roster.name_of(opened.author)
            found.append((at, BriefLine(row.brief_id.hex(), row.circle, text, by, row.day)))
    return tuple(line for _, line in sorted(found, key=lambda one: one[0], reverse=True))

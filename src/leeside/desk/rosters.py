"""The verified roster of a line, with what the desk asks of it: names, role keys of all epochs, whose turn it is.

Keys for sealing and verifying come from here and from nowhere else. A verified roster is public knowledge of the
line's people, so one process keeps the newest in memory; what is kept was verified up to the fingerprint in the
asker's own ring, and is verified anew when the chain has grown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from leeside.desk.errors import UntrustedRosterError
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import Role, role_of
from leeside.sealing.context import LEAD
from leeside.sealing.errors import RefusedError
from leeside.sealing.roster import Person, Roster, RosterVersion, read_version, verify_roster
from leeside.vault import store


@dataclass(frozen=True)
class LineRoster:
    """One verified chain. `role_publics` has every epoch's keys, `names` everybody there ever was."""

    current: Roster
    role_publics: Mapping[tuple[str, int], bytes] = field(repr=False)
    names: Mapping[bytes, str] = field(repr=False)
    epoch_began: date
    """The day of the version that brought the present lead key."""
    rekey_from: int
    """The epoch that began when somebody last left, lost a circle or got new keys of their own; what was sealed before
    it wants new keys. 0: nobody ever did."""
    left: frozenset[bytes] = field(repr=False)
    renewed: frozenset[bytes] = field(default=frozenset(), repr=False)
    """Who is on the line with other keys than they came with."""

    @property
    def number(self) -> int:
        """The newest version."""
        return self.current.number

    @property
    def epoch(self) -> int:
        """The present epoch: that of the lead key. All circles turn together."""
        return self.current.role_key(LEAD).epoch

    def person(self, reader_id: bytes) -> Person | None:
        """Somebody who is on the line now, or None."""
        try:
            return self.current.person(reader_id)
        except RefusedError:
            return None

    def require_person(self, reader_id: bytes, today: date) -> Person:
        """Somebody whose keys may be sealed to today. Raises RefusedError for strangers and ended roles."""
        person = self.current.person(reader_id)
        if person.until is not None and today > person.until:
            raise RefusedError
        return person

    def role_of(self, reader_id: bytes, today: date) -> Role:
        """What the person is to the line today."""
        person = self.person(reader_id)
        if person is None or (person.until is not None and today > person.until):
            return Role.NOBODY
        return role_of(person.role)

    def name_of(self, reader_id: bytes | None) -> str:
        """A pseudonym, also of somebody who has left; empty for a stranger."""
        return self.names.get(reader_id or b"", "")

    def role_public(self, circle: str, epoch: int) -> bytes:
        """A role key's public half, of any epoch. Raises RefusedError when the chain has none."""
        try:
            return self.role_publics[circle, epoch]
        except KeyError:
            raise RefusedError from None

    def verify_keys_of(self, reader_id: bytes) -> tuple[bytes, ...]:
        """Every key this person ever signed with."""
        return self.current.verify_keys_of(reader_id)

    def members_of(self, circle: str, today: date) -> tuple[Person, ...]:
        """Whom the circle's role key belongs to today."""
        return self.current.members(circle, today)

    def is_epoch_due(self, today: date) -> bool:
        """Whether a coordinator's session should turn the epoch."""
        return today >= self.epoch_began + timedelta(days=LIMITS.epoch_days)


_kept: dict[tuple[bytes, bytes], LineRoster] = {}


def load_roster(line_id: bytes, fingerprint: bytes, newest: int, at_least: int) -> LineRoster:
    """The line's roster, verified up to `fingerprint`.

    `newest` is the number that the store names now, `at_least` the one that the asker saw last. Raises
    UntrustedRosterError when the chain does not verify, is shorter than that, or is gone.
    """
    kept = _kept.get((line_id, fingerprint))
    if kept is None or kept.number != newest:
        try:
            kept = read_roster(store.fetch_roster(line_id), line_id, fingerprint, at_least)
        except RefusedError:
            raise UntrustedRosterError from None
        _kept[line_id, fingerprint] = kept
    if kept.number < at_least:
        raise UntrustedRosterError
    return kept


def read_roster(chain: Sequence[bytes], line_id: bytes, fingerprint: bytes, at_least: int = 0) -> LineRoster:
    """Verify a chain and gather what the desk asks of it. Raises RefusedError."""
    current = verify_roster(chain, fingerprint, at_least)
    if current.line_id != line_id:
        raise RefusedError
    publics: dict[tuple[str, int], bytes] = {}
    names: dict[bytes, str] = {}
    epoch_began, lead_epoch, rekey_from = current.day, 0, 0
    before: Mapping[bytes, Person] = {}
    for version in map(read_version, chain):
        names.update({person.reader_id: person.name for person in version.people})
        publics.update({(key.circle, key.epoch): key.public for key in version.role_keys})
        if _lead_epoch(version) > lead_epoch:
            epoch_began, lead_epoch = version.day, _lead_epoch(version)
        present = {person.reader_id: person for person in version.people}
        if any(_has_lost(person, present.get(reader_id)) for reader_id, person in before.items()):
            rekey_from = lead_epoch
        before = present
    left = frozenset(names) - {person.reader_id for person in current.people}
    renewed = frozenset(one.reader_id for one in current.people if len(current.verify_keys_of(one.reader_id)) > 1)
    return LineRoster(
        current, MappingProxyType(publics), MappingProxyType(names), epoch_began, rekey_from, left, renewed
    )


def forget_rosters() -> None:
    """Drop what this process keeps; for tests that change a chain behind its back."""
    _kept.clear()


def _has_lost(before: Person, now: Person | None) -> bool:
    """Whether keys that somebody held are not theirs any more: they left, moved to another role, or have new keys."""
    if now is None or now.sealing_public != before.sealing_public:
        return True
    return now.role not in {before.role, LEAD} and role_of(before.role) in {Role.LEAD, Role.COUNSEL}


def _lead_epoch(version: RosterVersion) -> int:
    return max((key.epoch for key in version.role_keys if key.circle == LEAD), default=0)

"""A seat at the desk: one person, unlocked, for the length of one request. Every flow takes one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from leeside.desk.errors import NotAllowedError, OffShiftError, UntrustedRosterError
from leeside.desk.grades import Grade, grade_of, is_shift_only
from leeside.desk.keyring import Keyring
from leeside.desk.lines import line_row, pack_of
from leeside.desk.permissions import Role
from leeside.desk.rosters import load_roster
from leeside.packs.pack import Pack
from leeside.sealing.context import LEAD
from leeside.sealing.keys import verify_key_of
from leeside.sealing.rings import KeyRing
from leeside.sealing.roster import Person
from leeside.vault import store
from leeside.web.clock import DomainClock, domain_clock, real_now
from leeside.web.lines import LineSettings


@dataclass(frozen=True)
class Seat:
    """What a flow needs: the line, its pack, the person's keyring, and both clocks.

    `now` is the domain clock's moment, which people see and which stands inside the seals; `real_now` is for holds
    and sessions.
    """

    line: LineSettings
    pack: Pack
    keyring: Keyring
    person: Person
    now: datetime
    real_now: datetime
    language: str = "en"
    session_hash: bytes | None = field(default=None, repr=False)
    own_zone: str = ""

    @property
    def zone(self) -> str:
        """The time zone in which this person reads times (IANA): their own choice, else the line's."""
        return self.own_zone or self.line.time_zone

    @property
    def line_id(self) -> bytes:
        """The line's id."""
        return self.keyring.ring.line_id

    @property
    def reader_id(self) -> bytes:
        """The person's id."""
        return self.keyring.reader_id

    @property
    def today(self) -> date:
        """The day at the line, on the domain clock."""
        return self.now.astimezone(ZoneInfo(self.line.time_zone)).date()

    @property
    def role(self) -> Role:
        """What the person is to the line today."""
        return self.keyring.roster.role_of(self.reader_id, self.today)

    @property
    def grade(self) -> Grade:
        """How far the person works alone."""
        return grade_of(self.person)

    @property
    def is_lead(self) -> bool:
        """Whether the person is a coordinator today."""
        return self.role is Role.LEAD

    @property
    def lacks_key(self) -> bool:
        """Whether a role key of today's that this person should hold is not sealed to them."""
        keys, held = self.keyring.roster.current.role_keys, set(self.keyring.held_role_keys)
        wanted = self.circles if not self.is_lead else tuple(key.circle for key in keys)
        return any(key.circle in wanted and (key.circle, key.epoch) not in held for key in keys)

    @property
    def circles(self) -> tuple[str, ...]:
        """Whose cases the person may see, as the store asks it: their circle; a coordinator all circles and `lead`."""
        return circles_of(self.pack, self.role, self.person)


def circles_of(pack: Pack, role: Role, person: Person) -> tuple[str, ...]:
    """Whose cases somebody of this role may see, as the store asks it."""
    if role is Role.LEAD:
        return (*(circle.name for circle in pack.circles), LEAD)
    return (person.role,) if role is Role.COUNSEL else ()


def take_seat(
    line: LineSettings,
    ring: KeyRing,
    *,
    language: str = "en",
    now: datetime | None = None,
    session_hash: bytes | None = None,
    zone: str = "",
    clock: Callable[[], DomainClock] = domain_clock,
) -> Seat:
    """The seat that an opened ring gives: roster verified up to the ring's fingerprint, which must be the settings'.

    `now` is the domain clock's moment unless the caller (a demo that fills its months) hands one in. Raises
    UntrustedRosterError, NotAllowedError for somebody who is not on the roster with this key or whose role has ended,
    and OffShiftError for somebody whose access ends with the shift and who is on none.
    """
    row = line_row(line)
    if ring.line_id != row.id:
        raise NotAllowedError
    if line.fingerprint and bytes.fromhex(line.fingerprint) != ring.fingerprint:
        raise UntrustedRosterError
    roster = load_roster(row.id, ring.fingerprint, row.roster_number, ring.roster_number)
    person = roster.person(ring.reader_id)
    moment = now or clock().now()
    if person is None or verify_key_of(ring.signing_seed) != person.verify_key:
        # A ring of somebody else's making, put where this person's lay, opens no case; it must not sit here either.
        raise NotAllowedError
    keyring = Keyring(ring, roster, store.fetch_role_envelopes(row.id, ring.reader_id))
    seat = Seat(line, pack_of(line), keyring, person, moment.astimezone(UTC), real_now(), language, session_hash, zone)
    if seat.role is Role.NOBODY:
        raise NotAllowedError
    if is_shift_only(person) and not _is_on_shift(seat):
        raise OffShiftError
    return seat


def _is_on_shift(seat: Seat) -> bool:
    return any(one.reader_id == seat.reader_id for one in store.fetch_shifts(seat.line_id, seat.real_now))

"""A wordless ping: a feed that a colleague's own phone asks, and that says "please look" and nothing else.

Rules:
1. The address is shown once and kept as a hash. It opens nothing: whoever has it learns that something waits for
   somebody, not what, how much, of whom, or on which line.
2. The feed has one entry and one size, always. Its id changes once when something new waits: a red case that nobody
   has in one's circles, one's own case at half of its promise, a hand-over; for coordinators also a promise nearly
   gone and a case that came back. What has gone again changes nothing.
3. What stood there when it was last asked is kept as short keyed hashes; their key is the address.
4. It ends with the account, with the role, and with a new address.
"""

import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from leeside.desk.errors import NotAllowedError, UntrustedRosterError
from leeside.desk.lines import configured_lines, line_row, pack_of
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.queue_times import times_at
from leeside.desk.queues.clocks import Stretch, clock_of
from leeside.desk.rosters import load_roster
from leeside.desk.seat import Seat, circles_of
from leeside.packs.pack import Pack
from leeside.vault import store
from leeside.vault.store import PingRow, QueueTimes, Tab
from leeside.web.clock import DomainClock, domain_clock, real_now
from leeside.web.lines import LineSettings

_TOKEN_BYTES: Final = 32
_TAG_BYTES: Final = 8
_LOOKED_AT: Final = 200


@dataclass(frozen=True)
class Feed:
    """What a feed says: an id that is new when something new waits, and the day on which it last was."""

    feed_id: UUID
    entry_id: UUID
    day: date


def make_ping(seat: Seat) -> str:
    """A new address for this person; the one before ends. The token is handed out once and never again."""
    require_line_action(LineAction.BE_PINGED, seat.role)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    store.put_ping(seat.line_id, seat.reader_id, _hash_of(token), seat.today)
    return token


def end_pings(seat: Seat) -> None:
    """End this person's address."""
    require_line_action(LineAction.BE_PINGED, seat.role)
    store.drop_pings(seat.reader_id)


def has_ping(seat: Seat) -> bool:
    """Whether this person has an address."""
    require_line_action(LineAction.BE_PINGED, seat.role)
    return store.has_ping(seat.reader_id)


def read_feed(untrusted_token: str) -> Feed:
    """The feed of an address. Raises NotAllowedError for all others: wrong, ended, locked, no longer on the line."""
    row = store.fetch_ping(_hash_of(untrusted_token))
    if row is None:
        raise NotAllowedError
    line = _line_of(row.line_id)
    clock = domain_clock()
    tags = _tags(untrusted_token, row, line, clock)
    today = clock.today(line.time_zone)
    if set(tags) - set(row.known):
        store.note_ping(_hash_of(untrusted_token), row.number + 1, today, tags)
        row = store.fetch_ping(_hash_of(untrusted_token)) or row
    elif set(tags) != set(row.known):
        store.note_ping(_hash_of(untrusted_token), row.number, row.day, tags)
    return Feed(_uuid(untrusted_token, b"feed"), _uuid(untrusted_token, b"entry %d" % row.number), row.day)


def _tags(token: str, row: PingRow, line: LineSettings, clock: DomainClock) -> tuple[bytes, ...]:
    """A tag for everything that waits for this person. Raises NotAllowedError."""
    pack, now = pack_of(line), clock.now()
    circles = _circles_of(row.reader_id, line, pack, clock.today(line.time_zone))
    times = times_at(pack, clock.today(line.time_zone), now, real_now())
    try:
        found = [_hmac(token, what)[:_TAG_BYTES] for what in _waiting(row, circles, pack, times, now)]
    except store.GoneError:
        raise NotAllowedError from None
    return tuple(sorted(set(found)))


def _waiting(row: PingRow, circles: tuple[str, ...], pack: Pack, times: QueueTimes, now: datetime) -> Iterator[bytes]:
    """What waits, as texts that only become tags. A case past half and the same case nearly past are two things."""
    for tab in (Tab.RED_UNTAKEN, Tab.HANDED_TO_ME, Tab.NEARLY_PAST, Tab.CAME_BACK):
        for case_id in store.queue_ids(row.line_id, row.reader_id, circles, tab, _LOOKED_AT, times):
            yield tab.value.encode() + case_id
    mine = store.queue_rows(row.line_id, row.reader_id, circles, Tab.MINE, None, _LOOKED_AT, times)
    for case in mine.rows:
        clock = clock_of(pack, case.urgency, case.answer_by, is_untaken=False, now=now)
        if clock.stretch >= Stretch.HALF and case.answer_by is not None:
            # A new message makes a new promise, which may be half gone in its turn.
            yield b"half" + case.case_id + case.answer_by.isoformat().encode()


def _circles_of(reader_id: bytes, line: LineSettings, pack: Pack, today: date) -> tuple[str, ...]:
    row = line_row(line)
    if not line.fingerprint:
        raise NotAllowedError
    try:
        roster = load_roster(row.id, bytes.fromhex(line.fingerprint), row.roster_number, 0)
    except UntrustedRosterError:
        raise NotAllowedError from None
    role = roster.role_of(reader_id, today)
    require_line_action(LineAction.BE_PINGED, role)
    person = roster.person(reader_id)
    return circles_of(pack, role, person) if person is not None else ()


def _line_of(line_id: bytes) -> LineSettings:
    for line in configured_lines():
        if line_row(line).id == line_id:
            return line
    raise NotAllowedError


def _hash_of(untrusted_token: str) -> bytes:
    return sha256(b"leeside ping " + untrusted_token.encode()).digest()


def _hmac(token: str, what: bytes) -> bytes:
    return hmac.digest(token.encode(), b"leeside ping " + what, "sha256")


def _uuid(token: str, what: bytes) -> UUID:
    return UUID(bytes=_hmac(token, what)[:16], version=4)

"""Removing a colleague, and what they could reach.

Rules:
1. One transaction: the roster without them, new role keys for everybody who stays, the account locked; role envelopes,
   grants, hand-overs and drafts that only they saw are deleted, and cases they owned are with the coordinators. Their
   sessions, shift and pings end right after; they open nothing from the moment that the roster is there without them.
2. New case keys are made by the next reader of each case or by a coordinator's run; until then a case is listed.
3. The page lists what the person opened, from the readings on record, and what they could have opened. What they
   read, they know.
4. Nobody removes themselves, and a line keeps a coordinator.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leeside.desk.code_names import write_slug
from leeside.desk.errors import NotAllowedError
from leeside.desk.keyring import RefusedError
from leeside.desk.open_cases import all_open
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.desk.team.roster_steps import append_version, circles_for, make_epoch
from leeside.sealing.context import LEAD
from leeside.sealing.keys import public_key_of
from leeside.sealing.plain_json import Json
from leeside.sealing.seal import seal_audit
from leeside.vault import store

_LISTED = 150


@dataclass(frozen=True)
class OpenedLine:
    """One case, or a drawer of it, that a person opened: how often, and when last (ISO)."""

    slug: str
    what: str
    times: int
    last: str


@dataclass(frozen=True)
class Reach:
    """What a person opened, and what they could have opened (code names; `could_total` counts beyond the list)."""

    opened: tuple[OpenedLine, ...]
    could: tuple[str, ...]
    could_total: int


def reach_of(seat: Seat, reader_id: bytes) -> Reach:
    """What somebody did and could reach: a person of the line now, or one who left and whose reach was recorded."""
    require_line_action(LineAction.READ_AUDIT, seat.role)
    records = list(_records(seat))
    opened: dict[tuple[str, str], list[str]] = {}
    recorded: tuple[tuple[str, ...], int] | None = None
    for record in records:
        if record.get("reader") == reader_id.hex():
            for code in _codes_in(record):
                opened.setdefault((code, str(record.get("what"))), []).append(str(record.get("at")))
        if record.get("removed") == reader_id.hex():
            could = record.get("could")
            slugs = tuple(str(slug) for slug in could) if isinstance(could, list) else ()
            recorded = slugs, int(str(record.get("total", len(slugs))))
    lines = [OpenedLine(code, what, len(times), max(times)) for (code, what), times in opened.items()]
    ordered = tuple(sorted(lines, key=lambda line: line.last, reverse=True))
    slugs, total = recorded or _could_open(seat, reader_id)
    return Reach(ordered, slugs[:_LISTED], total)


def _codes_in(record: Mapping[str, Json]) -> list[str]:
    """The cases that one record is about: a search names all of which it showed a line, or none."""
    codes = record.get("codes")
    if isinstance(codes, list):
        return [str(code) for code in codes] or [""]
    return [str(record.get("code"))]


def remove(seat: Seat, reader_id: bytes) -> Reach:
    """Remove a colleague; what they could reach until now. Raises ConflictError when the roster has moved on."""
    require_line_action(LineAction.REMOVE, seat.role)
    roster = seat.keyring.roster
    person = roster.person(reader_id)
    others = [one for one in roster.members_of(LEAD, seat.today) if one.reader_id != reader_id]
    if person is None or reader_id == seat.reader_id or not others:
        raise NotAllowedError
    reach = reach_of(seat, reader_id)
    epoch = make_epoch(roster)
    lead_public = public_key_of(epoch.seeds[LEAD])
    step = store.RosterStep(leaves=reader_id, reading=_record(seat, reader_id, reach, lead_public))
    people = [one for one in roster.current.people if one.reader_id != reader_id]
    append_version(seat, people, epoch, step)
    store.set_account_state(reader_id, store.AccountState.LOCKED)
    return reach


def cut_off(seat: Seat, reader_id: bytes) -> None:
    """Lock somebody out at once: sessions end and no sign-in works, but nothing else changes. For a device in other
    hands; removal, or letting them in again, comes after."""
    require_line_action(LineAction.END_SESSIONS, seat.role)
    _require_colleague(seat, reader_id)
    store.set_account_state(reader_id, store.AccountState.LOCKED)


def let_in_again(seat: Seat, reader_id: bytes) -> None:
    """Undo a cut-off."""
    require_line_action(LineAction.END_SESSIONS, seat.role)
    _require_colleague(seat, reader_id)
    store.set_account_state(reader_id, store.AccountState.ACTIVE)


def _require_colleague(seat: Seat, reader_id: bytes) -> None:
    if reader_id == seat.reader_id or seat.keyring.roster.person(reader_id) is None:
        raise NotAllowedError


def _could_open(seat: Seat, reader_id: bytes) -> tuple[tuple[str, ...], int]:
    """Granted cases, and what lies untaken in the circles whose keys the person holds; a coordinator: everything."""
    person = seat.keyring.roster.person(reader_id)
    slugs = {write_slug(code) for _, code in store.list_cases_of(seat.line_id, reader_id)}
    circles = circles_for(person, seat.keyring.roster) if person is not None else ()
    if LEAD in circles:
        slugs |= {write_slug(row.code_name) for row in all_open(seat)}
    for circle in circles:
        slugs |= {write_slug(code) for _, code in store.list_cases_in(seat.line_id, circle, store.LIMITS.counted)}
    return tuple(sorted(slugs)), len(slugs)


def _records(seat: Seat) -> Iterator[dict[str, Json]]:
    """Every reading on record that this coordinator's keys open, chained or waiting."""
    newest = store.audit_head(seat.line_id).number
    for batch in range(newest + 1):
        for row in store.fetch_audit(seat.line_id, batch):
            try:
                yield dict(seat.keyring.open_reading(row.sealed))
            except RefusedError:
                continue


def _record(seat: Seat, reader_id: bytes, reach: Reach, lead_public: bytes) -> bytes:
    """What the person could have opened, kept because their grants are gone from the tables afterwards."""
    record: dict[str, Json] = {
        "removed": reader_id.hex(),
        "by": seat.reader_id.hex(),
        "could": list(reach.could),
        "total": reach.could_total,
        "at": seat.now.isoformat(),
    }
    return seal_audit(lead_public, seat.line_id, record)

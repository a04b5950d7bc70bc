"""Checks of each line: its settings, its pack, its roster up to the pinned fingerprint, its people and epochs."""

from collections.abc import Iterator
from datetime import date

from leeside.desk.errors import NotAllowedError
from leeside.desk.founding import COORDINATORS_NEEDED
from leeside.desk.lines import configured_lines, line_row, pack_of
from leeside.desk.permissions import Role
from leeside.desk.queues.returning import look_for_silent
from leeside.desk.rosters import LineRoster, read_roster
from leeside.desk.team.roster_steps import circles_for
from leeside.packs.errors import PackError
from leeside.project.upkeep.findings import Finding, bad, care, fine
from leeside.sealing.context import LEAD
from leeside.sealing.errors import RefusedError
from leeside.sealing.roster import Person
from leeside.vault import store
from leeside.web.clock import domain_clock
from leeside.web.lines import LineSettings


def check_lines(today: date) -> Iterator[Finding]:
    """Every finding about every line that the settings or the store know."""
    lines = configured_lines()
    if not lines:
        yield care("lines", "there is none; `line add SLUG` adds one")
    for line in lines:
        yield from _check_line(line, today)
    known = {line.slug for line in lines}
    for row in store.list_lines():
        if row.slug not in known:
            yield care(row.slug, "stands in the store and not in leeside.toml: nobody can reach it")


def _check_line(line: LineSettings, today: date) -> Iterator[Finding]:
    try:
        pack_of(line)
    except PackError as error:
        yield bad(line.slug, f"its pack cannot be used: {len(error.problems)} problems; run `pack check`")
        return
    try:
        row = line_row(line)
    except NotAllowedError:
        yield bad(line.slug, "stands in leeside.toml and not in the store; run `line add`")
        return
    if not row.roster_number:
        yield care(line.slug, "is not founded yet; `line found` prints an address for its first coordinator")
        return
    if not line.fingerprint:
        yield care(line.slug, "its fingerprint is not pinned; compare its words with the founder and run `line pin`")
        return
    roster = roster_of(line)
    if roster is None:
        yield bad(line.slug, "its roster does not verify up to the pinned fingerprint: somebody changed the database")
        return
    yield fine(line.slug, f"roster {roster.number} verifies up to the pinned fingerprint")
    yield from _check_people(line, roster, today)
    yield from _check_silence(line)
    if row.state != store.LineState.OPEN:
        yield care(line.slug, "is not open yet; `line open` opens it once two coordinators exist")


def _check_silence(line: LineSettings) -> Iterator[Finding]:
    clock = domain_clock()
    silent = look_for_silent(line, clock.now(), clock.today(line.time_zone))
    if silent.refusal:
        yield care(line.slug, f"{len(silent.case_ids)} cases wait for a silent owner; {silent.refusal}")


def roster_of(line: LineSettings) -> LineRoster | None:
    """The roster of a pinned line, verified, or None when it does not verify."""
    row = line_row(line)
    try:
        return read_roster(store.fetch_roster(row.id), row.id, bytes.fromhex(line.fingerprint), row.roster_number)
    except RefusedError:
        return None


def _check_people(line: LineSettings, roster: LineRoster, today: date) -> Iterator[Finding]:
    coordinators = len(roster.members_of(LEAD, today))
    if coordinators < COORDINATORS_NEEDED:
        yield care(line.slug, f"has {coordinators} coordinator: if they are lost, so is every case")
    if roster.is_epoch_due(today):
        yield care(line.slug, f"epoch {roster.epoch} is over; a coordinator's next session turns it")
    else:
        yield fine(line.slug, f"epoch {roster.epoch}, begun {roster.epoch_began:%Y-%m-%d}")
    lacking = [person.name for person in roster.current.people if _lacks_key(person, roster, today)]
    if lacking:
        yield care(
            line.slug, f"a key of their role is missing for {', '.join(sorted(lacking))}; a coordinator gives it"
        )
    locked = [name for name, state in people_of(line, roster) if state == store.AccountState.LOCKED]
    if locked:
        yield care(line.slug, f"locked out, keys not yet renewed: {', '.join(locked)}")


def _lacks_key(person: Person, roster: LineRoster, today: date) -> bool:
    """Whether a present role key that somebody on the line should hold is not sealed to them."""
    if roster.role_of(person.reader_id, today) is Role.NOBODY:
        return False
    rows = store.fetch_role_envelopes(roster.current.line_id, person.reader_id)
    held = {(row.circle, row.epoch) for row in rows}
    return not all((circle, roster.current.role_key(circle).epoch) in held for circle in circles_for(person, roster))


def people_of(line: LineSettings, roster: LineRoster) -> list[tuple[str, store.AccountState]]:
    """Everybody on the roster with the state of their way in, by name."""
    states = {account.reader_id: account.state for account in store.list_accounts(line_row(line).id)}
    people = [(person.name, states.get(person.reader_id)) for person in roster.current.people]
    return sorted((name, state) for name, state in people if state is not None)


def verify_rosters() -> Iterator[Finding]:
    """Verify the roster of every pinned line, signature by signature."""
    for line in configured_lines():
        if not line.fingerprint:
            yield care(line.slug, "its fingerprint is not pinned, so nothing vouches for its roster")
        elif (roster := roster_of(line)) is None:
            yield bad(line.slug, "its roster does not verify up to the pinned fingerprint")
        else:
            yield fine(line.slug, f"roster {roster.number} verifies, signed by coordinators all the way")

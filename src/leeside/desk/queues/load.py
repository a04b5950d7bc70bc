"""Who carries how much, for coordinators: by name, never ranked. What a person carries says nothing of their worth."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from leeside.desk.case_words import Part, promise_words
from leeside.desk.grades import Grade, grade_of
from leeside.desk.pages import role_title
from leeside.desk.permissions import LineAction, Role, require_line_action, role_of
from leeside.desk.seat import Seat
from leeside.sealing.roster import Person
from leeside.vault import store
from leeside.vault.store import LoadRow


@dataclass(frozen=True)
class LoadLine:
    """One person of the table."""

    reader: str
    name: str
    role: str
    until: str
    free: int
    places: int
    red: int
    open: int
    due: int
    carried: int
    promise: Part | None
    may_be_given: bool


def load_of(seat: Seat) -> tuple[LoadLine, ...]:
    """Everybody who works on cases, by name."""
    require_line_action(LineAction.SEE_LOAD, seat.role)
    loads = {one.reader_id: one for one in store.measure_load(seat.line_id, seat.today)}
    shifts = {one.reader_id: one for one in store.fetch_shifts(seat.line_id, seat.real_now)}
    people = [one for one in seat.keyring.roster.current.people if _works(one) or one.reader_id in loads]
    lines = []
    for person in sorted(people, key=lambda one: one.name.casefold()):
        load = loads.get(person.reader_id) or LoadRow(person.reader_id, 0, 0, 0, 0, None)
        shift = shifts.get(person.reader_id)
        places = shift.places if shift else seat.pack.clocks.places
        lines.append(_line(seat, person, load, places, _until(seat, shift.until) if shift else ""))
    return tuple(lines)


def people_to_give(seat: Seat) -> tuple[Person, ...]:
    """Colleagues to whom cases can be assigned, by name."""
    fit = [one for one in seat.keyring.roster.current.people if _may_be_given(seat, one)]
    return tuple(sorted(fit, key=lambda one: one.name.casefold()))


def _line(seat: Seat, person: Person, load: LoadRow, places: int, until: str) -> LoadLine:
    promise = load.first_promise
    return LoadLine(
        reader=person.reader_id.hex(),
        name=person.name,
        role=role_title(seat.pack, person.role, seat.language),
        until=until,
        free=max(0, places - load.carried),
        places=places,
        red=load.red,
        open=load.open,
        due=load.due,
        carried=load.carried,
        promise=promise_words(promise, seat.now, seat.zone, seat.language) if promise is not None else None,
        may_be_given=_may_be_given(seat, person),
    )


def _until(seat: Seat, until: datetime) -> str:
    """The end of a shift, which is kept in real time, on the clock that people see."""
    local = (seat.now + (until - seat.real_now)).astimezone(ZoneInfo(seat.zone))
    return f"{local:%H:%M}"


def _works(person: Person) -> bool:
    return role_of(person.role) in (Role.LEAD, Role.COUNSEL)


def _may_be_given(seat: Seat, person: Person) -> bool:
    has_ended = person.until is not None and seat.today > person.until
    return _works(person) and not has_ended and grade_of(person) is not Grade.READ

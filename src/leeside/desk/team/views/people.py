"""People: the list, one person's page with terms and reach, cutting off and removing."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.casefile import day_in
from leeside.desk.code_names import read_slug, write_code_name
from leeside.desk.errors import InputError, MissingKeyError, NotAllowedError
from leeside.desk.grades import Grade
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.pages import role_title, show_page
from leeside.desk.permissions import LineAction, Role, may_on_line, require_line_action, role_of
from leeside.desk.rosters import LineRoster
from leeside.desk.seat import Seat
from leeside.desk.team import admission, history, new_keys, removal, renewing, shifts
from leeside.desk.team.roster_steps import give_keys_again
from leeside.desk.team.terms import Terms, set_terms, terms_of
from leeside.desk.team.words import change_words, grade_choices, missing_key, moved_on, person_row, shift_words
from leeside.sealing.context import LEAD
from leeside.sealing.roster import Person, fingerprint_words
from leeside.vault import store
from leeside.web.dates import write_day, write_short_day

_CONFLICT = 409
_BAD_INPUT = 422
_RECENT = 8


@takes("GET", "HEAD")
@with_seat
def people(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Who belongs to the line; for a coordinator also who waits, and the keys."""
    require_line_action(LineAction.SEE_PEOPLE, seat.role)
    return show_people(request, seat)


@takes("GET", "HEAD", "POST")
@with_seat
def person(request: HttpRequest, seat: Seat, language: str, reader: str) -> HttpResponseBase:
    """What one colleague opened and could have opened; a post removes them."""
    require_line_action(LineAction.READ_AUDIT, seat.role)
    reader_id = reader_of(reader)
    if seat.keyring.roster.name_of(reader_id) == "":
        raise NotAllowedError
    if request.method == "POST":
        try:
            reach = removal.remove(seat, reader_id)
        except store.ConflictError:
            return show_people(request, seat, problem=moved_on(), status=_CONFLICT)
        return _show_person(request, seat, reader_id, reach, was_removed=True)
    return _show_person(request, seat, reader_id, removal.reach_of(seat, reader_id))


@takes("POST")
@with_seat
def set_person(request: HttpRequest, seat: Seat, language: str, reader: str) -> HttpResponseBase:
    """Set somebody's terms. Whoever was a moment too late sees what changed meanwhile."""
    require_line_action(LineAction.SET_GRADE, seat.role)
    reader_id = reader_of(reader)
    number = one(request, "number")
    seen = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
    try:
        wanted = read_terms(request)
        set_terms(seat, reader_id, wanted, seen)
    except InputError as error:
        return _again(request, seat, reader_id, problem=error.reason, status=_BAD_INPUT)
    except MissingKeyError:
        return _again(request, seat, reader_id, problem=missing_key(), status=_CONFLICT)
    except store.ConflictError:
        changed = [change_words(seat, change) for change in history.changes_since(seat, seen, _RECENT)] if seen else []
        return _again(request, seat, reader_id, problem=moved_on(), changed=changed, status=_CONFLICT)
    return HttpResponseRedirect(reverse("desk:person", args=[language, reader]))


@takes("POST")
@with_seat
def cut_off(request: HttpRequest, seat: Seat, language: str, reader: str) -> HttpResponseBase:
    """Lock somebody out at once, or let them in again."""
    require_line_action(LineAction.END_SESSIONS, seat.role)
    act = removal.let_in_again if one(request, "way") == "in" else removal.cut_off
    act(seat, reader_of(reader))
    return HttpResponseRedirect(reverse("desk:person", args=[language, reader]))


@takes("POST")
@with_seat
def give_shift(request: HttpRequest, seat: Seat, language: str, reader: str) -> HttpResponseBase:
    """Start the shift of somebody whose access ends with it."""
    require_line_action(LineAction.SET_GRADE, seat.role)
    reader_id = reader_of(reader)
    try:
        shifts.grant_shift(seat, reader_id, one(request, "hours"), one(request, "places"))
    except InputError as error:
        return _again(request, seat, reader_id, problem=error.reason, status=_BAD_INPUT)
    return HttpResponseRedirect(reverse("desk:person", args=[language, reader]))


@takes("POST")
@with_seat
def give_keys(request: HttpRequest, seat: Seat, language: str, reader: str) -> HttpResponseBase:
    """Give somebody the keys of their role once more."""
    require_line_action(LineAction.SET_GRADE, seat.role)
    reader_id = reader_of(reader)
    try:
        give_keys_again(seat, reader_id)
    except MissingKeyError:
        return _again(request, seat, reader_id, problem=missing_key(), status=_CONFLICT)
    return HttpResponseRedirect(reverse("desk:person", args=[language, reader]))


def read_terms(request: HttpRequest, suffix: str = "") -> Terms:
    """The terms that a form asks for. Raises InputError for a day that is none."""
    grade, untrusted_day = one(request, f"grade{suffix}"), one(request, f"until{suffix}").strip()
    until = day_in(untrusted_day)
    if untrusted_day and until is None:
        raise InputError("until", _("This is not a day."))
    known = {str(int(each)): each for each in Grade}
    shift_only = one(request, f"shift_only{suffix}") == "yes"
    return Terms(
        one(request, f"role{suffix}"),
        known.get(grade, Grade.READ),
        until,
        shift_only,
        one(request, f"lawyer{suffix}") == "yes",
    )


def reader_of(untrusted: str) -> bytes:
    """The reader id that an address or a field names. Raises NotAllowedError."""
    try:
        return bytes.fromhex(untrusted)
    except ValueError:
        raise NotAllowedError from None


def show_people(
    request: HttpRequest, seat: Seat, *, address: str = "", problem: str = "", told: str = "", status: int = 200
) -> HttpResponse:
    """The page of people."""
    roster = seat.keyring.roster
    may_admit = may_on_line(LineAction.ADMIT, seat.role)
    there = {one_there.reader_id: one_there for one_there in shifts.list_shifts(seat)}
    rows = [
        {
            **person_row(seat, each),
            "shift": shift_words(seat, there[each.reader_id].until, there[each.reader_id].places)
            if each.reader_id in there
            else "",
        }
        for each in _by_name(roster)
    ]
    values = {
        "place": "people",
        "problem": problem,
        "told": told,
        "address": address,
        "may_admit": may_admit,
        "people": rows,
        "grades": grade_choices(),
        "most_invitations": 40,
        **_of_keys(seat),
        **(_for_coordinators(seat) if may_admit else {}),
    }
    return show_page(request, "people", values, seat=seat, status=status)


def _of_keys(seat: Seat) -> dict[str, Any]:
    roster, ring = seat.keyring.roster, seat.keyring.ring
    return {
        "words": fingerprint_words(ring.fingerprint, seat.language),
        "hex": ring.fingerprint.hex(),
        "is_pinned": seat.line.fingerprint == ring.fingerprint.hex(),
        "is_open": store.fetch_line_of(seat.line_id).state == store.LineState.OPEN,
        "coordinators": len(roster.members_of(LEAD, seat.today)),
        "epoch": roster.epoch,
        "epoch_began": write_day(roster.epoch_began, seat.language, seat.today),
        "is_epoch_due": roster.is_epoch_due(seat.today),
    }


def _for_coordinators(seat: Seat) -> dict[str, Any]:
    roster = seat.keyring.roster
    recent = history.changes_since(seat, max(roster.number - _RECENT, 1), _RECENT)
    return {
        "left": [
            {"key": reader_id.hex(), "name": roster.name_of(reader_id)}
            for reader_id in sorted(roster.left, key=roster.name_of)
        ],
        "waiting": len(admission.list_candidates(seat)) + len(new_keys.list_waiting(seat)),
        "not_rekeyed": [write_code_name(row.code_name, seat.language) for row in renewing.not_yet_rekeyed(seat)],
        "history": [
            {"day": write_short_day(change.day, seat.language, seat.today), "text": change_words(seat, change)}
            for change in recent
        ],
    }


def _again(
    request: HttpRequest, seat: Seat, reader_id: bytes, *, problem: str, status: int, changed: list[str] | None = None
) -> HttpResponse:
    """One person's page once more, with what was typed and why it was not done."""
    if seat.keyring.roster.name_of(reader_id) == "":
        raise NotAllowedError
    reach = removal.reach_of(seat, reader_id)
    typed = {
        "role": one(request, "role"),
        "grade": one(request, "grade"),
        "until": one(request, "until"),
        "shift_only": one(request, "shift_only") == "yes",
        "lawyer": one(request, "lawyer") == "yes",
    }
    more = {"problem": problem, "changed": changed or [], "typed": typed}
    return _show_person(request, seat, reader_id, reach, more=more, status=status)


def _show_person(
    request: HttpRequest,
    seat: Seat,
    reader_id: bytes,
    reach: removal.Reach,
    *,
    was_removed: bool = False,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    roster = seat.keyring.roster
    found = None if was_removed else roster.person(reader_id)
    is_colleague = found is not None and reader_id != seat.reader_id
    values = {
        "place": "people",
        "key": reader_id.hex(),
        "name": roster.name_of(reader_id),
        "role": role_title(seat.pack, found.role, seat.language) if found else "",
        "was_removed": found is None,
        "may_change": is_colleague,
        "opened": [
            {"code": _code(line.slug, seat.language), "what": line.what, "times": line.times, "last": _day(line, seat)}
            for line in reach.opened
        ],
        "could": sorted(_code(slug, seat.language) for slug in reach.could),
        "could_total": reach.could_total,
        **(_of_person(seat, found) if found is not None else {}),
        **(more or {}),
    }
    return show_page(request, "person", values, seat=seat, status=status)


def _of_person(seat: Seat, found: Person) -> dict[str, Any]:
    """Terms, account and shift of somebody who belongs to the line."""
    now, account = terms_of(found), store.fetch_account_of(found.reader_id)
    there = next((each for each in shifts.list_shifts(seat) if each.reader_id == found.reader_id), None)
    return {
        "number": seat.keyring.roster.number,
        "roles": [(role, role_title(seat.pack, role, seat.language)) for role in admission.roles_of(seat)],
        "grades": grade_choices(),
        "typed": {
            "role": now.role,
            "grade": str(int(now.grade)),
            "until": now.until.isoformat() if now.until else "",
            "shift_only": now.shift_only,
            "lawyer": now.is_lawyer,
        },
        "is_counsel": role_of(found.role) is Role.COUNSEL,
        "is_locked": account.state != store.AccountState.ACTIVE,
        "trained": write_day(account.trained, seat.language, seat.today) if account.trained else "",
        "has_accepted": account.conduct >= seat.pack.conduct.version,
        "shift": shift_words(seat, there.until, there.places) if there else "",
        "shift_only": now.shift_only,
        "hours": shifts.HOURS,
    }


def _by_name(roster: LineRoster) -> list[Person]:
    return sorted(roster.current.people, key=lambda each: (each.role != LEAD, each.name.casefold()))


def _code(slug: str, language: str) -> str:
    code = read_slug(slug)
    return write_code_name(code, language) if code else slug


def _day(line: removal.OpenedLine, seat: Seat) -> str:
    return write_short_day(date.fromisoformat(line.last[:10]), seat.language, seat.today)

"""People: founding, invitations, admission, removal, and the line's keys."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.code_names import read_slug, write_code_name
from leeside.desk.errors import NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.pages import role_title, show_page
from leeside.desk.permissions import LineAction, may_on_line, require_line_action
from leeside.desk.rosters import LineRoster
from leeside.desk.seat import Seat
from leeside.desk.team import admission, epochs, invitations, removal, renewing
from leeside.sealing.context import LEAD
from leeside.sealing.roster import Person, fingerprint_words
from leeside.vault import store
from leeside.web.dates import write_day, write_short_day

_CONFLICT = 409
_BAD_INPUT = 422
_REKEY_RUN = 50


@takes("GET", "HEAD")
@with_seat
def people(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Who belongs to the line; for a coordinator also who waits, and the keys."""
    require_line_action(LineAction.SEE_PEOPLE, seat.role)
    return _show_people(request, seat)


@takes("POST")
@with_seat
def invite(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Make one invitation; its address is shown once."""
    part = invitations.make_invitation(seat)
    address = request.build_absolute_uri(reverse("desk:invited", args=[language, part]))
    return _show_people(request, seat, address=address)


@takes("POST")
@with_seat
def admit(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Admit a newcomer whose words were compared."""
    require_line_action(LineAction.ADMIT, seat.role)
    reader_id = _reader(one(request, "reader"))
    if one(request, "compared") != "yes":
        return _show_people(
            request, seat, problem=_("First compare the words with the newcomer, by voice."), status=_BAD_INPUT
        )
    try:
        admission.admit(seat, reader_id, one(request, "role"))
    except store.ConflictError:
        return _show_people(request, seat, problem=_moved_on(), status=_CONFLICT)
    return HttpResponseRedirect(reverse("desk:people", args=[language]))


@takes("GET", "HEAD", "POST")
@with_seat
def person(request: HttpRequest, seat: Seat, language: str, reader: str) -> HttpResponseBase:
    """What one colleague opened and could have opened; a post removes them."""
    reader_id = _reader(reader)
    if seat.keyring.roster.name_of(reader_id) == "":
        raise NotAllowedError
    if request.method == "POST":
        try:
            reach = removal.remove(seat, reader_id)
        except store.ConflictError:
            return _show_people(request, seat, problem=_moved_on(), status=_CONFLICT)
        return _show_person(request, seat, reader_id, reach, was_removed=True)
    is_gone = seat.keyring.roster.person(reader_id) is None
    return _show_person(request, seat, reader_id, removal.reach_of(seat, reader_id), was_removed=is_gone)


@takes("POST")
@with_seat
def turn(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Turn the epoch; the next page seals untaken cases to the new keys."""
    try:
        epochs.turn_epoch(seat)
    except store.ConflictError:
        return _show_people(request, seat, problem=_moved_on(), status=_CONFLICT)
    return HttpResponseRedirect(reverse("desk:people", args=[language]) + "#keys")


@takes("POST")
@with_seat
def renew(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """A coordinator's run: untaken cases to the present role keys, and new keys for cases of before a removal."""
    epochs.reseal_untaken(seat, _REKEY_RUN)
    renewing.renew(seat)
    return HttpResponseRedirect(reverse("desk:people", args=[language]) + "#keys")


def _show_people(
    request: HttpRequest, seat: Seat, *, address: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    roster = seat.keyring.roster
    may_admit = may_on_line(LineAction.ADMIT, seat.role)
    ring = seat.keyring.ring
    values = {
        "place": "people",
        "problem": problem,
        "address": address,
        "may_admit": may_admit,
        "people": [_person_line(seat, one_person) for one_person in _by_name(roster)],
        "left": [
            {"key": reader_id.hex(), "name": roster.name_of(reader_id)}
            for reader_id in sorted(roster.left, key=roster.name_of)
        ],
        "candidates": [
            {"key": one_new.reader_id.hex(), "name": one_new.name, "words": one_new.words(seat.language)}
            for one_new in (admission.list_candidates(seat) if may_admit else ())
        ],
        "roles": [(role, role_title(seat.pack, role, seat.language)) for role in admission.roles_of(seat)],
        "words": fingerprint_words(ring.fingerprint, seat.language),
        "hex": ring.fingerprint.hex(),
        "is_pinned": seat.line.fingerprint == ring.fingerprint.hex(),
        "is_open": store.fetch_line_of(seat.line_id).state == store.LineState.OPEN,
        "coordinators": len(roster.members_of(LEAD, seat.today)),
        "epoch": roster.epoch,
        "epoch_began": write_day(roster.epoch_began, seat.language, seat.today),
        "is_epoch_due": roster.is_epoch_due(seat.today),
        "not_rekeyed": _not_rekeyed(seat) if may_admit else [],
    }
    return show_page(request, "people", values, seat=seat, status=status)


def _show_person(
    request: HttpRequest, seat: Seat, reader_id: bytes, reach: removal.Reach, *, was_removed: bool
) -> HttpResponse:
    roster = seat.keyring.roster
    found = roster.person(reader_id)
    values = {
        "place": "people",
        "key": reader_id.hex(),
        "name": roster.name_of(reader_id),
        "role": role_title(seat.pack, found.role, seat.language) if found and not was_removed else "",
        "was_removed": was_removed,
        "may_remove": not was_removed and reader_id != seat.reader_id,
        "opened": [
            {
                "code": _code(line.slug, seat.language),
                "what": line.what,
                "times": line.times,
                "last": _day(line.last, seat),
            }
            for line in reach.opened
        ],
        "could": sorted(_code(slug, seat.language) for slug in reach.could),
        "could_total": reach.could_total,
    }
    return show_page(request, "person", values, seat=seat)


def _person_line(seat: Seat, person: Person) -> dict[str, object]:
    return {
        "key": person.reader_id.hex(),
        "name": person.name,
        "role": role_title(seat.pack, person.role, seat.language),
        "is_me": person.reader_id == seat.reader_id,
        "until": write_day(person.until, seat.language, seat.today) if person.until else "",
    }


def _by_name(roster: LineRoster) -> list[Person]:
    return sorted(roster.current.people, key=lambda person: (person.role != LEAD, person.name.casefold()))


def _not_rekeyed(seat: Seat) -> list[str]:
    return [write_code_name(row.code_name, seat.language) for row in renewing.not_yet_rekeyed(seat)]


def _code(slug: str, language: str) -> str:
    code = read_slug(slug)
    return write_code_name(code, language) if code else slug


def _day(moment: str, seat: Seat) -> str:
    return write_short_day(date.fromisoformat(moment[:10]), seat.language, seat.today)


def _reader(untrusted: str) -> bytes:
    try:
        return bytes.fromhex(untrusted)
    except ValueError:
        raise NotAllowedError from None


def _moved_on() -> str:
    return _("A colleague changed the list of people a moment before you. Nothing was changed; look at it again.")

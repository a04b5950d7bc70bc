"""My page: sessions, shift, time zone, passphrase, new keys. Secrets are shown once, on the page that drew them."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.errors import CrowdedError, InputError, NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.pages import role_title, show_page
from leeside.desk.permissions import LineAction, Role, may_on_line, require_line_action, role_of
from leeside.desk.seat import Seat
from leeside.desk.sessions import clear_session_cookie, end_others, end_own, end_session, list_own
from leeside.desk.team import own_keys, shifts
from leeside.desk.team.own_keys import Offer, Typed, make_offer
from leeside.desk.team.square_code import draw_square_code
from leeside.desk.team.words import person_row, shift_words, zone_choices
from leeside.desk.zones import set_zone_cookie
from leeside.sealing.errors import MalformedError
from leeside.sealing.one_time_codes import code_address, read_secret, spell_secret
from leeside.sealing.passphrases import read_passphrase
from leeside.sealing.secrets import Secret
from leeside.vault import store
from leeside.web.dates import write_moment

_USUAL_PLACES = 5
_CONFLICT = 409
_BAD_INPUT = 422
_CROWDED = 503


@takes("GET", "HEAD")
@with_seat
def me(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """My page."""
    require_line_action(LineAction.RENEW_OWN_KEYS, seat.role)
    return _show_me(request, seat)


@takes("POST")
@with_seat
def end_my_session(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """End one of my sessions, all but this one, or all."""
    require_line_action(LineAction.RENEW_OWN_KEYS, seat.role)
    which = one(request, "which")
    if which == "others":
        end_others(seat)
    elif which == "all":
        end_others(seat)
        end_session(request)
        response = HttpResponseRedirect(reverse("desk:start", args=[language]))
        clear_session_cookie(response)
        return response
    else:
        end_own(seat, _hash_in(which))
    return HttpResponseRedirect(reverse("desk:me", args=[language]))


@takes("POST")
@with_seat
def shift(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Go on shift, change it, or leave."""
    require_line_action(LineAction.GO_ON_SHIFT, seat.role)
    if one(request, "way") == "leave":
        shifts.leave_shift(seat)
        return HttpResponseRedirect(reverse("desk:me", args=[language]))
    try:
        shifts.go_on_shift(seat, one(request, "hours"), one(request, "places"))
    except InputError as error:
        return _show_me(request, seat, problem=error.reason, status=_BAD_INPUT)
    return HttpResponseRedirect(reverse("desk:me", args=[language]))


@takes("POST")
@with_seat
def zone(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """In which time zone I read times; this browser keeps it."""
    response = HttpResponseRedirect(reverse("desk:me", args=[language]))
    set_zone_cookie(response, one(request, "zone"))
    return response


@takes("GET", "HEAD", "POST")
@with_seat
def passphrase(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """A new passphrase: drawn, shown, typed back."""
    require_line_action(LineAction.RENEW_OWN_KEYS, seat.role)
    if request.method != "POST":
        return _show_offer(request, seat, make_offer(seat))
    try:
        own_keys.change_passphrase(seat, _typed(request))
    except (InputError, store.ConflictError, CrowdedError) as error:
        return _offer_again(request, seat, error)
    return _show_me(request, seat, told=_("Your new passphrase counts from now on. Your other sessions have ended."))


@takes("GET", "HEAD", "POST")
@with_seat
def keys(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """My passphrase may be known: a new way in at once, and new keys for a coordinator to confirm."""
    require_line_action(LineAction.RENEW_OWN_KEYS, seat.role)
    if request.method != "POST":
        return _show_offer(request, seat, make_offer(seat), with_keys=True)
    try:
        words = own_keys.ask_for_new_keys(seat, _typed(request), one(request, "secret"), one(request, "code"))
    except (InputError, store.ConflictError, CrowdedError) as error:
        return _offer_again(request, seat, error, with_keys=True)
    return show_page(request, "me_words", {"place": "me", "words": words}, seat=seat)


def _typed(request: HttpRequest) -> Typed:
    return Typed(one(request, "present"), one(request, "shown"), one(request, "again"))


def _offer_again(request: HttpRequest, seat: Seat, error: Exception, *, with_keys: bool = False) -> HttpResponse:
    """The same words once more: what was written down stays right."""
    try:
        secret = read_secret(one(request, "secret")) if with_keys else Secret(b"")
    except MalformedError:
        raise NotAllowedError from None
    offer = Offer(Secret(" ".join(one(request, "shown").split()).encode()), secret)
    if not read_passphrase(one(request, "shown")):
        raise NotAllowedError
    if isinstance(error, InputError):
        return _show_offer(request, seat, offer, problem=error.reason, with_keys=with_keys, status=_BAD_INPUT)
    if isinstance(error, CrowdedError):
        problem = _("Many people are signing in just now. Please try again in a few seconds.")
        return _show_offer(request, seat, offer, problem=problem, with_keys=with_keys, status=_CROWDED)
    problem = _("Another session of yours changed your way in a moment ago. Nothing was changed here; try again.")
    return _show_offer(request, seat, offer, problem=problem, with_keys=with_keys, status=_CONFLICT)


def _show_offer(
    request: HttpRequest, seat: Seat, offer: Offer, *, problem: str = "", with_keys: bool = False, status: int = 200
) -> HttpResponse:
    shown = offer.passphrase.reveal().decode()
    values: dict[str, Any] = {
        "place": "me",
        "problem": problem,
        "with_keys": with_keys,
        "words": shown.split(),
        "shown": shown,
        "waits": own_keys.has_waiting_keys(seat),
    }
    if with_keys:
        address = code_address(offer.code_secret, seat.person.name, _("Desk"))
        values |= {"secret": spell_secret(offer.code_secret), "square": draw_square_code(address)}
    return show_page(request, "me_offer", values, seat=seat, status=status)


def _show_me(request: HttpRequest, seat: Seat, *, problem: str = "", told: str = "", status: int = 200) -> HttpResponse:
    there = next((each for each in shifts.list_shifts(seat) if each.reader_id == seat.reader_id), None)
    values = {
        "place": "me",
        "problem": problem,
        "told": told,
        "person": person_row(seat, seat.person),
        "role": role_title(seat.pack, seat.person.role, seat.language),
        "is_counsel": role_of(seat.person.role) is Role.COUNSEL,
        "may_shift": may_on_line(LineAction.GO_ON_SHIFT, seat.role) and not person_row(seat, seat.person)["shift_only"],
        "shift": shift_words(seat, there.until, there.places) if there else "",
        "places": there.places if there else _USUAL_PLACES,
        "hours": shifts.HOURS,
        "zones": zone_choices(),
        "zone": seat.own_zone,
        "line_zone": seat.line.time_zone,
        "sessions": [_session_row(seat, each) for each in list_own(seat)],
        "waits": own_keys.has_waiting_keys(seat),
    }
    return show_page(request, "me", values, seat=seat, status=status)


def _session_row(seat: Seat, session: store.OwnSession) -> dict[str, object]:
    today = seat.real_now.astimezone(ZoneInfo(seat.zone)).date()
    return {
        "key": session.id_hash.hex(),
        "is_this": session.id_hash == seat.session_hash,
        "opened": write_moment(session.opened, seat.language, seat.zone, today),
        "seen": write_moment(session.seen, seat.language, seat.zone, today),
    }


def _hash_in(untrusted: str) -> bytes:
    try:
        return bytes.fromhex(untrusted)
    except ValueError:
        raise NotAllowedError from None

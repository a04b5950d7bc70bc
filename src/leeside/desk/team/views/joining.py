"""The two pages for people who have no session yet: founding a line, and accepting an invitation."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk import founding
from leeside.desk.errors import InputError, NotAllowedError, UntrustedRosterError
from leeside.desk.founding import NewWayIn
from leeside.desk.guards import one, takes
from leeside.desk.lines import line_named, title_of
from leeside.desk.pages import show_page
from leeside.desk.sign_in_page import say_untrusted_roster
from leeside.desk.team import invitations
from leeside.desk.team.square_code import draw_square_code
from leeside.sealing.one_time_codes import code_address, spell_secret
from leeside.sealing.roster import fingerprint_words
from leeside.vault import store
from leeside.web.clock import domain_clock, real_now

_BAD_INPUT = 422
_REFUSED = 403


@takes("GET", "HEAD", "POST")
def found(request: HttpRequest, language: str, token: str) -> HttpResponseBase:
    """Found a line from its one-time address."""
    try:
        line = line_named(founding.look_at_founding(token, real_now()))
        values = {"title": title_of(line, language), "is_founding": True}
        if request.method != "POST":
            return show_page(request, "join", values)
        today = domain_clock().today(line.time_zone)
        made = founding.found_by_address(line, token, one(request, "name"), language, now=real_now(), today=today)
    except InputError as error:
        return show_page(request, "join", values | _again(request, error), status=_BAD_INPUT)
    except NotAllowedError:
        raise Http404 from None
    return show_page(request, "way_in", _shown_once(made, language) | values)


@takes("GET", "HEAD", "POST")
def invited(request: HttpRequest, language: str, address: str) -> HttpResponseBase:
    """Accept an invitation: the line's words are shown first, so that the newcomer can compare them."""
    try:
        invitation = invitations.read_invitation(address, real_now())
        words = fingerprint_words(invitation.fingerprint, language)
        values = {"title": title_of(invitation.line, language), "is_founding": False, "line_words": words}
        if request.method != "POST":
            return show_page(request, "join", values)
        made = invitations.accept_invitation(address, one(request, "name"), language, now=real_now())
    except InputError as error:
        return show_page(request, "join", values | _again(request, error), status=_BAD_INPUT)
    except UntrustedRosterError:
        return show_page(request, "join", {"problem": say_untrusted_roster(), "is_stopped": True}, status=_REFUSED)
    except (NotAllowedError, store.GoneError):
        raise Http404 from None
    return show_page(request, "way_in", _shown_once(made, language) | values)


def _again(request: HttpRequest, error: InputError) -> dict[str, object]:
    return {"problem": error.reason, "typed_name": one(request, "name")}


def _shown_once(made: NewWayIn, language: str) -> dict[str, object]:
    """Everything that is secret, for this one page."""
    return {
        "name": made.name,
        "passphrase": made.passphrase.reveal().decode().split(),
        "secret": spell_secret(made.code_secret),
        "code_address": (address := code_address(made.code_secret, made.name, _("Desk"))),
        "square": draw_square_code(address),
        "person_words": fingerprint_words(made.person_fingerprint, language),
        "line_words": fingerprint_words(made.line_fingerprint, language),
        "line_hex": made.line_fingerprint.hex(),
    }

"""Inviting, admitting, confirming new keys: words are compared by voice, for one person or for forty in a sitting."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.errors import InputError, MissingKeyError, NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.limits import LIMITS
from leeside.desk.pages import role_title, show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.desk.team import admission, epochs, invitations, new_keys, renewing
from leeside.desk.team.admission import Candidate, Welcome
from leeside.desk.team.views.people import read_terms, reader_of, show_people
from leeside.desk.team.words import grade_choices, missing_key, moved_on
from leeside.sealing.roster import fingerprint_words
from leeside.vault import store

_CONFLICT = 409
_BAD_INPUT = 422


@takes("POST")
@with_seat
def invite(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Make one invitation, or many for a sitting; the addresses are shown once."""
    require_line_action(LineAction.INVITE, seat.role)
    number = one(request, "number") or "1"
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:4]) <= LIMITS.invitations_at_once:
        return show_people(
            request, seat, problem=_("Between 1 and 40 invitations can be made at once."), status=_BAD_INPUT
        )
    parts = [invitations.make_invitation(seat) for _each in range(int(number))]
    addresses = [request.build_absolute_uri(reverse("desk:invited", args=[language, part])) for part in parts]
    if len(addresses) == 1:
        return show_people(request, seat, address=addresses[0])
    words = fingerprint_words(seat.keyring.ring.fingerprint, seat.language)
    return show_page(
        request, "people_invitations", {"place": "people", "addresses": addresses, "words": words}, seat=seat
    )


@takes("GET", "HEAD", "POST")
@with_seat
def admit(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Everybody who waits, on one page; a post admits those whose two words were typed as they were heard."""
    require_line_action(LineAction.ADMIT, seat.role)
    candidates = admission.list_candidates(seat)
    if request.method != "POST":
        return _show_waiting(request, seat, candidates)
    heard = {each.reader_id: _heard(request, each) for each in candidates}
    chosen = [each for each in candidates if any(heard[each.reader_id])]
    wrong = [each for each in chosen if not admission.is_heard(each, heard[each.reader_id], seat.language)]
    if wrong or not chosen:
        return _show_waiting(request, seat, candidates, wrong=wrong, problem=_why_not(wrong), status=_BAD_INPUT)
    try:
        welcomes = [_welcome(request, each) for each in chosen]
        admission.admit_all(seat, welcomes)
    except InputError as error:
        return _show_waiting(request, seat, candidates, problem=error.reason, status=_BAD_INPUT)
    except MissingKeyError:
        return _show_waiting(request, seat, candidates, problem=missing_key(), status=_CONFLICT)
    except store.ConflictError:
        return _show_waiting(request, seat, candidates, problem=moved_on(), status=_CONFLICT)
    return HttpResponseRedirect(reverse("desk:people", args=[language]))


@takes("POST")
@with_seat
def confirm(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Put a colleague's new keys on the roster, after their words were compared, and begin to renew their cases."""
    require_line_action(LineAction.CONFIRM_NEW_KEYS, seat.role)
    reader_id = reader_of(one(request, "reader"))
    candidate = next((each for each in new_keys.list_waiting(seat) if each.reader_id == reader_id), None)
    if candidate is None:
        raise NotAllowedError
    if not admission.is_heard(candidate, _heard(request, candidate), seat.language):
        waiting = admission.list_candidates(seat)
        problem = _why_not([candidate])
        return _show_waiting(request, seat, waiting, wrong=[candidate], problem=problem, status=_BAD_INPUT)
    try:
        new_keys.confirm_new_keys(seat, reader_id)
    except store.ConflictError:
        return show_people(request, seat, problem=moved_on(), status=_CONFLICT)
    return HttpResponseRedirect(reverse("desk:people", args=[language]) + "#keys")


@takes("POST")
@with_seat
def turn(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Turn the epoch; the next page seals untaken cases to the new keys."""
    try:
        epochs.turn_epoch(seat)
    except store.ConflictError:
        return show_people(request, seat, problem=moved_on(), status=_CONFLICT)
    return HttpResponseRedirect(reverse("desk:people", args=[language]) + "#keys")


@takes("POST")
@with_seat
def renew(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """A slice of a coordinator's run: untaken cases to the present role keys, new keys for cases that wait for them."""
    epochs.reseal_untaken(seat, LIMITS.rekey_slice)
    run = renewing.renew(seat)
    if run.goes_on:
        told = _("%(done)s cases have new keys. More wait: go on.") % {"done": run.done}
        return show_people(request, seat, told=told)
    if run.left_out:
        told = _("%(done)s cases have new keys. %(left)s stay on the list: a colleague is at work there.") % {
            "done": run.done,
            "left": run.left_out,
        }
        return show_people(request, seat, told=told)
    return HttpResponseRedirect(reverse("desk:people", args=[language]) + "#keys")


def _heard(request: HttpRequest, candidate: Candidate) -> tuple[str, str]:
    key = candidate.reader_id.hex()
    return one(request, f"first-{key}").strip(), one(request, f"second-{key}").strip()


def _welcome(request: HttpRequest, candidate: Candidate) -> Welcome:
    terms = read_terms(request, f"-{candidate.reader_id.hex()}")
    return Welcome(candidate.reader_id, terms.role, terms.flags, terms.until)


def _why_not(wrong: Sequence[Candidate]) -> str:
    if not wrong:
        return _("First let a newcomer read their words to you, by voice, and type the two that are missing here.")
    names = ", ".join(each.name for each in wrong)
    return _(
        "The words of %(names)s are other ones here. Nobody was admitted. Let them read all twelve again; if they still"
        " differ, somebody may have exchanged the keys: invite them anew by another way."
    ) % {"names": names}


def _show_waiting(
    request: HttpRequest,
    seat: Seat,
    candidates: Sequence[Candidate],
    *,
    wrong: Sequence[Candidate] = (),
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    values = {
        "place": "people",
        "problem": problem,
        "candidates": [_row(request, seat, each, is_wrong=each in wrong) for each in candidates],
        "renewed": [_row(request, seat, each, is_wrong=each in wrong) for each in new_keys.list_waiting(seat)],
        "roles": [(role, role_title(seat.pack, role, seat.language)) for role in admission.roles_of(seat)],
        "grades": grade_choices(),
        "line_words": fingerprint_words(seat.keyring.ring.fingerprint, seat.language),
    }
    return show_page(request, "people_admit", values, seat=seat, status=status)


def _row(request: HttpRequest, seat: Seat, candidate: Candidate, *, is_wrong: bool) -> dict[str, object]:
    """One who waits: their words but for two, and what was typed so far."""
    key, blanks, typed = candidate.reader_id.hex(), admission.blanks_of(candidate.reader_id), _heard(request, candidate)
    fields = dict(zip(blanks, zip(("first", "second"), typed, strict=True), strict=True))
    words = [
        {"number": place + 1, "word": "" if place in fields else word, "field": fields.get(place, ("", ""))[0],
         "typed": fields.get(place, ("", ""))[1]}
        for place, word in enumerate(candidate.words(seat.language))
    ]  # fmt: skip
    return {
        "key": key,
        "name": candidate.name,
        "words": words,
        "is_wrong": is_wrong,
        "role": one(request, f"role-{key}"),
        "grade": one(request, f"grade-{key}") or "1",
        "until": one(request, f"until-{key}"),
    }

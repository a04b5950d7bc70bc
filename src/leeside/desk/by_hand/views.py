"""The form for a case by telephone, and what is written down from a call in an open case."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leeside.desk.by_hand.phone_case import PURPOSE, open_by_hand, read_phone_form, require_by_hand, take_at_once
from leeside.desk.by_hand.phone_form import make_form, voices_of
from leeside.desk.by_hand.told_by_phone import write_down
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.opening import look_into
from leeside.desk.pages import show_page
from leeside.desk.seat import Seat
from leeside.desk.ties.making import Made, language_of, offer_token
from leeside.desk.views.case import run_flow
from leeside.packs.answers import VOICE_FIELD, AnswerProblem
from leeside.web.languages import language_name

_BAD_INPUT = 422


@takes("GET", "HEAD", "POST")
@with_seat
def phone_case(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """A case for somebody on the telephone."""
    require_by_hand(seat)
    if request.method != "POST":
        return _show_form(request, seat, {}, {}, "")
    typed = {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST}
    read = read_phone_form(seat, typed)
    if not read.is_complete:
        return _show_form(request, seat, typed, read.problems, "")
    try:
        made = open_by_hand(seat, read, one(request, "token"), one(request, "language"))
    except InputError as error:
        return _show_form(request, seat, typed, {}, error.reason)
    is_held = one(request, "take") == "yes" and take_at_once(seat, made)
    return _show_words(request, seat, made, language_of(seat, one(request, "language")), is_held=is_held)


@takes("POST")
@with_seat
def told_by_phone(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Write down what the person said by telephone."""
    text = one(request, "phone")
    return run_flow(request, seat, slug, lambda case_id: write_down(seat, case_id, text), form="phone", anchor="#talk")


def _show_form(
    request: HttpRequest,
    seat: Seat,
    typed: Mapping[str, Sequence[str]],
    problems: Mapping[str, AnswerProblem],
    problem: str,
) -> HttpResponseBase:
    wanted = str(request.GET.get("voice", "")) or one(request, VOICE_FIELD)
    voice = wanted if wanted in {each.id for each in seat.pack.voices} else seat.pack.default_voice
    values: dict[str, Any] = {
        "place": "phone",
        "form": make_form(seat, voice, typed, problems),
        "voices": voices_of(seat, voice),
        "voice": voice,
        "token": offer_token(seat, PURPOSE),
        "tongues": [(one, language_name(one)) for one in seat.pack.languages],
        "tongue": language_of(seat, one(request, "language") or seat.language),
        "takes": one(request, "take") == "yes" or not typed,
        "problem": problem,
    }
    return show_page(request, "phone_case", values, seat=seat, status=_BAD_INPUT if problems or problem else 200)


def _show_words(request: HttpRequest, seat: Seat, made: Made, language: str, *, is_held: bool) -> HttpResponseBase:
    try:
        code = look_into(seat, made.case_id).row.code_name
    except NotAllowedError:
        code = None  # it went to a circle that this person is not in
    values = {
        "place": "phone",
        "words": made.receipt.words(language),
        "words_language": language,
        "is_held": is_held,
        "slug": write_slug(code) if code is not None else "",
        "name": write_code_name(code, seat.language) if code is not None else "",
    }
    return show_page(request, "phone_words", values, seat=seat)

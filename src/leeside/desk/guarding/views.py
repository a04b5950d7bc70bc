"""What is posted and shown about safety: the plan, the check, phrases, the silence watch, a seized device."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import InputError
from leeside.desk.guarding.grading import set_check
from leeside.desk.guarding.phrases import draw_phrases, phrases_of, set_phrases, show_phrases
from leeside.desk.guarding.planning import TypedPlan, allow_writing_first, clear_stop_word, set_contact
from leeside.desk.guarding.seizing import HOWS, say_device_is_back, seize, undo_seizure
from leeside.desk.guarding.watching import end_watch, set_watch
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.opening import find_case, look_into
from leeside.desk.pages import show_page
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.check import GROUNDS, LEVELS, check_of, ground_words, level_words
from leeside.desk.safety.contact import ZONES, plan_of
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.safety.silence import watch_of
from leeside.desk.safety.words import channel_words, how_words, weekday_words, zone_words
from leeside.desk.seat import Seat
from leeside.desk.views.case import run_flow
from leeside.desk.views.form_pages import FormOfCase, run_form
from leeside.packs.meanings import CHANNELS

_ANCHOR: Final = "#safety"


@takes("GET", "HEAD", "POST")
@with_seat
def contact(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Set safe contact."""
    typed = TypedPlan(
        channel=one(request, "channel"),
        zone=one(request, "zone"),
        starts=one(request, "starts"),
        ends=one(request, "ends"),
        days=tuple(request.POST.getlist("days")),
        stop_word=one(request, "stop_word"),
        cover=one(request, "cover"),
        never_first=one(request, "never_first") == "yes",
        silence_means=one(request, "silence_means"),
    )
    return run_form(request, seat, slug, _CONTACT, lambda case_id: set_contact(seat, case_id, typed))


@takes("GET", "HEAD", "POST")
@with_seat
def check(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Set the graded check."""
    level, ground, line = one(request, "level"), one(request, "ground"), one(request, "line")
    return run_form(request, seat, slug, _CHECK, lambda case_id: set_check(seat, case_id, level, ground, line))


@takes("GET", "HEAD", "POST")
@with_seat
def watch(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Set the silence watch."""

    def flow(case_id: bytes) -> None:
        set_watch(seat, case_id, _day(one(request, "day")), one(request, "then"))

    return run_form(request, seat, slug, _WATCH, flow)


@takes("POST")
@with_seat
def unwatch(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Take the silence watch off."""
    return run_flow(request, seat, slug, lambda case_id: end_watch(seat, case_id), anchor=_ANCHOR)


@takes("POST")
@with_seat
def write_first(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Let one answer go out although they asked us not to write first."""
    reason = one(request, "reason")
    return run_flow(request, seat, slug, lambda case_id: allow_writing_first(seat, case_id, reason), anchor=_ANCHOR)


@takes("POST")
@with_seat
def no_alarm(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Say that the stop word was no alarm."""
    reason = one(request, "reason")
    return run_flow(request, seat, slug, lambda case_id: clear_stop_word(seat, case_id, reason), anchor=_ANCHOR)


@takes("POST")
@with_seat
def seized(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Say that the device was seized."""
    return run_flow(request, seat, slug, lambda case_id: seize(seat, case_id))


@takes("POST")
@with_seat
def not_seized(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Take a tap by mistake back."""
    return run_flow(request, seat, slug, lambda case_id: undo_seizure(seat, case_id), anchor=_ANCHOR)


@takes("GET", "HEAD", "POST")
@with_seat
def back(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Say that the device is in the person's hands again."""
    how, was_right = one(request, "how"), one(request, "phrase") == "yes"

    def flow(case_id: bytes) -> None:
        say_device_is_back(seat, case_id, how, phrase_was_right=was_right)

    return run_form(request, seat, slug, _BACK, flow)


@takes("POST")
@with_seat
def phrases(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Show the phrases: by a tap, and on record."""
    case_id = find_case(seat, slug)
    return _show_phrases(request, seat, case_id, {})


@takes("POST")
@with_seat
def agree(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Agree on phrases, or replace them; then they are shown."""
    case_id = find_case(seat, slug)
    they, we = one(request, "they"), one(request, "we")
    try:
        set_phrases(seat, case_id, they, we)
    except InputError as error:
        problem = {"problem": error.reason, "problem_field": error.field, "typed": {"they": they, "we": we}}
        return _show_phrases(request, seat, case_id, problem, status=422)
    return _show_phrases(request, seat, case_id, {})


def _show_phrases(
    request: HttpRequest, seat: Seat, case_id: bytes, told: Mapping[str, Any], status: int = 200
) -> HttpResponseBase:
    found = show_phrases(seat, case_id)
    file = look_into(seat, case_id)
    they, we = draw_phrases(file.row.language if file.row.language in seat.pack.languages else seat.language)
    values = {
        "place": "queue",
        "slug": write_slug(file.row.code_name),
        "name": write_code_name(file.row.code_name, seat.language),
        "phrases": found,
        "by": seat.keyring.roster.name_of(found.by or b"") if found is not None else "",
        "typed": {"they": they, "we": we},
        **told,
    }
    return show_page(request, "safety_phrases", values, seat=seat, status=status)


def _choices(keys: tuple[str, ...], words: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, words(key)) for key in keys)


def _contact_shown(seat: Seat, file: CaseFile) -> Mapping[str, Any]:
    return {
        "channels": _choices(CHANNELS, channel_words),
        "zones": _choices(ZONES, zone_words),
        "weekdays": tuple((str(number), name) for number, name in enumerate(weekday_words())),
        "said_hours": plan_of(file).said_hours,
    }


def _contact_filled(seat: Seat, file: CaseFile) -> Mapping[str, str]:
    plan = plan_of(file)
    window = plan.window
    return {
        "channel": plan.channel or "here",
        "zone": window.zone if window is not None else seat.line.time_zone,
        "starts": f"{window.starts:%H:%M}" if window is not None else "",
        "ends": f"{window.ends:%H:%M}" if window is not None else "",
        "stop_word": plan.stop_word,
        "cover": plan.cover,
        "never_first": "yes" if plan.never_first else "",
        "silence_means": plan.silence_means,
    }


def _contact_ticked(seat: Seat, file: CaseFile) -> Mapping[str, list[str]]:
    window = plan_of(file).window
    return {"days": [str(day) for day in sorted(window.days)] if window is not None else []}


def _check_shown(seat: Seat, file: CaseFile) -> Mapping[str, Any]:
    return {
        "levels": tuple((key, level_words(level)) for key, level in LEVELS.items()),
        "grounds": _choices(GROUNDS, ground_words),
    }


def _check_filled(seat: Seat, file: CaseFile) -> Mapping[str, str]:
    now = check_of(file)
    return {"level": now.level.name.lower(), "ground": now.ground, "line": now.line}


def _watch_filled(seat: Seat, file: CaseFile) -> Mapping[str, str]:
    running = watch_of(file)
    if running is None:
        return {}
    return {"day": running.day.isoformat(), "then": running.then}


def _back_shown(seat: Seat, file: CaseFile) -> Mapping[str, Any]:
    return {
        "hows": _choices(HOWS, how_words),
        "has_phrase": phrases_of(file) is not None,
        "is_seized": seizure_of(file) is not None,
    }


def _day(untrusted: str) -> date:
    try:
        return date.fromisoformat(untrusted)
    except ValueError:
        raise InputError("day", _("This is not a day. Please choose one.")) from None


_CONTACT: Final = FormOfCase(
    "safety_contact", CaseAction.SET_SAFETY, _ANCHOR, _contact_shown, _contact_filled, _contact_ticked
)
_CHECK: Final = FormOfCase("safety_check", CaseAction.SET_SAFETY, _ANCHOR, _check_shown, _check_filled)
_WATCH: Final = FormOfCase("safety_watch", CaseAction.SET_SAFETY, _ANCHOR, filled=_watch_filled)
_BACK: Final = FormOfCase("safety_back", CaseAction.SEIZE, _ANCHOR, _back_shown)

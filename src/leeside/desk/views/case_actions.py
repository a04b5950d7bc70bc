"""What a case page posts, each to its own address: reading, writing, facts, keeping, moving, confirming, closing."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk import answering, circles, closing, confirming, facts, grants, holding, next_steps
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.next_steps import Step, read_step
from leeside.desk.opening import DRAWERS, find_case, look_into
from leeside.desk.seat import Seat
from leeside.desk.taking_back import take_back
from leeside.desk.told_rules import told_with
from leeside.desk.views.case import (
    Said,
    Typed,
    leave_case,
    posted_number,
    posted_step,
    posted_version,
    run_flow,
    show_case,
    typed_in,
)
from leeside.desk.writing.checking import send_own
from leeside.desk.writing.drafts import Typed as DraftTyped
from leeside.desk.writing.drafts import keep_draft, version_sent
from leeside.vault import store
from leeside.vault.store import DraftKind


@takes("GET", "HEAD")
@with_seat
def case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """The case, opened and on record."""
    sent = str(request.GET.get("sent", ""))
    return show_case(request, seat, find_case(seat, slug), Said(undo=sent if len(sent) == 32 else ""))


@takes("POST")
@with_seat
def drawer(request: HttpRequest, seat: Seat, language: str, slug: str, key: str) -> HttpResponseBase:
    """Open one drawer with the case; a reading of its own."""
    if key not in DRAWERS:
        raise NotAllowedError
    return show_case(request, seat, find_case(seat, slug), Said(drawer=key))


@takes("POST")
@with_seat
def answer(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Answer the writer; the page then offers to take it back for some seconds."""
    sent: list[bytes] = []

    def flow(case_id: bytes) -> None:
        typed = typed_in(request, seat, "answer").answer
        step, is_meant = step_in(request, seat), one(request, "meant") == "yes"
        version, seen = posted_version(request), posted_number(request, "seen")
        sent.append(send_own(seat, case_id, typed, version, step=step, is_meant=is_meant, seen=seen))

    response = run_flow(request, seat, slug, flow, form="answer")
    if sent:
        return HttpResponseRedirect(f"{response.headers['Location']}?sent={sent[0].hex()}")
    return response


@takes("POST")
@with_seat
def undo(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Take an answer back, and its text is in the field again; or a file, and it is gone."""
    case_id = find_case(seat, slug)
    try:
        entry_id = bytes.fromhex(one(request, "entry"))
        told = told_with(look_into(seat, case_id), entry_id)
        text = take_back(seat, case_id, entry_id)
    except ValueError:
        raise NotAllowedError from None
    except store.ConflictError:
        said = Said(problem=_("Too late: the writer can see it already."), status=409)
        return show_case(request, seat, case_id, said)
    if not text:
        return show_case(request, seat, case_id, Said(told=_("Taken back. The file is gone; nobody was shown it.")))
    taken_back = DraftTyped(text, told=told)
    with suppress(store.ConflictError):
        keep_draft(seat, case_id, DraftKind.ANSWER, taken_back, 0)
    said = Said(told=_("Taken back. Your text is in the field below."), typed=Typed(answer=taken_back))
    return show_case(request, seat, case_id, said)


@takes("POST")
@with_seat
def note(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Write a note for ourselves; also what was typed as an answer, where nothing may go out."""
    form = "answer" if one(request, "from") == "answer" else "note"
    kind = DraftKind.ANSWER if form == "answer" else DraftKind.NOTE

    def flow(case_id: bytes) -> None:
        text, shown = one(request, "text"), posted_version(request)
        version = version_sent(seat, look_into(seat, case_id), kind, text, shown)
        step = step_in(request, seat)
        answering.write_note(seat, case_id, text, step, draft_version=version, draft_kind=kind)

    return run_flow(request, seat, slug, flow, form=form, anchor="#talk")


@takes("POST")
@with_seat
def fact(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Set a fact."""

    def flow(case_id: bytes) -> None:
        key = one(request, "fact")
        day = _day(one(request, "day"), key, seat.today)
        values = tuple(str(value) for value in request.POST.getlist("value"))
        facts.set_fact(seat, case_id, facts.NewFact(key, values, one(request, "source"), day))

    return run_flow(request, seat, slug, flow, anchor="#facts")


@takes("POST")
@with_seat
def withdraw_fact(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Take a wrong value of a fact back."""
    fact, entry, reason = one(request, "fact"), one(request, "entry"), one(request, "why")
    return run_flow(
        request, seat, slug, lambda case_id: facts.withdraw_fact(seat, case_id, fact, entry, reason), anchor="#facts"
    )


@takes("POST")
@with_seat
def step(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Change the next step."""
    return run_flow(
        request, seat, slug, lambda case_id: next_steps.set_step(seat, case_id, step_in(request, seat)), form="step"
    )


@takes("POST")
@with_seat
def keep(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Become the owner."""
    return run_flow(
        request, seat, slug, lambda case_id: holding.keep(seat, case_id, step_in(request, seat)), form="keep"
    )


@takes("POST")
@with_seat
def give_back(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Give the case back to its circle."""
    reason = one(request, "reason")
    return _leaving(request, seat, slug, "given-back", lambda case_id: holding.give_back(seat, case_id, reason))


@takes("POST")
@with_seat
def move(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Move the case to another circle."""
    circle, reason = one(request, "circle"), one(request, "reason")
    return _leaving(request, seat, slug, "moved", lambda case_id: circles.move(seat, case_id, circle, reason))


@takes("POST")
@with_seat
def confirm(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Confirm the request and its kind."""
    kind = one(request, "kind")
    return run_flow(request, seat, slug, lambda case_id: confirming.confirm(seat, case_id, kind), anchor="#do")


@takes("POST")
@with_seat
def grant(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Let a colleague read the case."""
    reader_id = _reader(request)
    return run_flow(request, seat, slug, lambda case_id: grants.grant(seat, case_id, reader_id), anchor="#do")


@takes("POST")
@with_seat
def revoke(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """End a colleague's reading."""
    reader_id = _reader(request)
    return run_flow(request, seat, slug, lambda case_id: grants.revoke(seat, case_id, reader_id), anchor="#do")


@takes("POST")
@with_seat
def rekey(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Give the case new keys after somebody was removed."""
    return run_flow(request, seat, slug, lambda case_id: circles.rekey_in_place(seat, case_id), anchor="#do")


@takes("POST")
@with_seat
def reopen(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Open a closed case again."""
    return run_flow(
        request, seat, slug, lambda case_id: closing.reopen(seat, case_id, step_in(request, seat)), form="reopen"
    )


def _leaving(
    request: HttpRequest, seat: Seat, slug: str, told: str, flow: Callable[[bytes], object]
) -> HttpResponseBase:
    """A flow after which the case is in other hands: then the queue, with a sentence."""
    done: list[bool] = []

    def run(case_id: bytes) -> None:
        flow(case_id)
        done.append(True)

    response = run_flow(request, seat, slug, run)
    return leave_case(seat, told) if done else response


def step_in(request: HttpRequest, seat: Seat) -> Step | None:
    """The next step that a form carries, or None when its fields are empty."""
    return read_step(seat, *posted_step(request, seat))


def _reader(request: HttpRequest) -> bytes:
    try:
        return bytes.fromhex(one(request, "reader"))
    except ValueError:
        raise NotAllowedError from None


def _day(untrusted: str, name: str, otherwise: date | None) -> date:
    if not untrusted and otherwise is not None:
        return otherwise
    try:
        return date.fromisoformat(untrusted)
    except ValueError:
        raise InputError(name, _("This is not a day. Please choose one.")) from None

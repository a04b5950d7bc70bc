"""The training desk's pages, and the code of conduct."""

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.conduct import accept_conduct, has_accepted, points_of
from leeside.desk.errors import NotAllowedError
from leeside.desk.grades import Grade
from leeside.desk.guards import one, takes, with_new_seat, with_seat
from leeside.desk.limits import LIMITS
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.resuming import ask_to_accept, resume
from leeside.desk.seat import Seat
from leeside.desk.sign_in_page import safe_path
from leeside.desk.team.training import (
    STEPS,
    Chosen,
    finish_training,
    good_answer,
    next_step,
    options_of,
    read_chosen,
)
from leeside.packs.training import TrainingLetter
from leeside.vault import store
from leeside.web.dates import write_day

_BAD_INPUT = 422


@takes("GET", "HEAD", "POST")
@with_new_seat
def conduct(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """The code of conduct: to read again, or to accept before anything else opens."""
    if request.method != "POST":
        if not has_accepted(seat):
            return ask_to_accept(request, seat)
        return show_page(request, "conduct", {"place": "people", "points": points_of(seat)}, seat=seat)
    if one(request, "accepted") != "yes":
        problem = _("Tick the line above the button when you have read it.")
        return ask_to_accept(request, seat, problem=problem, status=_BAD_INPUT)
    accept_conduct(seat)
    path = safe_path(one(request, "resume"))
    own = reverse("desk:conduct", args=[language])
    return resume(request, seat, language, "" if path.partition("?")[0] == own else path)


@takes("GET", "HEAD", "POST")
@with_seat
def training(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """All letters; a post says that somebody has been through them."""
    require_line_action(LineAction.TRAIN, seat.role)
    if request.method == "POST":
        finish_training(seat)
        return HttpResponseRedirect(reverse("desk:training", args=[language]))
    trained = store.fetch_account_of(seat.reader_id).trained
    values = {
        "place": "training",
        "letters": [
            {"id": letter.id, "title": seat.pack.text(f"training.{letter.id}.title", seat.language)}
            for letter in seat.pack.training.letters
        ],
        "trained": write_day(trained, seat.language, seat.today) if trained else "",
        "only_reads": seat.grade is Grade.READ,
    }
    return show_page(request, "training", values, seat=seat)


@takes("GET", "HEAD", "POST")
@with_seat
def letter(request: HttpRequest, seat: Seat, language: str, letter_id: str) -> HttpResponseBase:
    """One letter: the step that is asked now, and what the guide says to those before. Nothing is kept."""
    require_line_action(LineAction.TRAIN, seat.role)
    found = seat.pack.training.letter(letter_id)
    if found is None:
        raise NotAllowedError
    untrusted = {key: [str(each) for each in request.POST.getlist(key)] for key in request.POST}
    chosen = read_chosen(found, seat, untrusted)
    at = next_step(chosen)
    letters = seat.pack.training.letters
    place = letters.index(found)
    values = {
        "place": "training",
        "id": found.id,
        "title": seat.pack.text(f"training.{found.id}.title", seat.language),
        "letter": seat.pack.text(f"training.{found.id}.letter", seat.language),
        "done": [_told(seat, found, chosen, step) for step in STEPS if chosen.of(step)],
        "step": at,
        "asks_two": at == "missing",
        "question": _question(at),
        "options": list(options_of(seat, found, at).items()) if at else [],
        "own": one(request, "own")[: LIMITS.text_characters],
        "next": letters[place + 1].id if place + 1 < len(letters) else "",
    }
    return show_page(request, "training_letter", values, seat=seat)


def _told(seat: Seat, found: TrainingLetter, chosen: Chosen, step: str) -> dict[str, object]:
    """One answered step: what was chosen, what is good, and why."""
    good, answer = good_answer(found, step), chosen.of(step)
    offered = options_of(seat, found, step)
    return {
        "step": step,
        "question": _question(step),
        "ids": answer,
        "is_good": frozenset(answer) == good,
        "chosen": [offered[each] for each in answer],
        "good": [offered[each] for each in offered if each in good],
        "why": seat.pack.text(f"training.{found.id}.why_{step}", seat.language),
    }


def _question(step: str) -> str:
    questions = {
        "presses": _("What presses here?"),
        "missing": _("Which two facts would you ask first?"),
        "draft": _("Which answer would you send, and why?"),
        "promise": _("Which of these must you never promise here?"),
    }
    return questions.get(step, "")

"""The pack's questions as a form for somebody who asks them aloud: their labels, in the form's order and two parts.

Without script nothing opens or closes by itself; a question that belongs to an answer stands below it, with that said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.by_hand.phone_case import CLOSED_CONDITION
from leeside.desk.seat import Seat
from leeside.packs.answers import WHOLE_FORM, AnswerProblem
from leeside.packs.questions import Question


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    key: str
    title: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """One question with what was typed. `kind` is the question's; `below` says which answer it belongs to."""

    id: str
    kind: str
    label: str
    help: str
    below: str
    options: tuple[Option, ...]
    value: str
    limit: int
    problem: str
    is_sealed_apart: bool


@dataclass(frozen=True)
class PhoneForm:
    """The form in its two parts. `is_more_open` when something in the second part was filled in or is at fault."""

    first: tuple[Field, ...]
    more: tuple[Field, ...]
    is_more_open: bool
    problem: str


def make_form(
    seat: Seat, voice: str, typed: Mapping[str, Sequence[str]], problems: Mapping[str, AnswerProblem]
) -> PhoneForm:
    """The form in one voice, empty or with everything typed still in it."""
    pack = seat.pack

    def part(questions: Sequence[Question]) -> tuple[Field, ...]:
        return tuple(_field(seat, one, voice, typed, problems) for one in questions if one.is_asked_in(voice))

    more = part((*pack.folded, *pack.at_words))
    is_more_open = any(field.problem or field.value or any(one.is_chosen for one in field.options) for field in more)
    whole = _problem_words(problems[WHOLE_FORM]) if WHOLE_FORM in problems else ""
    return PhoneForm(part(pack.first_screen), more, is_more_open, whole)


def voices_of(seat: Seat, chosen: str) -> tuple[Option, ...]:
    """Who may be on the telephone, as the form of the door words it."""
    pack = seat.pack
    return tuple(
        Option(one.id, pack.text(f"form.voice_{one.id}", seat.language), one.id == chosen)
        for one in pack.voices
        if one.in_address
    )


def _field(
    seat: Seat,
    question: Question,
    voice: str,
    typed: Mapping[str, Sequence[str]],
    problems: Mapping[str, AnswerProblem],
) -> Field:
    pack, language = seat.pack, seat.language
    posted = typed.get(question.id, ())
    problem = problems.get(question.id)
    return Field(
        id=question.id,
        kind=question.kind,
        label=pack.text(question.title_key, language, voice),
        help=pack.text(question.help_key, language, voice) if pack.has_text(question.help_key, language) else "",
        below=_below(seat, question, voice),
        options=tuple(
            Option(one.id, pack.option_text(question, one.id, language, voice), one.id in posted)
            for one in question.options_in(voice)
        ),
        value="" if question.options else "\n".join(posted),
        limit=question.limit,
        problem=_problem_words(problem) if problem is not None else "",
        is_sealed_apart=not question.is_closed and question.compartment.name in {"IDENTITY", "PLACE"},
    )


def _below(seat: Seat, question: Question, voice: str) -> str:
    """The answers under which the question is asked, in words."""
    titles = []
    for asked, option in question.opened_by:
        parent = seat.pack.question(asked)
        if parent is not None:
            titles.append(seat.pack.option_text(parent, option, seat.language, voice))
    return _("if: %(answers)s") % {"answers": " / ".join(dict.fromkeys(titles))} if titles else ""


def _problem_words(problem: AnswerProblem) -> str:
    words = {
        "unknown_option": _("The form does not offer this."),
        "only_one": _("Only one answer is possible here."),
        "too_long": _("This is too long: at most %(limit)d letters.") % {"limit": problem.limit},
        "not_a_date": _("This is not a day. Please choose one."),
        "nothing_written": _("Nothing is written yet."),
        CLOSED_CONDITION: _("This belongs to an answer above that is not chosen. Choose it, or leave this empty."),
    }
    return words[problem.code]

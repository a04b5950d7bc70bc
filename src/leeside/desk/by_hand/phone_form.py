"""The pack's questions as a form for somebody who asks them aloud: their labels, in the form's order and two parts.

A question that belongs to answers of another stands right below that one, with this said, and opens by style alone:
the answers that open it carry the number of its group (`opens-1`), the group carries it too (`opened-1`), and
`desk.css` has a rule for each number. Where the style does not work all of them stand open, and nothing is lost.
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
    opens: tuple[int, ...] = ()
    """The groups below that open when this is chosen."""


@dataclass(frozen=True)
class Group:
    """Questions that the same answers open. `stays_open` when something in it was filled in or is at fault."""

    number: int
    fields: tuple["Field", ...]
    stays_open: bool


@dataclass(frozen=True)
class Field:
    """One question with what was typed. `kind` is the question's; `below` says which answers it belongs to."""

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
    groups: tuple[Group, ...] = ()

    @property
    def is_touched(self) -> bool:
        """Whether something of it, or below it, was filled in or is at fault."""
        own = self.problem or self.value or any(one.is_chosen for one in self.options)
        return bool(own) or any(group.stays_open for group in self.groups)


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
    asked = tuple(one for one in pack.questions if one.is_asked_in(voice))
    below = _below_which(asked)

    def fields(questions: Sequence[Question]) -> tuple[Field, ...]:
        return tuple(field(one) for one in questions)

    def field(question: Question) -> Field:
        groups: list[Group] = []
        opens: dict[str, tuple[int, ...]] = {}
        for number, (options, children) in enumerate(below.get(question.id, {}).items(), start=1):
            inside = fields(children)
            groups.append(Group(number, inside, any(one.is_touched for one in inside)))
            for option in options:
                opens[option] = (*opens.get(option, ()), number)
        return _field(seat, question, voice, typed, problems, opens=opens, groups=tuple(groups))

    def part(questions: Sequence[Question]) -> tuple[Field, ...]:
        return fields([one for one in questions if one in asked and _parent(one, asked) is None])

    more = part((*pack.folded, *pack.at_words))
    whole = _problem_words(problems[WHOLE_FORM]) if WHOLE_FORM in problems else ""
    return PhoneForm(part(pack.first_screen), more, any(one.is_touched for one in more), whole)


def _below_which(asked: Sequence[Question]) -> dict[str, dict[frozenset[str], list[Question]]]:
    """The questions that stand below each question, by the answers that open them."""
    found: dict[str, dict[frozenset[str], list[Question]]] = {}
    for question in asked:
        parent = _parent(question, asked)
        if parent is not None:
            options = frozenset(option for _asked, option in question.opened_by)
            found.setdefault(parent.id, {}).setdefault(options, []).append(question)
    return found


def _parent(question: Question, asked: Sequence[Question]) -> Question | None:
    """The question whose answers open this one, if it is exactly one and stands in this form with choices."""
    names = {name for name, _option in question.opened_by}
    return next((one for one in asked if names == {one.id} and one.options and one.id != question.id), None)


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
    *,
    opens: Mapping[str, tuple[int, ...]],
    groups: tuple[Group, ...],
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
            Option(one.id, pack.option_text(question, one.id, language, voice), one.id in posted, opens.get(one.id, ()))
            for one in question.options_in(voice)
        ),
        value="" if question.options else "\n".join(posted),
        limit=question.limit,
        problem=_problem_words(problem) if problem is not None else "",
        is_sealed_apart=not question.is_closed and question.compartment.name in {"IDENTITY", "PLACE"},
        groups=groups,
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

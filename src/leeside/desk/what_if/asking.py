"""Reading what was chosen: facts by the pack's own parser, a day, and the facts from which somebody set out.

Rules:
1. A fact is a closed question of the pack's story; another field is left aside. No text is taken at all.
2. A value that cannot be taken is said beside its field, and everything else that was chosen stays.
3. What stood in the case is carried by the page itself, so that changes can be marked without opening it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.code_names import read_slug
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.opening import find_case, open_case
from leeside.desk.permissions import CaseAction, LineAction, require_case_action, require_line_action
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_day
from leeside.packs.answers import AnswerReader
from leeside.packs.conditions import FactValue
from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment

NOW, WAS, DAY = "now-", "was-", "on"
"""Fields of the form: a fact as it is chosen, a fact as it was in the case, and the day."""
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_CLOSED: Final = frozenset({"one", "many", "date"})


@dataclass(frozen=True)
class Asked:
    """What was chosen. `was` are the facts from which somebody set out, None where they began with nothing; `slug` is
    the case that they are from. `problems` are in words, by field."""

    facts: Mapping[str, FactValue] = field(repr=False)
    on: date
    was: Mapping[str, FactValue] | None = field(default=None, repr=False)
    slug: str = ""
    problems: Mapping[str, str] = field(default_factory=dict, repr=False)


def require_guide(seat: Seat) -> None:
    """The guard of the page: the table, and a pack that has a guide."""
    require_line_action(LineAction.ASK_GUIDE, seat.role)
    if not seat.pack.guide.rules:
        raise NotAllowedError


def facts_to_choose(seat: Seat) -> tuple[Question, ...]:
    """Every closed question of the story, in the pack's order: rule 1."""
    return tuple(one for one in seat.pack.all_questions if one.compartment == Compartment.STORY and one.kind in _CLOSED)


def begin_with_case(seat: Seat, untrusted_slug: str) -> Asked:
    """The facts of a case, as its own page tells them to the guide. Opens the case. Raises NotAllowedError."""
    require_guide(seat)
    file = open_case(seat, find_case(seat, untrusted_slug))
    require_case_action(CaseAction.SEE_LAW, file.standing)
    facts = case_facts(seat, file)
    return Asked(facts, seat.today, facts, untrusted_slug)


def read_asked(seat: Seat, untrusted: Mapping[str, Sequence[str]]) -> Asked:
    """What a posted form chose."""
    require_guide(seat)
    chosen, problems = _read(seat, untrusted, NOW)
    was, _ignored = _read(seat, untrusted, WAS)
    untrusted_slug = (untrusted.get("case") or [""])[0]
    slug = untrusted_slug if read_slug(untrusted_slug) is not None else ""
    on = seat.today
    try:
        on = _read_on(seat, (untrusted.get(DAY) or [""])[0])
    except InputError as error:
        problems[DAY] = error.reason
    return Asked(chosen, on, was if slug else None, slug, problems)


def _read(
    seat: Seat, untrusted: Mapping[str, Sequence[str]], before: str
) -> tuple[dict[str, FactValue], dict[str, str]]:
    """The facts of one set of fields, and what is wrong with each of the others: rule 2."""
    questions = [replace(one, condition=None) for one in facts_to_choose(seat)]
    reader = AnswerReader(questions, [voice.id for voice in seat.pack.voices], seat.pack.default_voice, ())
    read = reader.read({one.id: list(untrusted.get(before + one.id, ())) for one in questions}, known={})
    words = _("This value cannot be taken. Please look at it again.")
    return dict(read.answers), {before + fact: words for fact in read.problems}


def _read_on(seat: Seat, untrusted: str) -> date:
    day = read_day(untrusted, DAY) or seat.today
    if not _FIRST <= day <= _LAST:
        raise InputError(DAY, _("This is not a day. Please choose one."))
    return day

"""What was told of an appeal, that none is filed yet, and a day by hand that somebody at the court named."""

from collections.abc import Mapping
from datetime import timedelta

from leeside.desk.facts import NewFact, set_fact
from leeside.desk.guiding.advice import NewAdvice, record_advice
from leeside.desk.guiding.deadlines import NewDeadline, set_deadline
from leeside.desk.opening import open_case
from leeside.project.demo import founding, texts
from leeside.project.demo.filling import Filler

_TOLD = ("appeal_sentence", "judgment_not_in_force")


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Willow tells Long Shadow of the appeal by telephone, and keeps the day on which a copy is ready."""
    told, language, today = texts.story("advice"), filler.language, filler.today
    case_id = cases["long-shadow"]
    willow = founding.at(filler.seats["willow"], filler.evening(today, 18, 35))
    open_case(willow, case_id)
    set_fact(willow, case_id, NewFact("appealed", ("no",), "said", today))
    record_advice(willow, case_id, NewAdvice(_TOLD, today, "phone"))
    named, reason = told["copy"][language], told["named"][language]
    set_deadline(willow, case_id, NewDeadline("", named, None, today + timedelta(days=3), reason))

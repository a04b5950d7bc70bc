"""The line's two lawyers read rules: most on health, one long ago, one against, one that was worded anew since."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from leeside.desk.rules.checklist import checklist
from leeside.desk.rules.reviews import Verdict
from leeside.desk.rules.signing import Said, sign
from leeside.desk.seat import Seat
from leeside.packs.guidebook.wordings import wording_of
from leeside.project.demo import founding, texts
from leeside.project.demo.filling import Filler

_READ: Final = (
    "report_for_commission",
    "medical_papers_needed",
    "examination_after_long_treatment",
    "disagree_with_finding",
    "independent_examination",
)
_LONG_AGO, _AGAINST, _REWORDED = "hospital_may_refer", "leave_every_six_months", "examination_before_return"
_WEEKS, _LONG = 3, 210


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Nothing here belongs to a case."""
    willow, alder = (filler.seats[key] for key in ("willow", "alder"))
    for number, rule_id in enumerate(_READ):
        _sign(_ago(filler, willow if number % 2 else alder, _WEEKS * 7 - number), rule_id)
    _sign(_ago(filler, willow, _LONG), _LONG_AGO)
    remark = texts.story("reviews")["remark"][filler.language]
    _sign(_ago(filler, alder, 2), _AGAINST, Verdict.CHANGE, remark)
    _sign(_with_earlier_wording(_ago(filler, willow, _WEEKS * 7), _REWORDED), _REWORDED)


def _ago(filler: Filler, seat: Seat, days: int) -> Seat:
    return founding.at(seat, filler.evening(filler.today - timedelta(days=days)))


def _sign(seat: Seat, rule_id: str, verdict: Verdict = Verdict.HOLDS, remark: str = "") -> None:
    rule = seat.pack.guide.by_id[rule_id]
    ticked = frozenset(item.key for item in checklist()) if verdict is Verdict.HOLDS else frozenset()
    sign(seat, rule, Said(wording_of(rule, seat.pack.guide).hex(), ticked, verdict.value, remark))


def _with_earlier_wording(seat: Seat, rule_id: str) -> Seat:
    """The same seat when the pack had another wording of that rule."""
    book = seat.pack.guide
    rules = tuple(replace(one, law=one.law[:-1] + " }") if one.id == rule_id else one for one in book.rules)
    return replace(seat, pack=replace(seat.pack, guide=replace(book, rules=rules)))

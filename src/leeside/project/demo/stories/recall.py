"""Advice that grew old: a rule was worded anew after several people had been told of it, and another one comes into
force on the eleventh of December. Whoever compares sees the first today, and the second from that day on.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from leeside.desk.answering import answer
from leeside.desk.facts import NewFact, set_fact
from leeside.desk.opening import open_case
from leeside.desk.seat import Seat
from leeside.packs.guidebook.rules import Rule, digest_of
from leeside.project.demo import founding, texts
from leeside.project.demo.filling import Filler

_REWORDED: Final = "report_in_writing"
_TOLD_REPORTS: Final = date(2023, 11, 27)
_TOLD_SUMMONS: Final = date(2023, 12, 4)
_CASES: Final = 5
"""Cases of each kind: enough for a group."""


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Let colleagues tell the rule as it was worded in November, and what a summons means before the eleventh."""
    told = texts.story("recall")
    for case_id, seat in _left_open(filler, "leave_service", _TOLD_REPORTS):
        before = _before(seat)
        open_case(before, case_id)
        answer(before, case_id, told["reports"][filler.language], at_once=True, told=(_REWORDED,))
    for case_id, seat in _left_open(filler, "summons", _TOLD_SUMMONS):
        open_case(seat, case_id)
        for fact, value in (("serves", "not_serving"), ("paper_abroad", "with_me")):
            set_fact(seat, case_id, NewFact(fact, (value,), "said", seat.today))
        answer(seat, case_id, told["summons"][filler.language], at_once=True, told=("residence_permission",))


def _left_open(filler: Filler, wants: str, day: date) -> list[tuple[bytes, Seat]]:
    """Short requests that are still open and were answered before that day, with whoever answers them."""
    found = [one for one in filler.left_open if one.request.answers["wants"] == [wants] and one.request.day < day]
    moment = filler.evening(day, 18, 20)
    return [(one.case_id, founding.at(one.seat, moment)) for one in found[:_CASES]]


def _before(seat: Seat) -> Seat:
    """A seat of November, when the rule said less."""
    book = seat.pack.guide
    rules = tuple(_shorter(rule) if rule.id == _REWORDED else rule for rule in book.rules)
    return replace(seat, pack=replace(seat.pack, guide=replace(book, rules=rules)))


def _shorter(rule: Rule) -> Rule:
    """The rule without its caution, and with the first sentence only of what to do."""
    how = {language: one.how.partition(". ")[0] + "." for language, one in rule.words.items()}
    table: dict[str, Any] = json.loads(rule.law)
    for language, said in table["words"].items():
        said |= {"how": how[language], "care": ""}
    law = json.dumps(table, sort_keys=True, ensure_ascii=True)
    words = {language: replace(one, how=how[language], care="") for language, one in rule.words.items()}
    return replace(rule, words=words, law=law, digest=digest_of(law))

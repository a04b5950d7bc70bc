"""A rule comes into force while a case is open: from Monday 11 December a notice begins a term.

On any day before it the case says that the rule is coming; the notice has not come yet either.
"""

from collections.abc import Mapping
from datetime import date

from leeside.desk.facts import NewFact, set_fact
from leeside.desk.opening import open_case
from leeside.project.demo import founding, seed, texts
from leeside.project.demo.filling import Filler

_TOLD = date(2023, 12, 11)


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Paper Boat is told that he may not leave the country, and writes the same evening; Wren keeps the day."""
    if filler.today < _TOLD:
        return
    said = texts.story("law")["notice"][filler.language]
    filler.write_again(seed.receipt_of(("paper", "boat")), said, filler.evening(_TOLD, 18, 30))
    seat = founding.at(filler.seats["wren"], filler.evening(_TOLD, 18, 50))
    open_case(seat, cases["paper-boat"])
    set_fact(seat, cases["paper-boat"], NewFact("exit_limited_on", (_TOLD.isoformat(),), "said", _TOLD))

"""A lawyer asks for a second pair of eyes; a suspended sentence keeps a case alive; a man abroad is asked again."""

from collections.abc import Mapping
from datetime import date, timedelta

from leeside.desk.opening import open_case
from leeside.desk.stages.outcomes import NewTerm, keep_alive, write_follow_up
from leeside.desk.writing.checking import ask_for_check
from leeside.desk.writing.drafts import Typed
from leeside.project.demo import founding, texts
from leeside.project.demo.filling import Filler

_PASSED = date(2023, 11, 28)
_TERM_ENDS = date(2026, 11, 28)  # three years after the sentence of the twenty-eighth of November


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """All three, by the lawyer who works these cases."""
    told, language, willow = texts.story("writing"), filler.language, filler.seats["willow"]
    seat = founding.at(willow, filler.evening(filler.today, 18, 58))
    open_case(seat, cases["quiet-maple"])
    ask_for_check(seat, cases["quiet-maple"], Typed(told["draft"][language]), 0, step=None)
    seat = founding.at(willow, filler.evening(filler.today, 18, 30))
    open_case(seat, cases["long-shadow"])
    ends = max(_TERM_ENDS, filler.today + timedelta(days=2))
    keep_alive(seat, cases["long-shadow"], NewTerm("sentence_suspended", min(_PASSED, filler.today), ends, "paper"))
    seat = founding.at(willow, filler.evening(filler.today - timedelta(days=6), 17, 10))
    open_case(seat, cases["salt-harbour"])
    write_follow_up(seat, cases["salt-harbour"], told["heard"][language], filler.today + timedelta(days=3))

"""Papers and safety: papers that the unit keeps, a last day, a seized phone, a silence, a doubted caller."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from leeside.desk.facts import NewFact, set_fact
from leeside.desk.guarding.grading import set_check
from leeside.desk.guarding.phrases import set_phrases
from leeside.desk.guarding.planning import TypedPlan, set_contact
from leeside.desk.guarding.seizing import seize
from leeside.desk.guarding.watching import set_watch
from leeside.desk.opening import open_case
from leeside.desk.papers.keeping import NEW, TypedHolding, TypedOutgoing, keep_outgoing, keep_paper
from leeside.project.demo import founding, seed, texts
from leeside.project.demo.filling import Filler

_TAKEN, _SENT, _HEAR_BY = date(2023, 11, 2), date(2023, 12, 4), date(2023, 12, 8)
_JUDGED, _APPEAL_BY = date(2023, 11, 28), date(2023, 12, 13)


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """All six, each on its own days."""
    told = texts.story("safety")
    _grey_window(filler, cases["grey-window"], told["window"])
    _long_shadow(filler, cases["long-shadow"], told["shadow"])
    _two_lamps(filler, cases["two-lamps"], told["lamps"])
    _morning_bridge(filler, cases["morning-bridge"], told["bridge"])
    _empty_chair(filler, cases["empty-chair"], told["chair"])
    _quiet_maple(filler, cases["quiet-maple"])


def _grey_window(filler: Filler, case_id: bytes, told: Mapping[str, Any]) -> None:
    """The commander has both papers since 2 November; a report went by registered mail; evenings only."""
    language = filler.language
    seat = founding.at(filler.seats["wren"], filler.evening(filler.today, 18, 20))
    open_case(seat, case_id)
    for paper in ("passport", "military_id"):
        typed = TypedHolding(paper, "unit", "original", _by(filler, _TAKEN), told["back"][language], source="said")
        keep_paper(seat, case_id, paper, typed)
    sent = TypedOutgoing("report", "commander", "registered", _by(filler, _SENT), told["report"][language], "4471-08")
    keep_outgoing(seat, case_id, NEW, sent)
    plan = TypedPlan(
        "here",
        "Europe/Moscow",
        "19:00",
        "22:00",
        cover=told["cover"][language],
        silence_means=told["silence"][language],
    )
    set_contact(seat, case_id, plan)


def _long_shadow(filler: Filler, case_id: bytes, told: Mapping[str, Any]) -> None:
    """The unit has had his passport since it took him from the courtroom; a complaint went by registered mail today;
    the last day of the appeal is a fact, so that it falls due."""
    language = filler.language
    seat = founding.at(filler.seats["willow"], filler.evening(filler.today, 17, 50))
    open_case(seat, case_id)
    since = _by(filler, _JUDGED)
    keep_paper(seat, case_id, "passport", TypedHolding("passport", "unit", "original", since, told["back"][language]))
    keep_paper(seat, case_id, NEW, TypedHolding("court_paper", "person", "copy", since, source="paper"))
    line, sent = told["complaint"][language], filler.today.isoformat()
    keep_outgoing(
        seat, case_id, NEW, TypedOutgoing("complaint", "military_prosecutor", "registered", sent, line, "2210-16")
    )
    set_fact(seat, case_id, NewFact("appeal_by", (_APPEAL_BY.isoformat(),), "paper", filler.today))


def _two_lamps(filler: Filler, case_id: bytes, told: Mapping[str, Any]) -> None:
    """The plan and the phrases of the first evening; the stop word, the tap at 18:40, and who wrote then."""
    language = filler.language
    before = founding.at(filler.seats["heron"], filler.evening(date(2023, 11, 28), 18, 55))
    plan = TypedPlan("here", "Europe/Moscow", "18:00", "22:00", stop_word=told["word"][language])
    set_contact(before, case_id, plan)
    set_phrases(before, case_id, told["they"][language], told["we"][language])
    set_check(before, case_id, "consistent", "details_fit", "")
    seize(founding.at(filler.seats["heron"], filler.evening(filler.today, 18, 40)), case_id)
    receipt = seed.receipt_of(("two", "lamps"))
    filler.write_again(receipt, told["holder"][language], filler.evening(filler.today, 18, 52))


def _morning_bridge(filler: Filler, case_id: bytes, told: Mapping[str, Any]) -> None:
    """She will write what the unit says; if not, there is one calm step."""
    seat = founding.at(filler.seats["wren"], filler.evening(filler.today, 18, 45))
    open_case(seat, case_id)
    set_watch(seat, case_id, max(_HEAR_BY, filler.today), told["then"][filler.language])


def _empty_chair(filler: Filler, case_id: bytes, told: Mapping[str, Any]) -> None:
    """A doubtful caller: the grade and its ground, never the evidence."""
    seat = founding.at(filler.seats["heron"], filler.evening(date(2023, 12, 2), 18, 45))
    set_check(seat, case_id, "doubtful", "asks_about_us", told["line"][filler.language])


def _quiet_maple(filler: Filler, case_id: bytes) -> None:
    """The hospital's summary was seen: the original is with him."""
    seat = founding.at(filler.seats["willow"], filler.evening(filler.today, 18, 30))
    keep_paper(seat, case_id, "medical", TypedHolding("medical", "person", "original", source="paper"))


def _by(filler: Filler, day: date) -> str:
    """A day of the story that is never later than the demo's own."""
    return min(day, filler.today).isoformat()

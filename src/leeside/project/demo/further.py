"""Further lines of the demo, each a file in `lines/`: another pack, a few people, a few months.

`lines/<slug>.toml` says what the line is and stands in serving processes; `lines/<slug>.said.toml` holds what its
people wrote, and only the process that fills reads it. Everything goes through the flows of a real line.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from leeside.desk import answering, closing, confirming, facts, opening
from leeside.desk.next_steps import Step
from leeside.desk.seat import Seat
from leeside.desk.writing.checking import ask_for_check, send_checked
from leeside.desk.writing.drafts import Typed, own_draft
from leeside.project import whole_line
from leeside.project.demo import founding, seed, texts
from leeside.project.demo.filling import Filler
from leeside.project.installation import Installation
from leeside.vault.store import DraftKind
from leeside.web.lines import LineSettings

_DAYS_SPREAD = 26


def fill_further(installation: Installation, slug: str, language: str, today: date) -> LineSettings:
    """Found one further line, play its people and its months."""
    written = texts.further_line(slug)
    line = whole_line.add_line(
        installation, slug, pack=written["pack"], address=written["address"], titles=written["titles"],
        time_zone=written["time_zone"],
    )  # fmt: skip
    keys = [one["key"] for one in written["colleague"]]
    colleagues = [founding.colleague_of(key, language) for key in keys]
    line = whole_line.found_whole_line(installation, line, colleagues, language, today)
    seats = {key: whole_line.sit_down(line, founding.colleague_of(key, language), language) for key in keys}
    told = texts.further_said(slug)
    play = _Play(Filler(line, seats, language, today), seats, language, told)
    for month, count in written["months"].items():
        for number in range(count):
            play.handle(f"{month}-{number}", date.fromisoformat(f"{month}-01") + timedelta(days=number % _DAYS_SPREAD))
    for person in told["person"]:
        play.person(slug, person)
    founding.leave_seats(seats)
    return line


class _Play:
    """One filling of one further line."""

    def __init__(self, filler: Filler, seats: Mapping[str, Seat], language: str, told: Mapping[str, Any]) -> None:
        self.filler, self.seats, self.language, self.told = filler, seats, language, told
        self.lead = next(iter(seats))

    def handle(self, name: str, day: date) -> None:
        """A short application: read, answered, confirmed and closed."""
        dice, pack = seed.dice(f"further {name}"), self.seats[self.lead].pack
        main = pack.figures.main.row_kinds[0]
        need = next(one for one in pack.kinds if one.id == main).wants[0]
        answers = {pack.need_question: [need], "text": [dice.choice(self.told["short"][self.language])]}
        for question in (
            one for one in pack.questions if one.id in {each.question for each in pack.figures.dimensions}
        ):
            answers[question.id] = [dice.choice(question.options).id]
        moment = datetime.combine(day, time(12, dice.randrange(60)), UTC)
        case_id = self.filler.deposit(seed.receipt_of(("further", name)), answers, moment)
        seat = founding.at(self.seats[self.lead], moment + timedelta(hours=1))
        opening.open_case(seat, case_id)
        step = Step(self.told["reply"][self.language], seat.reader_id, day + timedelta(days=9))
        answering.answer(seat, case_id, self.told["reply"][self.language], step, at_once=True)
        confirming.confirm(seat, case_id, main)
        ending = next(one for one in pack.outcomes if not one.stage and not one.is_spam)
        closing.close(seat, case_id, ending.id, self.filler.today + timedelta(days=ending.follow_up_days))

    def person(self, slug: str, person: Mapping[str, Any]) -> None:
        """One of the few who are named: what they wrote, and what the line did about it."""
        day = self.filler.today - timedelta(days=person["days_ago"])
        answers = {key: value if isinstance(value, list) else [value] for key, value in person["answers"].items()}
        answers["text"] = [person["says"][self.language]]
        moment = self.filler.evening(day, 18, 50)
        case_id = self.filler.deposit(seed.receipt_of((slug, person["id"])), answers, moment, person["voice"])
        if "by" not in person:
            return
        seat = founding.at(self.seats[person["by"]], self.filler.evening(day, 19, 4))
        opening.open_case(seat, case_id)
        step = Step(person["step"][self.language], seat.reader_id, self.filler.today + timedelta(days=1))
        if "checked_by" in person:
            self._check(person, case_id, seat, step)
        else:
            answering.answer(seat, case_id, person["reply"][self.language], step, at_once=True)
        confirming.confirm(seat, case_id, person["kind"])
        for fact, value in person.get("facts", ()):
            facts.set_fact(seat, case_id, facts.NewFact(fact, (value,), "third", day))

    def _check(self, person: Mapping[str, Any], case_id: bytes, seat: Seat, step: Step) -> None:
        """An answer before a colleague who checks: sent after reading, or waiting for their eyes."""
        said, reads = person["reply"][self.language], self.seats[person["checked_by"]]
        ask_for_check(seat, case_id, Typed(said), 0, step=step, colleague=reads.reader_id)
        draft = own_draft(seat, opening.look_into(seat, case_id), DraftKind.ANSWER)
        if draft is not None and not person["waits"]:
            opening.open_case(reads, case_id)
            send_checked(founding.at(reads, seat.now), case_id, seat.reader_id, draft.version, untrusted_text=said)

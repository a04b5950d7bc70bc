"""What the right column says in two cases of the demo, on the days of their stories: played by the real flows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from desk.stage import Stage
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.guiding.panel import LawPanel, make_panel
from leeside.desk.opening import look_into
from leeside.guide.evaluating import ask_guide
from leeside.project.demo import texts
from leeside.project.demo.filling import Filler
from leeside.project.demo.founding import at
from leeside.project.demo.stories import law, safety
from leeside.web.clock import ClockSettings, real_now

CHAIRS = {"heron": "Heron", "larch": "Larch", "willow": "Willow", "wren": "Wren"}
FIFTH, TWELFTH = date(2023, 12, 5), date(2023, 12, 12)
LAW_OF_PASSPORT = "The passport for travel is handed in within five working days"


@pytest.fixture
def story(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator["Story"]:
    """The line on the evening of a day, founded that day; only these two people have written."""
    today: date = request.param
    evening = datetime(today.year, today.month, today.day, 16, 5, tzinfo=UTC)
    monkeypatch.setattr(settings, "LEESIDE_CLOCK", ClockSettings(evening - real_now(), evening + timedelta(hours=4)))
    yield Story(request.getfixturevalue("stage"), today)


class Story:
    def __init__(self, stage: Stage, today: date) -> None:
        self.filler = Filler(stage.line, {key: stage.seat(name) for key, name in CHAIRS.items()}, "en", today)
        played = [self.filler.play(person) for person in texts.people() if "boat" in person["code"] or is_maple(person)]
        self.cases = {"-".join(code): case_id for case_id, code in played}
        safety._quiet_maple(self.filler, self.cases["quiet-maple"])
        law.play(self.filler, self.cases)

    def column(self, name: str, who: str) -> LawPanel:
        seat = at(self.filler.seats[who], self.filler.now)
        panel = make_panel(seat, look_into(seat, self.cases[name]))
        assert panel is not None
        return panel


def is_maple(person: object) -> bool:
    return isinstance(person, dict) and person["code"] == ["quiet", "maple"]


@pytest.mark.parametrize("story", [FIFTH], indirect=True)
def test_quiet_maple_asks_for_the_commission_today_with_a_paper_and_a_day(story: Story) -> None:
    column = story.column("quiet-maple", "willow")
    can_be_done = column.groups[0]
    assert can_be_done.title == "What can be done"
    first = can_be_done.lines[0]
    assert first.title.startswith("Today: file a report asking for referral")
    assert any("commission" in reason.lower() for reason in first.because)
    assert column.papers[0].title == "Report asking for referral to the military medical commission"
    claim = next(one for one in column.deadlines if "claim" in one.title)
    assert claim.day == "Fri 1 March 2024"
    assert "Friday 1 December" in claim.steps[0], claim.steps
    assert column.question is not None
    assert column.question.fact == "report_sent", "what was asked and answered is not asked again"


@pytest.mark.parametrize("story", [FIFTH], indirect=True)
def test_before_the_eleventh_the_passport_of_paper_boat_is_a_duty_to_come(story: Story) -> None:
    column = story.column("paper-boat", "wren")
    (coming,) = column.coming
    assert coming.title.startswith(LAW_OF_PASSPORT)
    assert coming.since == "coming on Monday 11 December"
    assert LAW_OF_PASSPORT not in " ".join(line.title for group in column.groups for line in group.lines)
    assert not column.deadlines


@pytest.mark.parametrize("story", [TWELFTH], indirect=True)
def test_after_the_notice_of_the_eleventh_five_working_days_are_counted(story: Story) -> None:
    column = story.column("paper-boat", "wren")
    assert not column.coming
    assert any(line.title.startswith(LAW_OF_PASSPORT) for group in column.groups for line in group.lines)
    (deadline,) = column.deadlines
    assert deadline.day == "Mon 18 December", "Saturday 16 and Sunday 17 do not count"
    assert any("Monday 11 December" in step for step in deadline.steps), deadline.steps


@pytest.mark.parametrize("story", [TWELFTH], indirect=True)
def test_the_days_off_of_a_russian_january_are_left_out(story: Story) -> None:
    seat = at(story.filler.seats["wren"], story.filler.now)
    facts = case_facts(seat, look_into(seat, story.cases["paper-boat"]))
    told = {**facts, "exit_limited_on": "2023-12-28"}
    (deadline,) = ask_guide(seat.pack.guide, seat.pack.by_id, told, date(2023, 12, 28)).deadlines
    assert deadline.day == date(2024, 1, 12), "29 December, then 9 to 12 January: 1 to 8 January are days off"

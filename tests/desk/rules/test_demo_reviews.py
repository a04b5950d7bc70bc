"""The demo's reviews show every state that a reading can have without an attack."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from desk.rules.test_reviews import make_lawyer
from desk.stage import Stage
from leeside.desk.rules.listing import make_list
from leeside.desk.rules.signing import read_rules
from leeside.project.demo.stories import reviews


def test_the_demo_has_rules_read_read_long_ago_spoken_against_and_worded_anew(stage: Stage) -> None:
    for name in ("Willow", "Wren"):
        make_lawyer(stage, name)
    seats = {"willow": stage.seat("Willow"), "alder": stage.seat("Wren")}
    today = seats["willow"].today

    def evening(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    reviews.play(SimpleNamespace(seats=seats, today=today, evening=evening, language="ru"), {})  # type: ignore[arg-type]
    seat = stage.seat("Heron")
    found = read_rules(seat)
    assert found.reworded == {"examination_before_return"}
    assert set(found.objected) == {"leave_every_six_months"}
    assert len([rule for rule in found.by_rule if found.accepted(rule)]) == 6
    assert [row.id for one in make_list(seat, "stale").subjects for row in one.rows][:1] == ["hospital_may_refer"]
    assert today - timedelta(days=reviews._LONG) < today

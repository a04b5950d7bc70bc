"""The timeline: nothing vanishes, nothing is shown under a wrong name, and times that no calendar has break nothing."""

from datetime import UTC, datetime, time, timedelta

import pytest

from desk.stage import HOT, Sent, Stage, send
from leeside.desk import answering, holding
from leeside.desk.changes import CaseChange
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.sheet import make_sheet
from leeside.desk.telling.shapes import Item
from leeside.desk.timeline import make_timeline
from leeside.web.clock import domain_clock


@pytest.fixture
def mine(stage: Stage) -> Sent:
    sent = send(stage, HOT, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    holding.keep(willow, sent.case_id, Step("look again", willow.reader_id, willow.today + timedelta(days=1)))
    return sent


def _items(stage: Stage, sent: Sent) -> list[Item]:
    seat = stage.seat("Heron")
    return [item for day in make_timeline(seat, look_into(seat, sent.case_id)).days for item in day.entries]


def test_a_kind_of_a_newer_version_is_kept_and_said(stage: Stage, mine: Sent) -> None:
    willow = stage.seat("Willow")
    change = CaseChange(willow, look_into(willow, mine.case_id).row, look_into(willow, mine.case_id).keys)
    change.add("prophecy", {"text": "of a later version"})
    change.add_event("transmuted", into="gold")
    change.commit()
    said = [item for item in _items(stage, mine) if "newer version" in item.text]
    assert len(said) == 2


def test_what_a_colleague_sealed_in_another_shape_breaks_no_page(stage: Stage, mine: Sent) -> None:
    willow = stage.seat("Willow")
    file = look_into(willow, mine.case_id)
    change = CaseChange(willow, file.row, file.keys)
    change.add("next_step", {"what": "x", "who": "not hex", "day": "never"})
    change.add("fact", {"fact": "no_such", "value": {"deep": ["x"]}, "source": 7, "day": []})
    change.add("answers", {"answers": "not a table"})
    change.add_event("closed", outcome=5, follow_up="soon")
    change.add_event("confirmed", kind=None, rows="none")
    change.add_event("granted", reader="zz")
    change.commit()
    seat = stage.seat("Heron")
    sheet = make_sheet(seat, look_into(seat, mine.case_id))
    assert sheet.step is not None
    assert sheet.step.when == ""


def test_entries_of_one_flow_stand_in_the_order_in_which_they_read_well(stage: Stage) -> None:
    sent = send(stage, HOT, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    step = Step("look again", willow.reader_id, willow.today + timedelta(days=1))
    answering.answer(willow, sent.case_id, "An answer.", step)
    texts = [item.text for item in _items(stage, sent) if item.chip in ("messages", "events")]
    kept, answered = texts.index("Keeps the case"), texts.index("An answer.")
    stepped = next(number for number, text in enumerate(texts) if text.startswith("Next step"))
    assert kept < answered < stepped


def test_an_answer_the_writer_opened_says_so(stage: Stage, mine: Sent) -> None:
    from leeside.sealing.receipts import derive_receipt_keys
    from leeside.vault import store

    willow = stage.seat("Willow")
    entry = answering.answer(willow, mine.case_id, "An answer.", at_once=True)
    assert not [item for item in _items(stage, mine) if "opened by the writer" in item.meta]
    store.mark_shown(derive_receipt_keys(mine.receipt, willow.line_id).lookup_hash, [entry], willow.today)
    assert [item.text for item in _items(stage, mine) if "opened by the writer" in item.meta] == ["An answer."]


def test_at_night_an_answer_stands_behind_the_request_that_it_answers(stage: Stage) -> None:
    """Half past midnight in Moscow is still yesterday in UTC, in which times are spelled."""
    night = datetime.combine(domain_clock().now().date() + timedelta(days=1), time(21, 30), UTC)
    sent = send(stage, HOT, circle="closed", opened=(night + timedelta(hours=3)).date())
    willow = stage.seat("Willow", night)
    open_case(willow, sent.case_id)
    answering.answer(willow, sent.case_id, "An answer.", Step("ask", willow.reader_id, willow.today))
    kinds = [entry.kind for entry in look_into(stage.seat("Willow"), sent.case_id).entries]
    assert kinds.index("answers") < kinds.index("answer")

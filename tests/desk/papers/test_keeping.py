"""The ledger and the outgoing papers: what the form said comes first, nothing is overwritten, and days fall due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.stage import HOT, PLAIN, Sent, Stage, send
from leeside.desk.due import dues_of
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.marking import make_card
from leeside.desk.opening import look_into, open_case
from leeside.desk.papers.keeping import NEW, TypedHolding, TypedOutgoing, keep_outgoing, keep_paper
from leeside.desk.papers.ledger import Outgoing, ledger_of, outgoing_of, propose_due
from leeside.desk.papers.panel import make_panel
from leeside.desk.timeline import make_timeline
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.store import LookBy

WITH_PAPERS = {**PLAIN, "paper_passport": "unit", "paper_medical": "with_me", "paper_abroad": "never_had"}
REPORT = TypedOutgoing("report", "commander", "registered", sent="", line="asks for the passport back", number="4471")


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, WITH_PAPERS, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    return sent


def sent_on(stage: Stage, days_ago: int, **changed: str) -> TypedOutgoing:
    day = stage.seat("Wren").today - timedelta(days=days_ago)
    return replace(REPORT, sent=day.isoformat(), **changed)


def outgoing(stage: Stage, case: Sent) -> Outgoing:
    (one,) = outgoing_of(look_into(stage.seat("Wren"), case.case_id))
    return one


# The ledger


def test_what_the_form_said_stands_in_the_ledger_before_anybody_writes(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    rows = ledger_of(wren, look_into(wren, case.case_id))
    assert {row: values[0].holder for row, values in rows.items()} == {
        "passport": "unit",
        "passport_abroad": "never_had",
        "medical": "person",
    }
    assert all(values[0].by is None for values in rows.values())
    panel = make_panel(wren, look_into(wren, case.case_id))
    assert panel is not None
    assert (panel.papers[0].paper, panel.papers[0].is_kept) == ("Passport", True)
    assert "said on the form" in panel.papers[0].meta


def test_a_value_is_added_and_the_earlier_one_stays(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    taken = wren.today - timedelta(days=33)
    typed = TypedHolding("passport", "unit", "original", taken.isoformat(), "a report asking for it back")
    assert keep_paper(wren, case.case_id, "passport", typed) == "passport"
    keep_paper(stage.seat("Wren"), case.case_id, "passport", TypedHolding("passport", "person", source="paper"))
    values = ledger_of(wren, look_into(wren, case.case_id))["passport"]
    assert [(one.holder, one.since) for one in values] == [("person", None), ("unit", taken), ("unit", None)]
    panel = make_panel(wren, look_into(wren, case.case_id))
    assert panel is not None
    assert len(panel.papers[0].older) == 2


def test_an_older_day_does_not_outdo_a_newer_one(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    keep_paper(wren, case.case_id, "passport", TypedHolding("passport", "lost"))
    before = (wren.today - timedelta(days=9)).isoformat()
    keep_paper(stage.seat("Wren"), case.case_id, "passport", TypedHolding("passport", "hospital", day=before))
    assert ledger_of(wren, look_into(wren, case.case_id))["passport"][0].holder == "lost"


def test_two_papers_of_a_kind_are_two_rows(stage: Stage, case: Sent) -> None:
    for holder in ("hospital", "lawyer"):
        keep_paper(stage.seat("Wren"), case.case_id, NEW, TypedHolding("act", holder))
    rows = ledger_of(stage.seat("Wren"), look_into(stage.seat("Wren"), case.case_id))
    acts = {row: values[0].holder for row, values in rows.items() if values[0].paper == "act"}
    assert set(acts.values()) == {"hospital", "lawyer"}
    assert "act" in acts


def test_it_is_sealed_in_work_and_takes_nobody_s_case(stage: Stage, case: Sent) -> None:
    keep_paper(stage.seat("Wren"), case.case_id, NEW, TypedHolding("contract", "person"))
    file = look_into(stage.seat("Wren"), case.case_id)
    assert [entry.compartment for entry in file.of_kind("paper")] == [Compartment.WORK]
    assert file.row.owner is None


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("paper", {"paper": "diary"}),
        ("holder", {"holder": "nobody"}),
        ("form", {"form": "forged"}),
        ("source", {"source": "dreamt"}),
        ("since", {"since": "2999-01-01"}),
        ("since", {"since": "yesterday"}),
        ("day", {"day": "2999-01-01"}),
        ("expires", {"expires": "soon"}),
        ("back", {"back": "x" * 301}),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(
    stage: Stage, case: Sent, field: str, changed: dict[str, str]
) -> None:
    with pytest.raises(InputError) as refused:
        keep_paper(stage.seat("Wren"), case.case_id, NEW, replace(TypedHolding("passport", "unit"), **changed))
    assert refused.value.field == field


def test_nobody_else_s_ledger_is_written(stage: Stage) -> None:
    sent = send(stage, HOT, circle="closed")
    open_case(stage.seat("Willow"), sent.case_id)
    with pytest.raises(NotAllowedError):
        keep_paper(stage.seat("Wren"), sent.case_id, NEW, TypedHolding("passport", "unit"))


# What went out


def test_the_day_of_the_answer_is_proposed_and_says_so(stage: Stage, case: Sent) -> None:
    keep_outgoing(stage.seat("Wren"), case.case_id, NEW, sent_on(stage, 2))
    one = outgoing(stage, case)
    assert one.due == stage.seat("Wren").today + timedelta(days=28)
    assert not one.by_hand
    panel = make_panel(stage.seat("Wren"), look_into(stage.seat("Wren"), case.case_id))
    assert panel is not None
    assert panel.sent[0].due_note == "proposed, check it"


def test_a_day_that_somebody_chose_stays_theirs(stage: Stage, case: Sent) -> None:
    due = stage.seat("Wren").today + timedelta(days=5)
    row = keep_outgoing(stage.seat("Wren"), case.case_id, NEW, sent_on(stage, 2, due=due.isoformat()))
    assert outgoing(stage, case).by_hand
    proposed = outgoing(stage, case).sent
    assert proposed is not None
    usual = (proposed + timedelta(days=30)).isoformat()
    keep_outgoing(stage.seat("Wren"), case.case_id, row, sent_on(stage, 2, due=usual))
    assert not outgoing(stage, case).by_hand, "the proposal sent back unchanged is still a proposal"


def test_no_day_is_proposed_where_no_source_was_found(stage: Stage, case: Sent) -> None:
    keep_outgoing(stage.seat("Wren"), case.case_id, NEW, sent_on(stage, 1, paper="claim", to="military_court"))
    assert outgoing(stage, case).due is None
    assert propose_due(stage.seat("Wren"), "claim", date(2023, 12, 5)) is None


def test_it_is_due_until_the_answer_is_written_down_and_the_queue_knows(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `waits` without its second half, and the paper stays due for ever."""
    wren = stage.seat("Wren")
    row = keep_outgoing(wren, case.case_id, NEW, sent_on(stage, 29))
    file = look_into(stage.seat("Wren"), case.case_id)
    dues = [due for due in dues_of(wren, file) if due.source == "papers"]
    assert [due.day for due in dues] == [wren.today + timedelta(days=1)]
    assert "asks for the passport back" in dues[0].what
    assert file.row.look_by <= LookBy.THREE_DAYS
    assert make_card(wren, file, file.known, dues_of(wren, file))["due"] == dues[0].day.isoformat()
    answered = replace(sent_on(stage, 29), answered=wren.today.isoformat(), answer="refused, without a reason")
    assert keep_outgoing(stage.seat("Wren"), case.case_id, row, answered) == row
    file = look_into(stage.seat("Wren"), case.case_id)
    assert not [due for due in dues_of(wren, file) if due.source == "papers"]
    assert outgoing(stage, case).answer == "refused, without a reason"
    assert len(file.of_kind("outgoing")) == 2, "what stood before is kept"


def test_none_is_expected_where_somebody_says_so(stage: Stage, case: Sent) -> None:
    keep_outgoing(stage.seat("Wren"), case.case_id, NEW, replace(sent_on(stage, 2), no_answer=True))
    assert (outgoing(stage, case).due, outgoing(stage, case).by_hand) == (None, True)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("paper", {"paper": "letter_of_love"}),
        ("to", {"to": "moon"}),
        ("way", {"way": "pigeon"}),
        ("sent", {"sent": ""}),
        ("sent", {"sent": "2999-01-01"}),
        ("due", {"due": "2001-01-01"}),
        ("answered", {"answered": "2999-01-01"}),
        ("number", {"number": "1" * 41}),
    ],
)
def test_what_cannot_have_gone_out_is_said_beside_its_field(
    stage: Stage, case: Sent, field: str, changed: dict[str, str]
) -> None:
    with pytest.raises(InputError) as refused:
        keep_outgoing(stage.seat("Wren"), case.case_id, NEW, replace(sent_on(stage, 1), **changed))
    assert refused.value.field == field


def test_the_timeline_tells_papers_under_their_own_chip(stage: Stage, case: Sent) -> None:
    keep_paper(stage.seat("Wren"), case.case_id, NEW, TypedHolding("contract", "person"))
    keep_outgoing(stage.seat("Wren"), case.case_id, NEW, sent_on(stage, 2))
    timeline = make_timeline(stage.seat("Wren"), look_into(stage.seat("Wren"), case.case_id))
    told = [item.text for day in timeline.days for item in day.entries if item.chip == "papers"]
    assert any(text.startswith("Contract: with the person") for text in told)
    assert any("asks for the passport back → Unit commander; answer due" in text for text in told)
    assert ("papers", 2) in {(chip.key, chip.count) for chip in timeline.chips}


def test_an_entry_of_another_version_spoils_no_page(stage: Stage, case: Sent) -> None:
    from leeside.desk.changes import begin
    from leeside.desk.permissions import CaseAction

    wren = stage.seat("Wren")
    change = begin(wren, look_into(wren, case.case_id), CaseAction.SET_PAPER)
    change.add("paper", {"row": "x", "paper": "scroll", "holder": "dragon", "since": 7, "day": "never"})
    change.add("outgoing", {"row": "y", "due": ["soon"], "sent": None})
    change.commit()
    file = look_into(stage.seat("Wren"), case.case_id)
    panel = make_panel(wren, file)
    assert panel is not None
    assert "dragon" in {line.holder for line in panel.papers}
    assert not [due for due in dues_of(wren, file) if due.source == "papers"]
    assert make_timeline(wren, file).days
    assert store.fetch_case(case.case_id, wren.reader_id, wren.circles).look_by

"""Drafts of those who leave a case: nothing typed goes unsaid, and nothing unreadable lies around."""

import pytest

from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import grants, holding
from leeside.desk.circles import move
from leeside.desk.errors import InputError
from leeside.desk.hands.swapping import swap_out
from leeside.desk.left_drafts import can_open
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.timeline import make_timeline
from leeside.desk.writing.checking import approve, ask_for_check, hand_back, send_checked
from leeside.desk.writing.drafts import Typed, keep_draft, own_draft
from leeside.vault import store
from leeside.vault.reading import rows_of
from leeside.vault.store import DraftKind

HALF = "Half a sentence that I did not"


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, PLAIN, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    holding.keep(wren, sent.case_id, Step("call", wren.reader_id, wren.today))
    return sent


def begin_draft(stage: Stage, case: Sent, who: str = "Wren", kind: DraftKind = DraftKind.ANSWER) -> int:
    return keep_draft(stage.seat(who), case.case_id, kind, Typed(HALF), 0)


def lying() -> int:
    return len(rows_of("default", "SELECT 1 FROM leeside_draft"))


@pytest.mark.parametrize("way", ["move", "give_back", "swap"])
def test_who_leaves_by_their_own_hand_leaves_what_they_began_as_a_note(stage: Stage, case: Sent, way: str) -> None:
    """Broken on purpose: `_end_left_drafts` left out (the draft lies there for ever), or one that only deletes."""
    begin_draft(stage, case)
    wren = stage.seat("Wren")
    if way == "move":
        move(wren, case.case_id, "closed", "for a lawyer")
    elif way == "give_back":
        holding.give_back(wren, case.case_id, "for the evening shift")
    else:
        swap_out(wren, case.case_id)
    file = look_into(stage.seat("Heron"), case.case_id)
    notes = [entry for entry in file.of_kind("note") if entry.text("unsent")]
    if way == "give_back":
        assert (lying(), notes) == (1, []), "it lies in their own circle: they can open it still, and go on"
        assert own_draft(stage.seat("Wren"), look_into(stage.seat("Wren"), case.case_id), DraftKind.ANSWER) is not None
        return
    assert lying() == 0
    assert [(one.text("text"), one.text("unsent")) for one in notes] == [(HALF, "answer")]
    lines = [item.meta for day in make_timeline(stage.seat("Heron"), file).days for item in day.entries]
    assert any(line.startswith("begun and not sent") for line in lines)


@pytest.mark.promise(2, "a draft of somebody who was taken off a case, looked for by those who have it now")
def test_who_is_taken_off_has_no_draft_left_and_nobody_reads_it(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `drafts_left` that takes every draft for one's own, and makes notes of them."""
    grants.grant(stage.seat("Wren"), case.case_id, stage.people["Finch"].reader_id)
    begin_draft(stage, case, "Finch")
    begin_draft(stage, case, "Finch", DraftKind.NOTE)
    grants.revoke(stage.seat("Wren"), case.case_id, stage.people["Finch"].reader_id)
    file = look_into(stage.seat("Wren"), case.case_id)
    assert lying() == 0
    assert [event.text("reader") for event in file.events("draft_ended")] == [stage.people["Finch"].reader_id.hex()]
    assert all(HALF not in entry.text("text") for entry in file.entries)


def test_who_can_open_the_case_afterwards_keeps_theirs(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `_opens` that does not know of coordinators (their drafts went with every hand-over)."""
    grants.grant(stage.seat("Wren"), case.case_id, stage.people["Finch"].reader_id)
    for who in ("Finch", "Heron"):
        open_case(stage.seat(who), case.case_id)
        begin_draft(stage, case, who)
    begin_draft(stage, case)
    move(stage.seat("Wren"), case.case_id, "closed", "for a lawyer")
    for who in ("Heron",):
        assert own_draft(stage.seat(who), look_into(stage.seat(who), case.case_id), DraftKind.ANSWER) is not None


def test_what_waits_for_a_second_pair_of_eyes_stays_and_can_be_sent_or_kept_as_a_note(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    ask_for_check(wren, case.case_id, Typed("Ask for the paper."), 0, step=None)
    move(stage.seat("Wren"), case.case_id, "closed", "for a lawyer")
    assert lying() == 1
    heron = stage.seat("Heron")
    file = open_case(heron, case.case_id)
    author = stage.people["Wren"].reader_id
    assert not can_open(heron, file.row, author)
    version = store.fetch_drafts(case.case_id, heron.reader_id, heron.circles)[0].version
    with pytest.raises(InputError):
        approve(heron, case.case_id, author, version, untrusted_text="Ask for the paper.")
    hand_back(
        heron, case.case_id, author, version, untrusted_text="Ask for the paper.", untrusted_line="shorter, please"
    )
    file = look_into(stage.seat("Heron"), case.case_id)
    assert lying() == 0
    assert {entry.text("text") for entry in file.of_kind("note")} == {"Ask for the paper.", "shorter, please"}
    with pytest.raises(store.ConflictError):
        send_checked(stage.seat("Heron"), case.case_id, author, version, untrusted_text="Ask for the paper.")

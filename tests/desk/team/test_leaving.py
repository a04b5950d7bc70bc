"""What goes with a colleague who is removed: by keys where keys decide, and everything that said where they were."""

from datetime import date

import pytest

from desk.hands.conftest import step_of
from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import answering, holding
from leeside.desk.errors import NotSignedInError
from leeside.desk.grants import grant
from leeside.desk.hands import offering, standing_in
from leeside.desk.hands.card import Card
from leeside.desk.keyring import Keyring, RefusedError
from leeside.desk.opening import look_into, open_case
from leeside.desk.sessions import open_session, seat_of_secret
from leeside.desk.team import briefs, removal, renewing, shifts
from leeside.desk.writing import drafts
from leeside.sealing.briefs import BriefPlace
from leeside.vault import store
from leeside.vault.reading import rows_of
from leeside.vault.store import DraftKind


@pytest.fixture
def finchs(stage: Stage) -> Sent:
    """A case of Finch's, who is removed here; Wren reads along."""
    sent = send(stage, PLAIN, circle="first")
    finch = stage.seat("Finch")
    open_case(finch, sent.case_id)
    holding.keep(finch, sent.case_id, step_of(finch))
    grant(stage.seat("Finch"), sent.case_id, stage.people["Wren"].reader_id)
    return sent


def _card() -> Card:
    return Card(asked="to be left in peace", told="nothing yet", told_day=date(2023, 12, 4), waiting="an answer",
                next_what="write", next_day=date(2030, 1, 1), do_not="nothing")  # fmt: skip


@pytest.mark.promise(4, "drafts, notes and briefs of after a removal, with yesterday's database and the removed key")
def test_nothing_written_after_a_removal_opens_with_yesterdays_database(stage: Stage, finchs: Sent) -> None:
    """Broken on purpose: the run without the generation of `work`; the brief sealed to the epoch before."""
    finch = stage.seat("Finch")
    row = store.fetch_case(finchs.case_id, finch.reader_id, finch.circles)
    yesterday = store.fetch_role_envelopes(finch.line_id, finch.reader_id)
    removal.remove(stage.seat("Heron"), finch.reader_id)
    assert renewing.renew(stage.seat("Heron")).goes_on is False
    stage.rings.clear()
    wren, heron = stage.seat("Wren"), stage.seat("Heron")
    file = look_into(wren, finchs.case_id)
    assert set(file.keys.compartments) == set(look_into(heron, finchs.case_id).keys.compartments) - {2, 3}
    drafts.keep_draft(heron, finchs.case_id, DraftKind.NOTE, drafts.Typed("a draft of since"), 0)
    answering.write_note(stage.seat("Heron"), finchs.case_id, "a note of since", step_of(heron))
    briefs.write_brief(stage.seat("Heron"), "first", "a brief of since")

    ghost = Keyring(finch.keyring.ring, stage.seat("Heron").keyring.roster, yesterday)
    old_keys = ghost.open_keys(row)
    assert old_keys.keys, "what they held, they hold"
    entries = store.fetch_entries(finchs.case_id, heron.reader_id, heron.circles, [1, 2, 3, 4])
    opened = ghost.open_entries(old_keys, entries)
    assert opened.entries
    assert "a note of since" not in [entry.text("text") for entry in opened.entries]
    newest = {(key.compartment, key.generation) for key in old_keys.keys}
    for draft in store.fetch_drafts(finchs.case_id, heron.reader_id, heron.circles):
        assert (4, draft.generation) not in newest, "a draft under a generation that they hold"
    (brief,) = store.fetch_briefs(finch.line_id, ["first"], finch.today)
    with pytest.raises(RefusedError):
        ghost.open_brief(BriefPlace(finch.line_id, "first", brief.epoch, brief.brief_id), brief.sealed)


def test_their_case_is_with_the_coordinators_and_nothing_of_theirs_is_left_on_it(stage: Stage, finchs: Sent) -> None:
    finch = stage.seat("Finch")
    offering.offer(finch, finchs.case_id, stage.people["Wren"].reader_id, _card())
    removal.remove(stage.seat("Heron"), finch.reader_id)
    row = look_into(stage.seat("Heron"), finchs.case_id).row
    assert (row.owner, row.stand_in, row.circle) == (None, None, "lead")
    assert store.fetch_handover(finchs.case_id) is None
    assert finch.reader_id not in {one.reader_id for one in store.list_readers(finchs.case_id)}


def test_a_stand_in_who_leaves_stands_in_for_nobody(stage: Stage) -> None:
    sent = send(stage, PLAIN, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    holding.keep(wren, sent.case_id, step_of(wren))
    standing_in.name_stand_in(stage.seat("Wren"), sent.case_id, stage.people["Finch"].reader_id)
    removal.remove(stage.seat("Heron"), stage.people["Finch"].reader_id)
    stage.rings.clear()
    row = look_into(stage.seat("Wren"), sent.case_id).row
    assert (row.owner, row.stand_in) == (wren.reader_id, None)


def test_sessions_shift_and_pings_end_with_the_person(stage: Stage) -> None:
    finch = stage.seat("Finch")
    shifts.go_on_shift(finch, "4", "2")
    store.put_ping(finch.line_id, finch.reader_id, b"p" * 32, finch.today)
    session = open_session(finch.keyring.ring)
    removal.remove(stage.seat("Heron"), finch.reader_id)
    assert shifts.list_shifts(stage.seat("Heron")) == ()
    assert rows_of("fleeting", "SELECT 1 FROM leeside_ping WHERE reader_id = %s", [finch.reader_id]) == []
    with pytest.raises(NotSignedInError):
        seat_of_secret(session)


@pytest.mark.parametrize("asked", [False, True])
def test_a_draft_that_only_they_saw_goes_and_one_that_waits_for_a_check_stays(
    stage: Stage, finchs: Sent, *, asked: bool
) -> None:
    finch = stage.seat("Finch")
    drafts.keep_draft(finch, finchs.case_id, DraftKind.NOTE, drafts.Typed("half a thought"), 0)
    if asked:
        from leeside.vault.writing import writing

        with writing("default") as cursor:
            cursor.execute("UPDATE leeside_draft SET asked = 1")
    removal.remove(stage.seat("Heron"), finch.reader_id)
    left = rows_of("default", "SELECT author FROM leeside_draft")
    assert [bytes(row[0]) for row in left] == ([finch.reader_id] if asked else [])


@pytest.mark.promise(4, "a process killed in the middle of a removal", times=3)
@pytest.mark.parametrize("what", ["forget_colleague", "_put_envelopes", "put_reading"])
def test_a_removal_that_stops_anywhere_has_changed_nothing(
    stage: Stage, finchs: Sent, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Broken on purpose: the envelopes written in a transaction of their own, after the version."""
    from leeside.vault import lines

    finch, heron = stage.seat("Finch"), stage.seat("Heron")

    def stop(*_given: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(lines, what, stop)
        with pytest.raises(OSError):
            removal.remove(heron, finch.reader_id)
    assert stage.seat("Heron").keyring.roster.number == heron.keyring.roster.number
    assert store.fetch_account_of(finch.reader_id).state == store.AccountState.ACTIVE
    stage.rings.clear()
    assert look_into(stage.seat("Finch"), finchs.case_id).row.owner == finch.reader_id
    assert removal.remove(stage.seat("Heron"), finch.reader_id).could == (finchs.slug,)


def test_a_run_in_slices_goes_on_where_it_stopped(stage: Stage) -> None:
    sent = [send(stage, PLAIN, circle="first") for _number in range(5)]
    open_case(stage.seat("Wren"), sent[0].case_id)
    removal.remove(stage.seat("Heron"), stage.people["Finch"].reader_id)
    assert {row.case_id for row in renewing.not_yet_rekeyed(stage.seat("Heron"))} == {one.case_id for one in sent}
    first = renewing.renew(stage.seat("Heron"), most=2)
    assert (first.done, first.goes_on) == (2, True)
    assert len(renewing.not_yet_rekeyed(stage.seat("Heron"))) == 3
    second = renewing.renew(stage.seat("Heron"), most=10)
    assert (second.done, second.left_out, second.goes_on) == (3, 0, False)
    assert renewing.not_yet_rekeyed(stage.seat("Heron")) == ()
    stage.rings.clear()
    unread = look_into(stage.seat("Heron"), sent[4].case_id)
    assert unread.row.state == store.CaseState.RECEIVED, "nobody has read it"
    assert open_case(stage.seat("Wren"), sent[4].case_id).said["wants"] == "summons"

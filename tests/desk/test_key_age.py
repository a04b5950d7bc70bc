"""Old keys are never sealed anew after a removal: every way round the renewal, with the removed person's keys tried."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from desk.arithmetic import Copy, Person, copy_of, newest
from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import answering, holding
from leeside.desk.hands.assigning import assign
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from leeside.desk.seat import Seat
from leeside.desk.team.epochs import reseal_untaken, turn_epoch
from leeside.desk.team.removal import remove
from leeside.sealing.compartments import Compartment
from leeside.vault import store


def _step(seat: Seat) -> Step:
    return Step("call back", seat.reader_id, seat.today + timedelta(days=1))


@pytest.fixture
def removed(stage: Stage) -> tuple[Sent, Person, Copy | None]:
    """A case that Wren has read, Finch who could and is removed, and yesterday's database."""
    sent = send(stage, PLAIN, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    finch, yesterday = Person(stage, "Finch"), copy_of(sent.case_id)
    remove(stage.seat("Heron"), stage.people["Finch"].reader_id)
    return sent, finch, yesterday


def _write_later(stage: Stage, sent: Sent, who: str) -> None:
    open_case(stage.seat(who), sent.case_id)
    seat = stage.seat(who)
    answering.write_note(seat, sent.case_id, "written later", _step(seat))


def _opens_what_is_newest(sent: Sent, finch: Person, yesterday: Copy | None) -> bool:
    opened = finch.opens(yesterday) | finch.opens(copy_of(sent.case_id))
    return (Compartment.WORK, newest(sent.case_id)[Compartment.WORK]) in opened


@pytest.mark.promise(4, "a page that was opened before the removal, posted after it")
def test_a_page_opened_before_a_removal_keeps_nothing_until_the_case_has_new_keys(
    stage: Stage, removed: tuple[Sent, Person, Copy | None]
) -> None:
    """Broken on purpose: `changes.begin` that lets old keys be sealed into an envelope of the new epoch."""
    sent, finch, yesterday = removed
    wren = stage.seat("Wren")
    with pytest.raises(store.ConflictError):
        holding.keep(wren, sent.case_id, _step(wren))
    assert _opens_what_is_newest(sent, finch, yesterday), "as listed: it has the old keys still"
    _write_later(stage, sent, "Wren")
    assert not _opens_what_is_newest(sent, finch, yesterday)


def _assigned(stage: Stage, sent: Sent) -> None:
    assign(stage.seat("Heron"), sent.case_id, stage.people["Wren"].reader_id)


def _epoch_turned(stage: Stage, sent: Sent) -> None:
    turn_epoch(stage.seat("Heron"))
    assert reseal_untaken(stage.seat("Heron")) == 1


WAYS: dict[str, Callable[[Stage, Sent], None]] = {"assigned": _assigned, "epoch turned": _epoch_turned}


@pytest.mark.promise(4, "old keys sealed anew from a list, without anybody opening the case", times=2)
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_is_sealed_without_a_look_has_new_keys(
    stage: Stage, removed: tuple[Sent, Person, Copy | None], way: str
) -> None:
    """Broken on purpose: `pass_to` and `epochs._reseal` that do not ask how old the keys are."""
    sent, finch, yesterday = removed
    WAYS[way](stage, sent)
    assert not _opens_what_is_newest(sent, finch, yesterday)
    _write_later(stage, sent, "Wren")
    assert not _opens_what_is_newest(sent, finch, yesterday)

"""How far a case is, derived from what was done: the pack names the stages, and nobody sets one by hand.

First that fits:
    closed and to be asked again   the pack's stage for that
    closed                         the pack's last closed stage
    kept alive by an outcome       the stage that the outcome names
    open                           as many of the pack's first stages as there were steps: read, planned, answered
"""

from dataclasses import dataclass

from leeside.desk.casefile import CaseFile
from leeside.desk.seat import Seat
from leeside.desk.stages.outcomes import suspension_of
from leeside.desk.telling.shapes import pack_words
from leeside.vault.store import CaseState


@dataclass(frozen=True)
class StageMark:
    """One stage of the bar."""

    title: str
    is_past: bool
    is_current: bool


def stages_of(seat: Seat, file: CaseFile) -> tuple[StageMark, ...]:
    """The bar: the usual way of a case, with the stage of this one where it leaves that way."""
    way, at = _way(seat, file)
    titles = [pack_words(seat, "stage", stage) for stage in way]
    return tuple(StageMark(title, number <= at, number == at) for number, title in enumerate(titles))


def stage_of(seat: Seat, file: CaseFile) -> str:
    """The id of the stage that the case is at."""
    way, at = _way(seat, file)
    return way[at]


def _way(seat: Seat, file: CaseFile) -> tuple[list[str], int]:
    pack = seat.pack
    aside = {one.stage for one in pack.outcomes if one.stage}
    usual = [stage.id for stage in pack.stages if stage.is_open and stage.id not in aside]
    asked_again = [stage.id for stage in pack.stages if stage.is_follow_up]
    closed = [stage.id for stage in pack.stages if not stage.is_open and not stage.is_follow_up]
    if not file.is_open:
        waits = file.row.follow_from is not None and bool(asked_again)
        return [*usual, *asked_again[:1], *closed[-1:]], len(usual) + (0 if waits else len(asked_again[:1]))
    term = suspension_of(seat, file)
    if term is not None:
        return [*usual, term.stage, *closed[-1:]], len(usual)
    done = [
        file.row.state != CaseState.RECEIVED or bool(file.of_kind("reading")),
        file.next_step is not None,
        bool(file.of_kind("answer")),
    ]
    return [*usual, *closed[-1:]], min(sum(done), len(usual) - 1)

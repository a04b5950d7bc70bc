"""The training desk: invented letters with a guided first answer.

Rules:
1. The letters stand in the pack and are invented. Nothing here opens a case or a key.
2. What is chosen and typed lives in the form's own fields, from page to page, and is stored nowhere.
3. Whoever has been through every letter may say so; the day is kept, and coordinators see it. It is no examination.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.packs.training import TrainingLetter
from leeside.vault import store

STEPS = ("presses", "missing", "draft", "promise")
"""The questions of the guide, in their order."""


@dataclass(frozen=True)
class Chosen:
    """What somebody answered so far: one list of ids for each step; empty for a step that lies ahead."""

    presses: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    promise: tuple[str, ...] = ()

    def of(self, step: str) -> tuple[str, ...]:
        """The answer to one step."""
        answer: tuple[str, ...] = getattr(self, step)
        return answer


def options_of(seat: Seat, letter: TrainingLetter, step: str) -> dict[str, str]:
    """What a step offers, by id, in words."""

    def words(key: str) -> str:
        return seat.pack.text(key, seat.language)

    if step == "presses":
        return {each: words(f"press.{each}") for each in seat.pack.training.presses}
    if step == "missing":
        return {each: words(f"question.{each}.title") for each in letter.facts}
    if step == "draft":
        return {each: words(f"training.{letter.id}.draft_{each}") for each in ("a", "b")}
    return {each: words(f"promise.{each}") for each in letter.promises}


def good_answer(letter: TrainingLetter, step: str) -> frozenset[str]:
    """What the guide finds good."""
    by_step = {"presses": (letter.presses,), "missing": letter.missing, "draft": (letter.better,)}
    return frozenset(by_step.get(step, (letter.never,)))


def read_chosen(letter: TrainingLetter, seat: Seat, untrusted: Mapping[str, Sequence[str]]) -> Chosen:
    """The answers in a form, as far as they are ones that the steps offer; a step counts after the one before."""
    found: dict[str, tuple[str, ...]] = {}
    for step in STEPS:
        offered = options_of(seat, letter, step)
        chosen = tuple(each for each in offered if each in untrusted.get(step, ()))
        if not chosen:
            break
        found[step] = chosen
    return Chosen(**found)


def next_step(chosen: Chosen) -> str:
    """The step that is asked now; empty when all were answered."""
    return next((step for step in STEPS if not chosen.of(step)), "")


def finish_training(seat: Seat) -> None:
    """Note the day on which somebody had been through every letter."""
    require_line_action(LineAction.TRAIN, seat.role)
    store.finish_training(seat.reader_id, seat.today)

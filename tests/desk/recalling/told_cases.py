"""Cases that were told something on Tuesday, and the week after, when a rule has come into force."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from desk.stage import Sent, Stage, send
from leeside.desk import answering
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from leeside.desk.recalling.comparing import Recall
from leeside.desk.seat import Seat
from leeside.guide.comparing import Change
from leeside.packs.guidebook.rules import Rule

STUDENT = {
    "where": "home",
    "wants": "summons",
    "presses": ["summons"],
    "serves": "not_serving",
    "writer": "self",
    "wounded": "no",
    "region": "northwest",
    "paper_abroad": "with_me",
}
TOLD, COMING = "residence_permission", "hand_in_passport"
TEXT = "Подайте заявление сегодня."


def seat_on(stage: Stage, name: str, day: int) -> Seat:
    """The person on a day of that December."""
    return stage.seat(name, now=datetime(2023, 12, day, 12, tzinfo=UTC))


def told_case(stage: Stage, who: str = "Wren", answers: Mapping[str, Any] = STUDENT, *, rule: str = TOLD) -> Sent:
    """A case that somebody took, and answered with a rule."""
    seat = seat_on(stage, who, 5)
    sent = send(stage, answers, circle="first", opened=seat.today)
    open_case(seat, sent.case_id)
    step = Step("ask again", seat.reader_id, seat.today + timedelta(days=14))
    answering.answer(seat, sent.case_id, TEXT, step, at_once=True, told=(rule,))
    return sent


def differing(seat: Seat) -> dict[str, list[tuple[str, str, str]]]:
    """Code names of what differs, each with its turns; worked out in this process."""
    return {
        case.slug: [(one.change[0], one.change[1], one.change[3]) for one in case.differences]
        for case in Recall(seat).run().cases
    }


def change_in(seat: Seat, slug: str, turn: str) -> Change:
    """The change of one turn in one case."""
    [found] = [case for case in Recall(seat).run().cases if case.slug == slug]
    return next(Change(*one.change) for one in found.differences if one.change[0] == turn)


def with_rule(seat: Seat, rule_id: str, **changed: Any) -> Seat:
    """The seat of a line whose pack has another wording of one rule."""
    book = seat.pack.guide

    def turned(rule: Rule) -> Rule:
        if rule.id != rule_id:
            return rule
        law = rule.law.replace('"from"', '"from" ') if "law" not in changed else changed["law"]
        return replace(rule, **{"digest": "f" * 16, "law": law, **changed})

    rules = tuple(turned(rule) for rule in book.rules)
    return replace(seat, pack=replace(seat.pack, guide=replace(book, rules=rules)))

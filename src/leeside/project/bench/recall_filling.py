"""Open cases that were told what the guide says, as many as a bench wants, and going over all of them as a child does.

All but a few were told today's wording: those are passed over after the first step, as on any usual day.
"""

import time
from collections.abc import Iterator
from typing import cast

from leeside.desk.guiding.advice import content_of
from leeside.desk.kept_rules import keep_rules
from leeside.desk.recalling.comparing import Found, compare_cases
from leeside.desk.searching.running import keep_copies
from leeside.desk.seat import Seat
from leeside.desk.told_rules import KIND
from leeside.guide.evaluating import ask_guide
from leeside.project.bench.desk_cases import CaseMaker, MadeCase
from leeside.project.bench.desk_filling import fill_made
from leeside.project.bench.measured import RECALLED
from leeside.sealing.entries import EntryBody, staff_author
from leeside.sealing.plain_json import Json
from leeside.vault.marks import CaseState

_ROUNDS = 3


def fill(lead: Seat, reader: Seat, cases: int, differs_every: int) -> None:
    """Fill a line with open cases of `reader`, each with ten entries and one of advice; some were told other words."""
    keep_rules(lead.line_id, lead.pack, lead.today)
    result = ask_guide(lead.pack.guide, lead.pack.by_id, RECALLED, lead.today)
    rules = [one.rule for one in result.applies if not one.rule.is_question]
    today = {**content_of(rules, result), "way": "phone"}
    before = {**today, "rules": [{"id": rule.id, "digest": "0" * 16} for rule in rules]}
    author, at = staff_author(lead.reader_id), lead.now.isoformat()
    told, old = (EntryBody(KIND, author, at, cast("dict[str, Json]", one)) for one in (today, before))

    def made(maker: CaseMaker) -> Iterator[MadeCase]:
        for number in range(cases):
            last = told if number % differs_every else old
            yield maker.make(reader.person, [reader.person], state=CaseState.ANSWERED, last=last)

    fill_made(lead, RECALLED, made)


def go_over(seat: Seat) -> tuple[float, list[Found]]:
    """Compare everything a few times; the middle of the times, in seconds, and what the last came to."""
    while sum(keep_copies(seat, one.copies) for one in _pages(seat)):
        pass  # The first rounds open each grant the slow way and leave a faster copy.
    taken, found = [], list[Found]()
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        found = list(_pages(seat))
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[_ROUNDS // 2], found


def _pages(seat: Seat) -> Iterator[Found]:
    after: tuple[int, int | None] | None = None
    while True:
        page = compare_cases(seat, {"after": after})
        yield page
        if (after := page.after) is None:
            return

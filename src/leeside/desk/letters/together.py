"""A collective matter: one paper for each of several cases, drafted one after another and kept in each.

Rules:
1. Every case is opened as its own page opens it, on record, and is a step of its own. One that this person may not open
   is told like one that is not there, and nothing of it is read.
2. At most so many at a time (`LIMITS.letters_together`): a worker writes them while somebody waits. More is refused
   before the first.
3. Each paper knows its own case only. Drawers are opened where somebody asked for it, each on record.
"""

from dataclasses import dataclass

from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.guiding.result import ask_for
from leeside.desk.letters.drafting import Typed, keep_letter
from leeside.desk.letters.page import letter_page
from leeside.desk.letters.values import known_values, open_drawers
from leeside.desk.limits import LIMITS
from leeside.desk.many_cases import Report, each_case
from leeside.desk.open_cases import all_open
from leeside.desk.opening import open_case
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.packs.letters.papers import LetterText
from leeside.vault.store import CaseRow, Tab


@dataclass(frozen=True)
class Made:
    """What became of each case; of those done, the slug, the name, and what is missing in its paper."""

    report: Report
    papers: tuple[tuple[str, str, tuple[str, ...]], ...]


def own_cases(seat: Seat) -> tuple[CaseRow, ...]:
    """The open cases that are this person's: what is offered for choosing."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    rows = [row for row in all_open(seat, Tab.MINE) if row.owner == seat.reader_id]
    return tuple(rows[: LIMITS.letters_looked])


def named_for(seat: Seat, text: LetterText) -> frozenset[str]:
    """Slugs of one's own cases in which the law gives this paper today. Opens each, on record."""
    found = set()
    for row in own_cases(seat):
        if text.id in ask_for(seat, open_case(seat, row.case_id)).papers:
            found.add(write_slug(row.code_name))
    return frozenset(found)


def make_all(seat: Seat, text: LetterText, untrusted_slugs: list[str], *, opens: bool) -> Made:
    """One paper for each. `opens` opens the drawers where this person holds them. Raises InputError at `case`."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    made: list[tuple[str, str, tuple[str, ...]]] = []

    def one(case_id: bytes) -> None:
        file = open_case(seat, case_id)
        drawers = open_drawers(seat, case_id, file) if opens else {}
        known = known_values(seat, file, drawers, text)
        typed = Typed({name: each.value for name, each in known.items()}, frozenset(known))
        keep_letter(seat, case_id, text, typed)
        page = letter_page(seat, file, text, typed, known, is_open=opens)
        made.append(
            (
                write_slug(file.row.code_name),
                write_code_name(file.row.code_name, seat.language),
                tuple(dict.fromkeys((*page.missing, *page.facts))),
            )
        )

    return Made(each_case(seat, untrusted_slugs, one, LIMITS.letters_together), tuple(made))

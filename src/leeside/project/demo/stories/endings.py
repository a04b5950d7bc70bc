"""How cases end: a phone that was taken and did not come back; a mother who erases her letter on the same evening.

The first is closed, and to be asked after today. Of the second there is nothing left but a mark in her son's case.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from leeside.desk import answering, closing
from leeside.desk.guarding.seizing import seize
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from leeside.desk.ties.links import NewLink, link
from leeside.desk.ties.reading import RELATIVE
from leeside.door import mailbox, replies
from leeside.door.open_lines import known_line
from leeside.project.demo import founding, seed, texts
from leeside.project.demo.filling import Filler

_WROTE, _TAKEN, _CLOSED = date(2023, 11, 24), date(2023, 11, 27), date(2023, 12, 1)


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Both."""
    told = texts.story("endings")
    _lost_phone(filler, told["lost"])
    _erased_letter(filler, cases["dry-river"], told["mother"])


def _lost_phone(filler: Filler, told: Mapping[str, Any]) -> None:
    """Seized in November, closed without a word from him; what follows is asked after on the demo's day."""
    language = filler.language
    answers = {"where": ["unit"], "wants": ["leave_service"], "writer": ["self"], "serves": ["contract"]}
    answers |= {"region": ["center"], "phone_read_by": ["others"], "text": [told["says"][language]]}
    case_id = filler.deposit(seed.receipt_of(("story", "lost")), answers, filler.evening(_WROTE, 12, 40))
    filler.move_to("closed", case_id, _WROTE)
    heron = founding.at(filler.seats["heron"], filler.evening(_TAKEN, 11, 5))
    open_case(heron, case_id)
    seize(heron, case_id)
    step = Step(told["step"][language], heron.reader_id, _CLOSED)
    answering.write_note(founding.at(heron, filler.evening(_TAKEN, 11, 9)), case_id, told["note"][language], step)
    heron = founding.at(heron, filler.evening(_CLOSED, 17, 30))
    open_case(heron, case_id)
    closing.close(heron, case_id, "contact_lost", max(filler.today, _CLOSED + timedelta(days=1)))


def _erased_letter(filler: Filler, son: bytes, told: Mapping[str, Any]) -> None:
    """She writes, is linked with her son's case, and erases everything by her words a quarter of an hour later."""
    language, receipt = filler.language, seed.receipt_of(("story", "letter"))
    answers = {"where": ["abroad"], "wants": ["advice"], "writer": ["parent"], "region": ["abroad"]}
    moment = filler.evening(filler.today, 16, 30)
    hers = filler.deposit(receipt, {**answers, "text": [told["says"][language]]}, moment, voice="him")
    heron = founding.at(filler.seats["heron"], filler.evening(filler.today, 16, 40))
    open_case(heron, hers)
    open_case(heron, son)
    link(heron, son, hers, NewLink(RELATIVE, "person", "mother"))
    line, moment = known_line(filler.line), filler.evening(filler.today, 16, 55)
    opened = mailbox.open_conversation(line, mailbox.derive_keys(line, receipt), moment, filler.today)
    replies.erase_everything(opened, filler.today)

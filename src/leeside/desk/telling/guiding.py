"""How advice is told: which rules somebody told the writer, and by what means when it was no answer."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item, by
from leeside.desk.telling.tellers import Teller
from leeside.desk.told_rules import KIND, read_advice, was_told
from leeside.web.dates import write_short_day


def way_words(way: str) -> str:
    """By what other means advice was given; a word of another version as it is."""
    words = {
        "phone": _("by telephone"),
        "in_person": _("in person"),
        "letter": _("by letter"),
        "other": _("by other means"),
    }
    return words.get(way, way)


def rule_title(seat: Seat, rule_id: str) -> str:
    """What a rule is called; the id of one that the pack has no more."""
    rule = seat.pack.guide.rule(rule_id)
    return rule.words[seat.language].title if rule is not None else rule_id


def _advice(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item | None:
    advice = read_advice(entry)
    if advice is None or not was_told(file, advice):
        return None
    titles = "\n".join(f"– {rule_title(seat, one)}" for one in advice.rule_ids)
    if advice.answer:
        text = _("Told of the law, with the answer:")
    else:
        day = write_short_day(advice.on, seat.language, seat.today)
        how = ", ".join(part for part in (way_words(advice.way), day, advice.line) if part)
        text = _("Told of the law, %(how)s:") % {"how": how}
    return Item("note", "law", f"{text}\n{titles}", by(seat, entry))


KINDS: Final[Mapping[str, Teller]] = {KIND: _advice}
CHIPS: Final[Mapping[str, str]] = {KIND: "law"}

"""How advice is told: which rules somebody told the writer, and by what means; and deadlines that were set by hand."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.case_words import term_words
from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item, by, short_day
from leeside.desk.telling.tellers import EventTeller, Teller
from leeside.desk.told_rules import ASIDE, KIND, read_advice, was_told
from leeside.web.dates import write_short_day


def way_words(way: str) -> str:
    """By what other means advice was given; a word of another version as it is."""
    words = {
        "phone": _("by telephone"),
        "in_person": _("in person"),
        "letter": _("by letter"),
        "other": _("by other means"),
        ASIDE: _("looked at, and nothing told"),
    }
    return words.get(way, way)


def rule_title(seat: Seat, rule_id: str) -> str:
    """What a rule is called; the id of one that the pack has no more."""
    rule = seat.pack.guide.rule(rule_id)
    return rule.words[seat.language].title if rule is not None else rule_id


def deadline_title(seat: Seat, term_id: str, title: str = "") -> str:
    """What a deadline is called: by the pack's term, by the name that somebody gave it, or by both."""
    named = term_words(seat, term_id) if term_id or not title else ""
    return ": ".join(part for part in (named, title) if part)


def _deadline(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    text = _("Deadline set by hand: %(day)s, %(title)s. %(reason)s") % {
        "title": deadline_title(seat, entry.text("term"), entry.text("title")),
        "day": short_day(entry.text("day"), seat),
        "reason": entry.text("reason"),
    }
    return Item("event", "law", text, by(seat, entry))


def _done(seat: Seat, entry: ReadEntry) -> str:
    if not entry.text("term"):
        return _("A deadline set by hand is done: %(line)s") % {"line": entry.text("line")}
    title, day = deadline_title(seat, entry.text("term")), short_day(entry.text("day"), seat)
    return _("Done by %(day)s, %(title)s: %(line)s") % {"day": day, "title": title, "line": entry.text("line")}


def _advice(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item | None:
    advice = read_advice(entry)
    if advice is None or not was_told(file, advice):
        return None
    told = [rule_title(seat, one) for one in advice.rule_ids]
    over = [_("no longer holds: %(rule)s") % {"rule": rule_title(seat, one)} for one in advice.ended]
    titles = "\n".join(f"– {one}" for one in (*told, *over))
    if advice.answer:
        text = _("Told of the law, with the answer:")
    elif advice.way == ASIDE:
        text = _("What the law changed was looked at, and nothing told: %(reason)s") % {"reason": advice.line}
    else:
        day = write_short_day(advice.on, seat.language, seat.today)
        how = ", ".join(part for part in (way_words(advice.way), day, advice.line) if part)
        text = _("Told of the law, %(how)s:") % {"how": how}
    return Item("note", "law", "\n".join(part for part in (text, titles) if part), by(seat, entry))


KINDS: Final[Mapping[str, Teller]] = {KIND: _advice, "deadline_set": _deadline}
EVENTS: Final[Mapping[str, EventTeller]] = {
    "deadline_done": _done,
    "deadline_again": lambda seat, entry: _("A deadline stands again: %(reason)s") % {"reason": entry.text("reason")},
    "deadline_undone": lambda seat, entry: (
        _("A deadline set by hand was taken back: %(reason)s") % {"reason": entry.text("reason")}
    ),
}
CHIPS: Final[Mapping[str, str]] = {KIND: "law", "deadline_set": "law"}

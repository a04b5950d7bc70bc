"""The line that a recall begins: from the change, in the writer's language, for whoever sends it to mend.

A rule's words are written for a colleague: they are a beginning. `{day}` stands for the last day, which is another one
in each case, and is filled in when it is sent.
"""

from datetime import date
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from leeside.desk.seat import Seat
from leeside.desk.writing.rule_words import words_for_writer
from leeside.guide.comparing import Change, Turn
from leeside.packs.guidebook.earlier import EarlierRules
from leeside.web.dates import write_day

DAY: Final = "{day}"
SENDABLE: Final = frozenset({Turn.WORDED, Turn.ENDED, Turn.LAPSED, Turn.BEGAN, Turn.NEW, Turn.MOVED})
"""What can be said to many alike. What nobody can tell, and what new facts changed, is another thing in each case."""


def draft(seat: Seat, change: Change, earlier: EarlierRules, language: str, *, has_days: bool) -> str:
    """The text for writers of one language; empty for a change that is not alike in each case."""
    turn = Turn(change.turn)
    if turn not in SENDABLE:
        return ""
    rule = seat.pack.guide.rule(change.now)
    words = words_for_writer(rule, language) if rule is not None else ""
    with translation.override(language):
        parts = [_opening(seat, change, earlier, language), words if turn is not Turn.LAPSED else ""]
        if has_days:
            parts.append(_("By when: %(day)s.") % {"day": DAY})
    return "\n\n".join(part for part in parts if part)


def _opening(seat: Seat, change: Change, earlier: EarlierRules, language: str) -> str:
    """The first sentence; the language is active already."""
    told = earlier.find(change.id, change.digest)
    rule = seat.pack.guide.rule(change.id)
    words = told.words if told is not None else rule.words if rule is not None else {}
    title = words[language].title if language in words else ""
    now = seat.pack.guide.rule(change.now)
    turn = Turn(change.turn)
    if turn is Turn.WORDED:
        return _("What we wrote to you has changed since. This is how it is now:")
    if turn is Turn.LAPSED:
        return _("What we wrote to you no longer holds for you: %(title)s.") % {"title": title}
    if turn is Turn.ENDED:
        return _("What we wrote to you no longer holds: %(title)s.") % {"title": title}
    if turn is Turn.BEGAN and now is not None:
        return _("Since we wrote to you, something new came into force (%(day)s):") % {
            "day": write_day(now.since, language, seat.today)
        }
    if turn is Turn.MOVED:
        term = seat.pack.guide.term(change.id)
        return _("A day that we wrote to you is another one now: %(title)s.") % {
            "title": term.words[language].title if term is not None else ""
        }
    return _("Since we wrote to you, there is something more:")


def fill(seat: Seat, text: str, day: date | None, language: str) -> str:
    """The text of one case. A text that names a day must have been asked for one: see `sending`."""
    return text if day is None else text.replace(DAY, write_day(day, language, seat.today))

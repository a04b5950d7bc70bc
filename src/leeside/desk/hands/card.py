"""The hand-over card: five things without which nobody can go on with a case, filled in as far as the case knows.

    what they asked of us · what we told them, and on which day · what we wait for, and from whom ·
    what comes next, and by which day · what must not be done

All but the last must say something. It is sealed into the case as an entry of the kind `handover` (`casefile`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.cards import need_text
from leeside.desk.casefile import CaseFile, day_in
from leeside.desk.due import dues_of
from leeside.desk.errors import InputError
from leeside.desk.keyring import ReadEntry
from leeside.desk.leaving import OFFER as KIND
from leeside.desk.limits import LIMITS
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import day_of, pack_words
from leeside.desk.typed_fields import read_line
from leeside.web.dates import write_short_day

__all__ = ["KIND", "Card", "card_in", "generated", "prefilled", "read_card"]


@dataclass(frozen=True)
class Card:
    """What the giver says. `told_day` is None when nobody was told anything yet."""

    asked: str
    told: str
    told_day: date | None
    waiting: str
    next_what: str
    next_day: date
    do_not: str

    def content(self) -> dict[str, object]:
        """The card as it stands inside the seal."""
        return {
            "asked": self.asked,
            "told": self.told,
            "told_day": self.told_day.isoformat() if self.told_day else "",
            "waiting": self.waiting,
            "next": self.next_what,
            "next_day": self.next_day.isoformat(),
            "do_not": self.do_not,
        }


def read_card(untrusted: Mapping[str, str], today: date) -> Card:
    """The card that was typed. Raises InputError beside the first field at fault."""
    return Card(
        asked=_line(untrusted, "asked"),
        told=_line(untrusted, "told"),
        told_day=_told_day(untrusted.get("told_day", ""), today),
        waiting=_line(untrusted, "waiting"),
        next_what=_line(untrusted, "next"),
        next_day=_next_day(untrusted.get("next_day", "")),
        do_not=_line(untrusted, "do_not", may_be_empty=True),
    )


def card_in(entry: ReadEntry) -> Card:
    """The card of an entry; what a colleague sealed may lack a day."""
    at = date.fromisoformat(entry.body.at[:10])
    return Card(
        entry.text("asked"),
        entry.text("told"),
        day_in(entry.text("told_day")),
        entry.text("waiting"),
        entry.text("next"),
        day_in(entry.text("next_day")) or at,
        entry.text("do_not"),
    )


def prefilled(seat: Seat, file: CaseFile) -> dict[str, str]:
    """The card's fields as far as the case fills them; a person reads them over and adds what only they know."""
    step = file.next_step
    told, told_day = _last_told(seat, file)
    return {
        "asked": need_text(seat.pack, file.known.get(seat.pack.need_question), seat.language, file.voice),
        "told": told,
        "told_day": told_day,
        "waiting": _waiting(seat, file),
        "next": step.what if step else "",
        "next_day": step.day.isoformat() if step and step.day else "",
        "do_not": _flags(seat, file),
    }


def generated(seat: Seat, file: CaseFile) -> Card:
    """A card made of nothing but the case: when whoever had it cannot be asked."""
    filled = prefilled(seat, file)
    return Card(
        filled["asked"] or _("See the form"),
        filled["told"],
        day_in(filled["told_day"]),
        filled["waiting"],
        filled["next"] or _("Read it and say what happens next"),
        day_in(filled["next_day"]) or seat.today,
        filled["do_not"],
    )


def _line(untrusted: Mapping[str, str], name: str, *, may_be_empty: bool = False) -> str:
    wanted = "" if may_be_empty else _("Your colleague needs this line. If there is nothing, write so.")
    return read_line(untrusted.get(name, ""), name, wanted=wanted)


def _told_day(untrusted: str, today: date) -> date | None:
    if not untrusted:
        return None
    day = day_in(untrusted)
    if day is None or day > today:
        raise InputError("told_day", _("This is not a day in the past. Please choose one, or leave it empty."))
    return day


def _next_day(untrusted: str) -> date:
    day = day_in(untrusted)
    if day is None:
        raise InputError("next_day", _("By which day? Please choose one."))
    return day


def _last_told(seat: Seat, file: CaseFile) -> tuple[str, str]:
    """The beginning of the last answer, and its day."""
    answers = file.of_kind("answer")
    if not answers:
        return _("nothing yet"), ""
    text = " ".join(answers[-1].text("text").split())
    most = LIMITS.handover_excerpt_characters
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …", day_of(seat, answers[-1]).isoformat()


def _waiting(seat: Seat, file: CaseFile) -> str:
    """What falls due besides the next step: papers that are out, answers that are expected."""
    dues = [due for due in dues_of(seat, file) if due.source not in ("step", "handover")]
    if not dues:
        return _("nothing")
    words = [f"{due.what} ({write_short_day(due.day, seat.language, seat.today)})" for due in dues]
    return "; ".join(words)[: LIMITS.line_characters]


def _flags(seat: Seat, file: CaseFile) -> str:
    flags = seat.pack.card(file.known, seat.today, file.voice).get("flags")
    words = [pack_words(seat, "flag", str(flag)) for flag in flags] if isinstance(flags, list) else []
    return "; ".join(words)[: LIMITS.line_characters]

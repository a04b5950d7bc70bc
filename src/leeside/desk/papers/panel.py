"""The panel *Papers* of a case page: a compact table of who holds what, and what waits for an answer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.papers.ledger import Holding, Outgoing, ledger_of, outgoing_of
from leeside.desk.papers.words import form_words, sent_words, way_words
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import pack_words, short_day, source_words
from leeside.web.dates import write_short_day

_SOON_DAYS = 30


@dataclass(frozen=True)
class PaperLine:
    """One row of the ledger in words."""

    row: str
    paper: str
    holder: str
    meta: str
    back: str
    older: tuple[str, ...]
    is_kept: bool
    expires: str


@dataclass(frozen=True)
class SentLine:
    """One outgoing paper in words."""

    row: str
    what: str
    meta: str
    due: str
    due_note: str
    is_late: bool
    answer: str


@dataclass(frozen=True)
class PapersPanel:
    """Names are those the template uses."""

    papers: tuple[PaperLine, ...]
    sent: tuple[SentLine, ...]
    may_set: bool


def make_panel(seat: Seat, file: CaseFile) -> PapersPanel | None:
    """The panel of an opened case; None for a pack that knows no papers."""
    if not seat.pack.paper_work.papers:
        return None
    may_set = is_allowed(seat, file, CaseAction.SET_PAPER)
    rows = ledger_of(seat, file)
    return PapersPanel(
        tuple(_paper_line(seat, row, values) for row, values in rows.items()),
        tuple(_sent_line(seat, one) for one in outgoing_of(file)),
        may_set,
    )


def _paper_line(seat: Seat, row: str, values: tuple[Holding, ...]) -> PaperLine:
    newest = values[0]
    holder = seat.pack.paper_work.holder(newest.holder)
    by = seat.keyring.roster.name_of(newest.by) if newest.by is not None else ""
    how = source_words(newest.source) if newest.by is not None else _("said on the form")
    meta = (form_words(newest.form), how, short_day(newest.day, seat), by)
    return PaperLine(
        row=row,
        paper=pack_words(seat, "paper", newest.paper),
        holder=_held(seat, newest),
        meta=" · ".join(part for part in meta if part),
        back=newest.back,
        older=tuple(_held(seat, one) for one in values[1:] if _differs(one, newest)),
        is_kept=holder is not None and holder.keeps_it,
        expires=_expires(seat, newest),
    )


def _held(seat: Seat, one: Holding) -> str:
    words = pack_words(seat, "holder", one.holder)
    if one.since is None:
        return words
    day = write_short_day(one.since, seat.language, seat.today)
    return _("%(holder)s, since %(day)s") % {"holder": words, "day": day}


def _differs(one: Holding, newest: Holding) -> bool:
    """Worth telling is that somebody else had it, or since another day; a day that nobody named is not."""
    return one.holder != newest.holder or (one.since is not None and one.since != newest.since)


def _expires(seat: Seat, one: Holding) -> str:
    """A day by which the paper ends, told when it is near or past."""
    if one.expires is None:
        return ""
    day = write_short_day(one.expires, seat.language, seat.today)
    left = (one.expires - seat.today).days
    if left < 0:
        return _("expired %(day)s") % {"day": day}
    if left > _SOON_DAYS:
        return _("valid until %(day)s") % {"day": day}
    text = ngettext("%(number)d day left, until %(day)s", "%(number)d days left, until %(day)s", left)
    return text % {"number": left, "day": day}


def _sent_line(seat: Seat, one: Outgoing) -> SentLine:
    sent = write_short_day(one.sent, seat.language, seat.today) if one.sent is not None else ""
    number = _("No. %(number)s") % {"number": one.number} if one.number else ""
    due = write_short_day(one.due, seat.language, seat.today) if one.due is not None else ""
    note = ""
    if one.waits:
        note = _("set by hand") if one.by_hand else _("proposed, check it")
    return SentLine(
        row=one.row,
        what=sent_words(seat, one),
        meta=" · ".join(part for part in (way_words(one.way), number, sent) if part),
        due=due if one.waits else "",
        due_note=note,
        is_late=one.waits and one.due is not None and one.due < seat.today,
        answer=_answer(seat, one),
    )


def _answer(seat: Seat, one: Outgoing) -> str:
    if one.answered is None:
        return ""
    day = write_short_day(one.answered, seat.language, seat.today)
    return _("answered %(day)s: %(answer)s") % {"day": day, "answer": one.answer or _("no words noted")}

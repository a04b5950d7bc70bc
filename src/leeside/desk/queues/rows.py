"""The rows of the queue as people read them: words from opened cards, clocks, whose it is, and why it stands there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.cards import need_words
from leeside.desk.case_words import (
    SHAPES,
    TONES,
    URGENCY_KEYS,
    Part,
    owner_words,
    promise_words,
    short_day,
    span_words,
    term_words,
    why_urgent,
)
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.due import LAW
from leeside.desk.opening import standing_in
from leeside.desk.pages import circle_title
from leeside.desk.permissions import CaseAction, may
from leeside.desk.queues.clocks import Stretch, clock_of
from leeside.desk.queues.opened import OpenedRow
from leeside.desk.safety.flags import RED, flag_words
from leeside.desk.seat import Seat
from leeside.packs.pack import Pack
from leeside.sealing.context import LEAD
from leeside.vault.store import CaseRow, CaseState, Hold, LookBy
from leeside.web.dates import write_short_day
from leeside.web.languages import language_name


@dataclass(frozen=True)
class Row:
    """One row, ready to be shown."""

    slug: str
    name: str
    urgency: int
    urgency_word: str
    shape: str
    tone: str
    summary: tuple[str, ...]
    familiar: str
    """What of the summary goes without saying where there is little room: the language that the reader reads here."""
    why: str
    clocks: tuple[Part, ...]
    flags: tuple[Part, ...]
    owner: str
    holder: str
    may_take: bool
    is_held_by_other: bool
    order_reason: str


def make_row(seat: Seat, opened: OpenedRow, hold: Hold | None) -> Row:
    """The row of a case. A card that did not open leaves it with its marks only."""
    case, card = opened.case, opened.card
    pack, language = seat.pack, seat.language
    standing = standing_in(seat, case)
    mine_held = hold is not None and hold.reader_id == seat.reader_id
    is_held_by_other = hold is not None and not mine_held and case.owner is None
    why = why_urgent(pack, card, language, seat.today)
    return Row(
        slug=write_slug(case.code_name),
        name=write_code_name(case.code_name, language),
        urgency=int(case.urgency),
        urgency_word=pack.text(f"urgency.{URGENCY_KEYS[case.urgency]}", language),
        shape=SHAPES[case.urgency],
        tone=TONES[case.urgency],
        summary=tuple(words for words in _summary(pack, case, card, language) if words != why),
        familiar=language_name(language) if case.language == language else "",
        why=why,
        clocks=_clocks(seat, case, card),
        flags=_flags(pack, card, language),
        owner=owner_words(seat, case),
        holder=_holder(seat, hold) if case.owner is None else "",
        may_take=_is_open(case) and may(CaseAction.TAKE, standing) and case.owner is None and hold is None,
        is_held_by_other=is_held_by_other,
        order_reason=_order_reason(seat, case),
    )


def _voice(card: Mapping[str, Any]) -> str:
    voice = card.get("voice")
    return voice if isinstance(voice, str) else ""


def _summary(pack: Pack, case: CaseRow, card: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Need, language, and the coarse answers that the pack puts into a row."""
    parts = [need_words(pack, card, language), language_name(case.language)]
    answers = card.get("answers")
    said = answers if isinstance(answers, Mapping) else {}
    chosen = {key: said[key] for key in pack.queue_row if key in said}
    for one in pack.describe(chosen, language, _voice(card)):
        parts.extend(one.values)
    return tuple(dict.fromkeys(parts))


def _clocks(seat: Seat, case: CaseRow, card: Mapping[str, Any]) -> tuple[Part, ...]:
    """By when an answer is promised, what was missed, and the next date that presses."""
    parts = [*_state_parts(seat, case), *_promise_parts(seat, case)]
    dated = card.get("next_date")
    if isinstance(dated, list) and len(dated) == 2:
        label = _date_label(seat, str(dated[0]))
        words = f"{label} {short_day(str(dated[1]), seat.language, seat.today)}".strip()
        if words not in why_urgent(seat.pack, card, seat.language, seat.today):
            parts.append(Part(words))
    if card.get("due"):
        parts.append(_due_part(seat, card["due"]))
    if case.circle and seat.is_lead:
        parts.append(Part(circle_title(seat.pack, case.circle, seat.language), "wide"))
    return tuple(parts)


def _date_label(seat: Seat, source: str) -> str:
    """What a next date is of: a fact by its question, a deadline of the law by its term."""
    if source.startswith(LAW):
        return term_words(seat, source.removeprefix(LAW))
    question = seat.pack.question(source)
    return seat.pack.text(question.label_key, seat.language) if question else ""


def _state_parts(seat: Seat, case: CaseRow) -> list[Part]:
    if case.state == CaseState.ANSWERED:
        return [Part(_("waits for them"))]
    if case.state == CaseState.CLOSED and case.follow_from is not None:
        day = write_short_day(case.follow_from, seat.language, seat.today)
        is_late = case.follow_from <= seat.today
        return [Part(_("closed; ask again from %(day)s") % {"day": day}, "amber" if is_late else "")]
    return [Part(_("closed"))] if case.state == CaseState.CLOSED else []


def _promise_parts(seat: Seat, case: CaseRow) -> list[Part]:
    """The promise with how much of it is gone, and how long nobody has had the case."""
    if case.answer_by is None:
        return []
    is_untaken = case.owner is None
    clock = clock_of(seat.pack, case.urgency, case.answer_by, is_untaken=is_untaken, now=seat.now)
    promise = promise_words(case.answer_by, seat.now, seat.zone, seat.language)
    if clock.stretch is Stretch.HALF:
        promise = Part(_("%(promise)s, half of it gone") % {"promise": promise.text}, "amber")
    elif clock.stretch is Stretch.NEARLY:
        promise = Part(_("%(promise)s, nearly gone") % {"promise": promise.text}, "amber")
    parts = [promise]
    if clock.stretch is Stretch.PAST and is_untaken and case.circle == LEAD:
        parts.append(Part(_("came back: nobody answered in time"), "amber"))
    elif clock.is_unassigned_too_long:
        parts.append(
            Part(_("nobody has it, for %(span)s and more") % {"span": span_words(_coarse(clock.waited))}, "amber")
        )
    return parts


def _coarse(minutes: int) -> int:
    """Minutes without false precision: the promise they are read from was rounded, with noise."""
    step = 15 if minutes >= 30 else 5
    return max(5, minutes - minutes % step)


def _due_part(seat: Seat, day: str) -> Part:
    is_late = day <= seat.today.isoformat()
    return Part(_("due %(day)s") % {"day": short_day(day, seat.language, seat.today)}, "amber" if is_late else "")


def _is_open(case: CaseRow) -> bool:
    return case.state < CaseState.CLOSED


def _flags(pack: Pack, card: Mapping[str, Any], language: str) -> tuple[Part, ...]:
    """The staff's flags and the pack's, in words, as the card has them."""
    found = []
    for flag in card.get("flags", ()):
        key = f"flag.{flag}"
        if words := flag_words(flag):
            found.append(Part(words, *(("red", "▲") if flag in RED else ("amber", "◆"))))
        elif pack.has_text(key, language):
            found.append(Part(pack.text(key, language), "amber", "◆"))
    return tuple(found)


def _holder(seat: Seat, hold: Hold | None) -> str:
    if hold is None:
        return ""
    left = max(1, int((hold.until - seat.real_now).total_seconds() // 60) + 1)
    words = ngettext("%(number)d min left", "%(number)d min left", left) % {"number": left}
    if hold.reader_id == seat.reader_id:
        return _("you hold it · %(left)s") % {"left": words}
    return _("%(name)s is on it · %(left)s") % {"name": seat.keyring.roster.name_of(hold.reader_id), "left": words}


def _order_reason(seat: Seat, case: CaseRow) -> str:
    """Why the row stands where it stands: the three things that order it, in their order."""
    look_by = {
        LookBy.TODAY: _("today"),
        LookBy.THREE_DAYS: _("within three days"),
        LookBy.WEEK: _("within a week"),
        LookBy.LATER: _("later"),
    }[case.look_by]
    promise = _("no promise runs")
    if case.answer_by is not None:
        promise = promise_words(case.answer_by, seat.now, seat.zone, seat.language).text
    return _("1. %(urgency)s. 2. To be looked at %(look_by)s. 3. %(promise)s. Equal cases are drawn by lot.") % {
        "urgency": seat.pack.text(f"urgency.{URGENCY_KEYS[case.urgency]}", seat.language),
        "look_by": look_by,
        "promise": promise[:1].upper() + promise[1:],
    }

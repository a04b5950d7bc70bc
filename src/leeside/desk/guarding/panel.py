"""The panel *Safety* of a case page: safe contact, what waits, the check, the silence watch, a seized device."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.guarding.phrases import phrases_of
from leeside.desk.guarding.planning import may_except
from leeside.desk.guarding.seizing import may_undo_seizure
from leeside.desk.outgoing import both_clocks, may_write_first, why_locked
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.bars import moment_words
from leeside.desk.safety.check import Check, Level, check_of, ground_words, level_words
from leeside.desk.safety.contact import Plan, plan_of
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.safety.silence import watch_of
from leeside.desk.safety.stop_word import stop_messages
from leeside.desk.safety.words import channel_words, window_words
from leeside.desk.seat import Seat
from leeside.desk.taking_back import sent_to_writer
from leeside.web.dates import write_near_day, write_short_day

_NOT_WORTH_TELLING = 15
"""Seconds: what goes out at once is offered to be taken back above the page, and not told here."""


@dataclass(frozen=True)
class Waiting:
    """One answer that waits for its moment."""

    entry: str
    words: str
    may_take_back: bool


@dataclass(frozen=True)
class SafetyPanel:
    """Names are those the template uses. `seized` is empty, `held` or `back`."""

    plan: tuple[tuple[str, str], ...]
    plan_lead: str
    said_hours: str
    locked: str
    may_except: bool
    waiting: tuple[Waiting, ...]
    stop_texts: tuple[str, ...]
    check: str
    check_meta: str
    phrases_since: str
    watch: str
    watch_then: str
    is_overdue: bool
    seized: str
    seized_since: str
    may_undo: bool
    may_set: bool
    may_seize: bool


def make_panel(seat: Seat, file: CaseFile) -> SafetyPanel:
    """The panel of an opened case."""
    plan, check, watch, seizure = plan_of(file), check_of(file), watch_of(file), seizure_of(file)
    phrases = phrases_of(file)
    may_set = is_allowed(seat, file, CaseAction.SET_SAFETY)
    never_first = plan.never_first and seizure is None and not stop_messages(file)
    return SafetyPanel(
        plan=_plan_lines(plan),
        plan_lead=_plan_lead(seat, plan),
        said_hours=plan.said_hours if plan.window is None else "",
        locked=why_locked(seat, file) if may_set else "",
        may_except=may_set and never_first and may_except(file) and not may_write_first(file),
        waiting=_waiting(seat, file),
        stop_texts=tuple(entry.text("text") for entry in stop_messages(file)),
        check=level_words(check.level),
        check_meta=_check_meta(seat, check),
        phrases_since=write_short_day(_day(phrases.day), seat.language, seat.today) if phrases is not None else "",
        watch=write_near_day(watch.day, seat.language, seat.today) if watch is not None else "",
        watch_then=watch.then if watch is not None else "",
        is_overdue=watch is not None and watch.is_overdue(seat.today),
        seized="" if seizure is None else "back" if seizure.is_back else "held",
        seized_since=moment_words(seat, seizure.since) if seizure is not None else "",
        may_undo=seizure is not None and may_undo_seizure(seat, seizure),
        may_set=may_set,
        may_seize=is_allowed(seat, file, CaseAction.SEIZE),
    )


def _plan_lines(plan: Plan) -> tuple[tuple[str, str], ...]:
    lines = [
        (_("Where they read us"), channel_words(plan.channel) if plan.channel else ""),
        (_("Safe hours"), window_words(plan.window) if plan.window is not None else ""),
        (_("Stop word"), plan.stop_word),
        (_("What it looks like to others"), plan.cover),
        (_("Writing first"), _("never") if plan.never_first else ""),
        (_("If they fall silent"), plan.silence_means),
    ]
    return tuple((label, value) for label, value in lines if value)


def _plan_lead(seat: Seat, plan: Plan) -> str:
    if not plan.is_set:
        return _("As the form says it; nobody of us has set it yet.") if plan.channel or plan.stop_word else ""
    name = seat.keyring.roster.name_of(plan.by or b"")
    day = write_short_day(_day(plan.set_on), seat.language, seat.today)
    return _("Set by %(name)s, %(day)s.") % {"name": name, "day": day}


def _waiting(seat: Seat, file: CaseFile) -> tuple[Waiting, ...]:
    window = plan_of(file).window
    zone = window.zone if window is not None else seat.zone
    mine = {entry.entry_id for entry in sent_to_writer(file) if entry.author.reader_id == seat.reader_id}
    return tuple(
        Waiting(entry_id.hex(), both_clocks(seat, moment, zone), entry_id in mine)
        for entry_id, moment in sorted(file.waiting.items(), key=lambda one: one[1])
        if (moment - seat.now).total_seconds() > _NOT_WORTH_TELLING
    )


def _check_meta(seat: Seat, check: Check) -> str:
    if check.level is Level.UNVERIFIED and check.by is None:
        return ""
    parts = [ground_words(check.ground), check.line, seat.keyring.roster.name_of(check.by or b"")]
    day = write_short_day(_day(check.at[:10]), seat.language, seat.today)
    return " · ".join(part for part in (*parts, day) if part)


def _day(iso: str) -> date:
    return date.fromisoformat(iso)

"""What the case page shows of a case's end: how it can be closed, what keeps it alive, what is asked afterwards."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import SOURCES, CaseFile, day_in
from leeside.desk.closing import outcome_of
from leeside.desk.file_lines import FileLine, file_lines
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.seat import Seat
from leeside.desk.stages.outcomes import suspension_of
from leeside.desk.telling.shapes import pack_words, short_day, source_words
from leeside.desk.telling.stages import term_words
from leeside.web.dates import write_near_day


@dataclass(frozen=True)
class OutcomeChoice:
    """One outcome of the pack, in words, with what follows from it."""

    key: str
    title: str
    follows: str
    keeps_alive: bool


@dataclass(frozen=True)
class TermValue:
    """One dated value of the term in words. `withdrawn` says why it was taken back; empty while it stands."""

    text: str
    meta: str
    fact: str
    entry: str
    withdrawn: str


@dataclass(frozen=True)
class EndPanel:
    """The panel. `files` lie in the case when it is closed; `term` says what keeps the case alive, `asked_on` when a
    closed case is asked again."""

    outcomes: tuple[OutcomeChoice, ...]
    late: tuple[OutcomeChoice, ...]
    may_follow_up: bool
    asked_on: str
    term: str
    wants_half_check: bool
    values: tuple[TermValue, ...]
    sources: tuple[tuple[str, str], ...]
    kept_by: str
    files: tuple[FileLine, ...]
    may_erase_files: bool


def make_panel(seat: Seat, file: CaseFile) -> EndPanel:
    """The panel of an opened case."""
    offered = tuple(_choice(seat, one.id, one.follow_up_days, one.stage) for one in seat.pack.outcomes)
    outcome, follow_up = outcome_of(file)
    day = day_in(follow_up)
    term = suspension_of(seat, file)
    words = ""
    if term is not None:
        ends, half = (write_near_day(one, seat.language, seat.today) for one in (term.ends, term.half))
        words = _("%(outcome)s. It ends on %(ends)s; half of it is over on %(half)s.") % {
            "outcome": pack_words(seat, "outcome", term.outcome),
            "ends": ends,
            "half": half,
        }
    may_follow = is_allowed(seat, file, CaseAction.FOLLOW_UP)
    return EndPanel(
        outcomes=offered,
        late=tuple(one for one in offered if not one.keeps_alive and one.key != outcome),
        may_follow_up=not file.is_open and may_follow,
        asked_on=write_near_day(day, seat.language, seat.today) if day is not None and not file.is_open else "",
        term=words,
        wants_half_check=term is not None and not term.is_checked,
        values=_values(seat, file),
        sources=tuple((one, source_words(one)) for one in SOURCES),
        kept_by=term.outcome if term is not None else "",
        files=file_lines(seat, file) if file.is_open else (),
        may_erase_files=is_allowed(seat, file, CaseAction.ERASE_ENTRY) and seizure_of(file) is None,
    )


def _values(seat: Seat, file: CaseFile) -> tuple[TermValue, ...]:
    """What colleagues set, the newest first, with what was taken back."""
    found = []
    for outcome in (one.id for one in seat.pack.outcomes if one.stage):
        for one in file.all_values.get(outcome, ()):
            if one.by is not None and isinstance(one.value, tuple) and len(one.value) == 2:
                meta = (source_words(one.source), short_day(one.day, seat), seat.keyring.roster.name_of(one.by))
                text = term_words(seat, outcome, *one.value)
                found.append(TermValue(text, " · ".join(meta), outcome, one.entry, one.withdrawn))
    return tuple(found)


def _choice(seat: Seat, key: str, days: int, stage: str) -> OutcomeChoice:
    if stage:
        follows = _("stays alive: %(stage)s") % {"stage": pack_words(seat, "stage", stage)}
    elif days:
        text = ngettext("ask again after %(number)d day", "ask again after %(number)d days", days)
        follows = text % {"number": days}
    else:
        follows = ""
    return OutcomeChoice(key, pack_words(seat, "outcome", key), follows, bool(stage))

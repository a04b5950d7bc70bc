"""The left column: facts that decide, each with source and day, "ask" beside the unknown; and the drawers."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, FactValue
from leeside.desk.keyring import ReadEntry
from leeside.desk.opening import DRAWERS
from leeside.desk.pages import circle_title
from leeside.desk.safety.check import may_open_drawers
from leeside.desk.seams import asked_for
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import describe_value, source_words
from leeside.packs.conditions import Truth
from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment
from leeside.web.dates import write_short_day


@dataclass(frozen=True)
class ValueLine:
    """One dated value in words. `meta` is empty for what the form said: the column's first line says so once."""

    text: str
    meta: str
    entry: str = ""
    withdrawn: str = ""
    """Why it was taken back; empty while it stands."""


@dataclass(frozen=True)
class FactRow:
    """One fact: its values, the newest first, or none; and how a new one is typed."""

    key: str
    label: str
    values: tuple[ValueLine, ...]
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    is_date: bool
    is_many: bool
    contradicts: bool
    """Whether two values of one day differ: somebody has to find out which is right."""
    withdrawn: tuple[ValueLine, ...]


@dataclass(frozen=True)
class Drawer:
    """A drawer: closed until opened, or why it stays closed."""

    key: str
    title: str
    is_open: bool
    may_open: bool
    reason: str
    lines: tuple[tuple[str, str], ...]


def fact_rows(seat: Seat, file: CaseFile) -> tuple[FactRow, ...]:
    """Every closed question of the story that could matter here: those with a value, and those still open.

    Of what only colleagues ask, an unknown one stands here while a part of the work would like to know it.
    """
    rows = []
    wanted, later = asked_for(seat, file), {question.id for question in seat.pack.asked_later}
    for question in seat.pack.all_questions:
        values = file.facts.get(question.id, ())
        if question.compartment != Compartment.STORY or question.kind == "text":
            continue
        matters = question.id in wanted or (question.id not in later and _could_matter(file, question))
        if question.id not in file.all_values and not matters:
            continue
        rows.append(_row(seat, file, question, values))
    return tuple(sorted(rows, key=lambda row: not row.values))


def facts_lead(seat: Seat, file: CaseFile) -> str:
    """Where a fact comes from that says nothing else of itself."""
    if not file.said:
        return ""
    day = write_short_day(file.row.opened, seat.language, seat.today)
    return _("Said in the form, %(day)s, unless noted.") % {"day": day}


def question_to_ask(seat: Seat, file: CaseFile, untrusted_fact: str) -> str:
    """The question in the writer's own language and voice, to be put into the answer; empty for no question."""
    question = seat.pack.question(untrusted_fact)
    if question is None or question.compartment != Compartment.STORY:
        return ""
    language = file.row.language if file.row.language in seat.pack.languages else seat.language
    return seat.pack.text(question.title_key, language, file.voice)


def drawers_of(seat: Seat, file: CaseFile, opened: str) -> tuple[Drawer, ...]:
    """Both drawers. What a closed one holds is not opened to draw it."""
    titles = {"identity": _("Identity"), "place": _("Exact place")}
    return tuple(_drawer(seat, file, key, titles[key], is_open=key == opened) for key in DRAWERS)


def _could_matter(file: CaseFile, question: Question) -> bool:
    """An unknown fact is shown when nothing that is known rules its question out, and it stands on the card."""
    if not question.on_card or question.kind == "date":
        return False
    return question.condition is None or question.condition.evaluate(file.known) is Truth.YES


def _row(seat: Seat, file: CaseFile, question: Question, values: tuple[FactValue, ...]) -> FactRow:
    pack, language = seat.pack, seat.language
    options = tuple((one.id, pack.text(question.option_key(one.id), language, file.voice)) for one in question.options)
    return FactRow(
        key=question.id,
        label=pack.text(question.label_key, language, file.voice),
        values=tuple(_value(seat, file, question, value) for value in _worth_showing(values)),
        options=options,
        chosen=_chosen(values),
        is_date=question.kind == "date",
        is_many=question.kind == "many",
        contradicts=len(values) > 1 and values[0].day == values[1].day and values[0].value != values[1].value,
        withdrawn=tuple(
            _value(seat, file, question, one) for one in file.all_values.get(question.id, ()) if one.withdrawn
        ),
    )


def _chosen(values: tuple[FactValue, ...]) -> tuple[str, ...]:
    """The ids of the newest value, so that its field begins with them."""
    if not values:
        return ()
    newest = values[0].value
    return (newest,) if isinstance(newest, str) else newest


def _doubted(file: CaseFile, entry: ReadEntry, label: str) -> str:
    """A label, with a warning when the line came after the device was seized."""
    if entry.entry_id not in file.distrusted:
        return label
    return _("▲ %(label)s, written by whoever holds the device") % {"label": label}


def _worth_showing(values: tuple[FactValue, ...]) -> list[FactValue]:
    """The newest value, and earlier ones that differ from the one after them."""
    return [one for number, one in enumerate(values) if number == 0 or one.value != values[number - 1].value]


def _value(seat: Seat, file: CaseFile, question: Question, value: FactValue) -> ValueLine:
    described = seat.pack.describe({question.id: value.value}, seat.language, file.voice)
    text = "; ".join(describe_value(seat, one) for one in described)
    if value.by is None:
        return ValueLine(text, "", value.entry, value.withdrawn)
    parts = (source_words(value.source), _day(seat, value.day), seat.keyring.roster.name_of(value.by))
    return ValueLine(text, " · ".join(part for part in parts if part), value.entry, value.withdrawn)


def _day(seat: Seat, value: str) -> str:
    try:
        return write_short_day(date.fromisoformat(value), seat.language, seat.today)
    except ValueError:
        return value


def _drawer(seat: Seat, file: CaseFile, key: str, title: str, *, is_open: bool) -> Drawer:
    compartment = DRAWERS[key]
    holds = file.keys.holds(compartment)
    keeper = circle_title(seat.pack, seat.pack.circle_for(compartment).name, seat.language)
    may_open = holds and may_open_drawers(file)
    reason = "" if holds else _("kept by: %(circle)s") % {"circle": keeper}
    if holds and not may_open:
        reason = _("opens when somebody keeps the case, or when the check says that things fit together")
    lines: list[tuple[str, str]] = []
    if is_open and may_open:
        for entry in file.entries:
            answers = entry.body.content.get("answers")
            if entry.compartment == compartment and isinstance(answers, dict):
                described = seat.pack.describe(answers, seat.language, file.voice)
                lines.extend((_doubted(file, entry, one.label), describe_value(seat, one)) for one in described)
            elif entry.compartment == compartment and entry.text("text"):
                lines.append((_doubted(file, entry, _("Message")), entry.text("text")))
        lines.extend(_typed_later(seat, file, compartment))
    return Drawer(key, title, is_open and may_open, may_open, reason, tuple(lines))


def _typed_later(seat: Seat, file: CaseFile, compartment: Compartment) -> list[tuple[str, str]]:
    """What colleagues wrote down for papers: the newest value of each, in the order of the pack."""
    newest = {
        question.id: values[0].value
        for question in seat.pack.asked_later
        if question.compartment == compartment and (values := file.facts.get(question.id))
    }
    return [(one.label, describe_value(seat, one)) for one in seat.pack.describe(newest, seat.language, file.voice)]

"""An answer of the guide as plain data for a program, and as lines for a person at a terminal."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from leeside.guide.deadlines import Deadline
from leeside.guide.evaluating import Result, RuleResult
from leeside.guide.explaining import (
    WriteDay,
    because,
    confidence_in_words,
    count_in_words,
    force_in_words,
    review_in_words,
    standing_in_words,
)
from leeside.packs.conditions import TODAY
from leeside.packs.pack import Pack
from leeside.web.dates import write_day

_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "applies": "Applies", "coming": "Coming", "open": "Not known yet", "deadlines": "By when", "papers": "Papers",
        "asks": "Ask next",
    },
    "ru": {
        "applies": "Действует", "coming": "Вступит в силу", "open": "Пока не известно", "deadlines": "Сроки",
        "papers": "Бумаги", "asks": "Что спросить",
    },
    "uk": {
        "applies": "Діє", "coming": "Набуде чинності", "open": "Поки не відомо", "deadlines": "Строки",
        "papers": "Папери", "asks": "Що запитати",
    },
}  # fmt: skip
_ASKS_SHOWN: Final = 3


def report_of(result: Result, pack: Pack, language: str) -> dict[str, Any]:
    """The answer as plain data. Ids stay beside words, so that a program never has to read a sentence."""
    write = partial(write_day, language=language, today=result.on)
    titles = {letter.id: letter.titles[language] for letter in pack.guide.letters}
    return {
        "pack": pack.name,
        "on": result.on.isoformat(),
        "language": language,
        "applies": [_rule(one, result, pack, language, write) for one in result.applies],
        "coming": [_rule(one, result, pack, language, write) for one in result.coming],
        "open": [
            {"id": one.rule.id, "title": one.rule.words[language].title, "missing": list(one.missing)}
            for one in result.open
        ],
        "deadlines": [_deadline(one, result, language, write) for one in result.deadlines],
        "papers": [{"id": paper, "title": titles[paper]} for paper in result.papers],
        "asks": [
            {
                "fact": ask.fact,
                "label": pack.text(f"question.{ask.fact}.label", language),
                "rules": list(ask.rules),
                "terms": list(ask.terms),
            }
            for ask in result.asks
        ],
    }


def write_report(report: Mapping[str, Any], language: str) -> str:
    """The same as lines for a person."""
    words = _HEADINGS.get(language, _HEADINGS["en"])
    lines: list[str] = []
    for part in ("applies", "coming"):
        lines += _part(words[part], (_rule_line(one) for one in report[part]))
    lines += _part(words["deadlines"], (_deadline_line(one) for one in report["deadlines"]))
    lines += _part(words["papers"], (f"  {one['title']} ({one['id']})" for one in report["papers"]))
    waiting = (f"  {one['title']} ({one['id']}): {', '.join(one['missing'])}" for one in report["open"])
    lines += _part(words["open"], waiting)
    asks = report["asks"][:_ASKS_SHOWN]
    lines += _part(words["asks"], (f"  {one['label']} ({one['fact']})" for one in asks))
    return "\n".join(lines).rstrip("\n")


def _rule(one: RuleResult, result: Result, pack: Pack, language: str, write: WriteDay) -> dict[str, Any]:
    rule = one.rule
    words = rule.words[language]
    return {
        "id": rule.id,
        "gives": rule.gives.value,
        "is_question": rule.is_question,
        "for_lawyer": rule.for_lawyer,
        "title": words.title,
        "why": words.why,
        "act": words.act,
        "how": words.how,
        "care": words.care,
        "because": list(because(rule, {**result.facts, TODAY: result.on}, pack, language, write)),
        "in_force": force_in_words(rule, language, result.on, write),
        "mark": rule.confidence.value,
        "confidence": confidence_in_words(rule, language),
        "review": review_in_words(rule, language, write),
        "sources": list(rule.sources),
        "terms": list(rule.terms),
        "papers": list(rule.papers),
    }


def _deadline(one: Deadline, result: Result, language: str, write: WriteDay) -> dict[str, Any]:
    words = one.term.words[language]
    return {
        "id": one.term.id,
        "title": words.title,
        "act": words.act,
        "remark": words.remark,
        "event": one.event.isoformat() if one.event else None,
        "day": one.day.isoformat() if one.day else None,
        "earliest": one.earliest.isoformat() if one.earliest else None,
        "written": write(one.day) if one.day else "",
        "standing": one.standing.value,
        "stands": standing_in_words(one, language, result.on),
        "count": list(count_in_words(one, language, write)),
        "mark": one.term.confidence.value,
        "confidence": confidence_in_words(one.term, language),
        "rules": list(one.rules),
    }


def _part(heading: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [heading, *found, ""] if found else []


def _rule_line(one: Mapping[str, Any]) -> str:
    mark = "?" if one["is_question"] else "-"
    inner = (one["why"], *one["because"], one["act"], f"{one['in_force']}; {one['confidence']}; {one['review']}")
    return "\n".join([f"  {mark} {one['title']} ({one['id']})", *(f"      {line}" for line in inner if line)])


def _deadline_line(one: Mapping[str, Any]) -> str:
    day = f"{one['written']}: " if one["written"] else ""
    inner = (one["stands"], *one["count"], one["confidence"])
    return "\n".join([f"  {day}{one['title']} ({one['id']})", *(f"      {line}" for line in inner)])

"""The guide's sentences in Russian."""

from typing import Final

from leeside.guide.deadlines import Standing, StepKind
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.guidebook.terms import Unit

STEPS: Final = {
    StepKind.RUNS_FROM: "{length}, отсчёт: {day}.",
    StepKind.EVENT_DAY_OUT: "Сам этот день не считается. Первый день: {day}.",
    StepKind.EVENT_DAY_IN: "Сам этот день считается. Первый день: {day}.",
    StepKind.NO_SUCH_DAY: "В том месяце нет дня с таким числом: берётся последний день месяца.",
    StepKind.ENDS_ON: "Последний день: {day}.",
    StepKind.DAY_OFF: "{day}: выходной.",
    StepKind.MOVES_TO: "Конец переходит на ближайший рабочий день: {day}.",
    StepKind.SKIPS: "Между ними выходные, они не считаются: {days}.",
    StepKind.NOT_DECREED: "Перенос выходных на {year} год ещё не утверждён: день может сдвинуться.",
    StepKind.AT_ONCE: "Сразу, в тот же день: {day}.",
}
RUNS_BEFORE: Final = "{length} до дня: {day}."
EARLIEST: Final = "Может кончиться раньше: {day}."
STANDINGS: Final = {
    Standing.NO_EVENT: "неизвестно, с какого дня считать",
    Standing.NOT_COMPUTED: "день не предлагается: текст акта не видели",
    Standing.AHEAD: "осталось: {days}",
    Standing.TODAY: "сегодня последний день",
    Standing.MISSED: "пропущен, прошло: {days}",
    Standing.PASSED: "истёк, прошло: {days}",
}
RESTORABLE: Final = "суд может восстановить по уважительной причине"
CONFIDENCE: Final = {
    Confidence.OFFICIAL: "видели в официальном тексте",
    Confidence.SECONDARY: "видели в прессе или разъяснении: сверить с текстом",
    Confidence.PARTIAL: "видели частью, остальное по общим сведениям: проверить",
    Confidence.GENERAL: "только по общим сведениям: вопрос для проверки",
}
UNREVIEWED: Final = "юрист это ещё не проверял"
REVIEWED: Final = "проверено: {by}, {day}"

_ONE, _FEW, _TEENS = 1, (2, 3, 4), (11, 12, 13, 14)


def _form(number: int, forms: tuple[str, str, str]) -> str:
    if number % 100 in _TEENS:
        return forms[2]
    return forms[0] if number % 10 == _ONE else forms[1] if number % 10 in _FEW else forms[2]


def days(number: int) -> str:
    """So many days."""
    return f"{number} {_form(number, ('день', 'дня', 'дней'))}"


def length(unit: Unit, number: int) -> str:
    """So many units of a term."""
    forms = {
        Unit.DAYS: ("день", "дня", "дней"),
        Unit.WORKING_DAYS: ("рабочий день", "рабочих дня", "рабочих дней"),
        Unit.MONTHS: ("месяц", "месяца", "месяцев"),
        Unit.AT_ONCE: ("", "", ""),
    }[unit]
    return f"{number} {_form(number, forms)}"

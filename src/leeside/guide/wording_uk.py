"""The guide's sentences in Ukrainian."""

from typing import Final

from leeside.guide.deadlines import Standing, StepKind
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.guidebook.terms import Unit

STEPS: Final = {
    StepKind.RUNS_FROM: "{length}, відлік: {day}.",
    StepKind.EVENT_DAY_OUT: "Сам цей день не рахується. Перший день: {day}.",
    StepKind.EVENT_DAY_IN: "Сам цей день рахується. Перший день: {day}.",
    StepKind.NO_SUCH_DAY: "У тому місяці немає дня з таким числом: береться останній день місяця.",
    StepKind.ENDS_ON: "Останній день: {day}.",
    StepKind.DAY_OFF: "{day}: вихідний.",
    StepKind.MOVES_TO: "Кінець переходить на найближчий робочий день: {day}.",
    StepKind.SKIPS: "Між ними вихідні, вони не рахуються: {days}.",
    StepKind.NOT_DECREED: "Перенесення вихідних на {year} рік ще не затверджене: день може зсунутися.",
    StepKind.AT_ONCE: "Одразу, того самого дня: {day}.",
}
RUNS_BEFORE: Final = "{length} до дня: {day}."
EARLIEST: Final = "Може скінчитися раніше: {day}."
STANDINGS: Final = {
    Standing.NO_EVENT: "невідомо, від якого дня рахувати",
    Standing.NOT_COMPUTED: "день не пропонується: тексту акта не бачили",
    Standing.AHEAD: "лишилося: {days}",
    Standing.TODAY: "сьогодні останній день",
    Standing.MISSED: "пропущено, минуло: {days}",
    Standing.PASSED: "минув, відтоді: {days}",
}
RESTORABLE: Final = "суд може поновити з поважної причини"
CONFIDENCE: Final = {
    Confidence.OFFICIAL: "бачили в офіційному тексті",
    Confidence.SECONDARY: "бачили в пресі чи роз’ясненні: звірити з текстом",
    Confidence.PARTIAL: "бачили частково, решта із загальних відомостей: перевірити",
    Confidence.GENERAL: "лише із загальних відомостей: питання для перевірки",
}
UNREVIEWED: Final = "юрист цього ще не перевіряв"
REVIEWED: Final = "перевірено: {by}, {day}"

_ONE, _FEW, _TEENS = 1, (2, 3, 4), (11, 12, 13, 14)


def _form(number: int, forms: tuple[str, str, str]) -> str:
    if number % 100 in _TEENS:
        return forms[2]
    return forms[0] if number % 10 == _ONE else forms[1] if number % 10 in _FEW else forms[2]


def days(number: int) -> str:
    """So many days."""
    return f"{number} {_form(number, ('день', 'дні', 'днів'))}"


def length(unit: Unit, number: int) -> str:
    """So many units of a term."""
    forms = {
        Unit.DAYS: ("день", "дні", "днів"),
        Unit.WORKING_DAYS: ("робочий день", "робочі дні", "робочих днів"),
        Unit.MONTHS: ("місяць", "місяці", "місяців"),
        Unit.AT_ONCE: ("", "", ""),
    }[unit]
    return f"{number} {_form(number, forms)}"

"""Як довідник права пояснює себе українською."""

from typing import Final

from leeside.guide.deadlines import Standing, StepKind
from leeside.guide.wording import Wording
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.guidebook.terms import Unit

UKRAINIAN: Final = Wording(
    units={
        Unit.DAYS: {"one": "{number} день", "few": "{number} дні", "many": "{number} днів"},
        Unit.WORKING_DAYS: {
            "one": "{number} робочий день",
            "few": "{number} робочі дні",
            "many": "{number} робочих днів",
        },
        Unit.MONTHS: {"one": "{number} місяць", "few": "{number} місяці", "many": "{number} місяців"},
    },
    steps={
        StepKind.RUNS_FROM: "Строк: {count}; день події: {day}.",
        StepKind.EVENT_DAY_OUT: "Сам цей день не рахується; перший день: {day}.",
        StepKind.EVENT_DAY_IN: "Сам цей день рахується першим.",
        StepKind.NO_SUCH_DAY: "Такого числа в цьому місяці немає, береться його останній день: {day}.",
        StepKind.ENDS_ON: "Лік закінчується: {day}.",
        StepKind.DAY_OFF: "Це вихідний.",
        StepKind.MOVES_TO: "Тому останній день – наступний робочий: {day}.",
        StepKind.SKIPS: "{skips}",
        StepKind.NOT_DECREED: "Вихідні {year} року ще не затверджені: день може зсунутися.",
        StepKind.AT_ONCE: "У самий цей день, без зволікання: {day}.",
    },
    runs_before="За {count} до події; день події: {day}.",
    out_before="Сам цей день не рахується; якщо лічити назад, перший день: {day}.",
    day_off_named="Це неробочий день.",
    skips={
        "one": "{number} вихідний усередині строку не рахується.",
        "few": "{number} вихідні всередині строку не рахуються.",
        "many": "{number} вихідних усередині строку не рахуються.",
    },
    earliest="Строк лежить між двома числами; найраніше він може скінчитися: {day}.",
    source="Джерело: {act}",
    standings={
        Standing.NO_EVENT: "не відомий день, від якого лічити",
        Standing.NOT_COMPUTED: "день не пропонується: тексту акта ніхто не бачив",
        Standing.NO_CALENDAR: "день не пропонується: вихідні цієї країни не відомі",
        Standing.AHEAD: "{left}",
        Standing.TODAY: "сьогодні останній день",
        Standing.MISSED: "пропущено {ago}",
        Standing.PASSED: "минув {ago}",
    },
    effects={Standing.AHEAD: "{left}", Standing.TODAY: "сьогодні"},
    days_left={"one": "лишився {number} день", "few": "лишилося {number} дні", "many": "лишилося {number} днів"},
    days_ago={"one": "{number} день тому", "few": "{number} дні тому", "many": "{number} днів тому"},
    restorable="з поважної причини суд може поновити строк",
    confidence={
        Confidence.OFFICIAL: "за офіційним текстом",
        Confidence.SECONDARY: "лише за вторинними джерелами: звірити з офіційним текстом",
        Confidence.PARTIAL: "частину тексту бачили, решта – загальні відомості: перевірити",
        Confidence.GENERAL: "лише загальні відомості: питання для перевірки",
    },
    unsure="{text}; день не підтверджено",
    coming="набуде чинності: {day}",
    in_force="чинне від дати: {day}",
    until="останній день дії: {day}",
    reviewed="перевірено: {by}, {day}",
    unreviewed="юрист цього ще не читав",
    not_known="невідомо",
    fact="{label}: {values}",
)

"""Как справочник права объясняет себя по-русски."""

from typing import Final

from leeside.guide.deadlines import Standing, StepKind
from leeside.guide.wording import Wording
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.guidebook.terms import Unit

RUSSIAN: Final = Wording(
    units={
        Unit.DAYS: {"one": "{number} день", "few": "{number} дня", "many": "{number} дней"},
        Unit.WORKING_DAYS: {
            "one": "{number} рабочий день",
            "few": "{number} рабочих дня",
            "many": "{number} рабочих дней",
        },
        Unit.MONTHS: {"one": "{number} месяц", "few": "{number} месяца", "many": "{number} месяцев"},
    },
    steps={
        StepKind.RUNS_FROM: "Срок: {count}; день события: {day}.",
        StepKind.EVENT_DAY_OUT: "Сам этот день не считается; первый день: {day}.",
        StepKind.EVENT_DAY_IN: "Сам этот день считается первым.",
        StepKind.NO_SUCH_DAY: "Такого числа в этом месяце нет, берётся его последний день: {day}.",
        StepKind.ENDS_ON: "Счёт кончается: {day}.",
        StepKind.DAY_OFF: "Это выходной.",
        StepKind.MOVES_TO: "Поэтому последний день – следующий рабочий: {day}.",
        StepKind.SKIPS: "{skips}",
        StepKind.NOT_DECREED: "Выходные {year} года ещё не утверждены: день может сдвинуться.",
        StepKind.AT_ONCE: "В самый этот день, без промедления: {day}.",
    },
    runs_before="За {count} до события; день события: {day}.",
    out_before="Сам этот день не считается; при счёте назад первый день: {day}.",
    day_off_named="Это нерабочий день.",
    skips={
        "one": "{number} выходной внутри срока не считается.",
        "few": "{number} выходных внутри срока не считаются.",
        "many": "{number} выходных внутри срока не считаются.",
    },
    earliest="Срок лежит между двумя числами; раньше всего он может кончиться: {day}.",
    source="Источник: {act}",
    standings={
        Standing.NO_EVENT: "не известен день, от которого считать",
        Standing.NOT_COMPUTED: "день не предлагается: текста акта никто не видел",
        Standing.NO_CALENDAR: "день не предлагается: выходные этой страны не известны",
        Standing.AHEAD: "{left}",
        Standing.TODAY: "сегодня последний день",
        Standing.MISSED: "пропущен {ago}",
        Standing.PASSED: "прошёл {ago}",
    },
    effects={Standing.AHEAD: "{left}", Standing.TODAY: "сегодня"},
    days_left={"one": "остался {number} день", "few": "осталось {number} дня", "many": "осталось {number} дней"},
    days_ago={"one": "{number} день назад", "few": "{number} дня назад", "many": "{number} дней назад"},
    restorable="по уважительной причине суд может восстановить срок",
    confidence={
        Confidence.OFFICIAL: "по официальному тексту",
        Confidence.SECONDARY: "только по вторичным источникам: сверить с официальным текстом",
        Confidence.PARTIAL: "часть текста видели, остальное – общие сведения: проверить",
        Confidence.GENERAL: "только общие сведения: вопрос для проверки",
    },
    unsure="{text}; день не подтверждён",
    coming="вступит в силу: {day}",
    in_force="в силе с даты: {day}",
    until="последний день действия: {day}",
    reviewed="проверено: {by}, {day}",
    unreviewed="юрист этого ещё не читал",
    not_known="неизвестно",
    fact="{label}: {values}",
)

"""What is written on the drawing of a rule beside the pack's own words, in each language of the guide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from leeside.guide.explaining import confidence_in_words, force_in_words, review_in_words
from leeside.guide.flow import GroupKind
from leeside.packs.conditions import Compare, Contains, DaysFromToday, FactValue, IsIn, Test, Truth
from leeside.packs.guidebook.rules import Rule
from leeside.packs.pack import Pack
from leeside.packs.texts import plural_form

WriteDay = Callable[[date], str]
"""Writes a day out in the language of the drawing."""


@dataclass(frozen=True)
class DrawingWords:
    """The words of one language that only a drawing needs. `{...}` are filled in by the functions below.

    How sure a rule is, since when it is in force and who read it, the guide says the same way everywhere: `explaining`.
    """

    truths: Mapping[Truth, str]
    groups: Mapping[GroupKind, str]
    one_of: str
    among: str
    dates: Mapping[str, str]
    numbers: Mapping[str, str]
    asked_day: str
    days_after: Mapping[str, str]
    days_before: Mapping[str, str]
    case: str
    asked_on: str
    applies: str
    is_question: str
    falls: str
    open: str
    outcome: str
    act: str
    published: str
    for_lawyer: str
    authority: str
    terms: str
    papers: str
    step: str
    leads_on: str
    leads_to: Mapping[str, str]


_RU: Final = DrawingWords(
    truths={Truth.YES: "да", Truth.NO: "нет", Truth.UNKNOWN: "неизвестно"},
    groups={
        GroupKind.ALL: "Нужно всё это:",
        GroupKind.ANY: "Достаточно одного из этого:",
        GroupKind.NONE: "Ничего из этого быть не должно:",
        GroupKind.NOT_ALL: "Всего этого сразу быть не должно:",
    },
    one_of="Это одно из: {values}?",
    among="Среди ответов есть: {value}?",
    dates={
        "at_least": "{day} или позже?",
        "at_most": "{day} или раньше?",
        "more_than": "Позже, чем {day}?",
        "less_than": "Раньше, чем {day}?",
    },
    numbers={
        "at_least": "{number} или больше?",
        "at_most": "{number} или меньше?",
        "more_than": "Больше {number}?",
        "less_than": "Меньше {number}?",
    },
    asked_day="день, на который спрашивают",
    days_after={
        "one": "через {number} день после дня, на который спрашивают",
        "few": "через {number} дня после дня, на который спрашивают",
        "many": "через {number} дней после дня, на который спрашивают",
    },
    days_before={
        "one": "за {number} день до дня, на который спрашивают",
        "few": "за {number} дня до дня, на который спрашивают",
        "many": "за {number} дней до дня, на который спрашивают",
    },
    case="В этом деле: {value}",
    asked_on="Как идёт одно дело на день: {day}. Его путь проведён толстой линией.",
    applies="Правило применяется",
    is_question="Вопрос, который надо проверить; не средство защиты",
    falls="Правило не применяется",
    open="Остаётся открытым: спросить. Пока ответа нет, правило не применяется и не отпадает.",
    outcome="Это дело приходит сюда.",
    act="Акт: {act}",
    published="Акт опубликован: {day}",
    for_lawyer="Сначала решает юрист.",
    authority="Куда: {name}",
    terms="Сроки: {names}",
    papers="Бумаги: {names}",
    step="Вопрос {number}. {text}",
    leads_on="к вопросу {number}",
    leads_to={"applies": "правило применяется", "falls": "правило не применяется"},
)

_UK: Final = DrawingWords(
    truths={Truth.YES: "так", Truth.NO: "ні", Truth.UNKNOWN: "невідомо"},
    groups={
        GroupKind.ALL: "Потрібно все це:",
        GroupKind.ANY: "Досить одного з цього:",
        GroupKind.NONE: "Нічого з цього бути не повинно:",
        GroupKind.NOT_ALL: "Усього цього разом бути не повинно:",
    },
    one_of="Це одне з: {values}?",
    among="Серед відповідей є: {value}?",
    dates={
        "at_least": "{day} або пізніше?",
        "at_most": "{day} або раніше?",
        "more_than": "Пізніше, ніж {day}?",
        "less_than": "Раніше, ніж {day}?",
    },
    numbers={
        "at_least": "{number} або більше?",
        "at_most": "{number} або менше?",
        "more_than": "Більше ніж {number}?",
        "less_than": "Менше ніж {number}?",
    },
    asked_day="день, на який запитують",
    days_after={
        "one": "через {number} день після дня, на який запитують",
        "few": "через {number} дні після дня, на який запитують",
        "many": "через {number} днів після дня, на який запитують",
    },
    days_before={
        "one": "за {number} день до дня, на який запитують",
        "few": "за {number} дні до дня, на який запитують",
        "many": "за {number} днів до дня, на який запитують",
    },
    case="У цій справі: {value}",
    asked_on="Як іде одна справа на день: {day}. Її шлях проведено товстою лінією.",
    applies="Правило застосовується",
    is_question="Питання, яке треба перевірити; не засіб захисту",
    falls="Правило не застосовується",
    open="Лишається відкритим: запитати. Поки відповіді немає, правило не застосовується й не відпадає.",
    outcome="Ця справа приходить сюди.",
    act="Акт: {act}",
    published="Акт опубліковано: {day}",
    for_lawyer="Спершу вирішує юрист.",
    authority="Куди: {name}",
    terms="Строки: {names}",
    papers="Папери: {names}",
    step="Питання {number}. {text}",
    leads_on="до питання {number}",
    leads_to={"applies": "правило застосовується", "falls": "правило не застосовується"},
)

_EN: Final = DrawingWords(
    truths={Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "not known"},
    groups={
        GroupKind.ALL: "All of these are needed:",
        GroupKind.ANY: "One of these is enough:",
        GroupKind.NONE: "None of these may be so:",
        GroupKind.NOT_ALL: "These may not all be so at once:",
    },
    one_of="Is it one of: {values}?",
    among="Is among the answers: {value}?",
    dates={
        "at_least": "{day} or later?",
        "at_most": "{day} or earlier?",
        "more_than": "Later than {day}?",
        "less_than": "Earlier than {day}?",
    },
    numbers={
        "at_least": "{number} or more?",
        "at_most": "{number} or less?",
        "more_than": "More than {number}?",
        "less_than": "Less than {number}?",
    },
    asked_day="the day that is asked about",
    days_after={
        "one": "{number} day after the day that is asked about",
        "other": "{number} days after the day that is asked about",
    },
    days_before={
        "one": "{number} day before the day that is asked about",
        "other": "{number} days before the day that is asked about",
    },
    case="In this case: {value}",
    asked_on="Which way one case goes on {day}: its way is drawn with a thick line.",
    applies="The rule applies",
    is_question="A question to check, not a remedy",
    falls="The rule does not apply",
    open="Still open: ask. Until there is an answer the rule neither applies nor falls.",
    outcome="This case comes out here.",
    act="Act: {act}",
    published="Act published: {day}",
    for_lawyer="A lawyer decides first.",
    authority="To whom: {name}",
    terms="Terms: {names}",
    papers="Papers: {names}",
    step="Question {number}. {text}",
    leads_on="to question {number}",
    leads_to={"applies": "the rule applies", "falls": "the rule does not apply"},
)

_BY_LANGUAGE: Final = {"ru": _RU, "uk": _UK, "en": _EN}


def words_in(language: str) -> DrawingWords:
    """The words of a language. Raises ValueError for one that nobody wrote yet."""
    if language not in _BY_LANGUAGE:
        raise ValueError(f"rules can be drawn in {', '.join(_BY_LANGUAGE)}, not in {language}")
    return _BY_LANGUAGE[language]


class Speaker:
    """Writes tests, values and results in the words of a pack and one language."""

    def __init__(self, pack: Pack, language: str, write_day: WriteDay) -> None:
        self.pack = pack
        self.language = language
        self.words = words_in(language)
        self.write_day = write_day

    def label(self, fact: str) -> str:
        """The few words by which colleagues know a question."""
        question = self.pack.question(fact)
        return fact if question is None else self.pack.text(question.label_key, self.language)

    def test(self, test: Test) -> str:
        """What is asked about that fact."""
        if isinstance(test, IsIn):
            return self._choice(test)
        if isinstance(test, Contains):
            return self.words.among.format(value=self.value(test.fact, test.value))
        if isinstance(test, Compare):
            return self._comparison(test)
        raise ValueError("a rule of law may not ask what we know (`known`)")

    def value(self, fact: str, value: FactValue) -> str:
        """A fact's value; options and days in words."""
        if isinstance(value, (tuple, list)):
            return "; ".join(self.value(fact, each) for each in value)
        question = self.pack.question(fact)
        if question is not None and any(option.id == value for option in question.options):
            return self.pack.option_text(question, str(value), self.language)
        if question is not None and question.kind == "date" and value is not None:
            return self.write_day(value if isinstance(value, date) else date.fromisoformat(str(value)))
        return self.words.truths[Truth.UNKNOWN] if value is None else str(value)

    def result(self, rule: Rule) -> list[str]:
        """What stands at the end where the rule applies, below its title: marks, days, act and what follows."""
        words = self.words
        lines = [words.act.format(act=rule.words[self.language].act)]
        lines.append(self._capital(force_in_words(rule, self.language, rule.since, self.write_day)))
        lines.append(self._capital(confidence_in_words(rule, self.language)))
        if rule.published != rule.since:
            lines.append(words.published.format(day=self.write_day(rule.published)))
        if rule.authority:
            lines.append(words.authority.format(name=self._authority(rule.authority)))
        terms = [term.words[self.language].title for one in rule.terms if (term := self.pack.guide.term(one))]
        papers = [one.titles[self.language] for one in self.pack.guide.letters if one.id in rule.papers]
        lines += [words.terms.format(names="; ".join(terms))] if terms else []
        lines += [words.papers.format(names="; ".join(papers))] if papers else []
        lines += [words.for_lawyer] if rule.for_lawyer else []
        return [*lines, self._capital(review_in_words(rule, self.language, self.write_day))]

    def _choice(self, test: IsIn) -> str:
        values = [self.value(test.fact, value) for value in test.values]
        return f"{values[0]}?" if len(values) == 1 else self.words.one_of.format(values="; ".join(values))

    def _comparison(self, test: Compare) -> str:
        bound = test.bound
        if isinstance(bound, DaysFromToday):
            return self._capital(self.words.dates[test.operator].format(day=self._moving_day(bound.days)))
        if isinstance(bound, str):
            day = self.write_day(date.fromisoformat(bound))
            return self._capital(self.words.dates[test.operator].format(day=day))
        return self.words.numbers[test.operator].format(number=bound)

    def _moving_day(self, days: int) -> str:
        if days == 0:
            return self.words.asked_day
        forms = self.words.days_after if days > 0 else self.words.days_before
        return forms[plural_form(self.language, days)].format(number=abs(days))

    def _authority(self, authority: str) -> str:
        key = f"authority.{authority}"
        return self.pack.text(key, self.language) if self.pack.has_text(key, self.language) else authority

    @staticmethod
    def _capital(text: str) -> str:
        return text[:1].upper() + text[1:]

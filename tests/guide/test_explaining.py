"""What the guide found, in sentences of each language."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import partial
from itertools import product
from typing import ClassVar

import pytest

from guide.making import TUESDAY, a_rule, a_term
from leeside.guide.deadlines import Standing, StepKind, run_term
from leeside.guide.explaining import (
    WORDINGS,
    WriteDay,
    because,
    confidence_in_words,
    count_in_words,
    force_in_words,
    length_in_words,
    review_in_words,
    standing_in_words,
)
from leeside.guide.wording import Wording
from leeside.packs.conditions import TODAY, FactValue
from leeside.packs.guidebook.rules import Confidence, Review
from leeside.packs.guidebook.terms import Term, TermWords, Unit
from leeside.packs.reader import shipped_pack
from leeside.packs.texts import blanks_of, plural_forms
from leeside.web.dates import write_day

PACK = shipped_pack("refusal")
ACTS = {language: TermWords("title", "act 219") for language in WORDINGS}


def written(language: str) -> WriteDay:
    return partial(write_day, language=language, today=date(2026, 1, 1))


def told(term: Term, event: date | None, language: str) -> tuple[str, ...]:
    return count_in_words(run_term(replace(term, words=ACTS), event, TUESDAY), language, written(language))


class TestCounts:
    @pytest.mark.parametrize(
        ("language", "sentences"),
        [
            (
                "en",
                (
                    "15 days from Friday 27 February.",
                    "The day itself does not count; the first day is Saturday 28 February.",
                    "The count ends on Saturday 14 March.",
                    "That is a day off.",
                    "So the last day is the next working day: Monday 16 March.",
                    "Source: act 219",
                ),
            ),
            (
                "ru",
                (
                    "Срок: 15 дней; день события: пятница, 27 февраля.",
                    "Сам этот день не считается; первый день: суббота, 28 февраля.",
                    "Счёт кончается: суббота, 14 марта.",
                    "Это выходной.",
                    "Поэтому последний день – следующий рабочий: понедельник, 16 марта.",
                    "Источник: act 219",
                ),
            ),
            (
                "uk",
                (
                    "Строк: 15 днів; день події: п’ятниця, 27 лютого.",
                    "Сам цей день не рахується; перший день: субота, 28 лютого.",
                    "Лік закінчується: субота, 14 березня.",
                    "Це вихідний.",
                    "Тому останній день – наступний робочий: понеділок, 16 березня.",
                    "Джерело: act 219",
                ),
            ),
        ],
    )
    def test_every_step_is_a_sentence_that_somebody_can_count_after(
        self, language: str, sentences: tuple[str, ...]
    ) -> None:
        assert told(a_term(), date(2026, 2, 27), language) == sentences

    def test_a_term_before_an_event_counts_back(self) -> None:
        term = a_term(count=1, is_before=True, moves_on=False)
        assert told(term, date(2026, 3, 2), "en")[:2] == (
            "1 day before Monday 2 March.",
            "The day itself does not count; counting back, the first day is Sunday 1 March.",
        )

    def test_days_off_that_are_skipped_are_counted_in_the_right_form(self) -> None:
        term = a_term(unit=Unit.WORKING_DAYS, count=5)
        assert "2 выходных внутри срока не считаются." in told(term, date(2023, 12, 11), "ru")
        assert "2 вихідні всередині строку не рахуються." in told(term, date(2023, 12, 11), "uk")
        assert "2 days off in between do not count." in told(term, date(2023, 12, 11), "en")

    def test_a_holiday_a_short_month_a_far_year_and_two_numbers_are_said(self) -> None:
        assert "That is a day off (Defender of the Fatherland Day)." in told(a_term(), date(2024, 2, 8), "en")
        month = told(a_term(unit=Unit.MONTHS, count=3), date(2025, 11, 30), "en")
        assert "That month has no day of this number; its last day is taken: Saturday 28 February." in month
        assert "The days off of 2031 are not fixed yet: the day may still move." in told(
            a_term(), date(2031, 2, 3), "en"
        )
        between = told(a_term(count=10, longest=30, moves_on=False), date(2026, 3, 1), "en")
        assert between[0] == "30 days from Sunday 1 March."
        assert "The term lies between two numbers; its first possible end is Wednesday 11 March." in between

    def test_what_cannot_be_counted_tells_its_source_alone(self) -> None:
        assert told(a_term(), None, "en") == ("Source: act 219",)

    @pytest.mark.parametrize("language", WORDINGS)
    def test_every_shipped_term_can_be_told_in_every_language(self, language: str) -> None:
        for term in PACK.guide.terms:
            for sentence in count_in_words(run_term(term, TUESDAY, TUESDAY), language, written(language)):
                assert sentence
                assert "{" not in sentence


class TestNumbers:
    @pytest.mark.parametrize(
        ("number", "russian", "ukrainian"),
        [
            (1, "1 рабочий день", "1 робочий день"),
            (2, "2 рабочих дня", "2 робочі дні"),
            (5, "5 рабочих дней", "5 робочих днів"),
            (11, "11 рабочих дней", "11 робочих днів"),
            (21, "21 рабочий день", "21 робочий день"),
            (112, "112 рабочих дней", "112 робочих днів"),
        ],
    )
    def test_russian_and_ukrainian_have_three_forms(self, number: int, russian: str, ukrainian: str) -> None:
        assert length_in_words(Unit.WORKING_DAYS, number, "ru") == russian
        assert length_in_words(Unit.WORKING_DAYS, number, "uk") == ukrainian

    @pytest.mark.parametrize("language", WORDINGS)
    def test_every_counted_text_has_the_forms_of_its_language_and_no_others(self, language: str) -> None:
        words = WORDINGS[language]
        for counted in (*words.units.values(), words.skips, words.days_left, words.days_ago):
            assert set(counted) == set(plural_forms(language))


class TestStanding:
    @pytest.mark.parametrize(
        ("on", "more", "said"),
        [
            ("2023-12-10", {}, "3 days left"),
            ("2023-12-12", {}, "1 day left"),
            ("2023-12-13", {}, "today is the last day"),
            ("2023-12-13", {"is_duty": False}, "today"),
            ("2023-12-14", {}, "missed 1 day ago"),
            ("2023-12-15", {"is_restorable": True}, "missed 2 days ago; a court may restore it for a valid reason"),
            ("2023-12-15", {"is_duty": False}, "over 2 days ago"),
            ("2023-12-15", {"may_compute": False}, "no day is proposed: nobody has seen the text of the act"),
        ],
    )
    def test_where_a_term_stands(self, on: str, more: Mapping[str, bool], said: str) -> None:
        day = date.fromisoformat(on)
        assert standing_in_words(run_term(a_term(**more), date(2023, 11, 28), day), "en", day) == said

    def test_a_term_without_its_day_says_so(self) -> None:
        found = run_term(a_term(), None, TUESDAY)
        assert standing_in_words(found, "ru", TUESDAY) == "не известен день, от которого считать"

    @pytest.mark.parametrize(("day", "said"), [(12, "остался 1 день"), (11, "осталось 2 дня"), (1, "осталось 12 дней")])
    def test_days_that_are_left_are_said_in_the_right_form(self, day: int, said: str) -> None:
        on = date(2023, 12, day)
        assert standing_in_words(run_term(a_term(), date(2023, 11, 28), on), "ru", on) == said


class TestRules:
    def test_what_lies_ahead_is_coming_on_its_day(self) -> None:
        rule = a_rule(published=date(2023, 7, 31), since=date(2023, 12, 11))
        write = partial(write_day, today=TUESDAY)
        assert force_in_words(rule, "en", TUESDAY, partial(write, language="en")) == "coming on Monday 11 December"
        assert force_in_words(rule, "ru", TUESDAY, partial(write, language="ru")) == (
            "вступит в силу: понедельник, 11 декабря"
        )
        assert force_in_words(rule, "en", date(2023, 12, 11), partial(write, language="en")) == (
            "in force since Monday 11 December"
        )

    def test_a_day_that_nobody_confirmed_says_so(self) -> None:
        rule = a_rule(since=date(2023, 12, 1), is_since_sure=False, until=date(2023, 12, 31), is_until_sure=False)
        assert force_in_words(rule, "en", TUESDAY, date.isoformat) == (
            "in force since 2023-12-01; the day is not confirmed; in force until 2023-12-31; the day is not confirmed"
        )

    def test_who_read_a_rule_is_said_and_that_nobody_did(self) -> None:
        assert review_in_words(a_rule(), "en", date.isoformat) == "no lawyer has read this yet"
        read = a_rule(review=Review("A. Lawyer", date(2023, 11, 1)))
        assert review_in_words(read, "en", date.isoformat) == "read by A. Lawyer on 2023-11-01"

    @pytest.mark.parametrize(("language", "confidence"), list(product(WORDINGS, Confidence)))
    def test_every_mark_of_confidence_is_said(self, language: str, confidence: Confidence) -> None:
        said = confidence_in_words(a_rule(confidence=confidence), language)
        assert said == confidence_in_words(a_term(confidence=confidence), language)
        assert len({confidence_in_words(a_rule(confidence=each), language) for each in Confidence}) == 4


class TestBecause:
    FACTS: ClassVar[Mapping[str, FactValue]] = {
        "where": "front",
        "presses": ("sent_back", "summons"),
        "learned_on": "2023-11-28",
        "held": "no",
        TODAY: TUESDAY,
    }

    def told(self, when: object, language: str = "en") -> tuple[str, ...]:
        return because(a_rule(when=when), self.FACTS, PACK, language, partial(write_day, language=language))

    def test_facts_are_named_as_the_desk_names_them_each_once(self) -> None:
        when = {
            "all": [
                {"fact": "where", "in": ["front", "unit"]},
                {"fact": "presses", "contains": "summons"},
                {"not": {"fact": "where", "is": "home"}},
            ]
        }
        options = {one.question: ", ".join(one.values) for one in PACK.describe(self.FACTS, "ru")}
        labels = {one.question: one.label for one in PACK.describe(self.FACTS, "ru")}
        assert self.told(when, "ru") == tuple(f"{labels[fact]}: {options[fact]}" for fact in ("where", "presses"))

    def test_days_are_written_out(self) -> None:
        (line,) = self.told({"fact": "learned_on", "at_most": {"days_from_today": 0}})
        assert line.endswith(": Tuesday 28 November 2023")

    @pytest.mark.parametrize(("language", "said"), [("en", "not known"), ("ru", "неизвестно"), ("uk", "невідомо")])
    def test_what_an_open_rule_waits_for_is_not_known(self, language: str, said: str) -> None:
        when = {"all": [{"fact": "where", "is": "front"}, {"fact": "wounded", "is": "yes"}]}
        label = PACK.text("question.wounded.label", language)
        assert self.told(when, language) == (f"{label}: {said}",)

    def test_a_fact_of_another_version_of_the_pack_is_shown_by_its_id(self) -> None:
        assert self.told({"fact": "gone", "is": "yes"}) == ("gone: not known",)

    @pytest.mark.parametrize("language", WORDINGS)
    def test_every_example_of_every_shipped_rule_can_be_told(self, language: str) -> None:
        for rule in PACK.guide.rules:
            for example in rule.examples:
                facts = {**example.facts, TODAY: example.on}
                assert because(rule, facts, PACK, language, date.isoformat), (rule.id, example.name)


class TestTheLanguages:
    def test_the_guide_explains_itself_in_every_language_of_every_shipped_pack(self) -> None:
        assert set(PACK.languages) <= set(WORDINGS)

    @pytest.mark.parametrize("language", WORDINGS)
    def test_nothing_is_left_unsaid(self, language: str) -> None:
        words = WORDINGS[language]
        assert set(words.steps) == set(StepKind)
        assert set(words.standings) == set(Standing)
        assert set(words.confidence) == set(Confidence)
        assert set(words.units) == set(Unit) - {Unit.AT_ONCE}

    @pytest.mark.parametrize("language", ["ru", "uk"])
    def test_each_sentence_has_the_places_of_the_english_one(self, language: str) -> None:
        for field in fields(Wording):
            ours, theirs = getattr(WORDINGS[language], field.name), getattr(WORDINGS["en"], field.name)
            if isinstance(ours, str) and field.name != "day_off_named":
                assert blanks_of(ours) == blanks_of(theirs), field.name
            elif field.name in ("steps", "standings", "effects"):
                assert {key: blanks_of(text) for key, text in ours.items()} == {
                    key: blanks_of(text) for key, text in theirs.items()
                }, field.name

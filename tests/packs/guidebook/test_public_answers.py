"""Public answers: read from the folder of a pack, tied to rules by digests, and kept off the red lines."""

import dataclasses
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from leeside.packs.guidebook.public_answers import Block, PublicAnswer
from leeside.packs.guidebook.reading_answers import split_into_blocks
from leeside.packs.guidebook.red_lines import red_lines_in
from leeside.packs.pack import Pack
from leeside.packs.reader import SHIPPED, check_pack, shipped_pack

DAY = date(2023, 12, 5)
PACK = shipped_pack("refusal")
ONE = PACK.public_answers.answers[0]


@pytest.fixture
def copy_of_refusal(tmp_path: Path) -> Path:
    """The shipped pack, to spoil."""
    return Path(shutil.copytree(SHIPPED / "refusal", tmp_path / "refusal"))


def resting_on(**digests: str) -> PublicAnswer:
    """An answer of 1 December 2023 that rests on these rules."""
    return dataclasses.replace(ONE, as_of=date(2023, 12, 1), rests_on=digests)


# An answer and the rules under it


def test_an_answer_whose_rules_are_as_they_were_has_not_changed() -> None:
    """Broken on purpose: a comparison that takes every digest for another."""
    rule = PACK.guide.rules[0]
    assert resting_on(**{rule.id: rule.digest}).changed_since(PACK.guide, DAY) is None


def test_a_rule_worded_anew_shows_under_the_answer_from_its_own_day_on() -> None:
    """Broken on purpose: `changed_since` without a look at digests."""
    rule = PACK.guide.rules[0]
    assert resting_on(**{rule.id: "0" * 16}).changed_since(PACK.guide, DAY) == date(2023, 12, 1)


@pytest.mark.parametrize(("on", "since"), [(date(2023, 12, 10), None), (date(2023, 12, 11), date(2023, 12, 11))])
def test_a_rule_that_ended_names_the_day_after_its_last(on: date, since: date | None) -> None:
    """Broken on purpose: `until <= on`, which tells it a day early; and `until` instead of the day after."""
    ended = dataclasses.replace(PACK.guide.rules[0], until=date(2023, 12, 10))
    book = dataclasses.replace(PACK.guide, rules=(ended,))
    assert resting_on(**{ended.id: ended.digest}).changed_since(book, on) == since


def test_an_answer_is_not_shown_before_the_day_whose_law_it_states() -> None:
    """Broken on purpose: `shown_on` that shows all."""
    answers = PACK.public_answers
    assert answers.shown_on(date(2023, 11, 30)) == ()
    assert ONE in answers.shown_on(ONE.as_of)


def test_sources_are_named_once_with_those_of_the_rules() -> None:
    """Broken on purpose: sources without those of the rules, and without `dict.fromkeys`."""
    rule = next(one for one in PACK.guide.rules if len(one.sources) > 1)
    answer = dataclasses.replace(resting_on(**{rule.id: rule.digest}), own_sources=(rule.sources[1],))
    assert [one.id for one in answer.sources(PACK.guide)] == [rule.sources[1], rule.sources[0], *rule.sources[2:]]


# Texts


def test_paragraphs_and_lists_are_told_apart() -> None:
    """Broken on purpose: a list whose opening line is lost."""
    assert split_into_blocks("One\ntwo.\n\nThree:\n- four;\n- five.\n") == (
        Block(("One two.",)),
        Block(("Three:",)),
        Block(("four;", "five."), is_list=True),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Вот маршрут через лес", "a way, a border or a patrol"),
        ("Просить защиты за границей", None),
        ("Здайте закордонний паспорт", None),
        ("Просити захисту за кордоном", None),
        ("Перейти кордон уночі", "a way, a border or a patrol"),
        ("how to feign an illness", "a paper or an illness that is not real"),
        ("do not forget the papers", None),
        ("Самовольное отсутствие 10 дней", "a count of days of absence"),
        ("Ответ дают за 30 дней", None),
        ("write to https://example.org", "an address of the net"),
        ("call +7 900 000-00-00", "a number to call"),
        ("55.7558, 37.6173", "a place on the map"),
        ("дать взятку", "money for an official"),
    ],
)
def test_words_of_the_red_lines_are_found_and_plain_ones_left(text: str, found: str | None) -> None:
    """Broken on purpose: each pattern taken out in turn."""
    assert list(red_lines_in(text, may_name_them=False)) == ([found] if found else [])


def test_the_answer_on_red_lines_may_name_them_but_gives_no_address_and_no_count() -> None:
    """Broken on purpose: `may_name_them` for all patterns."""
    assert list(red_lines_in("никаких маршрутов и взяток", may_name_them=True)) == []
    assert list(red_lines_in("отсутствие 10 дней, www.example.org", may_name_them=True)) == [
        "an address of the net",
        "a count of days of absence",
    ]


# What the check of a pack says


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('subject = "line"', 'subject = "cooking"', "subject: there is no subject `cooking` in answers/index.toml."),
        ("[words.en]", '[rests_on]\nnothing = "0123456789abcdef"\n\n[words.en]', "there is no rule `nothing`."),
        ("[words.en]", "[words.de]", "words: there are no words in `en`."),
        ("[words.en]", "[words.de]", "words.de: `de` is no language of this pack."),
        ('as_of = "2023-12-01"', 'as_of = "2023-02-31"', "as_of: '2023-02-31' is not a day of the calendar."),
        ('as_of = "2023-12-01"', 'as_of = "2023-12-01"\nsources = ["S999"]', "there is no source `S999`."),
        ("Write from a device", "Cross the border with a device", "words.en.short: this looks like a way, a border"),
        ("order = 10\n", "", "the key `order` is missing."),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(copy_of_refusal: Path, old: str, new: str, problem: str) -> None:
    """Broken on purpose: each check of `reading_answers` left out in turn."""
    path = copy_of_refusal / "answers" / "write_safely.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(problem in str(one) for one in check_pack(copy_of_refusal))


def test_an_answer_cannot_rest_on_what_nobody_could_know(copy_of_refusal: Path) -> None:
    """Broken on purpose: a check without the day of publication."""
    path = copy_of_refusal / "answers" / "discharge_on_health.toml"
    text = path.read_text(encoding="utf-8").replace('as_of = "2023-12-01"', 'as_of = "2020-01-01"')
    path.write_text(text, encoding="utf-8")
    assert any("nobody could know `discharge_grounds`" in str(one) for one in check_pack(copy_of_refusal))


def test_a_pack_without_the_folder_has_no_answers(tiny: Pack) -> None:
    """Broken on purpose: a folder that every pack must have."""
    assert tiny.public_answers.answers == ()


# The shipped answers


def test_no_shipped_answer_claims_a_check_that_nobody_made() -> None:
    """Broken on purpose: `[checked]` in one of the files."""
    checked: Mapping[str, str] = {one.id: one.checked_by for one in PACK.public_answers.answers if one.checked_by}
    assert checked == {}

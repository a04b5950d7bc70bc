"""The two lists that code names of cases are drawn from: rows, columns and forms, read from the files themselves."""

import csv
import re
from pathlib import Path

import pytest

import leeside

FOLDER = Path(leeside.__file__).parent / "desk" / "codenames"
COLUMNS = {
    "first.tsv": ["en", "ru_m", "ru_f", "ru_n", "ru_p", "uk_m", "uk_f", "uk_n", "uk_p"],
    "second.tsv": ["en", "ru", "ru_gender", "uk", "uk_gender"],
}
AT_LEAST = {"first.tsv": 512, "second.tsv": 1024}
NAMING_COLUMNS = {"first.tsv": ["en", "ru_m", "uk_m"], "second.tsv": ["en", "ru", "uk"]}
LETTERS = {"en": "[a-z]+", "ru": "[а-яё]+", "uk": "[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя]+"}
FIXED_ONLY = {"first.tsv": ["two"], "second.tsv": ["lamps"]}

# Looked up one by one: borrowed words that do not bend, and nouns of the rarer declensions.
UNUSUAL_FOR_THEIR_GENDER = """
    гуаш иглу каноэ кенгуру кофе лелека лоша меню ніч оригами оригамі подорож пони поні північ піч
    такси таксі фламинго фламінго хобби хобі іглу
"""

NAMED_PAIRS = [
    ("Quiet Maple", "Тихий Клён", "Тихий Клен"),
    ("Morning Bridge", "Утренний Мост", "Ранковий Міст"),
    ("Grey Window", "Серое Окно", "Сіре Вікно"),
    ("Long Shadow", "Длинная Тень", "Довга Тінь"),
    ("Dry River", "Сухая Река", "Суха Річка"),
    ("Paper Boat", "Бумажный Кораблик", "Паперовий Кораблик"),
    ("Low Roof", "Низкая Крыша", "Низький Дах"),
    ("White Field", "Белое Поле", "Біле Поле"),
    ("Salt Harbour", "Соляная Гавань", "Соляна Гавань"),
    ("Two Lamps", "Две Лампы", "Дві Лампи"),
    ("Green Ferry", "Зелёный Паром", "Зелений Паром"),
    ("Empty Chair", "Пустой Стул", "Порожній Стілець"),
]

both_files = pytest.mark.parametrize("name", sorted(COLUMNS))


def lines_of(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


def drawn(name: str) -> int:
    found = re.fullmatch(r"# drawn: (\d+)", lines_of(name)[0])
    assert found is not None
    return int(found.group(1))


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(lines_of(name)[1:], delimiter="\t"))


def row_named(name: str, english: str) -> dict[str, str]:
    return next(row for row in rows_of(name) if row["en"] == english.lower())


@both_files
def test_the_first_line_says_how_many_rows_may_be_drawn_and_they_are_enough(name: str) -> None:
    assert AT_LEAST[name] <= drawn(name) <= len(rows_of(name))


@both_files
def test_the_columns_are_the_agreed_ones_and_every_cell_is_filled(name: str) -> None:
    lines = lines_of(name)
    assert lines[1].split("\t") == COLUMNS[name]
    assert [line for line in lines[1:] if len(line.split("\t")) != len(COLUMNS[name])] == []
    assert [row for row in rows_of(name) if not all(row.values())] == []


@both_files
def test_no_word_names_two_rows_in_any_language(name: str) -> None:
    for column in NAMING_COLUMNS[name]:
        words = [row[column].replace("ё", "е") for row in rows_of(name)]
        assert [word for word in words if words.count(word) > 1] == []


@both_files
def test_words_are_single_lower_case_words_in_the_letters_of_their_language(name: str) -> None:
    wrong = [
        (column, row[column])
        for row in rows_of(name)
        for column in COLUMNS[name]
        if not column.endswith("gender") and not re.fullmatch(LETTERS[column[:2]], row[column])
    ]
    assert wrong == []


@both_files
def test_rows_for_fixed_names_stand_at_the_end_and_are_not_drawn(name: str) -> None:
    assert [row["en"] for row in rows_of(name)[drawn(name) :]] == FIXED_ONLY[name]


def test_every_second_word_has_a_gender_that_the_first_word_has_a_form_for() -> None:
    for row in rows_of("second.tsv"):
        assert row["ru_gender"] in set("mfnp")
        assert row["uk_gender"] in set("mfnp")
        assert f"ru_{row['ru_gender']}" in COLUMNS["first.tsv"]
        assert f"uk_{row['uk_gender']}" in COLUMNS["first.tsv"]


def test_first_words_end_as_nominative_adjectives_of_their_gender_do() -> None:
    endings = {
        "ru_m": ("ый", "ий", "ой"),
        "ru_f": ("ая", "яя"),
        "ru_n": ("ое", "ее"),
        "ru_p": ("ые", "ие"),
        "uk_m": ("ий", "ій"),
        "uk_f": ("а", "я"),
        "uk_n": ("е", "є"),
        "uk_p": ("і",),
    }
    for row in rows_of("first.tsv")[: drawn("first.tsv")]:
        assert [c for c, ending in endings.items() if not row[c].endswith(ending)] == []


def test_second_words_look_like_their_gender() -> None:
    usual = {"m": "[бвгґджзйклмнпрстфхцчшщь]", "f": "[аяьі]", "n": "[оеєяё]", "p": "[ыиіїьао]"}
    unusual = [
        word
        for row in rows_of("second.tsv")
        for word, gender in ((row["ru"], row["ru_gender"]), (row["uk"], row["uk_gender"]))
        if not re.fullmatch(usual[gender], word[-1])
    ]
    assert sorted(set(unusual)) == sorted(UNUSUAL_FOR_THEIR_GENDER.split())


@pytest.mark.parametrize(("english", "russian", "ukrainian"), NAMED_PAIRS)
def test_the_names_used_in_the_training_cases_can_be_written(english: str, russian: str, ukrainian: str) -> None:
    first_english, second_english = english.split()
    first, second = row_named("first.tsv", first_english), row_named("second.tsv", second_english)
    in_russian = f"{first['ru_' + second['ru_gender']]} {second['ru']}"
    in_ukrainian = f"{first['uk_' + second['uk_gender']]} {second['uk']}"
    assert in_russian == russian.lower()
    assert in_ukrainian == ukrainian.lower()

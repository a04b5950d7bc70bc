"""Lines of keys: the walk must find every key where tomllib finds it, and on the right line."""

import tomllib
from pathlib import Path

import pytest

from leeside.packs.places import dotted, locate
from leeside.packs.reader import SHIPPED

TEXT = '''# a comment with = and [brackets]
one = 1
"two words" = "a # no comment"
three . four = 'literal \\'

five = [
  "a", # a comment ] with a bracket
  { six = 6, seven = [7, 7] },
  [8, 8],
]
nine = """
text with [[x]]
and a quote \\""" inside"""

[table]
ten = 10

[table.inner]
eleven = 2023-12-05

[[list]]
twelve = true

[[list]]
twelve = false
[list.deep]
thirteen = 13
[[list.many]]
fourteen = "\\\\"
[[list.many]]
fourteen = {  }
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("one",), 2),
        (("two words",), 3),
        (("three",), 4),
        (("three", "four"), 4),
        (("five",), 6),
        (("five", 0), 7),
        (("five", 1), 8),
        (("five", 1, "six"), 8),
        (("five", 1, "seven", 1), 8),
        (("five", 2, 0), 9),
        (("nine",), 11),
        (("table",), 15),
        (("table", "ten"), 16),
        (("table", "inner"), 18),
        (("table", "inner", "eleven"), 19),
        (("list",), 21),
        (("list", 0), 21),
        (("list", 0, "twelve"), 22),
        (("list", 1), 24),
        (("list", 1, "twelve"), 25),
        (("list", 1, "deep", "thirteen"), 27),
        (("list", 1, "many", 0, "fourteen"), 29),
        (("list", 1, "many", 1, "fourteen"), 31),
    ],
)
def test_each_key_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert locate(TEXT).line_of(path) == line


def test_what_has_no_place_stands_where_its_table_does() -> None:
    places = locate(TEXT)
    assert places.line_of(("list", 1, "missing", "more")) == 24
    assert places.line_of(("nowhere",)) == 1
    assert places.line_of(()) == 1


def test_a_path_is_written_as_people_write_it() -> None:
    assert dotted(("folded", 3, "options", 0)) == "folded[3].options[0]"
    assert dotted(()) == ""


def all_paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    found = [path] if path else []
    for key, each in inner:
        found += all_paths(each, (*path, key))
    return found


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*/**/*.toml")), ids=lambda path: path.name)
def test_every_key_of_a_shipped_file_is_found_on_a_line_that_names_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    places = locate(text)
    lines = text.splitlines()
    for path in all_paths(tomllib.loads(text)):
        last = path[-1]
        if isinstance(last, str):
            assert last in lines[places.line_of(path) - 1], path

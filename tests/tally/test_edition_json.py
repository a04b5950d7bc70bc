"""The spelling of an edition, back and forth."""

import json

import pytest

from leeside.tally.cells import FEW, WITHHELD
from leeside.tally.counting import Counts
from leeside.tally.edition_json import (
    dump,
    read_cell,
    read_claims,
    read_definitions,
    read_series,
    read_statements,
    write_cell,
    write_claims,
    write_definitions,
    write_series,
    write_statements,
)
from leeside.tally.editions import Edition
from tally.making import claim, counts_of, definition, dimension, edition


def _rich() -> Edition:
    """An edition with everything in it: hidden months, a table, claims with and without days."""
    counts = Counts(
        {("2023-04", "leave"): 60, ("2023-05", "leave"): 3, ("2023-04", "summons"): 2},
        {("2023-04", "leave", "place", "a"): 30, ("2023-04", "leave", "place", "b"): 28},
    )
    return edition(
        counts,
        last="2023-05",
        definitions=[definition(dimensions=[dimension(months=1)]), definition("all", ("leave", "summons"))],
        claims=[claim("one", ["two"]), claim("two")],
    )


def _through_json(value: object) -> object:
    return json.loads(dump(value))


def test_everything_comes_back_as_it_was() -> None:
    made = _rich()
    assert read_series(_through_json(write_series(made))) == (made.series, made.tables)
    assert read_statements(_through_json(write_statements(made))) == made.statements
    assert read_claims(_through_json(write_claims(made))) == made.claims
    assert read_definitions(_through_json(write_definitions(made))) == made.definitions
    assert any(cell == WITHHELD for series in made.series for cell in series.cells.values())
    assert any(cell == FEW for series in made.series for cell in series.cells.values())


def test_one_value_has_one_spelling() -> None:
    assert dump({"b": 1, "a": "ё"}) == '{\n "a": "ё",\n "b": 1\n}\n'.encode()


def test_a_hidden_number_is_nowhere_in_the_files() -> None:
    made = edition(counts_of(leave={"2023-04": 4444, "2023-05": 3}), last="2023-05")
    text = dump(write_series(made)).decode()
    assert write_cell(FEW) == {"state": "few"}
    assert "4444" in text
    assert '"value": 3' not in text
    assert '"total": null' in text


@pytest.mark.parametrize(
    "plain",
    [
        {"state": "few", "value": 3},
        {"state": "published"},
        {"state": "published", "value": -1},
        {"state": "published", "value": True},
        {"state": "published", "value": "7"},
        {"state": "other", "value": 7},
    ],
)
def test_a_cell_of_another_shape_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"cell|value|CellState"):
        read_cell(plain)

"""The files for a spreadsheet and for a program."""

import csv
import io

from leeside.tally.counting import Counts
from leeside.tally.edition_data import data_csv, data_json
from leeside.tally.editions import Edition
from tally.making import claim, definition, dimension, edition


def _edition() -> Edition:
    values = {("2023-04", "leave", "place", "a"): 62, ("2023-04", "leave", "place", "b"): 40}
    counts = Counts({("2023-04", "leave"): 124, ("2023-05", "leave"): 3, ("2023-04", "summons"): 1}, values)
    figures = [definition(dimensions=[dimension(months=1)]), definition("all", ("leave", "summons"))]
    return edition(counts, last="2023-05", definitions=figures, claims=[claim()])


def test_the_sheet_opens_in_a_spreadsheet_and_tells_what_the_page_tells() -> None:
    content = data_csv(_edition())
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["figure", "from", "to", "dimension", "value", "number", "note"],
        ["requests", "2023-04", "2023-04", "", "", "124", ""],
        ["requests", "2023-05", "2023-05", "", "", "", "fewer than 5"],
        ["all", "2023-04", "2023-04", "", "", "", "withheld"],
        ["all", "2023-05", "2023-05", "", "", "", "fewer than 5"],
        ["requests", "2023-04", "2023-04", "place", "a", "60", "rounded to 5"],
        ["requests", "2023-04", "2023-04", "place", "b", "40", "rounded to 5"],
        ["requests", "2023-04", "2023-04", "place", "c", "20", "rounded to 5"],
    ]


def test_a_sheet_for_other_settings_has_semicolons() -> None:
    assert b"figure;from;to" in data_csv(_edition(), separator=";")


def test_the_data_for_programs_holds_numbers_or_null() -> None:
    data = data_json(_edition())
    requests, every = data["figures"]
    assert requests["months"] == {"2023-04": 124, "2023-05": None}
    assert requests["hidden"] == {"2023-05": "fewer than 5"}
    assert requests["total"] is None
    assert requests["tables"][0]["rows"] == [
        {"from": "2023-04", "to": "2023-04", "numbers": {"a": 60, "b": 40, "c": 20}}
    ]
    assert every["hidden"] == {"2023-04": "withheld", "2023-05": "fewer than 5"}
    assert data["claims"][0]["numbers"] == [22000]

"""What is refused before anything is counted."""

from dataclasses import replace

import pytest

from leeside.tally.definitions import SeriesDefinition, Unit, require_sound_definitions
from leeside.tally.errors import DefinitionError
from tally.making import UNITS, definition, dimension


def test_sound_definitions_pass() -> None:
    require_sound_definitions(
        [definition("leave", ("leave",)), definition("all", ("leave", "summons")), definition("other", ("abroad",))]
    )
    require_sound_definitions([definition("one", dimensions=[dimension()]), definition("two", ("summons",))])


def _without_unit_form() -> SeriesDefinition:
    units = {**UNITS, "ru": Unit({"one": "обращение", "many": "обращений"})}
    texts = dict.fromkeys(UNITS, "text")
    return SeriesDefinition("requests", frozenset({"leave"}), units, texts, texts)


def _without_title() -> SeriesDefinition:
    texts = dict.fromkeys(UNITS, "text")
    return SeriesDefinition("requests", frozenset({"leave"}), UNITS, {"en": "text"}, texts)


def _without_unit() -> SeriesDefinition:
    texts = dict.fromkeys(UNITS, "text")
    return SeriesDefinition("requests", frozenset({"leave"}), {"en": UNITS["en"]}, texts, texts)


@pytest.mark.parametrize(
    ("definitions", "why"),
    [
        ([definition("one"), definition("one", ("summons",))], "same id"),
        ([definition(kinds=())], "counts no kind"),
        ([definition(threshold=-1)], "threshold"),
        ([definition(dimensions=[dimension(threshold=0)])], "threshold"),
        ([definition(dimensions=[dimension(months=2)])], "1, 3 or 12"),
        ([_without_unit_form()], "one, few, many"),
        ([_without_unit()], "unit in 'ru'"),
        ([_without_title()], "title and a text"),
        ([definition("one", ("a", "b")), definition("two", ("b", "c"))], "share some kinds"),
        ([definition("one", ("a",)), definition("two", ("a", "b"), threshold=6)], "same threshold"),
        (
            [
                definition("one", ("a",), dimensions=[dimension()]),
                definition("two", ("a", "b"), dimensions=[dimension()]),
            ],
            "drop one table",
        ),
    ],
)
def test_definitions_that_cannot_be_protected_together_are_refused(
    definitions: list[SeriesDefinition], why: str
) -> None:
    with pytest.raises(DefinitionError, match=why):
        require_sound_definitions(definitions)


def test_a_dimension_needs_a_value_for_what_is_not_listed() -> None:
    with pytest.raises(DefinitionError, match="not listed"):
        require_sound_definitions([definition(dimensions=[replace(dimension(), otherwise="elsewhere")])])


def test_a_unit_without_a_short_name_is_named_in_full() -> None:
    assert Unit({"one": "request to leave"}).form("one") == "request to leave"
    assert UNITS["en"].form("one") == "request"
    assert UNITS["en"].form("one", in_full=True) == "request to leave"

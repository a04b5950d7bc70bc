"""Every limit is positive, fits its field, and stands in docs/format.md."""

from dataclasses import fields
from pathlib import Path

import pytest

from leeside.sealing.limits import LIMITS

FORMAT = Path(__file__).parent.parent.parent / "docs" / "format.md"


@pytest.mark.parametrize("name", [one.name for one in fields(LIMITS)])
def test_every_limit_is_a_number_that_the_format_names(name: str) -> None:
    assert getattr(LIMITS, name) > 0
    assert f"`{name}`" in FORMAT.read_text(encoding="utf-8")


def test_every_sealed_shape_has_a_chapter() -> None:
    from sealing.shapes import SHAPES

    text = FORMAT.read_text(encoding="utf-8")
    for shape in SHAPES:
        assert f"### {shape.heading}\n" in text

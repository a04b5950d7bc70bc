"""What the tests of the recall share: lanes that end with each test."""

from collections.abc import Iterator

import pytest

from leeside.desk.searching.lanes import LANES


@pytest.fixture(autouse=True)
def no_lane_left() -> Iterator[None]:
    """Lanes of one test know nothing of the next one's database; they end with it."""
    yield
    LANES.end()

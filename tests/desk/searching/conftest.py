"""What the tests of the search share: lanes that end with each test, and searching as it is posted."""

from collections.abc import Iterator

import pytest

from desk.searching.found import Ask
from desk.stage import Stage
from leeside.desk.searching.asking import Answer, search
from leeside.desk.searching.lanes import LANES
from leeside.desk.searching.query import read_query


@pytest.fixture(scope="package", autouse=True)
def no_lane_left() -> Iterator[None]:
    """Lanes end with these tests. One serves several of them: it has read the packs and the settings of this
    installation and nothing else, and the child that it forks for each search opens the databases by itself."""
    yield
    LANES.end()


@pytest.fixture
def ask(stage: Stage) -> Ask:
    """Search as somebody: `ask("Wren", "words", kinds=[...], drawers=[...], since="2023-12-01")`."""

    def once(
        name: str, words: str, *, kinds: tuple[str, ...] = (), drawers: tuple[str, ...] = (), **typed: str
    ) -> Answer:
        return search(stage.seat(name), read_query({"words": words, **typed}, list(kinds), list(drawers)))

    return once

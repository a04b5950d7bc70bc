"""The flow of a search, on a real line, with the child that does it."""

from collections.abc import Iterator

import pytest

from desk.stage import Stage, send
from leeside.desk.searching.asking import Answer, search
from leeside.desk.searching.lanes import LANES
from leeside.desk.searching.query import read_query


@pytest.fixture(autouse=True)
def no_lane_left() -> Iterator[None]:
    yield
    LANES.end()


def ask(stage: Stage, name: str, words: str, **typed: str) -> Answer:
    """One search, as it is posted."""
    return search(stage.seat(name), read_query({"words": words, **typed}, [], []))


def slugs(answer: Answer) -> list[str]:
    """The code names found."""
    return [case["slug"] for case in answer.found["cases"]]


def test_a_word_of_a_letter_is_found_by_whoever_may_read_it(stage: Stage) -> None:
    sent = send(stage, text="Лежу в госпитале, паспорта у меня нет.")
    for name, found in (("Heron", [sent.slug]), ("Wren", [sent.slug]), ("Willow", [])):
        assert slugs(ask(stage, name, "паспорт")) == found

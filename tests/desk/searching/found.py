"""What a search found, as tests compare it."""

from collections.abc import Callable

from leeside.desk.searching.asking import Answer

Ask = Callable[..., Answer]


def slugs(answer: Answer) -> set[str]:
    """The code names found."""
    return {case["slug"] for case in answer.found["cases"]}


def lines(answer: Answer) -> list[str]:
    """The lines shown, as plain text."""
    return ["".join(piece for piece, _ in place["line"]) for case in answer.found["cases"] for place in case["places"]]

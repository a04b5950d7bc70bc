"""The condition language as docs/use/packs.md writes it for browsers gives the same answers as the Python."""

import json
import re
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from leeside.packs.conditions import parse_condition

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCUMENT = Path(__file__).parents[2] / "docs" / "use" / "packs.md"
WORDS = ["red", "blue", "2023-12-05", "2023-12-31", "in winter", ""]
SCALARS = [*WORDS, 0, 1, 2.5, -3, True, False]
FACTS = ["a", "b", "c"]


def written(random: Random, depth: int = 3) -> dict[str, object]:
    """One condition of any form, sound in shape."""
    form = random.choice(["all", "any", "not"] if depth and random.random() < 0.5 else ["test"])
    if form == "not":
        return {"not": written(random, depth - 1)}
    if form != "test":
        return {form: [written(random, depth - 1) for _ in range(random.randint(1, 3))]}
    fact = random.choice(FACTS)
    test = random.choice(["is", "in", "contains", "known", "at_least", "at_most", "more_than", "less_than"])
    if test == "in":
        return {"fact": fact, "in": random.sample(SCALARS, random.randint(1, 3))}
    bounds = ["2023-12-05", "2023-12-31", 0, 1, 2.5, {"days_from_today": random.randint(-40, 400)}]
    value = {
        "is": random.choice(SCALARS),
        "contains": random.choice(WORDS),
        "known": random.random() < 0.5,
    }.get(test, random.choice(bounds))
    return {"fact": fact, test: value}


def known(random: Random) -> dict[str, object]:
    """Facts of any kind, some of them absent, empty or of a kind that no test needs."""
    facts: dict[str, object] = {
        fact: random.choice([random.choice(SCALARS), random.sample(WORDS, random.randint(0, 3)), None])
        for fact in FACTS
        if random.random() < 0.8
    }
    if random.random() < 0.8:
        facts["today"] = random.choice(["2023-12-05", "2024-02-28", "2023-12-31"])
    return facts


@pytest.mark.browser
def test_a_browser_answers_as_the_server_does(browser: "Browser") -> None:
    block = re.search(r"```js\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    random = Random(337)
    cases = [(written(random), known(random)) for _ in range(3000)]
    expected = [parse_condition(condition).evaluate(facts).value for condition, facts in cases]  # type: ignore[arg-type]
    page = browser.new_page()
    answers = page.evaluate(
        f"(cases) => {{ {block[1]} return JSON.parse(cases).map(([c, f]) => evaluate(c, f)); }}",
        json.dumps(cases),
    )
    page.close()
    wrong = [(case, want, got) for case, want, got in zip(cases, expected, answers, strict=True) if want != got]
    assert wrong == []
    assert {"yes", "no", "unknown"} == set(expected)

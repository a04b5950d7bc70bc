"""The worked situations of every shipped pack: facts in, exactly these results, days and papers out, and no others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guide.making import TUESDAY, a_book, a_choice, a_date, a_rule, a_term, listed
from leeside.guide.situations import try_situation
from leeside.packs.guidebook.book import Situation
from leeside.packs.pack import Pack
from leeside.packs.reader import SHIPPED, shipped_names, shipped_pack

SITUATIONS = [
    pytest.param(shipped_pack(name), situation, id=f"{name}-{situation.id}")
    for name in shipped_names()
    for situation in shipped_pack(name).guide.situations
]


@pytest.mark.parametrize(("pack", "situation"), SITUATIONS)
def test_a_worked_situation_comes_out_exactly(pack: Pack, situation: Situation) -> None:
    questions = {question.id: question for question in pack.all_questions}
    assert [str(one) for one in try_situation(pack.guide, questions, situation)] == []


@pytest.mark.parametrize(("pack", "situation"), SITUATIONS)
def test_a_worked_situation_says_something(pack: Pack, situation: Situation) -> None:
    assert situation.facts
    assert situation.applies


@pytest.mark.parametrize("name", shipped_names())
def test_no_file_of_a_situation_is_left_unread(name: str) -> None:
    files = {path.stem for path in (SHIPPED / name / "guide" / "situations").rglob("*.toml")}
    assert files == {situation.id for situation in shipped_pack(name).guide.situations}


class TestWhatDiffersIsNamed:
    BOOK = a_book(
        a_rule("help", terms=("term",), papers=("claim_court",)),
        a_rule("open", when={"fact": "held", "is": "yes"}),
        a_rule("ahead", published=date(2023, 7, 31), since=date(2024, 1, 1)),
        terms=(a_term(),),
    )
    QUESTIONS = listed(a_choice("where", "unit"), a_choice("held", "yes", "no"), a_date("learned_on"))
    EXACT = Situation(
        id="exact",
        on=TUESDAY,
        facts={"where": "unit", "learned_on": "2023-11-28"},
        applies=("help",),
        unknown=("open",),
        coming=("ahead",),
        days={"term": date(2023, 12, 13)},
        papers=("claim_court",),
        ask="held",
        words={},
    )

    def differences(self, **changed: object) -> list[str]:
        return [str(one) for one in try_situation(self.BOOK, self.QUESTIONS, replace(self.EXACT, **changed))]  # type: ignore[arg-type]

    def test_nothing_differs_where_everything_is_written(self) -> None:
        assert self.differences() == []

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"applies": ()}, "applies: `help` comes out and is not written"),
            ({"applies": ("help", "other")}, "applies: `other` is written and does not come out"),
            ({"unknown": ()}, "unknown: `open` comes out and is not written"),
            ({"coming": ()}, "coming: `ahead` comes out and is not written"),
            ({"papers": ("claim_court", "red_cross")}, "papers: `red_cross` is written and does not come out"),
            ({"days": {}}, "days: `term` comes out and is not written"),
            ({"days": {"term": date(2023, 12, 14)}}, "days: `term` is 2023-12-13, and 2023-12-14 is written"),
            ({"ask": "where"}, "ask: `fact` is held, and where is written"),
            ({"ask": ""}, "ask: `fact` comes out and is not written"),
        ],
    )
    def test_one_thing_more_or_less_is_found_on_either_side(self, changed: dict[str, object], said: str) -> None:
        assert self.differences(**changed) == [said]

    def test_the_day_decides(self) -> None:
        found = self.differences(on=date(2024, 1, 1) - timedelta(days=1))
        assert found == []
        assert "coming: `ahead` is written and does not come out" in self.differences(on=date(2024, 1, 1))

"""The simplex method, held against trying every number."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeside.tally.linear import Fact, InconsistentError, bounds_of


def test_a_variable_without_facts_has_no_end() -> None:
    assert bounds_of({"x": 1}, []) == (0, None)


def test_a_difference_tells_the_rest() -> None:
    facts = [Fact({"x": 1, "y": 1}, 103, 103), Fact({"x": 1}, 100, 100)]
    assert bounds_of({"y": 1}, facts) == (3, 3)


def test_facts_that_share_nothing_are_not_looked_at() -> None:
    facts = [Fact({"x": 1}, 2, 4), Fact({"y": 1}, 5, 4)]
    assert bounds_of({"x": 1}, facts) == (2, 4)


def test_bounds_are_whole_numbers() -> None:
    assert bounds_of({"x": 1}, [Fact({"x": 2}, 3, 7)]) == (2, 3)


def test_facts_that_cannot_all_be_true_are_said_so() -> None:
    with pytest.raises(InconsistentError):
        bounds_of({"x": 1}, [Fact({"x": 1}, 3, 3), Fact({"x": 1}, most=2)])
    with pytest.raises(InconsistentError):
        bounds_of({"x": 1}, [Fact({"x": 1, "y": 1}, 5, 5), Fact({"x": 1}, 4), Fact({"y": 1}, 4)])


def test_a_sum_with_negative_factors_and_no_end_is_refused() -> None:
    with pytest.raises(ValueError, match="variables only"):
        bounds_of({"x": -1}, [])


NAMES = ("x", "y", "z")
FACTS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from([1, 1, 1, -1]), min_size=1),
        st.integers(-3, 8),
        st.integers(0, 6),
    ),
    max_size=5,
)


@settings(deadline=None)
@given(FACTS)
def test_no_number_that_fits_the_facts_lies_outside_the_bounds(drawn: list[tuple[dict[str, int], int, int]]) -> None:
    most = 9
    facts = [Fact(terms, least, least + width) for terms, least, width in drawn]
    facts += [Fact({name: 1}, most=most) for name in NAMES]
    fitting = [
        values
        for values in product(range(most + 1), repeat=len(NAMES))
        if all(_fits(fact, dict(zip(NAMES, values, strict=True))) for fact in facts)
    ]
    try:
        # The facts are tied to one another, so that all of them are looked at.
        least, largest = bounds_of({"x": 1}, [*facts, Fact(dict.fromkeys(NAMES, 1), most=3 * most)])
    except InconsistentError:
        assert not fitting
        return
    for x, _, _ in fitting:
        assert largest is not None
        assert least <= x <= largest


def _fits(fact: Fact, values: dict[str, int]) -> bool:
    total = sum(factor * values[name] for name, factor in fact.terms.items())
    return (fact.least is None or total >= fact.least) and (fact.most is None or total <= fact.most)

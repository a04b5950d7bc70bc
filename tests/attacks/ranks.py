"""Whether times can be told apart: many tries of several causes in a random order, compared by their ranks.

The order is drawn at random, so whatever else the machine does meets every cause alike: with no difference of ours a
run falls below the bound once in a hundred times, however noisy the machine is, and three runs once in a million.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

LEAST_CHANCE = 0.01
"""Of a whole run; shared out over the pairs of causes that it compares."""
RUNS = 3

Times = Mapping[str, Sequence[float]]


def chance_alike(one: Sequence[float], other: Sequence[float]) -> float:
    """How likely ranks as far apart as these are if both were drawn alike (Mann and Whitney, normal approximation)."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place for place, (_, group) in enumerate(ranked, start=1) if group == 0)
    first, second = len(one), len(other)
    mean = first * (first + second + 1) / 2
    deviation = math.sqrt(first * second * (first + second + 1) / 12)
    return math.erfc(abs(ranks - mean) / deviation / math.sqrt(2))


def interleaved(causes: Sequence[str], tries: int, chance: random.Random) -> list[str]:
    """So many tries in all, each cause as often as the others, in an order that nobody can foresee."""
    order = [cause for cause in causes for _ in range(tries // len(causes))]
    chance.shuffle(order)
    return order


def require_alike(measure: Callable[[], Times]) -> None:
    """Measure; when some pair of causes differs, measure again. Fails when every run saw a difference."""
    for last in (*[False] * (RUNS - 1), True):
        times = measure()
        chances = {pair: chance_alike(times[pair[0]], times[pair[1]]) for pair in combinations(sorted(times), 2)}
        if min(chances.values()) > LEAST_CHANCE / len(chances):
            return
        medians = {cause: sorted(values)[len(values) // 2] for cause, values in times.items()}
        assert not last, (chances, medians)

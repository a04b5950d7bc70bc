"""The least and the largest value of a sum of whole numbers that some linear facts allow. Exact: fractions, no floats.

A small simplex method in two phases, with Bland's rule so that it always ends. It knows nothing of figures; `attack`
asks it what a reader could work out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

Terms = Mapping[str, int]


@dataclass(frozen=True)
class Fact:
    """`least <= sum of coefficient * variable <= most`; every variable is a whole number of zero or more."""

    terms: Terms
    least: int | None = None
    most: int | None = None


class InconsistentError(Exception):
    """No numbers fulfil all facts at once."""


def bounds_of(terms: Terms, facts: Sequence[Fact]) -> tuple[int, int | None]:
    """The least and the largest whole value of a sum under the facts; None when it has no largest one.

    Only facts that are tied to the sum by common variables are looked at. Raises `InconsistentError`.
    """
    tied = _tied_facts(terms, facts)
    names = sorted({name for fact in tied for name in fact.terms} | set(terms))
    program = _Program(names, tied)
    largest = program.largest(terms)
    smallest = program.largest({name: -factor for name, factor in terms.items()})
    if smallest is None:
        raise ValueError("A sum with negative factors may have no least value; ask for sums of variables only.")
    return ceil(-smallest), None if largest is None else floor(largest)


def _tied_facts(terms: Terms, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that share a variable with the sum, or with a fact that does."""
    reached = set(terms)
    tied: list[Fact] = []
    rest = list(facts)
    while True:
        near = [fact for fact in rest if not reached.isdisjoint(fact.terms)]
        if not near:
            return tied
        rest = [fact for fact in rest if reached.isdisjoint(fact.terms)]
        tied += near
        reached.update(name for fact in near for name in fact.terms)


class _Program:
    """Facts as a simplex table: one row for each `sum <= number`, a slack variable each, and a starting point.

    Columns: the variables, the slacks, one helper that is 0 once a starting point is found, and the right side.
    """

    def __init__(self, names: Sequence[str], facts: Sequence[Fact]) -> None:
        """Build the table and find a point that fulfils all facts, or raise `InconsistentError`."""
        self._place = {name: column for column, name in enumerate(names)}
        limits = [
            (sign, fact.terms, sign * limit)
            for fact in facts
            for sign, limit in ((1, fact.most), (-1, fact.least))
            if limit is not None
        ]
        self._helper = len(names) + len(limits)
        self._rows = [self._row(len(names) + place, *limit) for place, limit in enumerate(limits)]
        self._basis = [len(names) + place for place in range(len(limits))]
        self._start()

    def _row(self, slack: int, sign: int, terms: Terms, limit: int) -> list[Fraction]:
        """One row: sign * terms + slack - helper = limit."""
        row = [Fraction(0)] * (self._helper + 2)
        for name, factor in terms.items():
            row[self._place[name]] += sign * factor
        row[slack] = Fraction(1)
        row[self._helper] = Fraction(-1)
        row[-1] = Fraction(limit)
        return row

    def _start(self) -> None:
        """First phase: make the helper 0."""
        if any(row[-1] < 0 for row in self._rows):
            worst = min(range(len(self._rows)), key=lambda place: self._rows[place][-1])
            goal = [Fraction(0)] * (self._helper + 2)
            goal[self._helper] = Fraction(1)
            self._pivot(self._rows, self._basis, goal, worst, self._helper)
            self._improve(self._rows, self._basis, goal)
            if goal[-1] < 0:
                raise InconsistentError
            self._put_helper_out(goal)
        for row in self._rows:
            row[self._helper] = Fraction(0)

    def _put_helper_out(self, goal: list[Fraction]) -> None:
        """Exchange the helper, which is 0 now, for any variable of its row."""
        if self._helper not in self._basis:
            return
        place = self._basis.index(self._helper)
        column = next(column for column in range(self._helper) if self._rows[place][column])
        self._pivot(self._rows, self._basis, goal, place, column)

    def largest(self, terms: Terms) -> Fraction | None:
        """Second phase: the largest value of the sum; None when nothing limits it."""
        rows, basis = [row[:] for row in self._rows], self._basis[:]
        goal = [Fraction(0)] * (self._helper + 2)
        for name, factor in terms.items():
            goal[self._place[name]] -= factor
        for place, column in enumerate(basis):
            if goal[column]:
                _subtract(goal, rows[place], goal[column])
        return goal[-1] if self._improve(rows, basis, goal) else None

    def _improve(self, rows: list[list[Fraction]], basis: list[int], goal: list[Fraction]) -> bool:
        """Walk to the best point, always by the first column and row that help; False when there is no end."""
        while True:
            column = next((column for column in range(self._helper) if goal[column] < 0), None)
            if column is None:
                return True
            steps = [(row[-1] / row[column], basis[place], place) for place, row in enumerate(rows) if row[column] > 0]
            if not steps:
                return False
            self._pivot(rows, basis, goal, min(steps)[2], column)

    @staticmethod
    def _pivot(rows: list[list[Fraction]], basis: list[int], goal: list[Fraction], place: int, column: int) -> None:
        """Bring a column into the basis in the place of a row's own."""
        factor = rows[place][column]
        rows[place] = [number / factor for number in rows[place]]
        for other, row in enumerate(rows):
            if other != place and row[column]:
                _subtract(row, rows[place], row[column])
        _subtract(goal, rows[place], goal[column])
        basis[place] = column


def _subtract(row: list[Fraction], other: Sequence[Fraction], factor: Fraction) -> None:
    """Take a multiple of one row from another."""
    row[:] = [number - factor * taken for number, taken in zip(row, other, strict=True)]

"""The other side: what somebody who reads every edition can work out about a number below the threshold.

The reader knows everything that was ever told: every cell, every "fewer than", every sum in a statement, the sums of
tables' rows, the definitions, and the rules of the control themselves. He writes all of it down as linear facts
about the hidden numbers (`knowledge`) and asks for the least and the largest value that each could have (`linear`).

It shares no code with `disclosure` and `tables`, which decide by rules of their own; the tests hold the two against
each other on random data, and `editions` runs it before anything is published.

What it cannot see: what the reader learned elsewhere, and requests that he filed himself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from leeside.tally.cells import CellState
from leeside.tally.counting import Counts
from leeside.tally.knowledge import Knowledge, Publication, Target, learn
from leeside.tally.linear import bounds_of
from leeside.tally.months import Month


@dataclass(frozen=True)
class Finding:
    """What the reader found: the target lies between `least` and `most`, more narrowly than he may know."""

    target: Target
    least: int
    most: int | None


def find_certain(publications: Sequence[Publication]) -> tuple[Finding, ...]:
    """Numbers of which the reader is sure that they are below the threshold, and knows more than that.

    This needs nothing but what was published; `find_exposed` is stricter. Raises `linear.InconsistentError` when what
    was told cannot all be true, as `find_exposed` does.
    """
    knowledge = learn(publications)
    found = (_bounded(target, knowledge) for target in knowledge.targets)
    return tuple(
        each for each in found if each.most is not None and each.most < each.target.threshold and _is_narrow(each)
    )


def find_exposed(publications: Sequence[Publication], counts: Counts) -> tuple[Finding, ...]:
    """Numbers below the threshold that the reader could narrow down at all, judged with the exact counts at hand.

    A number below the threshold is safe when, for all the reader knows, it could still be anything below it. One that
    an earlier edition told when it was larger, and that a correction has shrunk since, is not exposed: the reader is
    sure of the old number. `counts` are those of the last of the editions. When a told number changed between two
    editions, the change is what was exposed, and it alone is reported.
    """
    changed = find_changed(publications)
    if changed:
        return changed
    knowledge = learn(publications)
    small = (target for target in knowledge.targets if true_value(target, counts) < target.threshold)
    found = (_bounded(target, knowledge) for target in small)
    return tuple(
        each
        for each in found
        if _is_narrow(each)
        and (each.least < each.target.threshold or not _was_told_before(each.target, publications[:-1]))
    )


def find_changed(publications: Sequence[Publication]) -> tuple[Finding, ...]:
    """Months that two editions tell differently, when the change is surely smaller than the threshold, or may be.

    "Fewer than" and then a number is a change too: its size lies between two bounds.
    """
    found = []
    told: dict[tuple[str, Month], tuple[int, int]] = {}
    for publication in publications:
        for series in publication.series:
            for month, cell in series.cells.items():
                if cell.state is CellState.WITHHELD:
                    continue
                now = (0, series.threshold - 1) if cell.value is None else (cell.value, cell.value)
                before = told.setdefault((series.id, month), now)
                least = max(now[0] - before[1], before[0] - now[1], 0)
                if now != before and least < series.threshold:
                    most = max(now[1] - before[0], before[1] - now[0])
                    found.append(Finding(Target((month,), series.kinds, series.threshold, {}), least, most))
                told[series.id, month] = now
    return tuple(found)


def _is_narrow(finding: Finding) -> bool:
    """Whether something below the threshold is ruled out."""
    return finding.least > 0 or (finding.most is not None and finding.most < finding.target.threshold - 1)


def _was_told_before(target: Target, earlier: Sequence[Publication]) -> bool:
    """Whether earlier editions spoke of the month, or of the row of the table."""
    if target.table is not None:
        return any(target.months in table.rows for publication in earlier for table in publication.tables)
    return any(month in series.cells for one in earlier for series in one.series for month in target.months)


def _bounded(target: Target, knowledge: Knowledge) -> Finding:
    """Ask what the facts allow."""
    least, most = bounds_of(target.terms, knowledge.facts)
    return Finding(target, least, most)


def true_value(target: Target, counts: Counts) -> int:
    """The exact number behind a target."""
    whole = sum(counts.of_kinds(target.kinds, month) for month in target.months)
    if target.table is None:
        return whole
    months = {str(month) for month in target.months}
    by_column: dict[str, int] = {}
    for (month, kind, dimension, value), number in counts.by_value.items():
        if month in months and kind in target.kinds and dimension == target.table.dimension:
            by_column[value] = by_column.get(value, 0) + number
    if target.value != target.table.otherwise:
        return by_column.get(target.value, 0)
    return whole - sum(by_column.get(column, 0) for column in target.table.columns if column != target.value)

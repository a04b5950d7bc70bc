"""The control of disclosure for series: which months are told, and which are not.

The rules, in the order of the code (tests follow the same list):
1. A month that an earlier edition told, or hid, stays as it was: later rows never change it, so that no difference
   between two editions rests on the few rows that came late.
2. A month below the threshold is not told; the cell says "fewer than".
3. Where figures lie inside one another (requests to leave; all requests), what is left of the outer one after the
   inner ones that are told must itself reach the threshold, and must leave every hidden figure inside it free to be
   anything below the threshold. Otherwise the figure that comes later in the pack is withheld.
4. No sum over months is told unless all of its months are (`PublishedSeries.sum_of`).

A number below the threshold is looked at only to see that it is: no other cell is decided by how far below it lies, so
that what is withheld cannot be read backwards. `attack` tries all of this from outside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leeside.tally.cells import FEW, WITHHELD, Cell, CellState, PublishedSeries, published
from leeside.tally.counting import Counts
from leeside.tally.definitions import SeriesDefinition, require_sound_definitions
from leeside.tally.errors import DefinitionError
from leeside.tally.months import Month


@dataclass(frozen=True)
class _Told:
    """One figure in one month, as the public would see it."""

    id: str
    kinds: frozenset[str]
    threshold: int
    cell: Cell

    @property
    def value(self) -> int:
        """The number told; 0 for a cell that hides its number (callers look at the state first)."""
        return self.cell.value or 0


def publish_series(
    counts: Counts,
    definitions: Sequence[SeriesDefinition],
    months: Sequence[Month],
    earlier: Sequence[PublishedSeries] = (),
) -> tuple[PublishedSeries, ...]:
    """Decide what is told of each figure in each month.

    `definitions` stand in order of importance: what comes first is withheld last. `earlier` are all series of all
    earlier editions of the line, oldest first. Raises `DefinitionError` when definitions cannot be protected
    together, or when a figure no longer counts what it counted in an earlier edition.
    """
    require_sound_definitions(definitions)
    _require_unchanged(definitions, earlier)
    cells: dict[str, dict[Month, Cell]] = {definition.id: {} for definition in definitions}
    for month in months:
        for told in _publish_month(counts, definitions, month, earlier):
            if told.id in cells:
                cells[told.id][month] = told.cell
    return tuple(
        PublishedSeries(definition.id, definition.kinds, definition.threshold, cells[definition.id])
        for definition in definitions
    )


def _require_unchanged(definitions: Sequence[SeriesDefinition], earlier: Sequence[PublishedSeries]) -> None:
    """An id means the same thing in every edition of a line, or the months of two editions could be subtracted."""
    known = {series.id: (series.kinds, series.threshold) for series in earlier}
    for definition in definitions:
        if known.get(definition.id, (definition.kinds, definition.threshold)) != (
            definition.kinds,
            definition.threshold,
        ):
            raise DefinitionError(f"The figure {definition.id!r} counts something else than before: give it a new id.")
        for series in earlier:
            shared = series.kinds & definition.kinds
            if shared and shared not in (series.kinds, definition.kinds):
                raise DefinitionError(f"The figure {definition.id!r} overlaps {series.id!r} of an earlier edition.")


def _publish_month(
    counts: Counts, definitions: Sequence[SeriesDefinition], month: Month, earlier: Sequence[PublishedSeries]
) -> tuple[_Told, ...]:
    """All figures of one month, those of earlier editions included: frozen ones first, then by importance."""
    frozen = {
        series.id: _Told(series.id, series.kinds, series.threshold, series.cells[month])
        for series in earlier
        if month in series.cells
    }
    told = list(frozen.values())
    for definition in definitions:
        if definition.id in frozen:
            continue
        value = counts.of(definition, month)
        cell = FEW if value < definition.threshold else published(value)
        candidate = _Told(definition.id, definition.kinds, definition.threshold, cell)
        if not is_safe((*told, candidate)):
            candidate = _Told(definition.id, definition.kinds, definition.threshold, WITHHELD)
        told.append(candidate)
    return tuple(told)


def is_safe(told: Sequence[_Told]) -> bool:
    """Rule 3 for all figures told of one month together.

    A figure told inside one that is "fewer than" is a contradiction that only late rows or corrections can make, and
    would show them.
    """
    numbers = [(position, each) for position, each in enumerate(told) if each.cell.state is CellState.PUBLISHED]
    few = [each for each in told if each.cell.state is CellState.FEW]
    if any(inner.kinds <= outer.kinds for _, inner in numbers for outer in few):
        return False
    return all(_rest_is_safe(outer, position, told) for position, outer in numbers)


def _rest_is_safe(outer: _Told, position: int, told: Sequence[_Told]) -> bool:
    """Whether what is left of one told figure, after the told ones inside it, hides what it has to hide.

    With a threshold t, k figures "fewer than" inside and R left over:
    - nothing hidden inside: R must be 0, else late rows show;
    - R is a difference of told numbers: it must reach t;
    - when the k figures are all that is left, each may be anything below t only while R <= (k - 1)(t - 1);
    - when more is left than they, that remainder must be free to be 0 (R <= k(t - 1)) or surely reach t.
    """
    inside = [
        inner
        for place, inner in enumerate(told)
        if inner.cell.state is not CellState.WITHHELD
        and (inner.kinds < outer.kinds or (inner.kinds == outer.kinds and place > position))
    ]
    largest = _largest(inside)
    rest = outer.value - sum(inner.value for inner in largest)
    few = sum(inner.cell.state is CellState.FEW for inner in largest)
    remainder = outer.kinds - frozenset[str]().union(*(inner.kinds for inner in largest))
    most_hidden = outer.threshold - 1
    if not few and not remainder:
        return rest == 0
    if largest and rest < outer.threshold:
        return False
    if not remainder:
        return rest <= (few - 1) * most_hidden
    return not few or rest <= few * most_hidden or rest >= outer.threshold + few * most_hidden


def _largest(inside: Iterable[_Told]) -> list[_Told]:
    """Those figures that lie in no other of the list; of equal ones the first."""
    kept: list[_Told] = []
    for told in sorted(inside, key=lambda each: -len(each.kinds)):
        if not any(told.kinds <= other.kinds for other in kept):
            kept.append(told)
    return kept

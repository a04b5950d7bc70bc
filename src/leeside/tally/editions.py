"""An edition: what it holds, and how one is prepared from counts.

An edition is numbered within its line, tells some months of some figures once and for all, and is never changed.
`prepare_edition` is the only way from counts to an edition; what it returns holds nothing that may not be told, so
that a draft may be shown to a publisher as it is. `edition_folder` writes and reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leeside.tally.attack import find_exposed
from leeside.tally.cells import FEW, Cell, PublishedSeries, PublishedTable, published
from leeside.tally.counting import Counts
from leeside.tally.definitions import MONTH_THRESHOLD, Claim, SeriesDefinition
from leeside.tally.disclosure import publish_series
from leeside.tally.errors import EditionError, Why
from leeside.tally.knowledge import Publication
from leeside.tally.linear import InconsistentError
from leeside.tally.months import Month, months_between
from leeside.tally.statements import Statement, state
from leeside.tally.tables import publish_table


@dataclass(frozen=True)
class Edition:
    """One edition of one line.

    `titles` are the line's, by language. `made` is the day it was approved. `unconfirmed` says how many requests were
    not confirmed yet on that day, by the same rule as a month: a number, or "fewer than". `definitions` are those it
    was counted by, in the order in which figures are shown; `series` and `statements` follow that order.
    """

    line: str
    number: int
    titles: Mapping[str, str]
    made: date
    unconfirmed: Cell
    definitions: tuple[SeriesDefinition, ...]
    series: tuple[PublishedSeries, ...]
    tables: tuple[PublishedTable, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]

    @property
    def months(self) -> tuple[Month, ...]:
        """The months it speaks of, in order."""
        return self.series[0].months

    @property
    def main(self) -> PublishedSeries:
        """The figure that the headline speaks of."""
        return self.series[0]

    def statements_of(self, series: str) -> tuple[Statement, ...]:
        """What is said of one figure, the most telling first."""
        return tuple(statement for statement in self.statements if statement.series == series)

    @property
    def publication(self) -> Publication:
        """What of it an attacker can use."""
        return Publication(self.series, self.tables, tuple(told for each in self.statements for told in each.rests_on))


def prepare_edition(
    counts: Counts,
    definitions: Sequence[SeriesDefinition],
    claims: Sequence[Claim],
    *,
    line: str,
    titles: Mapping[str, str],
    first: Month,
    last: Month,
    today: date,
    unconfirmed: int = 0,
    earlier: Sequence[Edition] = (),
) -> Edition:
    """Make the next edition of a line; nothing is written.

    `earlier` are all editions of the line, in any order: what they told stays as they told it. `unconfirmed` counts
    requests of these months that no counsellor has confirmed yet. Raises `EditionError` when a month has not ended by
    `today`, or when the attack finds a hidden number in what would be told (a fault of ours: nothing is published),
    and `DefinitionError` for definitions that cannot be counted.
    """
    if not definitions:
        raise EditionError("There is no figure to publish: the pack defines none.", Why.NO_FIGURE)
    if not last.has_ended(today):
        words = f"{last} has not ended: a month can be published from the first day of the next one."
        raise EditionError(words, Why.MONTH_RUNNING)
    before = sorted(earlier, key=lambda edition: edition.number)
    series, tables = _control(counts, definitions, months_between(first, last), before)
    edition = Edition(
        line=line,
        number=before[-1].number + 1 if before else 1,
        titles=dict(titles),
        made=today,
        unconfirmed=FEW if unconfirmed < MONTH_THRESHOLD else published(unconfirmed),
        definitions=tuple(definitions),
        series=series,
        tables=tables,
        statements=tuple(
            statement
            for definition, each in zip(definitions, series, strict=True)
            for statement in state(each, definition)
        ),
        claims=tuple(claims),
    )
    _require_safe(edition, before, counts)
    return edition


def _require_safe(edition: Edition, before: Sequence[Edition], counts: Counts) -> None:
    """Let the attack try; `EditionError` when it gets anywhere. Neither error nor log ever says what it found."""
    try:
        exposed = find_exposed([*(each.publication for each in before), edition.publication], counts)
    except InconsistentError:
        words = "Nothing was published: this edition and the earlier ones contradict each other."
        raise EditionError(words, Why.CONTRADICTS) from None
    if exposed:
        raise EditionError("Nothing was published: a hidden number could be worked out from this edition.", Why.EXPOSES)


def _control(
    counts: Counts, definitions: Sequence[SeriesDefinition], months: Sequence[Month], before: Sequence[Edition]
) -> tuple[tuple[PublishedSeries, ...], tuple[PublishedTable, ...]]:
    """Series and tables after disclosure control, held against the editions before, oldest first."""
    earlier_tables = [table for edition in before for table in edition.tables]
    series = publish_series(counts, definitions, months, [each for edition in before for each in edition.series])
    tables = tuple(
        publish_table(counts, definition, dimension, each, earlier_tables)
        for definition, each in zip(definitions, series, strict=True)
        for dimension in definition.dimensions
    )
    return series, tables

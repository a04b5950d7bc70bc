"""An edition as a page shows it: words in one language, rows of the table, claims in groups. No HTTP here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from leeside.figures.chart import ChartWords, draw_as_file, draw_for_page
from leeside.tally.cells import Cell, CellState, PublishedSeries, PublishedTable
from leeside.tally.definitions import Claim, Dimension, SeriesDefinition
from leeside.tally.editions import Edition
from leeside.tally.month_names import write_month, write_span
from leeside.tally.numbers import write_number


@dataclass(frozen=True)
class CellShown:
    """A cell in words; `is_hidden` marks words that stand for a number."""

    text: str
    is_hidden: bool


@dataclass(frozen=True)
class FigureShown:
    """One figure: what it is, what can be said of it, its drawing."""

    id: str
    title: str
    definition: str
    statements: tuple[str, ...]
    drawing: str


@dataclass(frozen=True)
class RowShown:
    """One row of a table: its heading and its cells."""

    heading: str
    cells: tuple[CellShown, ...]


@dataclass(frozen=True)
class TableShown:
    """A figure by one dimension."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[RowShown, ...]
    threshold: int


@dataclass(frozen=True)
class ClaimShown:
    """What somebody else said."""

    who: str
    quote: str
    source: str
    address: str
    caveat: str


@dataclass(frozen=True)
class EditionShown:
    """Everything a page says about an edition.

    `headline` is the most telling finding about the main figure, or its last month where nothing can be said. `claims`
    stand in groups: those of one group contradict each other.
    """

    number: int
    title: str
    span: str
    last_month: str
    made: date
    headline: str
    main: FigureShown
    others: tuple[FigureShown, ...]
    rows: tuple[RowShown, ...]
    total: RowShown | None
    tables: tuple[TableShown, ...]
    claims: tuple[tuple[ClaimShown, ...], ...]
    unconfirmed: CellShown
    has_hidden: bool
    threshold: int


def show_edition(edition: Edition, language: str) -> EditionShown:
    """Put an edition into words. The active language must be `language`: the words around come from gettext."""
    figures = [
        _show_figure(edition, definition, series, language)
        for definition, series in zip(edition.definitions, edition.series, strict=True)
    ]
    cells = [cell for series in edition.series for cell in series.cells.values()]
    return EditionShown(
        number=edition.number,
        title=edition.titles.get(language, edition.line),
        span=write_span(edition.months, language),
        last_month=write_month(edition.months[-1], language),
        made=edition.made,
        headline=headline_of(edition, language),
        main=figures[0],
        others=tuple(figures[1:]),
        rows=_rows(edition, language),
        total=_total_row(edition, language),
        tables=_tables(edition, language),
        claims=_group_claims(edition.claims, language),
        unconfirmed=show_cell(edition.unconfirmed, edition.main.threshold, language),
        has_hidden=any(cell.state is not CellState.PUBLISHED for cell in cells),
        threshold=edition.main.threshold,
    )


def headline_of(edition: Edition, language: str) -> str:
    """The first finding about the main figure; where there is none, the figure and its last month as they are."""
    statements = edition.statements_of(edition.main.id)
    if statements:
        return statements[0].texts[language]
    month = edition.months[-1]
    shown = show_cell(edition.main.cells[month], edition.main.threshold, language)
    return f"{edition.definitions[0].titles[language]}, {write_month(month, language)}: {shown.text}"


def show_cell(cell: Cell, threshold: int, language: str) -> CellShown:
    """A number as the language writes it, or the words that stand for a hidden one."""
    if cell.value is not None:
        return CellShown(write_number(cell.value, language), False)
    if cell.state is CellState.FEW:
        return CellShown(_("fewer than %(number)d") % {"number": threshold}, True)
    return CellShown(_("withheld"), True)


def sheet_for(language: str) -> str:
    """Which of the two CSV files a spreadsheet opens as it is when it is set to this language."""
    return "data.csv" if language == "en" else "data-semicolon.csv"


def chart_file(edition: Edition, series: PublishedSeries, language: str) -> str:
    """The drawing of one figure as a file of its own."""
    definition = next(each for each in edition.definitions if each.id == series.id)
    return draw_as_file(series, language, _chart_words(edition, definition, language))


def _chart_words(edition: Edition, definition: SeriesDefinition, language: str) -> ChartWords:
    """Title, description and source of a drawing."""
    title = f"{definition.titles[language]}, {write_span(edition.months, language)}"
    said = " ".join(statement.texts[language] for statement in edition.statements_of(definition.id))
    source = _("%(line)s, edition %(number)d") % {
        "line": edition.titles.get(language, edition.line),
        "number": edition.number,
    }
    same = _("The table on the page has the same numbers.")
    return ChartWords(title, f"{said} {same}".strip(), source)


def _show_figure(edition: Edition, definition: SeriesDefinition, series: PublishedSeries, language: str) -> FigureShown:
    """One figure in one language."""
    return FigureShown(
        id=series.id,
        title=definition.titles[language],
        definition=definition.texts[language],
        statements=tuple(statement.texts[language] for statement in edition.statements_of(series.id)),
        drawing=draw_for_page(series, language, _chart_words(edition, definition, language)),
    )


def _rows(edition: Edition, language: str) -> tuple[RowShown, ...]:
    """A row a month, a cell a figure."""
    return tuple(
        RowShown(
            write_month(month, language),
            tuple(show_cell(series.cells[month], series.threshold, language) for series in edition.series),
        )
        for month in edition.months
    )


def _total_row(edition: Edition, language: str) -> RowShown | None:
    """The sums, each where all months are told; None when no figure has one."""
    totals = [series.total for series in edition.series]
    if all(total is None for total in totals) or len(edition.months) < 2:
        return None
    cells = [
        CellShown("–", True) if total is None else CellShown(write_number(total, language), False) for total in totals
    ]
    return RowShown(_("Together"), tuple(cells))


def _tables(edition: Edition, language: str) -> tuple[TableShown, ...]:
    """The tables by a dimension that have at least one row that tells something."""
    dimensions = {
        (definition.id, dimension.id): dimension
        for definition in edition.definitions
        for dimension in definition.dimensions
    }
    shown = (_table(table, dimensions[table.series, table.dimension], language) for table in edition.tables)
    return tuple(table for table in shown if table.rows)


def _table(table: PublishedTable, dimension: Dimension, language: str) -> TableShown:
    """One table, turned so that it fits a phone: a row a value, a column a block that tells something."""
    blocks = {block: row for block, row in table.rows.items() if any(cell.value is not None for cell in row)}
    names = [dimension.values[value][language] for value in table.columns]
    rows = [
        RowShown(name, tuple(show_cell(row[place], table.threshold, language) for row in blocks.values()))
        for place, name in enumerate(names)
    ]
    columns = tuple(write_span(block, language) for block in blocks)
    return TableShown(dimension.titles[language], columns, tuple(rows) if blocks else (), table.threshold)


def _group_claims(claims: Sequence[Claim], language: str) -> tuple[tuple[ClaimShown, ...], ...]:
    """Claims in their order, those that contradict each other in one group at the place of the first of them."""
    groups: list[list[Claim]] = []
    for claim in claims:
        near = [group for group in groups if any(_contradict(claim, other) for other in group)]
        joined = [each for group in near for each in group] + [claim]
        place = groups.index(near[0]) if near else len(groups)
        groups = [group for group in groups if group not in near]
        groups.insert(place, joined)
    return tuple(tuple(_show_claim(claim, language) for claim in group) for group in groups)


def _contradict(one: Claim, other: Claim) -> bool:
    """Whether either of two claims names the other."""
    return one.id in other.contradicts or other.id in one.contradicts


def _show_claim(claim: Claim, language: str) -> ClaimShown:
    """One claim in one language."""
    return ClaimShown(
        claim.who[language],
        claim.quotes[language],
        claim.sources.get(language, ""),
        claim.address,
        claim.caveats.get(language, ""),
    )

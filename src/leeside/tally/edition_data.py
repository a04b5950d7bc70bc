"""The two files of an edition that others work with: `data.csv` for a spreadsheet, `data.json` for a program.

Both hold what the page shows and nothing more. They are made from the edition, so anyone can make them again.
"""

import csv
import io
from typing import Any, Final

from leeside.tally.cells import Cell, CellState
from leeside.tally.definitions import SeriesDefinition
from leeside.tally.edition_json import FORMAT, write_claims
from leeside.tally.editions import Edition

#: A spreadsheet takes a UTF-8 file for what it is only when it begins with this mark.
_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_HEAD: Final = ("figure", "from", "to", "dimension", "value", "number", "note")


def data_csv(edition: Edition, *, separator: str = ",") -> bytes:
    """Every cell as one row. A hidden number is empty and its note says why.

    A spreadsheet set to Russian or Ukrainian expects `;` between columns, hence the separator.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for series in edition.series:
        for month, cell in series.cells.items():
            writer.writerow((series.id, month, month, "", "", *_cell_columns(cell, series.threshold)))
    for table in edition.tables:
        for block, row in table.rows.items():
            for column, cell in zip(table.columns, row, strict=True):
                about = (table.series, block[0], block[-1], table.dimension, column)
                writer.writerow((*about, *_cell_columns(cell, table.threshold, rounded=True)))
    return (_MARK + text.getvalue()).encode()


def _cell_columns(cell: Cell, threshold: int, *, rounded: bool = False) -> tuple[str, str]:
    """The number and the note."""
    if cell.value is not None:
        return str(cell.value), "rounded to 5" if rounded else ""
    return "", f"fewer than {threshold}" if cell.state is CellState.FEW else "withheld"


def data_json(edition: Edition) -> dict[str, Any]:
    """The same as plain JSON: a month is a number or null, findings and claims in every language."""
    return {
        "format": FORMAT,
        "line": edition.line,
        "edition": edition.number,
        "titles": dict(edition.titles),
        "made": edition.made.isoformat(),
        "figures": [
            {
                "id": definition.id,
                "titles": dict(definition.titles),
                "definition": dict(definition.texts),
                "threshold": series.threshold,
                "months": {str(month): cell.value for month, cell in series.cells.items()},
                "hidden": {
                    str(month): _cell_columns(cell, series.threshold)[1]
                    for month, cell in series.cells.items()
                    if cell.value is None
                },
                "total": series.total,
                "statements": [dict(each.texts) for each in edition.statements_of(series.id)],
                "tables": _tables_of(edition, definition),
            }
            for definition, series in zip(edition.definitions, edition.series, strict=True)
        ],
        "claims": write_claims(edition)["claims"],
    }


def _tables_of(edition: Edition, definition: SeriesDefinition) -> list[dict[str, Any]]:
    """The tables of one figure: rows of values by column, rounded, null where hidden."""
    titles = {dimension.id: dimension for dimension in definition.dimensions}
    return [
        {
            "dimension": table.dimension,
            "titles": dict(titles[table.dimension].titles),
            "values": {key: dict(texts) for key, texts in titles[table.dimension].values.items()},
            "threshold": table.threshold,
            "rows": [
                {
                    "from": str(block[0]),
                    "to": str(block[-1]),
                    "numbers": {column: cell.value for column, cell in zip(table.columns, row, strict=True)},
                }
                for block, row in table.rows.items()
            ],
        }
        for table in edition.tables
        if table.series == definition.id
    ]

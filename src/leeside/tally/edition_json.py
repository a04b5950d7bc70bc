"""The spelling of an edition: one file of JSON for each of its parts, and back again.

The rule of change: a reader takes `FORMAT` and nothing else. A new key needs a new number, and readers of that number
go on reading this one. What was published is never rewritten.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from leeside.tally.cells import Cell, CellState, PublishedSeries, PublishedTable
from leeside.tally.definitions import Claim, Dimension, SeriesDefinition, Unit
from leeside.tally.editions import Edition
from leeside.tally.months import Month, parse_month
from leeside.tally.statements import Statement, SumTold

FORMAT: Final = 1


def dump(value: object) -> bytes:
    """JSON as we write it: sorted keys, one space of indent, UTF-8, a line end. One value has one spelling."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def write_series(edition: Edition) -> dict[str, Any]:
    """`series.json`: every cell of every figure and table."""
    return {
        "format": FORMAT,
        "series": [
            {
                "id": series.id,
                "kinds": sorted(series.kinds),
                "threshold": series.threshold,
                "months": {str(month): write_cell(cell) for month, cell in series.cells.items()},
                "total": series.total,
            }
            for series in edition.series
        ],
        "tables": [
            {
                "series": table.series,
                "dimension": table.dimension,
                "threshold": table.threshold,
                "columns": list(table.columns),
                "otherwise": table.otherwise,
                "rows": [
                    {"months": _write_months(block), "cells": [write_cell(cell) for cell in row]}
                    for block, row in table.rows.items()
                ],
            }
            for table in edition.tables
        ],
    }


def read_series(plain: Any) -> tuple[tuple[PublishedSeries, ...], tuple[PublishedTable, ...]]:
    """The other way round. Raises `KeyError`, `TypeError` or `ValueError` for another shape."""
    series = tuple(
        PublishedSeries(
            each["id"],
            frozenset(each["kinds"]),
            int(each["threshold"]),
            {parse_month(month): read_cell(cell) for month, cell in each["months"].items()},
        )
        for each in plain["series"]
    )
    tables = tuple(
        PublishedTable(
            each["series"],
            each["dimension"],
            int(each["threshold"]),
            tuple(each["columns"]),
            each["otherwise"],
            {_read_months(row["months"]): tuple(map(read_cell, row["cells"])) for row in each["rows"]},
        )
        for each in plain["tables"]
    )
    return series, tables


def write_statements(edition: Edition) -> dict[str, Any]:
    """`statements.json`: every finding in every language, with the sums it rests on."""
    return {
        "format": FORMAT,
        "statements": [
            {
                "kind": statement.kind,
                "series": statement.series,
                "texts": dict(statement.texts),
                "rests_on": [
                    {"series": told.series, "months": _write_months(told.months), "value": told.value}
                    for told in statement.rests_on
                ],
            }
            for statement in edition.statements
        ],
    }


def read_statements(plain: Any) -> tuple[Statement, ...]:
    """The other way round; errors as in `read_series`."""
    return tuple(
        Statement(
            each["kind"],
            each["series"],
            dict(each["texts"]),
            tuple(
                SumTold(told["series"], _read_months(told["months"]), int(told["value"])) for told in each["rests_on"]
            ),
        )
        for each in plain["statements"]
    )


def write_claims(edition: Edition) -> dict[str, Any]:
    """`claims.json`: what others say."""
    return {"format": FORMAT, "claims": [_write_claim(claim) for claim in edition.claims]}


def _write_claim(claim: Claim) -> dict[str, Any]:
    """One claim; days as ISO dates or null."""
    return {
        "id": claim.id,
        "who": dict(claim.who),
        "quotes": dict(claim.quotes),
        "published": claim.published.isoformat() if claim.published else None,
        "as_of": claim.as_of.isoformat() if claim.as_of else None,
        "address": claim.address,
        "numbers": list(claim.numbers),
        "sources": dict(claim.sources),
        "caveats": dict(claim.caveats),
        "contradicts": list(claim.contradicts),
    }


def read_claims(plain: Any) -> tuple[Claim, ...]:
    """The other way round; errors as in `read_series`."""
    return tuple(
        Claim(
            id=each["id"],
            who=dict(each["who"]),
            quotes=dict(each["quotes"]),
            published=date.fromisoformat(each["published"]) if each["published"] else None,
            as_of=date.fromisoformat(each["as_of"]) if each["as_of"] else None,
            address=str(each["address"]),
            numbers=tuple(map(int, each["numbers"])),
            sources=dict(each["sources"]),
            caveats=dict(each["caveats"]),
            contradicts=tuple(each["contradicts"]),
        )
        for each in plain["claims"]
    )


def write_definitions(edition: Edition) -> dict[str, Any]:
    """`definitions.json`: what each figure counts, in the order in which figures are shown."""
    return {
        "format": FORMAT,
        "definitions": [
            {
                "id": definition.id,
                "kinds": sorted(definition.kinds),
                "units": {
                    language: {"full": dict(unit.full), "short": dict(unit.short)}
                    for language, unit in definition.units.items()
                },
                "titles": dict(definition.titles),
                "texts": dict(definition.texts),
                "threshold": definition.threshold,
                "dimensions": [
                    {
                        "id": dimension.id,
                        "titles": dict(dimension.titles),
                        "values": [{"id": key, "texts": dict(texts)} for key, texts in dimension.values.items()],
                        "otherwise": dimension.otherwise,
                        "threshold": dimension.threshold,
                        "months_in_row": dimension.months_in_row,
                    }
                    for dimension in definition.dimensions
                ],
            }
            for definition in edition.definitions
        ],
    }


def read_definitions(plain: Any) -> tuple[SeriesDefinition, ...]:
    """The other way round; errors as in `read_series`."""
    return tuple(
        SeriesDefinition(
            id=each["id"],
            kinds=frozenset(each["kinds"]),
            units={code: Unit(dict(unit["full"]), dict(unit["short"])) for code, unit in each["units"].items()},
            titles=dict(each["titles"]),
            texts=dict(each["texts"]),
            threshold=int(each["threshold"]),
            dimensions=tuple(map(_read_dimension, each["dimensions"])),
        )
        for each in plain["definitions"]
    )


def _read_dimension(plain: Any) -> Dimension:
    """One dimension."""
    return Dimension(
        id=plain["id"],
        titles=dict(plain["titles"]),
        values={value["id"]: dict(value["texts"]) for value in plain["values"]},
        otherwise=plain["otherwise"],
        threshold=int(plain["threshold"]),
        months_in_row=int(plain["months_in_row"]),
    )


def write_cell(cell: Cell) -> dict[str, Any]:
    """A cell; the key `value` stands there only when the number is told."""
    return {"state": cell.state.value} if cell.value is None else {"state": cell.state.value, "value": cell.value}


def read_cell(plain: Mapping[str, Any]) -> Cell:
    """A cell; `ValueError` when state and value do not go together."""
    value = plain.get("value")
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ValueError("a cell's value is a whole number")
    return Cell(CellState(plain["state"]), value)


def _write_months(months: Sequence[Month]) -> list[str]:
    """Months as text."""
    return [str(month) for month in months]


def _read_months(plain: Sequence[str]) -> tuple[Month, ...]:
    """Months from text."""
    return tuple(map(parse_month, plain))

"""The table on standard input: its encoding, its delimiter, its rows one by one. It is never held whole.

Rules:
1. UTF-8, with or without its mark, and nothing else, unless every byte of a file that is no UTF-8 is a letter of
   cp1251: both are decoded strictly, so that no letter is guessed.
2. The delimiter is the one of comma, semicolon and tab with which the headings are those that the mapping names.
3. A heading that is neither mapped nor ignored, one that is missing, and one that comes twice are refused.
4. A row with more or fewer cells than headings is refused, alone.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from leeside.project.errors import ProjectError
from leeside.project.importing.mapping import TableMapping

DELIMITERS: Final = (",", ";", "\t")
ENCODINGS: Final = ("utf-8-sig", "cp1251")
MOST_CELL: Final = 200_000
_BLOCK: Final = 1 << 16


class TableError(ProjectError):
    """The table as a whole cannot be read; the text says why."""

    exit_status = 2


@dataclass(frozen=True)
class Line:
    """One row: the number of its first line in the file, its cells by heading, or `is_ragged` when they do not fit."""

    number: int
    cells: dict[str, str] = field(repr=False)
    is_ragged: bool = False


def find_encoding(stream: BinaryIO) -> str:
    """The encoding of the whole stream, which is read to its end and put back to its beginning."""
    for encoding in ENCODINGS:
        stream.seek(0)
        if _decodes(stream, encoding):
            stream.seek(0)
            return encoding
    raise TableError("the table is neither UTF-8 nor cp1251, strictly read; save it as UTF-8")


def read_lines(stream: BinaryIO, encoding: str, mapping: TableMapping) -> Iterator[Line]:
    """The rows, one by one. Raises TableError for headings that do not fit, or a table that breaks off."""
    csv.field_size_limit(MOST_CELL)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="")
    try:
        first = text.readline()
        delimiter, headings = _headings(first, mapping)
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        number = 2
        for cells in reader:
            if any(cell.strip() for cell in cells):
                is_ragged = len(cells) != len(headings)
                yield Line(number, {} if is_ragged else dict(zip(headings, cells, strict=True)), is_ragged)
            number = reader.line_num + 2
    except UnicodeDecodeError:
        raise TableError(f"the table is not {encoding} throughout") from None
    except csv.Error as error:
        raise TableError(f"the table breaks off: {error}") from None
    finally:
        text.detach()


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _headings(first: str, mapping: TableMapping) -> tuple[str, list[str]]:
    best: set[str] | None = None
    for delimiter in DELIMITERS:
        try:
            headings = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter, strict=True), [])]
        except csv.Error:
            continue
        missing = set(mapping.named) - set(headings)
        if not missing:
            _require_each_once(headings, mapping)
            return delimiter, headings
        best = missing if best is None or len(missing) < len(best) else best
    raise TableError(f"the table has no column {', '.join(sorted(best or mapping.named))}")


def _require_each_once(headings: list[str], mapping: TableMapping) -> None:
    twice = sorted({one for one in headings if headings.count(one) > 1})
    if twice:
        raise TableError(f"these headings come twice: {', '.join(twice)}")
    left = sorted(set(headings) - mapping.named - mapping.ignored)
    if left:
        raise TableError(f"these columns are neither mapped nor ignored: {', '.join(left)}")

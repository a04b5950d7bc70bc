"""The mapping file: which column answers which question, and which value means which option.

    language = "ru"                   one of the pack's; or language_column, whose cells say it
    voice = "self"                    who wrote, as the form understands it (may be left out)
    day_column = "received"           the day on which each case came
    day_format = "%d.%m.%Y"           ISO days when it is left out
    ignored = ["number", "phone 2"]   columns that stay behind, named one by one

    [constants]                       the same answer for every row
    wants = "leave_service"

    [[columns]]
    name = "where"                    the column's heading
    question = "where"                the pack's question
    separator = ";"                   between several values, for questions that take several
    [columns.values]                  cell -> option; without it a cell must be the option itself
    "in a unit" = "unit"

Every column of the table is either mapped or ignored: nothing stays behind unnoticed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from leeside.packs.pack import Pack
from leeside.project.errors import ProjectError

_ROOT: Final = {"language", "language_column", "voice", "day_column", "day_format", "ignored", "constants", "columns"}
_COLUMN: Final = {"name", "question", "separator", "values"}


class MappingError(ProjectError):
    """The mapping file is wrong; the text says where."""

    exit_status = 2


@dataclass(frozen=True)
class Column:
    """One mapped column. `values` is empty when cells are options, days or texts themselves."""

    name: str
    question: str
    separator: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableMapping:
    """The whole mapping, checked against the line's pack."""

    columns: tuple[Column, ...]
    constants: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    day_column: str
    day_format: str
    language: str
    language_column: str
    voice: str

    @property
    def named(self) -> frozenset[str]:
        """Every heading that the mapping asks for."""
        extra = {self.day_column, self.language_column} - {""}
        return frozenset({one.name for one in self.columns} | extra)


def read_mapping(path: Path, pack: Pack) -> TableMapping:
    """Read and check a mapping file. Raises MappingError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path} is no TOML: {error}") from None
    _require_known(raw, _ROOT, "the mapping")
    columns = tuple(_column(one, pack) for one in _tables(raw.get("columns", []), "columns"))
    if not columns:
        raise MappingError("columns: map at least one column")
    mapping = TableMapping(
        columns=columns,
        constants=_constants(raw.get("constants", {}), pack),
        ignored=frozenset(_texts(raw.get("ignored", []), "ignored")),
        day_column=_text(raw, "day_column"),
        day_format=_text(raw, "day_format"),
        language=_text(raw, "language"),
        language_column=_text(raw, "language_column"),
        voice=_text(raw, "voice"),
    )
    _require_whole(mapping, pack)
    return mapping


def _require_whole(mapping: TableMapping, pack: Pack) -> None:
    if not mapping.day_column:
        raise MappingError("day_column: name the column with the day on which each case came")
    if bool(mapping.language) == bool(mapping.language_column):
        raise MappingError("language: say either language or language_column")
    if mapping.language and mapping.language not in pack.languages:
        raise MappingError(f"language: the pack has {', '.join(pack.languages)}")
    if mapping.voice and mapping.voice not in {one.id for one in pack.voices}:
        raise MappingError(f"voice: the pack has {', '.join(one.id for one in pack.voices)}")
    names = [one.name for one in mapping.columns]
    twice = {one for one in names if names.count(one) > 1} | (mapping.named & mapping.ignored)
    if twice:
        raise MappingError(f"columns: named twice: {', '.join(sorted(twice))}")


def _column(raw: Mapping[str, Any], pack: Pack) -> Column:
    _require_known(raw, _COLUMN, "columns")
    name, question_id = _text(raw, "name"), _text(raw, "question")
    question = pack.question(question_id)
    if not name or question is None:
        raise MappingError(f"columns: {name or 'a column without name'}: the pack has no question {question_id!r}")
    values = raw.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(one, str) for one in values.values()):
        raise MappingError(f"columns: {name}: values is a table of texts")
    options = {one.id for one in question.options}
    unknown = sorted(set(values.values()) - options - {""}) if options else sorted(values)
    if unknown:
        raise MappingError(f"columns: {name}: {question_id} has no option {', '.join(unknown)}")
    separator = _text(raw, "separator")
    if separator and question.kind != "many":
        raise MappingError(f"columns: {name}: {question_id} takes one value, so it has no separator")
    return Column(name, question_id, separator, dict(values))


def _constants(raw: object, pack: Pack) -> dict[str, tuple[str, ...]]:
    if not isinstance(raw, dict):
        raise MappingError("constants: a table of answers")
    found = {}
    for key, value in raw.items():
        if pack.question(key) is None:
            raise MappingError(f"constants: the pack has no question {key!r}")
        found[key] = (value,) if isinstance(value, str) else tuple(_texts(value, f"constants: {key}"))
    problems = pack.read_answers({key: list(values) for key, values in found.items()}, known={}).problems
    if problems:
        raise MappingError(f"constants: {', '.join(sorted(problems))}: the pack does not take this")
    return found


def _require_known(raw: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(raw) - known)
    if unknown:
        raise MappingError(f"{where} does not know: {', '.join(unknown)}")


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str):
        raise MappingError(f"{key}: a text is expected")
    return value


def _texts(raw: object, where: str) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise MappingError(f"{where}: a list of texts is expected")
    return raw


def _tables(raw: object, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise MappingError(f"[[{where}]]: tables are expected")
    return raw

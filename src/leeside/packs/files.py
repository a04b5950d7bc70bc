"""Reads the files of a pack's folder into plain tables, and collects what is wrong with them.

Nothing here knows what a pack means: it only knows files, TOML, the shapes of the schemas, and where things stand.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from leeside.packs import shapes
from leeside.packs.errors import PackProblem
from leeside.packs.places import Path as KeyPath
from leeside.packs.places import Places, dotted, locate

FILE_NAMES: Final = ("pack", "questions", "rules", "casework", "figures", "claims", "team")
"""The files that every pack has, without their ending; each has a schema of the same name."""

LIMIT_FILE_BYTES: Final = 500_000
"""A larger file is no file of a pack: it is refused unread."""

_TOML_POSITION: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass
class Findings:
    """Problems as they are found. The only object of the reader that changes."""

    problems: list[PackProblem] = field(default_factory=list)
    _noted: set[PackProblem] = field(default_factory=set)

    def add(self, file: str, line: int, key: str, message: str) -> None:
        """Notes one problem; the same one is noted once."""
        problem = PackProblem(file, line, key, message)
        if problem not in self._noted:
            self._noted.add(problem)
            self.problems.append(problem)

    def in_order(self) -> tuple[PackProblem, ...]:
        """All problems by file and line."""
        return tuple(sorted(self.problems))


@dataclass(frozen=True)
class PackFile:
    """One file that was read: its name relative to the folder, its tables, and where each key stands."""

    name: str
    table: Mapping[str, Any]
    places: Places

    def note(self, findings: Findings, path: KeyPath, message: str) -> None:
        """Notes a problem of this file at `path`."""
        findings.add(self.name, self.places.line_of(path), dotted(path), message)


def read_file(folder: Path, name: str, findings: Findings) -> PackFile | None:
    """The TOML file `name` of the folder, or None with the reason noted."""
    path = folder / name
    try:
        if path.stat().st_size > LIMIT_FILE_BYTES:
            findings.add(name, 0, "", f"the file has more than {LIMIT_FILE_BYTES} bytes.")
            return None
        content = path.read_bytes()
    except FileNotFoundError:
        findings.add(name, 0, "", "the file is missing.")
        return None
    except OSError as refused:
        findings.add(name, 0, "", f"the file cannot be read ({refused.strerror}).")
        return None
    return parse_file(name, content, findings)


def parse_file(name: str, content: bytes, findings: Findings) -> PackFile | None:
    """The same of what a file called `name` would hold."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as broken:
        line = content.count(b"\n", 0, broken.start) + 1
        findings.add(name, line, "", "the file is not written in UTF-8.")
        return None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        position = _TOML_POSITION.search(str(broken))
        last = text.count("\n") + 1
        line = int(position[1]) if position and position[1] else last
        findings.add(name, line, "", f"this is no TOML: {_TOML_POSITION.sub('', str(broken)).rstrip('.')}.")
        return None
    except (RecursionError, ValueError):
        # TOML has no limit for nesting and for digits; the reader of Python has both.
        findings.add(name, 0, "", "this is nested too deeply, or a number in it is too long.")
        return None
    return PackFile(name, table, locate(text.replace("\r\n", "\n")))


def read_shaped(folder: Path, name: str, findings: Findings) -> PackFile | None:
    """The file `name`.toml if its shape is that of the schema `name`, else None with every fault noted."""
    return read_shaped_as(folder, f"{name}.toml", name, findings)


def read_shaped_as(folder: Path, name: str, schema: str, findings: Findings) -> PackFile | None:
    """The file `name` (with its ending) if its shape is that of `schema`, else None with every fault noted."""
    file = read_file(folder, name, findings)
    return None if file is None else shaped_as(file, schema, findings)


def shaped_as(file: PackFile, schema: str, findings: Findings) -> PackFile | None:
    """The file if its shape is that of `schema`, else None with every fault noted."""
    faults = shapes.faults_of(file.table, shapes.load_schema(schema))
    for path, message in faults:
        file.note(findings, path, message)
    return None if faults else file

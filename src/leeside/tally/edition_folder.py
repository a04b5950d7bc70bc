"""An edition's folder: written once, whole or not at all, and checked whenever it is read.

`<editions>/<line>/<number>/` holds the files of `edition_json` and `edition_data` and a `manifest.json` with the
size and SHA-256 of each. The manifest has a place for a signature; the key that makes it is never on the server. What
is signed is the manifest with `signature` null, spelled by `edition_json.dump`.

Rules, in the order of the code:
1. A number that exists is never written again, whatever lies there.
2. Everything is written into a folder beside it, flushed to the disk, and renamed into place.
3. A folder is read only when manifest and files are all there and every size and hash is right.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from leeside.tally.edition_data import data_csv, data_json
from leeside.tally.edition_json import (
    FORMAT,
    dump,
    read_cell,
    read_claims,
    read_definitions,
    read_series,
    read_statements,
    write_cell,
    write_claims,
    write_definitions,
    write_series,
    write_statements,
)
from leeside.tally.editions import Edition
from leeside.tally.errors import DamagedEditionError, EditionError, TallyError, Why

MANIFEST: Final = "manifest.json"
#: Files that make the edition; the others are made from it for those who read it elsewhere.
_PARTS: Final = ("series.json", "statements.json", "claims.json", "definitions.json")
#: Files that may be fetched, with their media types.
PUBLIC_FILES: Final = {
    MANIFEST: "application/json",
    **dict.fromkeys(_PARTS, "application/json"),
    "data.json": "application/json",
    "data.csv": "text/csv; charset=utf-8",
    "data-semicolon.csv": "text/csv; charset=utf-8",
}
_LINE: Final = re.compile("[a-z0-9][a-z0-9-]{0,62}")
_NUMBER: Final = re.compile("[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class Shelf:
    """What lies in a line's folder: sound editions in order of number, and one line for each damaged one by number."""

    editions: tuple[Edition, ...]
    damaged: dict[int, str]


def write_edition(editions_folder: Path, edition: Edition) -> Path:
    """Publish an edition. Returns its folder; raises `EditionError` when the number is taken or nothing can be written.

    The folder of the line is made when it is missing.
    """
    if not _LINE.fullmatch(edition.line):
        raise EditionError(f"{edition.line[:40]!r} cannot be the name of a line's folder.")
    target = editions_folder / edition.line / str(edition.number)
    if target.exists():
        words = f"Edition {edition.number} of {edition.line} is published already and stays as it is."
        raise EditionError(words, Why.PUBLISHED_ALREADY)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    except OSError as error:
        raise EditionError(f"The folder {target.parent} cannot be written: {error.strerror}.", Why.FOLDER) from error
    try:
        for name, content in edition_files(edition).items():
            _write_flushed(beside / name, content)
        beside.chmod(0o755)
        _flush_folder(beside)
        # A folder with files in it is never replaced by rename: of two writers the second is refused here.
        beside.rename(target)
        _flush_folder(target.parent)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise EditionError(f"Edition {edition.number} was not published: {error.strerror}.", Why.FOLDER) from error
    return target


def edition_files(edition: Edition) -> dict[str, bytes]:
    """All files of an edition, the manifest last."""
    files = {
        "series.json": dump(write_series(edition)),
        "statements.json": dump(write_statements(edition)),
        "claims.json": dump(write_claims(edition)),
        "definitions.json": dump(write_definitions(edition)),
        "data.json": dump(data_json(edition)),
        "data.csv": data_csv(edition),
        "data-semicolon.csv": data_csv(edition, separator=";"),
    }
    manifest = {
        "format": FORMAT,
        "line": edition.line,
        "number": edition.number,
        "titles": dict(edition.titles),
        "first": str(edition.months[0]),
        "last": str(edition.months[-1]),
        "made": edition.made.isoformat(),
        "unconfirmed": write_cell(edition.unconfirmed),
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for name, content in files.items()
        },
        "signature": None,
    }
    return {**files, MANIFEST: dump(manifest)}


def _write_flushed(path: Path, content: bytes) -> None:
    """Write one file that everyone may read, down to the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


def _flush_folder(folder: Path) -> None:
    """Make names in a folder last. A system that cannot open folders (Windows) has no need of it."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def list_lines(editions_folder: Path) -> tuple[str, ...]:
    """The lines that have a folder with at least one edition, in order of name."""
    if not editions_folder.is_dir():
        return ()
    return tuple(
        folder.name
        for folder in sorted(editions_folder.iterdir())
        if folder.is_dir() and _LINE.fullmatch(folder.name) and list_numbers(editions_folder, folder.name)
    )


def list_numbers(editions_folder: Path, line: str) -> tuple[int, ...]:
    """The numbers of a line's editions, sound or not, in order."""
    folder = editions_folder / line
    if not _LINE.fullmatch(line) or not folder.is_dir():
        return ()
    return tuple(sorted(int(each.name) for each in folder.iterdir() if _NUMBER.fullmatch(each.name) and each.is_dir()))


def read_shelf(editions_folder: Path, line: str) -> Shelf:
    """Read all editions of a line, the damaged ones told apart."""
    editions, damaged = [], {}
    for number in list_numbers(editions_folder, line):
        try:
            editions.append(read_edition(editions_folder, line, number))
        except DamagedEditionError as error:
            damaged[number] = str(error)
    return Shelf(tuple(editions), damaged)


def read_earlier(editions_folder: Path, line: str) -> tuple[Edition, ...]:
    """All editions of a line, to hold a new one against; a damaged one is an error, because what it told is unknown."""
    return tuple(read_edition(editions_folder, line, number) for number in list_numbers(editions_folder, line))


def read_edition(editions_folder: Path, line: str, number: int) -> Edition:
    """Read and check one edition. Raises `DamagedEditionError` whose text is one line for an operator."""
    folder = editions_folder / line / str(number)
    manifest, contents = _read_checked(folder)
    try:
        parts = {name: json.loads(contents[name]) for name in _PARTS}
        if {part["format"] for part in (manifest, *parts.values())} != {FORMAT}:
            raise ValueError("another format")
        series, tables = read_series(parts["series.json"])
        edition = Edition(
            line=manifest["line"],
            number=manifest["number"],
            titles=dict(manifest["titles"]),
            made=date.fromisoformat(manifest["made"]),
            unconfirmed=read_cell(manifest["unconfirmed"]),
            definitions=read_definitions(parts["definitions.json"]),
            series=series,
            tables=tables,
            statements=read_statements(parts["statements.json"]),
            claims=read_claims(parts["claims.json"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, TallyError):
        raise _damaged(folder, "a file has another shape than this version writes") from None
    if (edition.line, edition.number) != (line, number) or not series:
        raise _damaged(folder, "its manifest names another line or number")
    return edition


def read_file(editions_folder: Path, line: str, number: int, name: str) -> bytes:
    """One file of a sound edition, for those who fetch it; `name` must be one of `PUBLIC_FILES`."""
    _, contents = _read_checked(editions_folder / line / str(number))
    return contents[name]


def _read_checked(folder: Path) -> tuple[Any, dict[str, bytes]]:
    """Rule 3: the manifest and all files, each checked."""
    try:
        plain_manifest = (folder / MANIFEST).read_bytes()
        manifest = json.loads(plain_manifest)
        listed = {str(name): (each["sha256"], each["size"]) for name, each in manifest["files"].items()}
    except OSError:
        raise _damaged(folder, f"{MANIFEST} is missing or cannot be read") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _damaged(folder, f"{MANIFEST} is not a manifest") from None
    contents = {MANIFEST: plain_manifest}
    for name in PUBLIC_FILES:
        if name != MANIFEST:
            contents[name] = _read_listed(folder, name, listed.get(name))
    return manifest, contents


def _read_listed(folder: Path, name: str, listed: tuple[object, object] | None) -> bytes:
    """One file, whole and as the manifest lists it."""
    try:
        content = (folder / name).read_bytes()
    except OSError:
        raise _damaged(folder, f"{name} is missing or cannot be read") from None
    if listed != (hashlib.sha256(content).hexdigest(), len(content)):
        raise _damaged(folder, f"{name} is not what was published")
    return content


def _damaged(folder: Path, why: str) -> DamagedEditionError:
    """The one line that an operator reads."""
    return DamagedEditionError(f"Edition {folder.name} of {folder.parent.name} is damaged and is not shown: {why}.")

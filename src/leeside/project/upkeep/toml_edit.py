"""Small changes to `leeside.toml` that leave a keeper's own lines and remarks as they stand."""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from leeside.project.configuration import CONFIGURATION_NAME, read_configuration
from leeside.project.errors import InstallationError
from leeside.project.installation import write_private


def add_table(directory: Path, name: str, values: Mapping[str, str | Mapping[str, str]]) -> None:
    """Append the table `name` with `values`; the new file is read as a whole before it takes the old one's place."""
    text = _read(directory)
    rows = [f"{key} = {_spell(value)}" for key, value in values.items()]
    _write(directory, text.rstrip("\n") + "\n\n" + "\n".join([f"[{name}]", *rows]) + "\n")


def set_value(directory: Path, table: str, key: str, value: str) -> None:
    """Set one key of a table that stands in the file, in its place or right below the table's head."""
    lines = _read(directory).splitlines()
    try:
        start = next(place for place, line in enumerate(lines) if line.split("#")[0].strip() == f"[{table}]")
    except StopIteration:
        raise InstallationError(f"{CONFIGURATION_NAME} has no table [{table}]; write {key} there yourself") from None
    end = next((place for place in range(start + 1, len(lines)) if lines[place].lstrip().startswith("[")), len(lines))
    old = next((place for place in range(start + 1, end) if lines[place].partition("=")[0].strip() == key), None)
    if old is None:
        lines.insert(start + 1, f"{key} = {_spell(value)}")
    else:
        lines[old] = f"{key} = {_spell(value)}"
    _write(directory, "\n".join(lines) + "\n")


def _spell(value: str | Mapping[str, str]) -> str:
    """TOML spells plain strings as JSON does."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return "{ " + ", ".join(f"{key} = {_spell(one)}" for key, one in value.items()) + " }"


def _read(directory: Path) -> str:
    return (directory / CONFIGURATION_NAME).read_text(encoding="utf-8")


def _write(directory: Path, text: str) -> None:
    path = directory / CONFIGURATION_NAME
    before = path.read_text(encoding="utf-8")
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InstallationError(f"{CONFIGURATION_NAME} could not be changed: {error}") from None
    write_private(path, text)
    try:
        read_configuration(directory, os.environ)
    except BaseException:
        write_private(path, before)
        raise

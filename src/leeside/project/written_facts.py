"""Facts, and fields of a paper, that somebody wrote into a file, TOML or JSON, read strictly.

A slip of the pen is no other fact.
"""

import json
import sys
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path

from leeside.packs.conditions import FactValue
from leeside.packs.guidebook.checking import faults_of_facts
from leeside.packs.questions import Question
from leeside.project.errors import ProjectError


def read_facts(named: str, questions: Mapping[str, Question]) -> Mapping[str, FactValue]:
    """The facts of a file, or of standard input for `-`. Raises ProjectError that names every fault."""
    table = _table(_text(named), named)
    facts = {fact: _fact(value) for fact, value in table.items()}
    faults = list(faults_of_facts(facts, questions))
    if faults:
        raise ProjectError("\n  ".join(["the facts cannot be used:", *faults]))
    return facts


def read_fields(named: str, known: Collection[str]) -> Mapping[str, str]:
    """What a file says under `fields`: the blanks of a paper. Raises ProjectError for a field that it does not have."""
    table = _whole(_text(named), named).get("fields", {})
    if not isinstance(table, dict):
        raise ProjectError(f"{named}: `fields` is no table")
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise ProjectError(f"{named}: this paper has no field {', '.join(unknown)}")
    return {name: str(value) for name, value in table.items()}


def _text(named: str) -> str:
    try:
        return sys.stdin.read() if named == "-" else Path(named).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ProjectError(f"{named} is not a text in UTF-8") from None
    except OSError as wrong:
        raise ProjectError(f"{named} cannot be read: {wrong.strerror}") from wrong


def _table(text: str, named: str) -> Mapping[str, object]:
    table = _whole(text, named)
    # A situation of a pack is a facts file too: its facts stand in a table of that name.
    inner = table.get("facts", table)
    if not isinstance(inner, dict):
        raise ProjectError(f"{named}: `facts` is no table")
    return inner


def _whole(text: str, named: str) -> Mapping[str, object]:
    try:
        whole: Mapping[str, object] = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise ProjectError(f"{named} is neither TOML nor JSON: {wrong}") from wrong
    return whole


def _fact(value: object) -> FactValue:
    """A value as conditions know it; what they do not know becomes text, and is refused with the rest."""
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool)) else str(value)

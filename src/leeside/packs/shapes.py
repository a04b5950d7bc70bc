"""Checks the shape of a pack's files against the JSON Schemas that editors use too: one description for both.

Only the few words of JSON Schema that our files need are understood; a schema with any other word is refused loudly,
so that an editor never knows a rule which the reader does not keep. A reference to another file (the conditions) is
for editors only: `conditions.parse_condition` reads those, with better words.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from typing import Any, Final, TypeAlias

from leeside.packs.places import Path

Fault: TypeAlias = tuple[Path, str]
Schema: TypeAlias = Mapping[str, Any]

_FOR_READERS: Final = frozenset({"$schema", "$id", "$defs", "title", "description", "examples"})
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
_TYPE_NAMES: Final = {
    "object": "a table",
    "array": "a list",
    "string": "a text in quotes",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def load_schema(name: str) -> Schema:
    """The schema of the files called `name`.toml."""
    text = resources.files("leeside.packs").joinpath("schema", f"{name}.schema.json").read_text(encoding="utf-8")
    schema: Schema = json.loads(text)
    return schema


def faults_of(value: object, schema: Schema) -> tuple[Fault, ...]:
    """Everything in `value` that the schema forbids, each with its path."""
    return tuple(_faults(value, schema, schema, ()))


def _faults(value: object, schema: Schema, root: Schema, path: Path) -> Iterator[Fault]:
    reference = schema.get("$ref")
    if reference is not None:
        if reference.startswith("#/$defs/"):
            yield from _faults(value, root["$defs"][reference.removeprefix("#/$defs/")], root, path)
        return
    wanted = schema.get("type")
    if wanted is not None and not _is_of_type(value, wanted):
        yield path, f"{_TYPE_NAMES[wanted]} is needed here."
        return
    for word, bound in schema.items():
        if word in _FOR_READERS or word in ("type", "required", "additionalProperties"):
            continue
        if word not in _CHECKS:
            raise ValueError(f"the schema word {word!r} is not understood by leeside.packs.shapes")
        yield from _CHECKS[word](value, bound, root, path)
    if isinstance(value, dict):
        yield from _faults_of_keys(value, schema, root, path)


def _is_of_type(value: object, wanted: str) -> bool:
    if isinstance(value, bool):
        return wanted == "boolean"
    return isinstance(value, _TYPES[wanted])


def _faults_of_keys(value: dict[str, object], schema: Schema, root: Schema, path: Path) -> Iterator[Fault]:
    known = schema.get("properties", {})
    for key in schema.get("required", ()):
        if key not in value:
            yield path, f"the key `{key}` is missing."
    others = schema.get("additionalProperties", True)
    for key, inner in value.items():
        if key in known:
            continue
        if others is False:
            yield (*path, key), f"`{key}` is not a known key here; known are {', '.join(sorted(known))}."
        elif isinstance(others, dict):
            yield from _faults(inner, others, root, (*path, key))


def _check_properties(value: object, bound: Schema, root: Schema, path: Path) -> Iterator[Fault]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in bound:
                yield from _faults(inner, bound[key], root, (*path, key))


def _check_items(value: object, bound: Schema, root: Schema, path: Path) -> Iterator[Fault]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _faults(inner, bound, root, (*path, index))


def _check_enum(value: object, bound: list[object], _root: Schema, path: Path) -> Iterator[Fault]:
    if value not in bound:
        yield path, f"possible here are {', '.join(str(each) for each in bound)}."


def _check_const(value: object, bound: object, _root: Schema, path: Path) -> Iterator[Fault]:
    if value != bound:
        yield path, f"only {bound} is possible here."


def _check_pattern(value: object, bound: str, _root: Schema, path: Path) -> Iterator[Fault]:
    # re.search, as JSON Schema has it: the schemas anchor their patterns themselves.
    if isinstance(value, str) and re.search(bound, value) is None:
        yield path, f"{value!r} is not written as needed ({bound})."


def _check_size(smaller: bool, what: str) -> Callable[[object, Any, Schema, Path], Iterator[Fault]]:
    def check(value: object, bound: int, _root: Schema, path: Path) -> Iterator[Fault]:
        size = len(value) if isinstance(value, (str, list, dict)) else value
        if isinstance(size, (int, float)) and (size < bound if smaller else size > bound):
            yield path, f"at least {bound}{what} needed." if smaller else f"at most {bound}{what} possible here."

    return check


def _check_unique(value: object, bound: bool, _root: Schema, path: Path) -> Iterator[Fault]:
    if bound and isinstance(value, list):
        for index, each in enumerate(value):
            if each in value[:index]:
                yield (*path, index), f"{each!r} stands here twice."


_CHECKS: Final[dict[str, Callable[[object, Any, Schema, Path], Iterator[Fault]]]] = {
    "properties": _check_properties,
    "items": _check_items,
    "enum": _check_enum,
    "const": _check_const,
    "pattern": _check_pattern,
    "minLength": _check_size(True, " letter(s) are"),
    "maxLength": _check_size(False, " letter(s) are"),
    "minItems": _check_size(True, " element(s) are"),
    "maxItems": _check_size(False, " element(s) are"),
    "minimum": _check_size(True, " is"),
    "maximum": _check_size(False, " is"),
    "uniqueItems": _check_unique,
}

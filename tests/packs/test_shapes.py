"""One schema for editors and reader: what it forbids is reported, and no word of it goes unread."""

import json
from importlib import resources
from typing import Any

import pytest

from leeside.packs.files import FILE_NAMES
from leeside.packs.guidebook import reading_answers
from leeside.packs.guidebook.reading import SCHEMAS
from leeside.packs.letters import reading as letters_reading
from leeside.packs.shapes import faults_of, load_schema

WITH_A_SCHEMA = (*FILE_NAMES, *SCHEMAS, *reading_answers.SCHEMAS, *letters_reading.SCHEMAS)


@pytest.mark.parametrize(
    ("value", "schema", "faults"),
    [
        ({"a": 1}, {"type": "object", "properties": {"a": {"type": "integer"}}}, []),
        ({"a": True}, {"properties": {"a": {"type": "integer"}}}, [(("a",), "a whole number is needed here.")]),
        ({"a": 1.5}, {"properties": {"a": {"type": "number"}}}, []),
        ({"a": "x"}, {"properties": {"a": {"type": "boolean"}}}, [(("a",), "true or false is needed here.")]),
        ({}, {"required": ["a"]}, [((), "the key `a` is missing.")]),
        (
            {"b": 1},
            {"properties": {"a": {}}, "additionalProperties": False},
            [(("b",), "`b` is not a known key here; known are a.")],
        ),
        ({"b": 1}, {"additionalProperties": {"type": "string"}}, [(("b",), "a text in quotes is needed here.")]),
        ([1, "x"], {"items": {"type": "string"}}, [((0,), "a text in quotes is needed here.")]),
        ([], {"minItems": 1}, [((), "at least 1 element(s) are needed.")]),
        ([1, 2], {"maxItems": 1}, [((), "at most 1 element(s) are possible here.")]),
        (["a", "a"], {"uniqueItems": True}, [((1,), "'a' stands here twice.")]),
        (["a", "a"], {"uniqueItems": False}, []),
        (4, {"minimum": 5}, [((), "at least 5 is needed.")]),
        (9, {"maximum": 5}, [((), "at most 5 is possible here.")]),
        ("", {"minLength": 1}, [((), "at least 1 letter(s) are needed.")]),
        ("ab", {"maxLength": 1}, [((), "at most 1 letter(s) are possible here.")]),
        ("b", {"enum": ["a"]}, [((), "possible here are a.")]),
        (2, {"const": 1}, [((), "only 1 is possible here.")]),
        ("B", {"pattern": "^[a-z]$"}, [((), "'B' is not written as needed (^[a-z]$).")]),
        (
            [1],
            {"$defs": {"w": {"type": "string"}}, "items": {"$ref": "#/$defs/w"}},
            [((0,), "a text in quotes is needed here.")],
        ),
        ({"when": 3}, {"properties": {"when": {"$ref": "condition.schema.json"}}}, []),
    ],
)
def test_what_a_schema_forbids_is_found(value: object, schema: dict[str, Any], faults: list[object]) -> None:
    assert list(faults_of(value, schema)) == faults


def test_a_word_that_the_reader_does_not_keep_is_refused() -> None:
    with pytest.raises(ValueError, match="oneOf"):
        faults_of({}, {"oneOf": []})


@pytest.mark.parametrize("name", WITH_A_SCHEMA)
def test_every_schema_explains_each_of_its_keys(name: str) -> None:
    schema = load_schema(name)
    for where, inner in keys_of(schema):
        assert "description" in inner or "$ref" in inner, where


def keys_of(schema: Any, where: str = "") -> list[tuple[str, Any]]:
    found = []
    if isinstance(schema, dict):
        for word, inner in schema.get("properties", {}).items():
            found.append((f"{where}.{word}", inner))
        for word, inner in schema.items():
            found += keys_of(inner, f"{where}.{word}")
    return found


def test_all_schemas_are_json_and_say_which_they_are() -> None:
    folder = resources.files("leeside.packs").joinpath("schema")
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(f"{name}.schema.json" for name in (*WITH_A_SCHEMA, "condition", "texts"))
    for name in names:
        schema = json.loads(folder.joinpath(name).read_text(encoding="utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert schema["title"]

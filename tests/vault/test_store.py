"""The boundary itself: what goes through the verbs of `store`, read from their signatures."""

import dataclasses
import enum
import inspect
import re
import typing
from collections.abc import Callable
from typing import Any

import pytest

from leeside.sealing.parcels import Parcel
from leeside.sealing.secrets import Secret
from leeside.vault import store

BANNED = re.compile(
    r"passphrase|password|private|plain|seed|text|word|receipt|answers|address|phone|shred_key|first_key|body|content"
)
BEARERS = {"posting_secret", "erasing_secret"}
"""Tokens that open nothing: they are hashed and compared."""

VERBS = sorted(name for name in store.__all__ if inspect.isfunction(getattr(store, name)))
RECORDS = sorted(name for name in store.__all__ if dataclasses.is_dataclass(getattr(store, name)) and name != "Limits")


def types_in(annotation: Any, seen: set[Any]) -> set[Any]:
    """Every type that a value of this annotation can bring along, fields of records included."""
    if annotation in seen:
        return seen
    seen.add(annotation)
    for part in typing.get_args(annotation):
        types_in(part, seen)
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        for hint in typing.get_type_hints(annotation).values():
            types_in(hint, seen)
    return seen


def test_the_namespace_is_flat_complete_and_sorted() -> None:
    assert len(store.__all__) == len(set(store.__all__))
    public = {name for name in vars(store) if not name.startswith("_") and not inspect.ismodule(getattr(store, name))}
    assert public == set(store.__all__)
    assert len(VERBS) > 40


@pytest.mark.promise(1, "verbs that could take or return what must not pass", times=len(VERBS))
@pytest.mark.parametrize("name", VERBS)
def test_no_verb_takes_or_returns_a_passphrase_a_private_key_or_plaintext(name: str) -> None:
    verb: Callable[..., Any] = getattr(store, name)
    hints = typing.get_type_hints(verb)
    parameters = set(inspect.signature(verb).parameters)
    assert set(hints) == parameters | {"return"}, "every parameter says its type"
    secretive = {each for each in parameters if "secret" in each or BANNED.search(each)}
    assert secretive <= BEARERS
    brought: set[Any] = set()
    for hint in hints.values():
        types_in(hint, brought)
    assert Secret not in brought
    assert Any not in brought
    assert object not in brought


@pytest.mark.promise(1, "records that could carry what must not pass", times=len(RECORDS) + 1)
@pytest.mark.parametrize("record", [*(getattr(store, name) for name in RECORDS), Parcel])
def test_records_are_frozen_and_name_nothing_unsealed(record: Any) -> None:
    assert record.__dataclass_params__.frozen
    for field in dataclasses.fields(record):
        assert not BANNED.search(field.name), field.name
        assert "secret" not in field.name


def test_the_only_verbs_that_take_a_bearer_token_are_the_writers() -> None:
    taking = {name for name in VERBS if BEARERS & set(inspect.signature(getattr(store, name)).parameters)}
    assert taking == {"post_to_case", "erase_by_writer"}


def test_every_verb_says_what_it_does() -> None:
    for name in store.__all__:
        thing = getattr(store, name)
        if inspect.isfunction(thing) or (inspect.isclass(thing) and not issubclass(thing, enum.Enum)):
            assert inspect.getdoc(thing), name


def test_queue_and_case_verbs_ask_who_reads() -> None:
    for name in ("queue_page", "fetch_case", "fetch_entries", "hold_case"):
        assert {"reader_id", "circles"} <= set(inspect.signature(getattr(store, name)).parameters)


def test_errors_of_the_store_are_all_of_one_family() -> None:
    errors = [getattr(store, name) for name in store.__all__ if name.endswith("Error")]
    assert all(issubclass(error, store.VaultError) for error in errors)
    assert issubclass(store.HeldError, store.ConflictError)
    assert str(store.ChainBrokenError(3)).endswith("3")

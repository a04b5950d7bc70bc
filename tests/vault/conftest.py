"""An open line and a colleague for each test that asks, in an empty installation."""

from collections.abc import Iterator
from typing import Any

import pytest

from leeside.vault import store
from leeside.vault.shredding import key_pool
from vault import invented


@pytest.fixture
def stores(installation: Any) -> Iterator[Any]:
    """Three empty stores. Connections and keys made ahead do not outlive the test."""
    yield installation
    store.close_connections()
    key_pool.forget()


@pytest.fixture
def line_id(stores: Any) -> bytes:
    """An open line."""
    return invented.add_line()


@pytest.fixture
def reader_id(line_id: bytes) -> bytes:
    """A colleague of the line with an active account."""
    return invented.add_reader(line_id)

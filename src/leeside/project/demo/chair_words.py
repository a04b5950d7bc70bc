"""The words of the demo's first page, which a serving process may read: nobody of the demo wrote any of them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words_of_page() -> Mapping[str, Any]:
    """`chairs.toml`, read once."""
    return tomllib.loads(files(__package__).joinpath("chairs.toml").read_text(encoding="utf-8"))

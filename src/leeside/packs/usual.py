"""The pack of a line for which nobody names one: a choice of whoever ships packs, so it stands beside them as data.

Kept apart from the reader, because settings are read in every role, also where no pack is ever opened.
"""

import tomllib
from functools import cache
from pathlib import Path


@cache
def usual_name() -> str:
    """Its name, as shipped/usual.toml has it."""
    name: str = tomllib.loads((Path(__file__).parent / "shipped" / "usual.toml").read_text(encoding="utf-8"))["pack"]
    return name

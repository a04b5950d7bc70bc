"""The line that every bench measures, as measured.toml says it: its pack, and what its invented people answer."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_READ: Final[Mapping[str, Any]] = tomllib.loads((Path(__file__).parent / "measured.toml").read_text(encoding="utf-8"))

PACK: Final[str] = _READ["pack"]
FORM: Final[Mapping[str, str]] = _READ["form"]
PARCEL: Final[Mapping[str, str]] = _READ["parcel"]
CARD: Final[Mapping[str, str]] = _READ["card"]
USUAL: Final[str] = _READ["circles"]["usual"]
VETTED: Final[str] = _READ["circles"]["vetted"]
WAITING: Final[Mapping[str, Mapping[str, str]]] = _READ["waiting"]
SPLIT: Final[tuple[str, tuple[str, ...]]] = (_READ["split"]["question"], tuple(_READ["split"]["options"]))
RECALLED: Final[Mapping[str, str]] = _READ["recalled"]

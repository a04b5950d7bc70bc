"""JSON in one spelling, for what stands inside seals.

Keys sorted and printable ASCII, no spaces, no fractions, whole numbers that a browser holds, only
the escapes that cannot be avoided. A text is accepted only if our encoder would write the same
bytes, so that equal things have equal bytes in every implementation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final, NoReturn, TypeAlias, cast

from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.limits import LIMITS

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_KEY: Final = re.compile(rf"[!-~]{{1,{LIMITS.json_key_characters}}}\Z")
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


def encode_json(content: Mapping[str, Json]) -> bytes:
    """The only spelling of ``content``; MisuseError for what the format cannot hold."""
    plain = dict(content)
    if not _is_plain(plain, LIMITS.json_depth):
        raise MisuseError("content has a type, a key or a depth that entries do not have")
    try:
        return _ENCODER.encode(plain).encode("utf-8")
    except UnicodeEncodeError:
        raise MisuseError("a text has half a character") from None


def decode_json(plain: bytes) -> dict[str, Json]:
    """The map that ``plain`` spells; MalformedError unless it is spelled as we would."""
    try:
        content = _DECODER.decode(plain.decode("utf-8"))
        is_map = isinstance(content, dict) and _is_plain(content, LIMITS.json_depth)
        if is_map and _ENCODER.encode(content).encode("utf-8") == plain:
            return cast("dict[str, Json]", content)
    except (ValueError, RecursionError):
        pass
    raise MalformedError("not the one spelling of a JSON map")


def _refuse(_: str) -> NoReturn:
    raise ValueError("a number that the format does not have")


_DECODER: Final = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)


def _is_plain(value: object, depth: int) -> bool:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return -LIMITS.json_integer <= value <= LIMITS.json_integer  # type: ignore[operator]
    if depth == 0 or (kind is not list and kind is not dict):
        return False
    items: Iterable[object] = value  # type: ignore[assignment]
    if kind is dict:
        items = value.values()  # type: ignore[attr-defined]
        if not all(type(key) is str and _KEY.match(key) is not None for key in value):  # type: ignore[attr-defined]
            return False
    # Texts, by far the most, without a call each.
    return all(type(item) is str or _is_plain(item, depth - 1) for item in items)

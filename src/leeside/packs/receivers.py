"""Who a pack lists for referral outside: lawyers, doctors, a place to stay.

The names and how they are reached are texts (`receiver.<id>.name`, `.purpose`, `.reached`, `.region`). The list is a
help to choose from: a packet is sealed to words that somebody gives to the receiver, and never to anything listed here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from leeside.packs.places import Path

RECEIVER_TEXTS: Final = ("name", "purpose", "reached", "region")
"""The texts that each receiver has, as `receiver.<id>.<one of these>`."""


@dataclass(frozen=True)
class Receiver:
    """One receiver. `wants` are the options of the need that they can help with; `fingerprint` is what a colleague
    compares with them before giving them words, or empty where they are known by voice or by face."""

    id: str
    languages: tuple[str, ...]
    wants: tuple[str, ...] = ()
    fingerprint: str = ""


def build_receivers(table: Mapping[str, Any]) -> tuple[Receiver, ...]:
    """The part `receivers` of casework.toml, whose shape has been checked."""
    return tuple(
        Receiver(
            each["id"], tuple(each["languages"]), tuple(each.get("wants", ())), " ".join(each.get("fingerprint", ()))
        )
        for each in table.get("receivers", ())
    )


def faults_of_receivers(receivers: Sequence[Mapping[str, Any]], options: Iterable[str]) -> Iterable[tuple[Path, str]]:
    """What does not fit the rest of the pack: `options` are those of the need."""
    known = set(options)
    for index, each in enumerate(receivers):
        for want in each.get("wants", ()):
            if want not in known:
                yield ("receivers", index, "wants"), f"the need has no option `{want}`."

"""Every teller of every part, joined. No two parts tell the same kind or event."""

from types import ModuleType
from typing import Any, Final

from leeside.desk.telling import core, files, guiding, hands, letters, papers, safety, stages, ties, writing
from leeside.desk.telling.tellers import EventTeller, Teller

PARTS: Final[tuple[ModuleType, ...]] = (core, files, guiding, hands, letters, papers, safety, stages, ties, writing)


def _joined(name: str) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for part in PARTS:
        mine = getattr(part, name, {})
        twice = joined.keys() & mine.keys()
        if twice:
            raise RuntimeError(f"told twice: {', '.join(sorted(twice))}")
        joined.update(mine)
    return joined


KINDS: Final[dict[str, Teller]] = _joined("KINDS")
EVENTS: Final[dict[str, EventTeller]] = _joined("EVENTS")
CHIPS: Final[dict[str, str]] = _joined("CHIPS")
HIDDEN_EVENTS: Final[frozenset[str]] = frozenset().union(*(getattr(part, "HIDDEN_EVENTS", ()) for part in PARTS))
MILESTONES: Final[frozenset[str]] = frozenset().union(*(getattr(part, "MILESTONES", ()) for part in PARTS))
"""Events that stand over the full width: they change whose a case is, or how far it is."""

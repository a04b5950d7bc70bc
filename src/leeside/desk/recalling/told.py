"""What a case was told, as the guide compares it, and what was known of it on that day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from leeside.desk.casefile import CaseEntries
from leeside.desk.guiding.advice import MOST_RULES
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.keyring import OpenedCase
from leeside.desk.seat import Seat
from leeside.desk.told_rules import Advice, advice_in
from leeside.guide.comparing import Telling
from leeside.packs.conditions import FactValue

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,79}\Z")
"""A rule's id: the name of its file."""
FACTUAL: Final = frozenset({"answers", "fact", "correction", "paper", "outgoing"})
"""Kinds of entries that facts come from."""


@dataclass(frozen=True)
class EntriesOnly(CaseEntries):
    """Entries without the case around them: what facts are worked out from."""

    opened: OpenedCase = field(repr=False)
    distrusted: frozenset[bytes] = frozenset()
    zone: str = "UTC"


def tellings_of(file: CaseEntries) -> tuple[Telling, ...]:
    """All advice that counts, the oldest first."""
    return tuple(_telling(one) for one in advice_in(file))


def _telling(advice: Advice) -> Telling:
    """What a colleague sealed may be anything: what is no rule's id, or more than anybody tells, counts not."""
    return Telling(
        on=advice.on,
        rules={one.id: one.digest for one in advice.rules[:MOST_RULES] if _ID.match(one.id)},
        facts=advice.facts,
        days=advice.deadlines,
        ended=frozenset(one for one in advice.ended[:MOST_RULES] if _ID.match(one)),
        is_recall=advice.is_recall,
    )


def facts_when_told(seat: Seat, file: CaseEntries, now: Mapping[str, FactValue]) -> Mapping[str, FactValue]:
    """What was known when advice last looked at everything; `now` where nothing was learned since.

    An entry of advice keeps the facts of its own rules only. What else stood on the page is told by the case itself.
    """
    given = advice_in(file)
    base = next((one for one in reversed(given) if not one.is_recall), given[0] if given else None)
    entries = file.entries
    place = next((number for number, entry in enumerate(entries) if base and entry.entry_id.hex() == base.entry), None)
    if base is None or place is None or not any(entry.kind in FACTUAL for entry in entries[place + 1 :]):
        return now
    # What one step wrote has one moment: facts that went in with the advice were known to it.
    known = (*entries[:place], *(entry for entry in entries[place + 1 :] if entry.body.at == base.at))
    return case_facts(seat, EntriesOnly(OpenedCase(known, file.opened.unreadable), file.distrusted, file.zone))

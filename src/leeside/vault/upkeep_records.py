"""What upkeep hands out: the chain of readings, and what a sweep did."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AuditHeadRow:
    """One link of a line's chain of readings: how many entries it covers with all before it, and its hash."""

    number: int
    count: int
    head: bytes


@dataclass(frozen=True)
class AuditRow:
    """One sealed reading. `batch` is the number of the link that covers it, 0 when none does yet."""

    entry_id: bytes
    batch: int
    sealed: bytes


@dataclass(frozen=True)
class ChainReport:
    """An unbroken chain: its newest link, and how many readings wait for the next."""

    head: AuditHeadRow
    waiting: int


@dataclass(frozen=True)
class Swept:
    """What a sweep did, in counts."""

    keys_without_case: int = 0
    cases_without_key: int = 0
    erased_lookups: int = 0
    look_by_moves: int = 0
    grants_ended: int = 0
    sessions: int = 0
    holds: int = 0
    releases: int = 0
    one_time: int = 0
    files: int = 0
    shifts: int = 0

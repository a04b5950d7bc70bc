"""What lists hand out: tabs and pages of the queue, shifts, loads, pings, and slices for a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from leeside.vault.marks import Urgency
from leeside.vault.records import CaseRow, CodeName, Hold, KeyWrap


@dataclass(frozen=True)
class ShiftRow:
    """Somebody on shift: until when, and how many cases that wait on us they are willing to carry at once."""

    reader_id: bytes
    until: datetime
    places: int


@dataclass(frozen=True)
class KeptRule:
    """One wording of a rule of the line's guide, as it was written, and the first day on which the line had it."""

    rule: str
    digest: str
    day: date
    law: str = field(repr=False)


@dataclass(frozen=True)
class PingRow:
    """One address of wordless pings: whose, how often it said "please look", on which day last, and the tags of what
    stood there then."""

    line_id: bytes
    reader_id: bytes
    number: int
    day: date
    known: tuple[bytes, ...]


@dataclass(frozen=True)
class SilentCase:
    """An owned case whose promise has passed."""

    case_id: bytes
    urgency: Urgency
    answer_by: datetime


@dataclass(frozen=True)
class Workload:
    """What a line has in hand: open cases with an owner, and the newest day of an unconfirmed request."""

    owned: int
    newest_day: date | None


class Tab(Enum):
    """The questions that a queue answers."""

    NEEDS_PERSON = "needs_person"
    """Open and taken by nobody, in my circles."""
    MINE = "mine"
    """Mine as owner or stand-in."""
    DUE = "due"
    """Due today or before, and closed cases of mine that are to be asked again."""
    WAITING = "waiting"
    """Answered: we wait for the person. Mine; for a coordinator everybody's."""
    TO_CHECK = "to_check"
    """A colleague's draft waits for a second pair of eyes."""
    ALL_I_MAY_SEE = "all_i_may_see"
    CLOSED = "closed"
    RED_UNTAKEN = "red_untaken"
    PAST_PROMISE = "past_promise"
    DUE_MINE = "due_mine"
    DUE_TODAY = "due_today"
    """The open ones of what is due."""
    ASK_AGAIN = "ask_again"
    """The closed ones: their week has come, their day stands in the card."""
    HANDED_TO_ME = "handed_to_me"
    NEARLY_PAST = "nearly_past"
    """Less than a quarter of the promise is left; for coordinators."""
    CAME_BACK = "came_back"
    """Untaken with the coordinators."""


@dataclass(frozen=True)
class QueuePage:
    """One page of a queue, in order. `next_after` is the rank to go on from, or None at the end.

    `first_promise` is the earliest promise of what is red and untaken, and of what is past its promise; to the quarter
    of an hour, None where no promise runs.
    """

    rows: tuple[CaseRow, ...]
    counts: Mapping[Tab, int]
    holds: Mapping[bytes, Hold]
    next_after: int | None
    first_promise: Mapping[Tab, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchScope:
    """What one search goes through: everything the reader may read, or a part of it by marks in clear."""

    line_id: bytes
    reader_id: bytes
    circles: tuple[str, ...]
    compartments: tuple[int, ...]
    is_open: bool = True
    is_closed: bool = True
    is_mine: bool = False
    language: str = ""


class SearchPlace(NamedTuple):
    """Where a search goes on: the part of what the reader may read, and the last rank read there."""

    part: int
    rank: int | None


SearchedEntry = tuple[bytes, bytes, int, int, bytes]
"""One sealed entry as a search reads it: case, id, compartment, generation, sealed. The bare row: there are 100,000."""


@dataclass(frozen=True)
class SearchedCase:
    """A case as a search reads it: what its keys are bound to, the envelopes worth opening, the sealed entries."""

    case_id: bytes
    line_id: bytes
    epoch: int
    case_number: bytes
    writer_public: bytes = field(repr=False)
    commitments: Mapping[tuple[int, int], bytes] = field(repr=False)
    """By compartment and generation."""
    code_name: CodeName
    rank: int
    wraps: tuple[KeyWrap, ...] = field(repr=False)
    entries: Sequence[SearchedEntry] = field(repr=False)


@dataclass(frozen=True)
class SearchSlice:
    """Some cases of a search, in order. `next_after` is where to go on, or None at the end."""

    cases: tuple[SearchedCase, ...]
    next_after: SearchPlace | None

"""What goes into the store's verbs and comes out: frozen records of sealed bytes, opaque ids and marks.

Sealed shapes that travel as they are (`Parcel`, `SealedEntry`, `Commitment`) belong to `sealing.parcels`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, IntEnum
from typing import Final, NamedTuple

from leeside.sealing.parcels import Commitment, SealedEntry
from leeside.vault.marks import AccountState, CaseState, Direction, LineState, LookBy, Urgency


class Outcome(IntEnum):
    """What became of a parcel."""

    ACCEPTED = 1
    """It is stored, durably."""
    REPEATED = 2
    """The same request was stored before: the same acknowledgement is due."""
    CONFLICT = 3
    """Another request has this lookup id. Nothing was touched; the text wants new words."""
    ERASED = 4
    """The case of this lookup id was erased some days ago. Nothing was stored; the text wants new words."""


@dataclass(frozen=True)
class Deposited:
    """The result of a deposit. Day and promise are those of the first post, so that a repeat looks the same."""

    outcome: Outcome
    opened: date | None = None
    answer_by: datetime | None = None


class CodeName(NamedTuple):
    """Two numbers that the desk shows as two words.

    A number is an index into a list of words. When a line has nearly used up its pairs, the second may lie beyond
    its list: then `second % length` is the word, and `second // length` a number to show behind it.
    """

    first: int
    second: int


@dataclass(frozen=True)
class LineRow:
    """One line."""

    id: bytes
    slug: str
    pack: str
    state: LineState
    roster_number: int
    code_first: int
    code_second: int


@dataclass(frozen=True)
class RoleEnvelopeRow:
    """A circle's key of one epoch, sealed to one reader."""

    circle: str
    epoch: int
    reader_id: bytes
    sealed: bytes


@dataclass(frozen=True)
class AccountRow:
    """A colleague's way in."""

    line_id: bytes
    reader_id: bytes
    salt: bytes
    proof_hash: bytes
    sealed_ring: bytes
    ring_version: int
    state: AccountState
    conduct: int = 0
    """The version of the code of conduct that was accepted; 0 for none."""
    trained: date | None = None
    """The day on which the training was finished."""


@dataclass(frozen=True)
class NewRing:
    """A ring that takes the place of an account's: only while the account still has this salt (this passphrase)."""

    reader_id: bytes
    salt: bytes
    sealed_ring: bytes


@dataclass(frozen=True)
class RosterStep:
    """What goes with one version of a roster, in its transaction: all of it is there, or none."""

    envelopes: tuple[RoleEnvelopeRow, ...] = ()
    """Role keys sealed to the people of that version."""
    drops: tuple[bytes, ...] = ()
    """Readers whose older role envelopes are deleted first."""
    joins: tuple[bytes, ...] = ()
    """Newcomers whose accounts become active."""
    leaves: bytes | None = None
    """Who leaves the line: the account is locked, and everything goes that made cases theirs."""
    new_ring: NewRing | None = None
    reading: bytes | None = None
    """A record for the audit, sealed to `lead`."""


@dataclass(frozen=True)
class KeyWrap:
    """One recipient's sealed copy of compartment keys. Recipients are "writer", "circle:NAME" and "reader:HEX"."""

    case_id: bytes
    recipient: str
    mask: int
    generation: int
    sealed: bytes
    own_copy: bool = False
    granted_by: bytes | None = None
    until: date | None = None


@dataclass(frozen=True)
class EntryRow:
    """One sealed entry as it is handed out. The order of entries says nothing: their time stands inside the seal."""

    entry_id: bytes
    compartment: int
    generation: int
    sealed: bytes
    direction: Direction
    shown_until: date | None = None


@dataclass(frozen=True)
class NewEntry:
    """An entry for `append_entries`. One to the writer may wait for a moment (undo, safe hours)."""

    entry: SealedEntry
    direction: Direction = Direction.INSIDE
    released_at: datetime | None = None


@dataclass(frozen=True)
class WholeFile:
    """A file whose pieces are all there, for the entry that names it: its id, which is the entry's, and its pieces."""

    file_id: bytes
    pieces: int


@dataclass(frozen=True)
class Withdrawal:
    """What a step of work takes back of what still waits for its moment at `now`.

    `deleted` is gone from the case: the step seals it anew where it wants it. `kept` stays, inside.
    """

    deleted: tuple[bytes, ...]
    kept: tuple[bytes, ...]
    now: datetime

    @property
    def all_ids(self) -> tuple[bytes, ...]:
        """All that is taken back."""
        return self.deleted + self.kept


@dataclass(frozen=True)
class Mailbox:
    """What the writer's own words open: the sealed conversation, and the writer's sealed keys to it."""

    case_id: bytes
    line_id: bytes
    epoch: int
    case_number: bytes
    writer_public: bytes
    pack: str
    pack_version: int
    language: str
    channel: str
    state: CaseState
    opened: date
    answer_by: datetime | None
    wraps: tuple[KeyWrap, ...]
    commitments: tuple[Commitment, ...]
    entries: tuple[EntryRow, ...]
    version: int


@dataclass(frozen=True)
class CaseMarks:
    """What stands in clear of a case, for those who may see it."""

    case_id: bytes
    line_id: bytes
    epoch: int
    case_number: bytes
    writer_public: bytes
    pack: str
    pack_version: int
    maker: int
    language: str
    channel: str
    circle: str
    owner: bytes | None
    state: CaseState
    urgency: Urgency
    look_by: LookBy
    look_by_day: date
    answer_by: datetime | None
    opened: date
    code_name: CodeName
    rank: int
    confirmed: bool
    version: int
    commitments: tuple[Commitment, ...]
    card: SealedEntry
    stand_in: bytes | None
    follow_from: date | None
    """The first day of the week in which a closed case is asked again."""
    shown_state: CaseState | None = None
    """How far a closed case was: what its mailbox goes on saying. None while it is open."""


@dataclass(frozen=True)
class CaseRow(CaseMarks):
    """A case, with the sealed keys that this reader may open."""

    wraps: tuple[KeyWrap, ...] = ()


@dataclass(frozen=True)
class Hold:
    """Who works on a case for these minutes."""

    case_id: bytes
    reader_id: bytes
    until: datetime


@dataclass(frozen=True)
class CaseReaderRow:
    """One colleague who holds keys of a case, and of which compartments, as a mask."""

    reader_id: bytes
    granted_by: bytes | None
    until: date | None
    mask: int


@dataclass(frozen=True)
class HandOverRow:
    """An offer to take a case over that nobody has answered yet. What is said with it stands sealed in the case."""

    case_id: bytes
    giver: bytes
    taker: bytes
    day: date


class Unchanged(Enum):
    """The value of a mark that a step leaves as it is."""

    UNCHANGED = 0


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True)
class MarksChange:
    """The marks that one step of work changes. A new look-by needs its day; an answer ends the promise by itself."""

    owner: bytes | Unchanged | None = UNCHANGED
    circle: str | Unchanged = UNCHANGED
    state: CaseState | Unchanged = UNCHANGED
    urgency: Urgency | Unchanged = UNCHANGED
    look_by: LookBy | Unchanged = UNCHANGED
    look_by_day: date | Unchanged = UNCHANGED
    answer_by: datetime | Unchanged | None = UNCHANGED
    card: SealedEntry | Unchanged = UNCHANGED
    confirmed: bool | Unchanged = UNCHANGED
    stand_in: bytes | Unchanged | None = UNCHANGED
    follow_from: date | Unchanged | None = UNCHANGED
    shown_state: CaseState | Unchanged = UNCHANGED


class DraftKind(IntEnum):
    """What a draft is to become."""

    ANSWER = 1
    NOTE = 2
    LETTER = 3
    """Papers that lie in the case already, and wait for a second pair of eyes."""


class DraftMark(IntEnum):
    """Whose turn a draft is."""

    OWN = 0
    """Its author writes on."""
    ASKED = 1
    """It waits for a second pair of eyes."""
    BACK = 2
    """A colleague looked at it; it is the author's again."""


@dataclass(frozen=True)
class DraftRow:
    """What somebody writes into a case and has not sent. `version` is 0 for one that is not stored yet."""

    draft_id: bytes
    case_id: bytes
    author: bytes
    kind: DraftKind
    mark: DraftMark
    generation: int
    version: int
    sealed: bytes


@dataclass(frozen=True)
class SentDraft:
    """A draft that ends with the step that sends it, unless it was written on after this version."""

    author: bytes
    kind: DraftKind
    version: int


@dataclass(frozen=True)
class TallyRow:
    """One confirmed request as figures count it. Month is "YYYY-MM"; dims are the pack's published dimensions."""

    key: bytes
    month: str
    kind: str
    dims: Mapping[str, str]


@dataclass(frozen=True)
class SessionRow:
    """One session's sealed belongings."""

    line_id: bytes
    reader_id: bytes | None
    sealed: bytes
    opened: datetime
    seen: datetime


@dataclass(frozen=True)
class OwnSession:
    """One of a reader's sessions as a list shows it."""

    id_hash: bytes
    opened: datetime
    seen: datetime


@dataclass(frozen=True)
class ReviewRow:
    """One signed reading of a rule of the guide. `sealed` is its remark to the coordinators, empty for none."""

    review_id: bytes
    rule: str
    day: date
    signed: bytes
    sealed: bytes = b""


@dataclass(frozen=True)
class BriefRow:
    """A brief to one circle, sealed to its role key of one epoch."""

    brief_id: bytes
    circle: str
    epoch: int
    day: date
    sealed: bytes

"""One recall, in the child: through the open cases slice by slice, to those whose advice would be another one today.

In two steps, as a search. First the bodies of each readable case are opened as bytes; one without advice is passed over
unread, of the others the facts are worked out and compared, and nothing of this is ever shown. A case that may differ
is then opened as its page would open it (`opening.look_into`): rights are asked for anew, authors are proven, and only
what differs by what they signed is told. So what a colleague forged may keep a case from the first step's notice, and
can never show one.

It writes nothing. The pack and the wordings that were kept are public; every process has them.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import NotAllowedError
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.kept_rules import kept_rules
from leeside.desk.keyring import OpenedCase, ReadEntry, RefusedError, SearchedBodies
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.recalling.readiness import why_not
from leeside.desk.recalling.told import FACTUAL, EntriesOnly, facts_when_told, tellings_of
from leeside.desk.safety.seizure import distrusted_in
from leeside.desk.seat import Seat
from leeside.desk.told_rules import KIND
from leeside.desk.writing.canned import writers_language
from leeside.guide.comparing import Comparer, Difference
from leeside.sealing.compartments import Compartment
from leeside.sealing.entries import SYSTEM_AUTHOR, EntryBody, decode_body
from leeside.sealing.errors import MalformedError
from leeside.sealing.own_copies import seal_own_copy
from leeside.vault import store
from leeside.vault.store import Direction, EntryRow, SearchedCase, SearchPlace, SearchScope

_SLICE: Final = 120
"""Cases read at once: what they hold fits into a processor's cache."""
_WANTED: Final = frozenset(kind.encode() for kind in (*FACTUAL, KIND, "answer"))
_ANSWER: Final = EntryBody("answer", SYSTEM_AUTHOR, "", {})
_EVENTS: Final = (b'"seiz', b'"erased_entry"', b'"device_back"')
"""Of events only those that what was told or is trusted depends on."""


@dataclass(frozen=True)
class FoundDifference:
    """One difference, as plain values: `change` as `guide.comparing.Change` has it, days spelled out or empty."""

    change: tuple[str, str, str, str, str]
    told_on: str
    was: str
    day: str


@dataclass(frozen=True)
class FoundCase:
    """One open case that differs. `why_not` says why no line to many goes there; empty when it may."""

    case_id: str
    slug: str
    name: str
    is_mine: bool
    owner: str
    language: str
    why_not: str
    differences: list[FoundDifference]


@dataclass
class Found:
    """What a recall comes back with. `after` is where to go on, `copies` own copies to be kept."""

    cases: list[FoundCase] = field(default_factory=list)
    looked: int = 0
    told: int = 0
    unreadable: int = 0
    total: int = 0
    after: tuple[int, int | None] | None = None
    copies: list[tuple[str, int, int, str]] = field(default_factory=list, repr=False)


def compare_cases(seat: Seat, asked: Mapping[str, Any]) -> Found:
    """Do one recall as it was asked through the pipe."""
    after = asked["after"]
    return Recall(seat, SearchPlace(after[0], after[1]) if after else None).run()


class Recall:
    """One recall of one seat."""

    def __init__(self, seat: Seat, after: SearchPlace | None = None) -> None:
        self._seat = seat
        self._after = after or SearchPlace(0, None)
        self._comparer = Comparer(seat.pack.guide, kept_rules(seat.line_id), seat.today)
        self._found = Found()

    def run(self) -> Found:
        """Go through the cases until the page is full, the time is over, or the end is reached."""
        found, until = self._found, time.monotonic() + LIMITS.recall_slice_seconds
        scope = self._scope()
        found.total = store.count_for_search(scope)
        place: SearchPlace | None = self._after
        while place is not None:
            part = store.read_for_search(scope, place, _SLICE)
            stopped_at = self._look_through(part.cases, until)
            place = part.next_after if stopped_at is None else SearchPlace(place.part, stopped_at)
            if stopped_at is not None or time.monotonic() > until:
                break
        found.after = None if place is None else (place.part, place.rank)
        return found

    def _scope(self) -> SearchScope:
        seat = self._seat
        compartments = (int(Compartment.STORY), int(Compartment.WORK))
        return SearchScope(seat.line_id, seat.reader_id, tuple(seat.circles), compartments, is_closed=False)

    def _look_through(self, cases: Sequence[SearchedCase], until: float) -> int | None:
        """Look into the cases of a slice; the rank after which to go on when it was left before its end."""
        found = self._found
        for number, case in enumerate(cases):
            found.looked += 1
            try:
                bodies = self._seat.keyring.open_for_search(case)
            except RefusedError:
                found.unreadable += 1
                continue
            self._copy(case, bodies)
            if self._may_differ(bodies):
                self._open(case)
            is_last_of_rank = number + 1 == len(cases) or cases[number + 1].rank != case.rank
            if is_last_of_rank and (len(found.cases) >= LIMITS.recall_cases or time.monotonic() > until):
                return case.rank
        return None

    def _may_differ(self, bodies: SearchedBodies) -> bool:
        """The first step: whether a case was told anything that seems to be another one today."""
        mark = f'"kind":"{KIND}"}}'.encode()
        if not any(body.endswith(mark) for body in bodies.bodies):
            return False
        file = EntriesOnly(OpenedCase(entries_in(bodies), bodies.unreadable), zone=self._seat.line.time_zone)
        distrusted = distrusted_in(file)
        if distrusted:
            file = EntriesOnly(file.opened, distrusted, file.zone)
        self._found.told += 1
        return bool(self._compare(file))

    def _compare(self, file: EntriesOnly | CaseFile) -> tuple[Difference, ...]:
        told = tellings_of(file)
        if not told:
            return ()
        facts = case_facts(self._seat, file)
        return self._comparer.compare(told, facts, facts_when_told(self._seat, file, facts))

    def _open(self, case: SearchedCase) -> None:
        """The second step."""
        seat = self._seat
        try:
            file = look_into(seat, case.case_id)
        except NotAllowedError:
            return
        if not file.is_open or not is_allowed(seat, file, CaseAction.SEE_LAW):
            return
        differences = self._compare(file)
        if differences:
            self._found.cases.append(_told(seat, file, differences))

    def _copy(self, case: SearchedCase, bodies: SearchedBodies) -> None:
        """Make an own copy of a grant that was opened the slow way, as a search does."""
        ring = self._seat.keyring.ring
        for mask, generation, keys in bodies.uncopied:
            if len(self._found.copies) < LIMITS.search_copies:
                sealed = seal_own_copy(ring.sealing_seed, bodies.context, ring.reader_id, keys)
                self._found.copies.append((case.case_id.hex(), mask, generation, sealed.hex()))


def _told(seat: Seat, file: CaseFile, differences: Sequence[Difference]) -> FoundCase:
    row = file.row
    return FoundCase(
        case_id=row.case_id.hex(),
        slug=write_slug(row.code_name),
        name=write_code_name(row.code_name, seat.language),
        is_mine=row.owner == seat.reader_id,
        owner=seat.keyring.roster.name_of(row.owner) if row.owner else "",
        language=writers_language(seat, file),
        why_not=why_not(seat, file),
        differences=[
            FoundDifference(
                (one.change.turn, one.change.id, one.change.digest, one.change.now, one.change.now_digest),
                *(day.isoformat() if day is not None else "" for day in (one.told_on, one.was, one.day)),
            )
            for one in differences[: LIMITS.recall_differences]
        ],
    )


def entries_in(bodies: SearchedBodies) -> tuple[ReadEntry, ...]:
    """The entries that a comparison looks at, their authors taken at their word: the second step proves them.

    Whoever holds a key of the case may have sealed anything: what is no entry is passed over, as everywhere.
    """
    found = []
    for entry_id, plain in zip(bodies.ids, bodies.bodies, strict=True):
        # Keys of a body stand in their order, so its kind is the last word.
        kind = plain[plain.rfind(b':"') + 2 : -2]
        if kind not in _WANTED and not (kind == b"event" and any(word in plain for word in _EVENTS)):
            continue
        try:
            # Of an answer it is asked only whether it is there: advice that went with it counts while it is.
            body = _ANSWER if kind == _ANSWER.kind.encode() else decode_body(plain)
        except MalformedError:
            continue
        compartment = Compartment.STORY if body.author.kind == "writer" else Compartment.WORK
        row = EntryRow(entry_id, int(compartment), 0, b"", Direction.INSIDE)
        found.append(ReadEntry(entry_id, compartment, body, is_proven=True, row=row))
    return tuple(found)

"""One search, in the child: through the cases slice by slice, then the lines that are shown. It writes nothing.

In two steps, because only the first has to be fast:
1. Of every readable case the bodies are opened and looked into as they stand, as bytes (`sieve`). Where a word is
   neither there nor in the case's code name (`names`) the case is passed over. Commitments are compared; nothing of
   this step is ever shown.
2. A case that may fit is opened as its page would open it (`opening.look_into`: rights asked for anew, authors proven)
   and told by the tellers of its timeline. Only what they tell is compared and shown, so that a search shows nothing
   that the page would not. Of a drawer it is said that it fits, never what stands there: opening it is on record.
The search comes back after some cases or seconds, with the place to go on from.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import NotAllowedError
from leeside.desk.keyring import ReadEntry, RefusedError, SearchedBodies
from leeside.desk.limits import LIMITS
from leeside.desk.opening import DRAWERS, look_into
from leeside.desk.searching.matching import Snippet, Term, cut_out, fold, terms_of
from leeside.desk.searching.names import Names
from leeside.desk.searching.query import Query, from_json
from leeside.desk.searching.sieve import Sieve
from leeside.desk.seat import Seat
from leeside.desk.telling.registry import CHIPS, EVENTS, HIDDEN_EVENTS, KINDS
from leeside.desk.telling.shapes import day_of
from leeside.packs.pack import Pack
from leeside.sealing.compartments import Compartment
from leeside.sealing.own_copies import seal_own_copy
from leeside.vault import store
from leeside.vault.store import SearchedCase, SearchPlace, SearchScope
from leeside.web.dates import write_short_day

_SLICE: Final = 120
"""Cases read at once: what they hold fits into a processor's cache."""
_NEVER_SEARCHED: Final = frozenset({"card", "reading"})
_MOST_OPTIONS: Final = 40
_CODE_NAME: Final = "code_name"


@dataclass(frozen=True)
class Place:
    """One entry that fits: what kind, of which day, the line around the words. A drawer's line is empty.

    Or the case's code name, which has no day.
    """

    kind: str
    day: str
    line: Snippet = field(repr=False)
    not_proven: bool = False
    drawer: str = ""


@dataclass(frozen=True)
class FoundCase:
    """One case that fits."""

    case_id: str
    slug: str
    name: str
    is_open: bool
    is_mine: bool
    owner: str
    places: list[Place]
    more: int
    """Places that fit and are not shown."""


@dataclass
class Found:
    """What a search comes back with. `after` is where to go on, `copies` own copies to be kept."""

    cases: list[FoundCase] = field(default_factory=list)
    looked: int = 0
    entries: int = 0
    unreadable: int = 0
    total: int = 0
    uncopied: int = 0
    after: tuple[int, int | None] | None = None
    copies: list[tuple[str, int, int, str]] = field(default_factory=list, repr=False)


def search_cases(seat: Seat, asked: Mapping[str, Any]) -> Found:
    """Do one search as it was asked through the pipe."""
    return Search(seat, from_json(asked)).run()


class Search:
    """One search of one seat."""

    def __init__(self, seat: Seat, query: Query) -> None:
        self._seat, self._query = seat, query
        self._terms = terms_of(query.words, query.phrases)
        self._sieve = Sieve(_needles(seat.pack, seat.language, term) for term in self._terms)
        self._names = Names(self._terms, seat.language)
        self._found = Found()

    def run(self) -> Found:
        """Go through the cases until the page is full, the time is over, or the end is reached."""
        found, until = self._found, time.monotonic() + LIMITS.search_slice_seconds
        scope = self._scope()
        found.total = store.count_for_search(scope)
        place: SearchPlace | None = SearchPlace(*self._query.after) if self._query.after else SearchPlace(0, None)
        while place is not None:
            part = store.read_for_search(scope, place, _SLICE)
            stopped_at = self._look_through(part.cases, until)
            place = part.next_after if stopped_at is None else SearchPlace(place.part, stopped_at)
            if stopped_at is not None or time.monotonic() > until:
                break
        found.after = None if place is None else (place.part, place.rank)
        return found

    def _scope(self) -> SearchScope:
        seat, query = self._seat, self._query
        drawers = [DRAWERS[drawer] for drawer in query.drawers]
        return SearchScope(
            seat.line_id,
            seat.reader_id,
            tuple(seat.circles),
            tuple(int(one) for one in (Compartment.STORY, Compartment.WORK, *drawers)),
            is_open=query.state != "closed",
            is_closed=query.state != "open",
            is_mine=query.is_mine,
            language=query.language,
        )

    def _look_through(self, cases: Sequence[SearchedCase], until: float) -> int | None:
        """Look into the cases of a slice; the rank after which to go on when it was left before its end."""
        found = self._found
        for number, case in enumerate(cases):
            found.looked += 1
            try:
                bodies = self._seat.keyring.open_for_search(case)
            except RefusedError:
                found.unreadable += len(case.entries)
                continue
            found.entries += len(bodies.bodies)
            found.unreadable += bodies.unreadable
            self._copy(case, bodies)
            named = self._named(case)
            if self._sieve.may_hold(b"\n".join(bodies.bodies), named):
                self._open(case, named)
            is_last_of_rank = number + 1 == len(cases) or cases[number + 1].rank != case.rank
            if is_last_of_rank and (len(found.cases) >= LIMITS.search_cases or time.monotonic() > until):
                return case.rank
        return None

    def _copy(self, case: SearchedCase, bodies: SearchedBodies) -> None:
        """Make an own copy of a grant that was opened the slow way, so that the next search opens it fast."""
        ring = self._seat.keyring.ring
        for mask, generation, keys in bodies.uncopied:
            if len(self._found.copies) == LIMITS.search_copies:
                self._found.uncopied += 1
                continue
            sealed = seal_own_copy(ring.sealing_seed, bodies.context, ring.reader_id, keys)
            self._found.copies.append((case.case_id.hex(), mask, generation, sealed.hex()))

    def _named(self, case: SearchedCase) -> frozenset[int]:
        """Which terms fit the case's code name. It is of no kind and no day: where one is asked for, no name fits."""
        query = self._query
        return frozenset() if query.kinds or query.since or query.until else self._names.fitting(case.code_name)

    def _open(self, case: SearchedCase, named: frozenset[int]) -> None:
        try:
            files = [look_into(self._seat, case.case_id, drawer=drawer) for drawer in ("", *self._drawers(case))]
        except NotAllowedError:
            return
        file = files[0]
        if self._query.need and file.said.get(self._seat.pack.need_question) != self._query.need:
            return
        told = list(self._told(files))
        for number, term in enumerate(self._terms):
            if number not in named and not any(term.pattern.search(text) for _, text, _ in told):
                return
        fitting = [
            (sum(bool(term.pattern.search(text)) for term in self._terms), entry.body.at, place)
            for entry, text, place in told
        ]
        fitting = sorted((one for one in fitting if one[0]), key=lambda one: one[:2], reverse=True)
        places = [place for _, _, place in fitting]
        if named:
            line = cut_out(self._names.shown(case.code_name), self._terms)
            places.insert(0, Place(_CODE_NAME, "", line))
        shown = places[: LIMITS.search_places]
        self._found.cases.append(self._case(file, shown, len(places) - len(shown)))

    def _drawers(self, case: SearchedCase) -> list[str]:
        held = {compartment for wrap in case.wraps for compartment in Compartment if wrap.mask >> (compartment - 1) & 1}
        return [drawer for drawer in self._query.drawers if DRAWERS[drawer] in held]

    def _told(self, files: Sequence[CaseFile]) -> Iterator[tuple[ReadEntry, str, Place]]:
        """Every entry that the filters leave, with its folded text and how it would be shown."""
        drawers = {DRAWERS[name]: name for name in self._query.drawers}
        for number, file in enumerate(files):
            for entry in file.entries:
                # The first file has story and work; each after it is asked for its drawer only.
                if (entry.compartment in drawers) != bool(number) or entry.kind in _NEVER_SEARCHED:
                    continue
                day = day_of(self._seat, entry)
                if (self._query.since and day < self._query.since) or (self._query.until and day > self._query.until):
                    continue
                chip, text = _tell(self._seat, file, entry)
                if self._query.kinds and chip not in self._query.kinds:
                    continue
                shown_day = write_short_day(day, self._seat.language, self._seat.today)
                drawer = drawers.get(entry.compartment, "")
                line = [] if drawer else cut_out(text, self._terms)
                yield entry, fold(text), Place(chip, shown_day, line, not entry.is_proven, drawer)

    def _case(self, file: CaseFile, places: list[Place], more: int) -> FoundCase:
        row, seat = file.row, self._seat
        return FoundCase(
            case_id=row.case_id.hex(),
            slug=write_slug(row.code_name),
            name=write_code_name(row.code_name, seat.language),
            is_open=file.is_open,
            is_mine=row.owner == seat.reader_id,
            owner=seat.keyring.roster.name_of(row.owner) if row.owner else "",
            places=places,
            more=more,
        )


def _tell(seat: Seat, file: CaseFile, entry: ReadEntry) -> tuple[str, str]:
    """Under which chip an entry stands on the timeline, and all the words it is told in."""
    chip = CHIPS.get(entry.kind, "events")
    if not entry.is_proven:
        return chip, entry.text("text") or entry.text("event")
    if entry.kind == "event":
        name = entry.text("event")
        teller = None if name in HIDDEN_EVENTS else EVENTS.get(name)
        return chip, teller(seat, entry) if teller else ""
    tell = KINDS.get(entry.kind)
    if tell is None:
        return chip, ""
    item = tell(seat, file, entry)
    if item is None:
        return chip, ""
    return item.chip, " · ".join(
        part for part in (item.text, *(f"{label}: {value}" for label, value in item.lines)) if part
    )


def _needles(pack: Pack, language: str, term: Term) -> list[tuple[str, ...]]:
    """What a sealed body must contain for a term to be able to occur in it: its letters, or the id of an option of the
    pack whose words it occurs in. Bodies hold ids; their words are the reader's."""
    found: list[tuple[str, ...]] = [term.needles]
    for question in pack.questions:
        for option in question.options:
            words = pack.option_text(question, option.id, language)
            if len(found) <= _MOST_OPTIONS and term.pattern.search(fold(words)):
                found.append((f'"{option.id}"',))
    return found

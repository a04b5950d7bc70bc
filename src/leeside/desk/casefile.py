"""One case as one person sees it in one request: its row, their keys, its opened entries, and what those add up to.

Contents of the entries that the desk writes (kinds in `work` unless said otherwise):
    answer      {text}                                            in `story`, shown to the writer
    note        {text}, with {unsent: answer|note} what somebody had begun who then left the case
    message     {text, by: phone}        what the person said by telephone; the writer's own messages are in `story`
    fact        {fact, value, source: said|paper|third, day}      `fact` is a question's id; values as answers have them
                or an outcome's that keeps a case alive, with [day passed, day its term ends]
    correction  {entry, fact, reason}                             this value of this fact was wrong
    lesson      {text}                                            for whoever writes the rules; no personal data
    next_step   {what, who: reader id in hex, day}
    handover    {to: reader id in hex, asked, told, told_day, waiting, next, next_day, do_not, stays, read_before}
    notice      {text}                                            in `story`, shown to the writer; no answer
    reading     {what: case|identity|place|phrase, known} or {what: file, file: id in hex}; `known` are short ids of
                the writer's entries so far
    attachment  a file, as `sealing.attachments` has it; in `story` one that the writer may keep, with {words}
    contact     {channel, zone, starts, ends, days, stop_word, cover, never_first, silence_means}    in `story`, never
                shown in the mailbox; the address itself is the writer's own answer in `identity`
    check       {level, ground, line}
    phrase      {they, we}
    silence     {day or "", then, known}                          `known` are short ids of the writer's entries so far
    advice      {on, rules: [{id, digest}], facts, deadlines: {term: day}}, with {answer: entry id in hex} or
                {way: phone|in_person|letter|other, line}: see `told_rules`
    deadline_set  {term, title, event, day, reason}                see `guiding.deadlines`, with its events
    letter      {letter, version, language, rules: [{id, digest}], missing: number, files: {docx, pdf}}
    letter_fields  {letter: entry id in hex, values: {field: text}}    in `identity`: what was typed into a paper
    withdrawn   {text, by: reader id in hex, entry}               an answer that a seizure stopped
    paper       {row, paper, form, holder, since, back, expires, source, day}
    outgoing    {row, paper, line, to, way, number, sent, due, by_hand, answered, answer}
    event       {event, ...}: kept, given_back{reason}, moved{to, reason}, confirmed{kind, month, rows},
                counselled{row, month, entry}, counsel_undone{row}, closed{outcome, follow_up}, reopened,
                granted{reader}, revoked{reader}, rekeyed, seized{known, covered, generations}, seizure_undone{seizure},
                device_back{seizure, how}, stop_word_cleared{entry}, write_first_allowed{reason},
                check_asked{reader}, check_returned{reader}, check_approved{reader, hash: of exactly one text},
                letter_checked{letter}, letter_given{letter, file},
                about_answer{entry, drafted, checked: reader ids, mended, asked: fact ids,
                canned: [{id, version, base: hash, kept: of 100}], goes_out: time},
                assigned{reader, owner}, handed_over{reader, owner}, handover_refused{reader, reason},
                handover_withdrawn{reader}, handover_ran_out{reader}, stand_in_named{reader, read_before},
                stand_in_ended{reader},
                taken_over{owner}, needs_person, draft_ended{reader}, not_told{why}, erased_entry{kind, day}
    card        as `Pack.card` makes it
    link, may_be_told, referral   as `ties.reading`, `ties.may_be_told` and `ties.referral` say, with their events
Rules of evolution: a kind or field, once written, keeps its meaning; new ones are added; unknown ones are shown as
newer than this version and never dropped.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from leeside.desk.keyring import CaseKeys, OpenedCase, ReadEntry
from leeside.desk.permissions import Standing
from leeside.packs.answers import Answer, Answers
from leeside.packs.meanings import Meanings
from leeside.sealing.compartments import Compartment
from leeside.vault.store import CaseReaderRow, CaseRow, CaseState, Hold

SOURCES = ("said", "paper", "third")
_ORDER_WITHIN = ("reading", "event", "answers", "message", "answer", "advice", "note", "fact", "next_step")
"""Entries of one moment, as one flow writes them, in the order in which they read well."""


@dataclass(frozen=True)
class FactValue:
    """One dated value of one fact."""

    value: Answer
    source: str
    day: str
    by: bytes | None
    entry: str = ""
    """The id, in hex, of the entry that says it: a correction names it."""
    withdrawn: str = ""
    """Why somebody took it back; empty while it stands."""


@dataclass(frozen=True)
class NextStep:
    """What happens next, who does it, by which day."""

    what: str
    who: bytes
    day: date | None


class CaseEntries:
    """Opened entries of one case and what they add up to, whoever opened them and for what."""

    opened: OpenedCase
    distrusted: frozenset[bytes]
    zone: str

    @cached_property
    def entries(self) -> tuple[ReadEntry, ...]:
        """All opened entries, oldest first; of one moment in the order in which a flow tells them."""
        zone = ZoneInfo(self.zone)
        return tuple(sorted(self.opened.entries, key=lambda entry: _place_in_time(entry, zone)))

    def of_kind(self, kind: str) -> tuple[ReadEntry, ...]:
        """Entries of one kind whose author is proven: what flows build on. A forged fact counts for nothing."""
        return self._by_kind.get(kind, ())

    def events(self, name: str) -> tuple[ReadEntry, ...]:
        """Events of one name, oldest first."""
        return self._by_event.get(name, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[ReadEntry, ...]]:
        """Proven entries by kind: many parts ask, and a case may have hundreds."""
        found: dict[str, list[ReadEntry]] = {}
        for entry in self.entries:
            if entry.is_proven:
                found.setdefault(entry.kind, []).append(entry)
        return {kind: tuple(entries) for kind, entries in found.items()}

    @cached_property
    def _by_event(self) -> Mapping[str, tuple[ReadEntry, ...]]:
        found: dict[str, list[ReadEntry]] = {}
        for entry in self.of_kind("event"):
            found.setdefault(entry.text("event"), []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def said(self) -> Answers:
        """What the writer answered, of the compartments that are open here."""
        said: dict[str, Answer] = {}
        for entry in self._trusted_answers:
            answers = entry.body.content.get("answers")
            if isinstance(answers, Mapping):
                said.update({key: _answer(value) for key, value in answers.items()})
        return said

    @cached_property
    def voice(self) -> str:
        """Who writes about whom, as the form understood it; empty when it is not known."""
        return next((entry.text("voice") for entry in self.of_kind("answers") if entry.text("voice")), "")

    @cached_property
    def facts(self) -> Mapping[str, tuple[FactValue, ...]]:
        """Every fact's values that stand, the newest first: the writer's answers, then what colleagues set."""
        standing = {key: tuple(one for one in values if not one.withdrawn) for key, values in self.all_values.items()}
        return {key: values for key, values in standing.items() if values}

    @cached_property
    def all_values(self) -> Mapping[str, tuple[FactValue, ...]]:
        """The same with the values that were taken back: a wrong one stays visible, and counts for nothing."""
        taken_back = {
            (entry.text("entry"), entry.text("fact")): entry.text("reason") or "-"
            for entry in self.of_kind("correction")
        }
        found: dict[str, list[FactValue]] = {}
        for entry in self._trusted_answers:
            answers = entry.body.content.get("answers")
            for key, said in answers.items() if isinstance(answers, Mapping) else ():
                one = FactValue(_answer(said), "said", entry.body.at[:10], None, entry.entry_id.hex())
                found.setdefault(key, []).append(replace(one, withdrawn=taken_back.get((one.entry, key), "")))
        for entry in self.of_kind("fact"):
            value = _answer(entry.body.content.get("value"))
            key, spelled = entry.text("fact"), entry.entry_id.hex()
            one = FactValue(value, entry.text("source"), entry.text("day"), entry.author.reader_id, spelled)
            found.setdefault(key, []).append(replace(one, withdrawn=taken_back.get((spelled, key), "")))
        return {key: _newest_first(values) for key, values in found.items()}

    @cached_property
    def _trusted_answers(self) -> tuple[ReadEntry, ...]:
        return tuple(entry for entry in self.of_kind("answers") if entry.entry_id not in self.distrusted)

    @cached_property
    def known(self) -> Answers:
        """The newest value of every fact, as answers: what rules and cards are computed from."""
        return {key: values[0].value for key, values in self.facts.items() if values}

    @cached_property
    def next_step(self) -> NextStep | None:
        """The newest next step, or None."""
        written = self.of_kind("next_step")
        if not written:
            return None
        newest = written[-1]
        who, day = newest.text("who"), newest.text("day")
        return NextStep(newest.text("what"), reader_in(who), day_in(day))

    @cached_property
    def from_writer(self) -> frozenset[str]:
        """Short ids of what the writer sent: their entries carry no clock time, so a reading remembers which it saw."""
        return frozenset(entry.entry_id.hex()[:8] for entry in self.entries if entry.author.kind == "writer")

    @cached_property
    def about_answers(self) -> Mapping[str, ReadEntry]:
        """What the staff's side remembers of each answer, by the answer's id in hex: never in the writer's own key."""
        return {event.text("entry"): event for event in self.events("about_answer")}


@dataclass(frozen=True)
class CaseFile(CaseEntries):
    """The opened case. Entries are in the order of their own times, by the days of the line's time zone."""

    row: CaseRow
    keys: CaseKeys
    standing: Standing
    opened: OpenedCase
    hold: Hold | None
    granted: tuple[CaseReaderRow, ...] = field(repr=False)
    waiting: Mapping[bytes, datetime] = field(default_factory=dict, repr=False)
    """Answers that nobody was shown yet, by entry id, and the moment of each."""
    distrusted: frozenset[bytes] = frozenset()
    """Entries that came by the writer's words while somebody else held them: shown with that mark, and no facts."""
    memo: dict[str, object] = field(init=False, default_factory=dict, repr=False, compare=False)
    """What a part worked out of this case for this page, so that it is worked out once: a changed copy begins anew."""
    meanings: Meanings = field(default_factory=Meanings, repr=False)
    """What the questions of the line's pack mean to the desk."""
    zone: str = "UTC"
    """The line's time zone: a writer's entry carries its day only."""

    @property
    def readers(self) -> tuple[bytes, ...]:
        """Everybody with a grant."""
        return tuple(one.reader_id for one in self.granted)

    @property
    def is_open(self) -> bool:
        """Whether the case still needs a next step."""
        return self.row.state != CaseState.CLOSED

    @property
    def has_work(self) -> bool:
        """Whether somebody made the staff's compartment already."""
        return any(one.compartment == Compartment.WORK for one in self.row.commitments)


def reader_in(spelled: str) -> bytes:
    """The reader id that an entry names, or an empty one: what a colleague sealed may be anything."""
    try:
        return bytes.fromhex(spelled)
    except ValueError:
        return b""


def _place_in_time(entry: ReadEntry, zone: ZoneInfo) -> tuple[str, bool, str, int, int, bytes]:
    """By the line's day first: times are spelled in UTC, whose day is another one for some hours of the night.

    A writer's entries of one day have no time: how many the mailbox showed before each gives their order.
    """
    order = _ORDER_WITHIN.index(entry.kind) if entry.kind in _ORDER_WITHIN else len(_ORDER_WITHIN)
    seen = entry.body.content.get("seen")
    at = entry.body.at
    day, has_time = at[:10], "T" in at
    if has_time:
        # The calendar's last hours have no day in the next zone.
        with suppress(OverflowError):
            day = datetime.fromisoformat(at).astimezone(zone).date().isoformat()
    return day, has_time, at, order, seen if isinstance(seen, int) else 0, entry.entry_id


def _newest_first(values: list[FactValue]) -> tuple[FactValue, ...]:
    """By day, and of one day what was written later first."""
    order = sorted(enumerate(values), key=lambda numbered: (numbered[1].day, numbered[0]), reverse=True)
    return tuple(value for _, value in order)


def _answer(value: object) -> Answer:
    if isinstance(value, (list, tuple)):
        return tuple(str(one) for one in value)
    return str(value)


def day_in(text: str) -> date | None:
    """The day that a text spells, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

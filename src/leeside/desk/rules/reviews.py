"""What the line's lawyers signed about the guide's rules, verified each time it is shown.

A row of the database proves nothing. A reading counts when, in this order:
1. it is spelled as a reading of this line, this pack and the rule that its row names, with its remark unexchanged;
2. a key that its reader has or had on the roster signed it;
3. its reader may sign reviews now (`grades.is_lawyer`, not past their last day), with the key that signed it, and its
   day is not ahead. Whoever left, or has new keys because the old ones became known, signed nothing that still counts:
   nobody could tell it from what somebody signs with those keys today and dates back;
4. it was held against the present list of red lines;
5. it is of the present wording, to the byte.
What fails 1 or 2 is *refused*: shown as such, with no name, and never counted. What fails later is shown with its name
and the reason. Of one person's readings of one wording the newest speaks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from leeside.desk.grades import is_lawyer
from leeside.desk.permissions import Role
from leeside.desk.rosters import LineRoster
from leeside.desk.rules.checklist import CHECKLIST
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Review, Rule
from leeside.packs.guidebook.wordings import wording_of
from leeside.packs.pack import Pack
from leeside.sealing.errors import MalformedError, RefusedError
from leeside.sealing.reviews import Review as SignedReview
from leeside.sealing.reviews import hash_remark, read_review, verify_review
from leeside.vault.store import ReviewRow


class Verdict(Enum):
    """What a lawyer says of a rule."""

    HOLDS = "holds"
    CHANGE = "change"
    """It has to be corrected before it is relied on."""
    DROP = "drop"
    """It must not be used."""


class Standing(Enum):
    """What a reading is worth today."""

    COUNTS = "counts"
    EARLIER_WORDING = "earlier_wording"
    EARLIER_LIST = "earlier_list"
    NOT_A_LAWYER = "not_a_lawyer"
    AHEAD = "ahead"
    REPLACED = "replaced"
    """The same person read the same wording again later."""
    REFUSED = "refused"


@dataclass(frozen=True)
class Reading:
    """One row, judged. Nothing of a refused one may be shown but that it is there."""

    row: ReviewRow
    standing: Standing
    by: str = ""
    day: date | None = None
    verdict: Verdict | None = None
    signed: SignedReview | None = None


@dataclass(frozen=True)
class ReadRules:
    """Every reading by rule, the newest first, and what follows from them."""

    by_rule: Mapping[str, tuple[Reading, ...]]

    def of(self, rule_id: str) -> tuple[Reading, ...]:
        """The readings of one rule."""
        return self.by_rule.get(rule_id, ())

    def counting(self, rule_id: str) -> tuple[Reading, ...]:
        """Those that count, the newest first."""
        return tuple(one for one in self.of(rule_id) if one.standing is Standing.COUNTS)

    def accepted(self, rule_id: str) -> Reading | None:
        """The newest reading by which the rule holds; None while any lawyer's newest word is against it."""
        counting = self.counting(rule_id)
        if not counting or any(one.verdict is not Verdict.HOLDS for one in counting):
            return None
        return counting[0]

    def objections(self, rule_id: str) -> tuple[Reading, ...]:
        """Readings that count and say that the rule may not be relied on as it stands."""
        return tuple(one for one in self.counting(rule_id) if one.verdict is not Verdict.HOLDS)

    def had_earlier(self, rule_id: str) -> bool:
        """Whether a lawyer read an earlier wording, and nobody the present one."""
        found = self.of(rule_id)
        return not self.counting(rule_id) and any(one.standing is Standing.EARLIER_WORDING for one in found)

    @property
    def reworded(self) -> frozenset[str]:
        """The rules that were read in an earlier wording only."""
        return frozenset(rule_id for rule_id in self.by_rule if self.had_earlier(rule_id))

    @property
    def objected(self) -> Mapping[str, str]:
        """The rules that a lawyer speaks against, with the day of the newest such word."""
        found = {rule_id: self.objections(rule_id) for rule_id in self.by_rule}
        return {rule_id: one[0].row.day.isoformat() for rule_id, one in found.items() if one}

    def lay_over(self, rule: Rule) -> Rule:
        """The rule as the guide's sentences should speak of it: reviewed by whoever signed, else as its file says."""
        accepted = self.accepted(rule.id)
        if accepted is not None:
            return replace(rule, review=Review(accepted.by, accepted.day))
        return replace(rule, review=Review()) if self.objections(rule.id) else rule

    def lay_over_all(self, book: Guidebook) -> Guidebook:
        """The same for a whole guide."""
        return replace(book, rules=tuple(self.lay_over(rule) for rule in book.rules))


@dataclass(frozen=True)
class _Court:
    """What a row is held against."""

    line_id: bytes
    pack: str
    roster: LineRoster
    today: date
    wordings: Mapping[str, bytes]


def judge(rows: Iterable[ReviewRow], line_id: bytes, pack: Pack, roster: LineRoster, today: date) -> ReadRules:
    """What these rows are worth today."""
    rows = tuple(rows)
    named = {row.rule for row in rows}
    wordings = {rule.id: wording_of(rule, pack.guide) for rule in pack.guide.rules if rule.id in named}
    court = _Court(line_id, pack.name, roster, today, wordings)
    found: dict[str, list[Reading]] = {}
    for row in rows:
        found.setdefault(row.rule, []).append(_judge_one(row, court))
    return ReadRules({rule_id: _in_order(readings) for rule_id, readings in found.items()})


def _judge_one(row: ReviewRow, court: _Court) -> Reading:
    signed = _proven(row, court)
    if signed is None:
        return Reading(row, Standing.REFUSED)
    verdict = next((one for one in Verdict if one.value == signed.verdict), None)
    standing = Standing.COUNTS
    if not _may_sign(signed, row, court):
        standing = Standing.NOT_A_LAWYER
    elif signed.day > court.today:
        standing = Standing.AHEAD
    elif signed.checklist != CHECKLIST or verdict is None:
        standing = Standing.EARLIER_LIST
    elif court.wordings.get(signed.rule) != signed.wording:
        standing = Standing.EARLIER_WORDING
    return Reading(row, standing, court.roster.name_of(signed.reader_id), signed.day, verdict, signed)


def _proven(row: ReviewRow, court: _Court) -> SignedReview | None:
    """The reading, if some key that its reader ever had signed it for this very place; None for anything else."""
    try:
        signed = read_review(row.signed)
    except MalformedError:
        return None
    place = (signed.line_id, signed.review_id, signed.pack, signed.rule, signed.day, signed.remark_hash)
    if place != (court.line_id, row.review_id, court.pack, row.rule, row.day, hash_remark(row.sealed)):
        return None
    keys = court.roster.verify_keys_of(signed.reader_id)
    return signed if any(_is_signed_by(row.signed, key) for key in keys) else None


def _may_sign(signed: SignedReview, row: ReviewRow, court: _Court) -> bool:
    """Whether its reader signs for the line today, with the key that signed it."""
    person, role = court.roster.person(signed.reader_id), court.roster.role_of(signed.reader_id, court.today)
    if person is None or not is_lawyer(person) or role is Role.NOBODY:
        return False
    return _is_signed_by(row.signed, person.verify_key)


def _is_signed_by(signed: bytes, verify_key: bytes) -> bool:
    try:
        verify_review(signed, verify_key)
    except RefusedError:
        return False
    return True


def _in_order(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The newest first; of one person's readings of one wording only the newest counts."""
    ordered = sorted(readings, key=lambda one: (one.row.day, one.signed.number if one.signed else 0), reverse=True)
    spoken: set[tuple[bytes, bytes]] = set()
    found = []
    for one in ordered:
        place = (one.signed.reader_id, one.signed.wording) if one.signed is not None else None
        if one.standing is Standing.COUNTS and place in spoken:
            found.append(replace(one, standing=Standing.REPLACED))
            continue
        if one.standing is Standing.COUNTS and place is not None:
            spoken.add(place)
        found.append(one)
    return tuple(found)

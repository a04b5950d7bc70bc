"""Signing a review: a lawyer of the line puts their key under one wording of one rule.

Rules:
1. Only who has the word `lawyer` on the signed roster, which a coordinator put there, and only over the wording that
   the page showed: a rule that changed meanwhile is refused.
2. By which a rule holds, every line of the list is ticked. Who speaks against a rule ticks nothing, and says why.
3. A remark is sealed to the coordinators, who hand it to whoever keeps the pack. Its author cannot open it again.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.grades import is_lawyer
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, may_on_line, require_line_action
from leeside.desk.rules.checklist import CHECKLIST, checklist
from leeside.desk.rules.reviews import ReadRules, Verdict, judge
from leeside.desk.seat import Seat
from leeside.packs.answers import clean_text
from leeside.packs.guidebook.rules import Rule
from leeside.packs.guidebook.wordings import wording_of
from leeside.sealing.context import LEAD
from leeside.sealing.reviews import NO_REMARK, RemarkPlace, Review, hash_remark, sign_review
from leeside.sealing.seal import new_entry_id, seal_remark
from leeside.vault import store


def may_sign(seat: Seat) -> bool:
    """Whether this person may sign reviews."""
    return may_on_line(LineAction.SIGN_REVIEW, seat.role) and is_lawyer(seat.person)


def read_rules(seat: Seat, rules: tuple[str, ...] | None = None) -> ReadRules:
    """Every reading of these rules, or of all, with what it is worth today."""
    rows = store.fetch_reviews(seat.line_id, rules)
    return judge(rows, seat.line_id, seat.pack, seat.keyring.roster, seat.today)


@dataclass(frozen=True)
class Said:
    """What the form of a review brings; nothing of it was looked at yet. `wording` is that of the page it stood on."""

    wording: str
    ticked: frozenset[str]
    verdict: str
    remark: str


def sign(seat: Seat, rule: Rule, untrusted: Said) -> None:
    """Sign and keep one reading. Raises InputError, and ConflictError when the rule has changed meanwhile."""
    require_line_action(LineAction.SIGN_REVIEW, seat.role)
    if not is_lawyer(seat.person):
        raise NotAllowedError
    wording = wording_of(rule, seat.pack.guide)
    if untrusted.wording != wording.hex():
        raise store.ConflictError("another wording was read")
    verdict = next((one for one in Verdict if one.value == untrusted.verdict), None)
    if verdict is None:
        raise InputError("verdict", _("What do you say of the rule? Choose one."))
    if verdict is Verdict.HOLDS and {item.key for item in checklist()} - untrusted.ticked:
        raise InputError("checklist", _("Every line has to be ticked before a rule holds. Which one does not?"))
    remark = clean_text(untrusted.remark).strip()
    if len(remark) > LIMITS.remark_characters:
        raise InputError("remark", _("A remark has at most 1000 letters."))
    if verdict is not Verdict.HOLDS and not remark:
        raise InputError("remark", _("Say what is wrong: without that nobody can correct it."))
    _keep(seat, rule, wording, verdict, remark)


def _keep(seat: Seat, rule: Rule, wording: bytes, verdict: Verdict, remark: str) -> None:
    review_id, epoch, sealed = new_entry_id(), 0, b""
    if remark:
        role_key = seat.keyring.roster.current.role_key(LEAD)
        epoch = role_key.epoch
        sealed = seal_remark(role_key.public, RemarkPlace(seat.line_id, epoch, review_id), remark)
    review = Review(
        line_id=seat.line_id,
        review_id=review_id,
        reader_id=seat.reader_id,
        pack=seat.pack.name,
        rule=rule.id,
        wording=wording,
        checklist=CHECKLIST,
        day=seat.today,
        number=_next_number(seat, rule),
        verdict=verdict.value,
        remark_epoch=epoch,
        remark_hash=hash_remark(sealed) if sealed else NO_REMARK,
    )
    signed = sign_review(review, seat.keyring.ring.signing_seed)
    store.put_review(seat.line_id, store.ReviewRow(review_id, rule.id, seat.today, signed, sealed))


def _next_number(seat: Seat, rule: Rule) -> int:
    proven = [one.signed for one in read_rules(seat, (rule.id,)).of(rule.id) if one.signed is not None]
    return max((one.number for one in proven if one.reader_id == seat.reader_id), default=0) + 1

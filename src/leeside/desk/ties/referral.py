"""A referral outside: a packet for somebody who is not on the line, with nothing in it but what was ticked.

    referral  {link, receiver, listed, fields, purpose, consent: said|paper, consent_day, answer_due}
              in the original case; `listed` is the receiver's id in the pack's list, or empty
    event     referral_outcome{link, outcome}, referral_revoked{link}                              in the original case

The packet is a case of the same line whose *writer* is the receiver: its words are given to them outside, by whoever
refers. Its mailbox shows the packet as a message of the line, the receiver answers there, and the first opening of the
message is their receipt.

Rules:
1. Only a field that was ticked is in the packet, and the words that were written for the receiver. Identity and place
   are read for it only when one of their fields was ticked, and that is on record like every opened drawer.
2. The person's consent is noted with how and when it was given. Without it nothing is made.
3. A packet has the owner of the case it is from, is never counted, and no figure knows it.
4. There is a day by which an answer is expected. Unanswered, the referral is due in the original case.
5. Taken back, the mark is written in the original first; then the packet's case is erased. A packet whose mark is
   there and which is still there is erased at the next opening of the original (`settle_revoked`).
6. The receiver is one of the pack's list, or somebody who is written down: one of the two. The list says who they are
   and how they are reached; the packet is sealed to words alone, which reach them as the list says.
7. In order: the packet is deposited, gets its text and its half of the link, then the original gets its half. After a
   power loss in between, an empty or unlinked packet lies with its maker; nobody was given its words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from leeside.desk.answering import read_text
from leeside.desk.casefile import CaseFile, day_in, reader_in
from leeside.desk.changes import begin
from leeside.desk.channels import REFERRAL as CHANNEL
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.keyring import RefusedError
from leeside.desk.limits import LIMITS
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import DRAWERS, look_into, open_case
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import describe_value
from leeside.desk.telling.ties import answer_from
from leeside.desk.ties.links import write_half
from leeside.desk.ties.making import Made, Way, begin_made, circle_of_maker, language_of, make_case, take_token
from leeside.desk.ties.one_owner import hand_on, look
from leeside.desk.ties.reading import REFERRAL, Link, links_of
from leeside.packs.answers import Answer, AnswersRead, clean_text
from leeside.sealing.compartments import Compartment
from leeside.sealing.seal import new_entry_id
from leeside.vault import store
from leeside.web.languages import language_name

CONSENTS: Final = ("said", "paper")
MOST_DAYS: Final = 365


@dataclass(frozen=True)
class NewReferral:
    """What somebody wrote and ticked."""

    receiver: str
    purpose: str
    fields: tuple[str, ...]
    consent: str
    consent_day: date
    answer_due: date
    language: str
    listed: str = ""


@dataclass(frozen=True)
class ListedReceiver:
    """One of the pack's receivers in words: what for, how they are reached, where, in which languages."""

    key: str
    name: str
    purpose: str
    reached: str
    region: str
    languages: str
    fingerprint: str


@dataclass(frozen=True)
class Referral:
    """One packet as the original case and the packet itself tell it."""

    link: bytes
    receiver: str
    answer_due: date | None
    fields: tuple[str, ...]
    outcome: str
    is_revoked: bool
    opened_on: date | None
    has_answered: bool
    packet_id: bytes | None


def refer(seat: Seat, case_id: bytes, token: str, new: NewReferral) -> Made:
    """Make the packet; its words, for the receiver. Raises InputError beside the field at fault."""
    file = look_into(seat, case_id)
    begin(seat, file, CaseAction.REFER)
    receiver = _receiver_of(seat, new)
    purpose = read_text(new.purpose, "purpose", LIMITS.note_characters)
    _require_whole(seat, new)
    take_token(seat, f"refer {case_id.hex()}", token)
    language = language_of(seat, new.language)
    text = _packet_text(seat, file, purpose, new.fields, language)
    way = Way(CHANNEL, language, circle_of_maker(seat, file.row.circle))
    made = make_case(seat, AnswersRead({}, {}, ""), way)
    link = _settle_packet(seat, made, file, text, (receiver, new.answer_due))
    change = begin(seat, look_into(seat, case_id), CaseAction.REFER)
    write_half(seat, file, Link(link, made.case_id, REFERRAL, "origin"), change)
    content = {
        "link": link.hex(),
        "receiver": receiver,
        "listed": new.listed,
        "fields": list(new.fields),
        "purpose": purpose,
        "consent": new.consent,
        "consent_day": new.consent_day.isoformat(),
        "answer_due": new.answer_due.isoformat(),
    }
    change.add("referral", content)
    change.commit()
    return made


def record_outcome(seat: Seat, case_id: bytes, link: bytes, outcome: str) -> int:
    """Write down what came of a referral, as one of the pack's outcomes."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.REFER)
    _require_there(seat, file, link)
    if outcome not in {one.id for one in seat.pack.outcomes}:
        raise InputError("outcome", _("Choose an outcome from the list."))
    change.add_event("referral_outcome", link=link.hex(), outcome=outcome)
    return change.commit()


def revoke_referral(seat: Seat, case_id: bytes, link: bytes) -> None:
    """Take a packet back, by rule 5. What the receiver has read, they know."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.REFER)
    found = _require_there(seat, file, link)
    change.add_event("referral_revoked", link=link.hex())
    change.commit()
    if found.packet_id is not None:
        _erase_packet(seat, found.packet_id)


def settle_revoked(seat: Seat, file: CaseFile) -> bool:
    """Erase packets that were taken back and are still there."""
    gone = {event.text("link") for event in file.events("referral_revoked")}
    for one in links_of(file):
        if one.relation == REFERRAL and one.leads and one.link.hex() in gone:
            _erase_packet(seat, one.case_id)
    return False


def referrals_of(seat: Seat, file: CaseFile) -> tuple[Referral, ...]:
    """Every packet that went out of this case, oldest first."""
    by_link = {one.link: one for one in links_of(file) if one.relation == REFERRAL and one.leads}
    outcomes = {event.text("link"): event.text("outcome") for event in file.events("referral_outcome")}
    revoked = {event.text("link") for event in file.events("referral_revoked")}
    found = []
    for entry in file.of_kind("referral"):
        link = reader_in(entry.text("link"))
        tie = by_link.get(link)
        packet = look(seat, tie.case_id) if tie is not None else None
        fields = entry.body.content.get("fields")
        found.append(
            Referral(
                link=link,
                receiver=entry.text("receiver"),
                answer_due=day_in(entry.text("answer_due")),
                fields=tuple(str(one) for one in fields) if isinstance(fields, list) else (),
                outcome=outcomes.get(link.hex(), ""),
                is_revoked=link.hex() in revoked,
                opened_on=_opened_on(packet) if packet is not None else None,
                has_answered=packet is not None and _has_answered(packet),
                packet_id=tie.case_id if tie is not None else None,
            )
        )
    return tuple(found)


def offered_fields(seat: Seat, file: CaseFile) -> tuple[tuple[str, str, str], ...]:
    """What can be ticked: id, label and the value in words. Of closed drawers the label only: they stay closed."""
    described = {one.question: one for one in seat.pack.describe(dict(file.known), seat.language, file.voice)}
    offered = []
    for question in seat.pack.questions:
        label = seat.pack.text(question.label_key, seat.language, file.voice)
        if question.id in described and question.compartment == Compartment.STORY:
            offered.append((question.id, label, describe_value(seat, described[question.id])))
        elif question.compartment in DRAWERS.values() and file.keys.holds(question.compartment):
            offered.append((question.id, label, ""))
    return tuple(offered)


def receivers_for(seat: Seat, file: CaseFile) -> tuple[ListedReceiver, ...]:
    """The pack's list in words, first those who help with what this person wants."""
    pack, language = seat.pack, seat.language
    need = file.known.get(pack.need_question)
    fit = sorted(pack.receivers, key=lambda one: bool(one.wants) and need not in one.wants)
    return tuple(
        ListedReceiver(
            key=one.id,
            name=pack.text(f"receiver.{one.id}.name", language),
            purpose=pack.text(f"receiver.{one.id}.purpose", language),
            reached=pack.text(f"receiver.{one.id}.reached", language),
            region=pack.text(f"receiver.{one.id}.region", language),
            languages=", ".join(language_name(each) for each in one.languages),
            fingerprint=one.fingerprint,
        )
        for one in fit
    )


def _receiver_of(seat: Seat, new: NewReferral) -> str:
    """The receiver's name, by rule 6."""
    if not new.listed:
        return " ".join(read_text(new.receiver, "receiver", LIMITS.line_characters).split())
    if clean_text(new.receiver):
        raise InputError("receiver", _("Choose from the list, or write who gets it: one of the two."))
    if new.listed not in {one.id for one in seat.pack.receivers}:
        raise InputError("receiver", _("Choose somebody from the list."))
    return seat.pack.text(f"receiver.{new.listed}.name", seat.language)


def _require_whole(seat: Seat, new: NewReferral) -> None:
    known = {question.id for question in seat.pack.questions}
    if not set(new.fields) <= known:
        raise InputError("fields", _("This fact is not kept here."))
    if new.consent not in CONSENTS:
        raise InputError("consent", _("How did the person agree? Without their consent nothing goes out."))
    if new.consent_day > seat.today:
        raise InputError("consent_day", _("This day has not come yet."))
    if not seat.today < new.answer_due <= seat.today + timedelta(days=MOST_DAYS):
        raise InputError("answer_due", _("Choose a day within a year, from tomorrow on."))


def _packet_text(seat: Seat, file: CaseFile, purpose: str, fields: Sequence[str], language: str) -> str:
    """The message: the words for the receiver, then each ticked field, label and value."""
    values = values_of(seat, file, fields)
    with translation.override(language):
        described = seat.pack.describe(values, language, file.voice)
        lines = [f"{one.label}: {', '.join(one.values)}" for one in described]
    text = "\n\n".join((purpose, "\n".join(lines))) if lines else purpose
    if len(text) > LIMITS.text_characters:
        too_long = _("This is too long: at most %(limit)d letters.")
        raise InputError("fields", too_long % {"limit": LIMITS.text_characters})
    return text


def values_of(seat: Seat, file: CaseFile, fields: Sequence[str]) -> Mapping[str, Answer]:
    """The newest values of ticked fields. A drawer is opened, and that is on record, when one of its fields was."""
    wanted = set(fields)
    values: dict[str, Answer] = {key: value for key, value in file.known.items() if key in wanted}
    for name, compartment in DRAWERS.items():
        asked = {one.id for one in seat.pack.questions if one.compartment == compartment} & wanted
        if asked:
            opened = open_case(seat, file.row.case_id, drawer=name)
            values.update({key: value for key, value in opened.known.items() if key in asked})
    return values


def _settle_packet(seat: Seat, made: Made, origin: CaseFile, text: str, due: tuple[str, date]) -> bytes:
    """What the packet's case begins with, in one change; the link's id."""
    file, change = begin_made(seat, made)
    owner = origin.row.owner or seat.reader_id
    hand_on(change, file, owner)
    link = Link(new_entry_id(), origin.row.case_id, REFERRAL, "packet")
    write_half(seat, file, link, change)
    change.add("answer", {"text": text}, compartment=Compartment.STORY, direction=store.Direction.TO_WRITER)
    receiver, answer_due = due
    add_step(change, file, Step(answer_from(receiver), owner, answer_due))
    change.mark(state=store.CaseState.ANSWERED)
    change.commit()
    return link.link


def _require_there(seat: Seat, file: CaseFile, link: bytes) -> Referral:
    found = next((one for one in referrals_of(seat, file) if one.link == link and not one.is_revoked), None)
    if found is None:
        raise NotAllowedError
    return found


def _erase_packet(seat: Seat, packet_id: bytes) -> None:
    """Erase a packet's case, and nothing else: a case that came another way is left alone."""
    try:
        file = look_into(seat, packet_id)
    except (NotAllowedError, RefusedError):
        return
    if file.row.channel == CHANNEL:
        store.erase_case(packet_id, seat.today)


def _opened_on(packet: CaseFile) -> date | None:
    days = [
        entry.row.shown_until - timedelta(days=store.LIMITS.shown_days)
        for entry in packet.of_kind("answer")
        if entry.row.shown_until is not None
    ]
    return min(days) if days else None


def _has_answered(packet: CaseFile) -> bool:
    return any(entry.author.kind == "writer" for entry in packet.of_kind("message"))

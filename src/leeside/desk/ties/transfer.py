"""A transfer to another line of this installation: a new case there, with what the mover holds and ticks.

    event   transferred{line: slug, way: mailbox|read_out}      in the old case

Rules:
1. The other line's roster is verified up to the fingerprint that stands in the settings before anything is sealed to
   its circles; a line without a pin, or whose chain does not lead there, takes nothing.
2. Only ticked answers go. A line of the same pack gets them as answers; another pack gets them as described text.
3. The new case has words of its own. The mover chooses how the writer learns them: as an answer in the old mailbox,
   which whoever holds the device may read too, or read out once, and then they stand on one page only.
4. The old case is closed as referred, with no follow-up: the other line asks. Nobody of this line can open the new one.
   Cases that it is linked with get a mark that it went (`endings`), without the line's name.
5. In order: the new case is deposited, then answer, mark and closing are written in one change. After a power loss in
   between, the other line has a case whose words nobody knows, and the mover does it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.channels import TRANSFER
from leeside.desk.errors import InputError, NotAllowedError, UntrustedRosterError
from leeside.desk.lines import configured_lines, line_row, pack_of, title_of
from leeside.desk.opening import look_into
from leeside.desk.outgoing import release_moment, require_free
from leeside.desk.permissions import CaseAction
from leeside.desk.rosters import LineRoster, load_roster
from leeside.desk.seat import Seat
from leeside.desk.ties.endings import mark_moved
from leeside.desk.ties.making import language_of, take_token
from leeside.desk.ties.referral import values_of
from leeside.packs.answers import Answer, AnswersRead
from leeside.packs.marks import Urgency
from leeside.packs.pack import Pack
from leeside.packs.promise_times import promised_by
from leeside.packs.sealing_answers import Arrival, seal_answers
from leeside.sealing.compartments import Compartment
from leeside.sealing.parcels import Maker
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.vault import store
from leeside.web.lines import LineSettings

IN_MAILBOX = "mailbox"
READ_OUT = "read_out"


@dataclass(frozen=True)
class NewTransfer:
    """What somebody chose: the line, the ticked answers, and how the writer learns the new words."""

    line: str
    fields: tuple[str, ...]
    way: str


def lines_to_transfer_to(seat: Seat) -> tuple[LineSettings, ...]:
    """The other lines that are open and pinned, by slug."""
    found = []
    for line in configured_lines():
        if line.slug != seat.line.slug and line.fingerprint:
            try:
                if line_row(line).state == store.LineState.OPEN:
                    found.append(line)
            except NotAllowedError:
                continue
    return tuple(found)


def transfer(seat: Seat, case_id: bytes, token: str, new: NewTransfer) -> Receipt:
    """Move the case; its new words. Raises InputError beside the field at fault."""
    file = look_into(seat, case_id)
    begin(seat, file, CaseAction.TRANSFER)
    target = next((line for line in lines_to_transfer_to(seat) if line.slug == new.line), None)
    if target is None:
        raise InputError("line", _("Choose a line from the list."))
    roster = _verified(target)
    if new.way not in {IN_MAILBOX, READ_OUT}:
        raise InputError("way", _("How will the writer learn the new words? Please choose."))
    if new.way == IN_MAILBOX:
        require_free(seat, file)
    read = _answers_for(seat, file, target, values_of(seat, file, new.fields))
    if not read.answers:
        raise InputError("fields", _("Tick at least one thing that goes with the case."))
    take_token(seat, f"transfer {case_id.hex()}", token)
    receipt = make_receipt()
    _deposit(seat, file, target, (roster, read, receipt))
    _leave(seat, case_id, target, new.way, receipt)
    return receipt


def _verified(target: LineSettings) -> LineRoster:
    """The other line's roster, by rule 1."""
    row = line_row(target)
    try:
        return load_roster(row.id, bytes.fromhex(target.fingerprint), row.roster_number, 0)
    except (UntrustedRosterError, ValueError):
        raise InputError("line", _("The keys of that line could not be proven. Nothing was sent.")) from None


def _answers_for(seat: Seat, file: CaseFile, target: LineSettings, values: Mapping[str, Answer]) -> AnswersRead:
    pack = pack_of(target)
    if pack.name == seat.pack.name:
        return AnswersRead(values, {}, file.voice)
    free = (one for one in pack.questions if one.kind == "text" and one.compartment == Compartment.STORY)
    question = next(free, None)
    if question is None:
        raise InputError("line", _("That line takes no free text, so nothing can be handed over to it."))
    text = _described(seat.pack, values, file)
    return AnswersRead({question.id: text[: question.limit]} if text else {}, {}, "")


def _described(pack: Pack, values: Mapping[str, Answer], file: CaseFile) -> str:
    language = file.row.language if file.row.language in pack.languages else pack.languages[0]
    with translation.override(language):
        described = pack.describe(dict(values), language, file.voice)
    return "\n".join(f"{one.label}: {', '.join(one.values)}" for one in described)


def _deposit(
    seat: Seat, file: CaseFile, target: LineSettings, sealed_with: tuple[LineRoster, AnswersRead, Receipt]
) -> None:
    roster, read, receipt = sealed_with
    pack = pack_of(target)
    today = seat.now.astimezone(ZoneInfo(target.time_zone)).date()
    language = file.row.language if file.row.language in pack.languages else pack.languages[0]
    parcel = seal_answers(pack, roster.current, read, receipt, Arrival(Maker.DESK, language, TRANSFER, today))
    promise = promised_by(pack, Urgency(parcel.urgency), seat.now, receipt.entropy)
    store.deposit(parcel, today, promise)


def _leave(seat: Seat, case_id: bytes, target: LineSettings, way: str, receipt: Receipt) -> None:
    """The old case's last change, by rule 4."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.TRANSFER)
    if way == IN_MAILBOX:
        change.add(
            "answer",
            {"text": _told_to_writer(seat, file, target, receipt)},
            compartment=Compartment.STORY,
            direction=store.Direction.TO_WRITER,
            released_at=release_moment(seat, file),
        )
    change.add_event("transferred", line=target.slug, way=way)
    # A pack without such an outcome has at least one; the event above says what really happened.
    outcome = next((one.id for one in seat.pack.outcomes if one.is_referral), seat.pack.outcomes[0].id)
    change.add_event("closed", outcome=outcome, follow_up=None)
    change.mark(state=store.CaseState.CLOSED)
    change.commit()
    mark_moved(seat, file)


def _told_to_writer(seat: Seat, file: CaseFile, target: LineSettings, receipt: Receipt) -> str:
    language = language_of(seat, file.row.language)
    with translation.override(language):
        words = "\n".join(f"{number}. {word}" for number, word in enumerate(receipt.words(language), start=1))
        address = f"{settings.LEESIDE_MAILBOX_URL}/{language}/{target.address}/"
        text = _(
            "Another line takes care of you from here on: %(title)s. It answers you at %(address)s, under new words."
            " Please copy them; these here open only what we wrote before.\n\n%(words)s"
        )
        return text % {"title": title_of(target, language), "address": address, "words": words}

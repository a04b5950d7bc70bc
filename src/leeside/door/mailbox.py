"""Opens one writer's conversation with the writer's own words, for the length of one request. This module unseals.

The rules, in the order in which they are kept:
1. Words that open nothing are refused alike, whether they never were, were erased, or are another line's.
2. Case number and public key are derived from the words and compared with what the vault holds, and every key with
   its commitment, before anything is opened; whatever does not fit is refused like wrong words.
3. Of what stands in the conversation only what the writer sealed, or what somebody on the verified roster signed, is
   shown as such; the rest is counted and not shown.
4. An answer that was shown is marked so: its days run from then on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from leeside.door.open_lines import KnownLine
from leeside.sealing.attachments import Attachment
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import CaseContext, hash_writer_key
from leeside.sealing.entries import EntryBody
from leeside.sealing.errors import RefusedError
from leeside.sealing.keys import CompartmentKey, newest_key, public_key_of
from leeside.sealing.parcel_format import FIRST_GENERATION
from leeside.sealing.receipts import Receipt, ReceiptKeys, derive_receipt_keys
from leeside.sealing.roster import Roster
from leeside.sealing.secrets import Secret
from leeside.sealing.unseal import (
    EntryOpener,
    OpenedEntry,
    check_commitments,
    open_bundle,
    open_bundle_symmetric,
    open_mailbox,
    verify_author,
)
from leeside.sealing.unseal_streams import open_stream
from leeside.vault import store


@dataclass(frozen=True)
class Message:
    """One opened entry of the conversation, and the day of the line's time zone that it is of.

    `signer` is the pseudonym of whoever signed it, empty for the writer's own.
    """

    entry_id: bytes
    day: date
    body: EntryBody = field(repr=False)
    is_own: bool
    signer: str
    shown_until: date | None


@dataclass(frozen=True)
class OpenedMailbox:
    """One conversation, opened. `unproven` counts entries that could not be shown, by rule 3."""

    keys: ReceiptKeys
    box: store.Mailbox
    context: CaseContext
    compartment_keys: tuple[CompartmentKey, ...] = field(repr=False)
    messages: tuple[Message, ...] = field(repr=False)
    unproven: int

    def newest(self, compartment: Compartment) -> CompartmentKey:
        """The key that the writer's next entry of a compartment is sealed under."""
        return newest_key(self.compartment_keys, compartment)


def derive_keys(line: KnownLine, receipt: Receipt) -> ReceiptKeys:
    """What the words derive on this line: what a session keeps, sealed, instead of the words."""
    return derive_receipt_keys(receipt, line.line_id)


def open_conversation(line: KnownLine, keys: ReceiptKeys, now: datetime, today: date) -> OpenedMailbox:
    """The conversation that these keys open; RefusedError for every cause alike. Marks answers as shown."""
    box = store.open_mailbox(keys.lookup_hash, now)
    if box is None or box.line_id != line.line_id or box.case_number != keys.case_number:
        raise RefusedError
    writer_public = public_key_of(keys.writer_seed)
    if writer_public != box.writer_public:
        raise RefusedError
    context = CaseContext(box.line_id, box.epoch, keys.case_number, hash_writer_key(writer_public))
    compartment_keys = _open_keys(keys, context, box, line.roster)
    messages = _open_messages(line, context, compartment_keys, box.entries)
    store.mark_shown(keys.lookup_hash, [one.entry_id for one in messages if not one.is_own], today)
    unproven = len(box.entries) - len(messages)
    return OpenedMailbox(keys, box, context, compartment_keys, tuple(messages), unproven)


def _open_keys(
    keys: ReceiptKeys, context: CaseContext, box: store.Mailbox, roster: Roster | None
) -> tuple[CompartmentKey, ...]:
    """The writer's compartment keys of all generations, each compared with its commitment."""
    opened: dict[tuple[Compartment, int], CompartmentKey] = {}
    for wrap in box.wraps:
        # The first envelope is symmetric, made with the parcel; later ones go to the writer's public key.
        if wrap.generation == FIRST_GENERATION:
            found = open_bundle_symmetric(keys.first_key, context, wrap.sealed)
        else:
            found = open_bundle(keys.writer_seed, context, wrap.recipient, wrap.sealed, roster)
        opened |= {(key.compartment, key.generation): key for key in found}
    if not opened:
        raise RefusedError
    both = tuple(opened.values())
    check_commitments(both, box.commitments, context)
    return both


def _open_messages(
    line: KnownLine,
    context: CaseContext,
    keys: Iterable[CompartmentKey],
    entries: Iterable[store.EntryRow],
) -> list[Message]:
    openers: Mapping[tuple[int, int], EntryOpener] = {
        (key.compartment, key.generation): EntryOpener(key, context) for key in keys
    }
    messages = []
    for row in entries:
        opener = openers.get((row.compartment, row.generation))
        if opener is None:
            continue
        try:
            opened = opener.open(row.entry_id, row.sealed)
            signer = _prove(line.roster, opened, row.direction)
        except RefusedError:
            continue
        day = _day_of(opened.body.at, line.settings.time_zone)
        is_own = opened.body.author.kind == "writer"
        messages.append(Message(row.entry_id, day, opened.body, is_own, signer, row.shown_until))
    return messages


def _prove(roster: Roster | None, opened: OpenedEntry, direction: store.Direction) -> str:
    """Who wrote it, by rule 3; RefusedError when that cannot be proven.

    A writer's entry carries no signature: what goes to the writer must therefore never pass as the writer's own.
    """
    author = opened.body.author
    if author.kind == "writer":
        if direction is not store.Direction.FROM_WRITER:
            raise RefusedError
        return ""
    if author.kind != "staff" or author.reader_id is None or roster is None:
        raise RefusedError
    for verify_key in roster.verify_keys_of(author.reader_id):
        try:
            verify_author(opened, verify_key)
        except RefusedError:
            continue
        return _name_of(roster, author.reader_id)
    raise RefusedError


def _day_of(at: str, zone: str) -> date:
    """The day of an entry's time in the line's zone; an entry that carries a day only has just that."""
    moment = datetime.fromisoformat(at)
    return moment.date() if moment.tzinfo is None else moment.astimezone(ZoneInfo(zone)).date()


def _name_of(roster: Roster, reader_id: bytes) -> str:
    """The pseudonym of somebody on the line now; empty for somebody who has left it."""
    return next((person.name for person in roster.people if person.reader_id == reader_id), "")


def open_session_keys(wrapping_key: Secret, line_id: bytes, sealed: bytes) -> ReceiptKeys:
    """What a session keeps instead of the words. RefusedError when it does not open: then there is no session."""
    return open_mailbox(wrapping_key, line_id, sealed)


def open_given_file(opened: OpenedMailbox, file_id: bytes, attachment: Attachment) -> Iterator[bytes]:
    """A file that was given to the writer, piece by piece. GoneError before the first when it is not there."""
    store.fetch_file(opened.box.case_id, file_id)
    sealed = store.open_file(opened.box.case_id, file_id)
    return open_stream(attachment.key, file_id, attachment.size, sealed)

"""What a writer sends from the mailbox: messages, answers to open questions, and the wish to erase everything.

Everything is sealed under the conversation's own newest keys, and the vault takes it only with a secret of the words.
A page that is posted twice makes one entry: its id comes from the page's own random sign and from what was typed.
"""

import hmac
from datetime import date, datetime
from typing import cast

from leeside.door.conversation import known_answers
from leeside.door.mailbox import OpenedMailbox
from leeside.packs.answers import AnswersRead
from leeside.packs.pack import Pack
from leeside.packs.promise_times import promised_by
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import ID_SIZE
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody
from leeside.sealing.parcels import SealedEntry
from leeside.sealing.plain_json import Json
from leeside.sealing.repeat import canonical_answers
from leeside.sealing.seal import seal_entry
from leeside.vault import store


def send_message(opened: OpenedMailbox, pack: Pack, text: str, *, page_sign: str, now: datetime, today: date) -> None:
    """Add a message. VaultError when the store takes nothing now: then nothing was stored.

    `seen` tells, inside the seal, how many entries its writer had before them: a day alone gives no order.
    """
    content: dict[str, Json] = {"text": text, "seen": len(opened.messages)}
    body = EntryBody("message", WRITER_AUTHOR, today.isoformat(), content)
    entry_id = entry_id_of(opened, page_sign, Compartment.STORY, text.encode("utf-8", "replace"))
    post(opened, pack, seal_own(opened, Compartment.STORY, entry_id, body), now, today)


def send_answers(
    opened: OpenedMailbox, pack: Pack, read: AnswersRead, *, page_sign: str, now: datetime, today: date
) -> None:
    """Add answers to questions that were open: one entry a compartment, also when empty, so that none tells."""
    voice = pack.voice_of({**known_answers(opened.messages), **read.answers}, read.voice)
    frame: dict[str, Json] = {
        "pack": pack.name,
        "version": pack.version,
        "voice": voice,
        "language": opened.box.language,
        "seen": len(opened.messages),
    }
    canonical = canonical_answers(read.answers)
    for compartment, answers in pack.split_by_compartment(read.answers).items():
        content = {**frame, "answers": cast("Json", answers)}
        body = EntryBody("answers", WRITER_AUTHOR, today.isoformat(), content)
        entry_id = entry_id_of(opened, page_sign, compartment, canonical)
        post(opened, pack, seal_own(opened, compartment, entry_id, body), now, today)


def erase_everything(opened: OpenedMailbox, today: date) -> None:
    """Erase the case for good. VaultError when the store cannot now: then nothing was erased."""
    store.erase_by_writer(opened.keys.lookup_hash, opened.keys.erasing_secret.reveal(), today)


def entry_id_of(opened: OpenedMailbox, page_sign: str, compartment: Compartment, typed: bytes) -> bytes:
    """The same for the same page and text, and for nobody without the words to foretell."""
    message = b"\0".join((b"entry", page_sign.encode("utf-8", "replace"), bytes([compartment]), typed))
    return hmac.digest(opened.keys.repeat_key.reveal(), message, "sha256")[:ID_SIZE]


def seal_own(opened: OpenedMailbox, compartment: Compartment, entry_id: bytes, body: EntryBody) -> SealedEntry:
    """One entry of the writer's under the newest key of a compartment."""
    key = opened.newest(compartment)
    sealed = seal_entry(key, opened.context, entry_id, body, None)
    return SealedEntry(entry_id, compartment, key.generation, sealed)


def post(
    opened: OpenedMailbox,
    pack: Pack,
    entry: SealedEntry,
    now: datetime,
    today: date,
    *,
    named: tuple[SealedEntry, store.WholeFile] | None = None,
) -> None:
    """Store an entry of the writer's, which restarts the promise; and with it a file and the entry that names it."""
    urgency = pack.marks(known_answers(opened.messages), today).urgency
    answer_by = promised_by(pack, urgency, now, opened.keys.repeat_key)
    store.post_to_case(opened.keys.lookup_hash, opened.keys.posting_secret.reveal(), entry, today, answer_by, named)

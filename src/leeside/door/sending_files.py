"""Files that a writer sends from the mailbox: sealed while they arrive, in two entries that are stored together.

Rules:
1. The file's own entry (name, types, size, key) lies in `identity`, with the images of papers. An entry in `story` says
   that a file came, what shape and size it has, and no name: so everybody on the case sees that there is one.
2. The same page sent again brings nothing twice: ids come from the page's own random sign and the file's place in it.
   A file that was sent before, from any page, is known by a keyed hash inside the seal, and is not kept again.
3. What breaks off is forgotten; what came before it in the same form stays.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from leeside.door.mailbox import OpenedMailbox
from leeside.door.replies import entry_id_of, post, seal_own
from leeside.packs.pack import Pack
from leeside.sealing.attachments import ArrivingFile, Attachment, clean_name, clean_type
from leeside.sealing.compartments import Compartment
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody
from leeside.sealing.parcels import SealedEntry
from leeside.sealing.plain_json import Json
from leeside.sealing.streams import make_stream_key
from leeside.vault import store
from leeside.web.uploads import FILE_BYTES, ArrivingPart


def send_files(
    opened: OpenedMailbox, pack: Pack, parts: Iterable[ArrivingPart], *, page_sign: str, now: datetime, today: date
) -> int:
    """Take every file of a form; how many came, repeats included.

    Raises UploadError, the sealing's TooLargeError, and VaultError (FullError: the case takes no more).
    """
    sending = _Sending(opened, pack, page_sign, now, today)
    number = 0
    for number, part in enumerate(parts, 1):
        sending.send(part, number)
    return number


class _Sending:
    """One form's files, one after the other."""

    def __init__(self, opened: OpenedMailbox, pack: Pack, page_sign: str, now: datetime, today: date) -> None:
        self.opened, self.pack, self.page_sign, self.now, self.today = opened, pack, page_sign, now, today
        own = (one.body for one in opened.messages if one.is_own and one.body.kind == "sent_file")
        self.known = {str(body.content.get("digest")) for body in own}

    def send(self, part: ArrivingPart, number: int) -> None:
        """Seal and store one file, unless it is there already."""
        opened, sign = self.opened, f"{self.page_sign}/{number}"
        file_id, key = entry_id_of(opened, sign, Compartment.IDENTITY, b"file"), make_stream_key()
        arriving = ArrivingFile(key, file_id, part.pieces, FILE_BYTES)
        whole = store.keep_file(opened.box.case_id, file_id, arriving, self.today)
        if whole is None:
            deque(part.pieces, maxlen=0)
            return
        digest = arriving.digest_under(opened.keys.repeat_key)
        if not arriving.size or digest in self.known:
            store.drop_file(opened.box.case_id, whole)
            return
        name, said = clean_name(part.untrusted_name), clean_type(part.untrusted_type)
        attachment = Attachment(name, said, arriving.shape, arriving.size, key)
        naming = self._sealed(Compartment.IDENTITY, file_id, "attachment", attachment.content())
        told: dict[str, Json] = {
            "file": file_id.hex(),
            "shape": attachment.shape,
            "size": attachment.size,
            "digest": digest,
            "seen": len(opened.messages) + number - 1,
        }
        telling_id = entry_id_of(opened, sign, Compartment.STORY, b"file")
        telling = self._sealed(Compartment.STORY, telling_id, "sent_file", told)
        post(opened, self.pack, telling, self.now, self.today, named=(naming, whole))
        self.known.add(digest)

    def _sealed(self, compartment: Compartment, entry_id: bytes, kind: str, content: Mapping[str, Json]) -> SealedEntry:
        body = EntryBody(kind, WRITER_AUTHOR, self.today.isoformat(), content)
        return seal_own(self.opened, compartment, entry_id, body)

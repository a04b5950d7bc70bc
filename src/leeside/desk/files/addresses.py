"""One-time addresses of files, under another name than the desk's: `files.example.org/f/SECRET`.

Rules:
1. An address is good for one picture or one download, for some minutes, for whoever has it: it carries 32 random bytes
   and nothing else.
2. What it leads to lies in the store that no backup copies, sealed under those bytes: the row alone opens nothing.
3. Without a second name for files (the setting `desk.files_url`) no address is made.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from leeside.desk.keyring import RefusedError, open_file_address
from leeside.desk.limits import LIMITS
from leeside.sealing.attachments import Attachment, read_attachment, seal_file_address
from leeside.sealing.errors import MalformedError, SealingError
from leeside.sealing.sessions import (
    derive_session_keys,
    make_session_secret,
    read_session_secret,
    spell_session_secret,
)
from leeside.vault import store

PATH = "/f/"
SAVE = -1
"""In place of a page's number: the file itself."""
_KIND = "file"


@dataclass(frozen=True)
class Ticket:
    """What an address leads to: a file, the key to it, and which page of it, or SAVE."""

    case_id: bytes
    file_id: bytes
    page: int
    attachment: Attachment = field(repr=False)


def files_origin() -> str:
    """The second name, with its scheme; empty where there is none."""
    return str(getattr(settings, "LEESIDE_FILES_URL", "") or "")


def files_name() -> str:
    """The second name without scheme and port."""
    return urlsplit(files_origin()).hostname or ""


def make_address(ticket: Ticket, real_now: datetime) -> str:
    """A fresh address. Ask `files_origin` first."""
    secret = make_session_secret()
    keys = derive_session_keys(secret)
    what = ticket.attachment.content() | {
        "case": ticket.case_id.hex(),
        "file": ticket.file_id.hex(),
        "page": ticket.page,
    }
    until = real_now + timedelta(seconds=LIMITS.file_address_seconds)
    store.put_once(_KIND, keys.id_hash, seal_file_address(keys.wrapping_key, what), until)
    return f"{files_origin()}{PATH}{spell_session_secret(secret)}"


def take_address(untrusted_secret: str, real_now: datetime) -> Ticket | None:
    """What an address leads to, once; None for one that never was, was used, or is too old: all alike."""
    try:
        keys = derive_session_keys(read_session_secret(untrusted_secret))
        sealed = store.take_once(_KIND, keys.id_hash, real_now)
        if sealed is None:
            return None
        what = open_file_address(keys.wrapping_key, sealed)
        ids = (bytes.fromhex(str(what["case"])), bytes.fromhex(str(what["file"])))
        page = what["page"]
        return Ticket(*ids, page if isinstance(page, int) else 0, read_attachment(what))
    except (SealingError, RefusedError, MalformedError, KeyError, ValueError):
        return None

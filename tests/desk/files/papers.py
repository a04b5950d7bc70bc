"""Invented files, and cases that have some: what the tests of this part stand on."""

import io
import os
import struct
import zlib
from datetime import datetime
from typing import Any

from PIL import Image

from desk.stage import HOT, Sent, Stage, send
from leeside.desk import answering, holding, opening
from leeside.desk.files import attaching
from leeside.desk.next_steps import Step
from leeside.door import mailbox, sending_files
from leeside.door.open_lines import known_line, pack_of
from leeside.web.clock import domain_clock
from leeside.web.uploads import ArrivingPart

GPS = b"Northern Bridge 55.75N 37.61E"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), color: str = "teal", **options: Any) -> bytes:
    """A plain picture."""
    made = io.BytesIO()
    Image.new("RGB", size, color).save(made, kind, **options)
    return made.getvalue()


def photo_with_a_place() -> bytes:
    """A photo whose metadata tell where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = GPS.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


def pdf(pages: int = 1) -> bytes:
    """A PDF of so many empty pages."""
    made = io.BytesIO()
    sheets = [Image.new("RGB", (70, 100), (number % 255, 90, 90)) for number in range(pages)]
    sheets[0].save(made, "PDF", save_all=True, append_images=sheets[1:])
    return made.getvalue()


def png_header(width: int, height: int, plain: bytes = b"") -> bytes:
    """A PNG that says it is so large, whatever is in it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(plain))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + packed + chunk(b"IEND", b"")


def kept_case(stage: Stage, who: str = "Willow") -> Sent:
    """A case that somebody works: read, answered, with a next step."""
    sent = send(stage, HOT, circle="closed")
    seat = stage.seat(who)
    opening.open_case(seat, sent.case_id)
    step = Step("call back", seat.reader_id, seat.today)
    holding.keep(seat, sent.case_id, step)
    answering.answer(stage.seat(who), sent.case_id, "We have read your letter.", None, at_once=True)
    return sent


def open_box(stage: Stage, sent: Sent) -> mailbox.OpenedMailbox:
    """The writer's mailbox."""
    line, now = known_line(stage.line), domain_clock().now()
    return mailbox.open_conversation(line, mailbox.derive_keys(line, sent.receipt), now, now.date())


def send_from_mailbox(
    stage: Stage, sent: Sent, *contents: bytes, name: str = "Иванов, выписка.jpg", sign: str = "", kind: str = ""
) -> int:
    """What the mailbox does with a posted form of files."""
    now: datetime = domain_clock().now()
    parts = (ArrivingPart(name, kind or "image/jpeg", iter([content])) for content in contents)
    box = open_box(stage, sent)
    sign = sign or os.urandom(8).hex()
    return sending_files.send_files(box, pack_of(stage.line), parts, page_sign=sign, now=now, today=now.date())


def put_in(stage: Stage, who: str, sent: Sent, content: bytes, name: str = "scan.png", **more: Any) -> bytes:
    """A colleague attaches a file."""
    new = attaching.NewFile(name, "image/png", iter([content]), **more)
    return attaching.attach(stage.seat(who), sent.case_id, new)

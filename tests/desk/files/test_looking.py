"""Looking at files: who may, what is on record, what is shown. In the order of the rules in `looking`."""

import io
import re

import pytest
from django.test import override_settings
from PIL import Image

from desk.files.papers import (
    GPS,
    kept_case,
    open_box,
    pdf,
    photo_with_a_place,
    picture,
    png_header,
    put_in,
    send_from_mailbox,
)
from desk.stage import HOT, Stage, send
from leeside.desk import opening
from leeside.desk.errors import NotAllowedError
from leeside.desk.files import addresses, drawing, host, looking
from leeside.desk.held_files import Origin, files_of
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.web.clock import real_now

FILES = "http://files.example:8002"


@pytest.fixture(autouse=True)
def second_name() -> object:
    with override_settings(LEESIDE_FILES_URL=FILES):
        yield


def ticket_of(address: str) -> addresses.Ticket | None:
    assert address.startswith(f"{FILES}/f/")
    return addresses.take_address(address.removeprefix(f"{FILES}/f/"), real_now())


def test_a_photo_from_the_mailbox_is_looked_at_by_whoever_may_open_the_drawer(stage: Stage) -> None:
    sent = kept_case(stage)
    assert send_from_mailbox(stage, sent, picture()) == 1
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    assert (held.origin, held.compartment, held.shape) == (Origin.WRITER, Compartment.IDENTITY, "jpeg")
    looked = looking.look(stage.seat("Willow"), sent.case_id, held.file_id)
    assert looked.attachment.name == "Иванов, выписка.jpg" and looked.attachment.said == "image/jpeg"
    assert looked.measured == drawing.Measured(1, 60, 40) and not looked.reason
    ticket = ticket_of(looked.pages[0])
    assert ticket is not None and b"".join(host.plain_pieces(ticket)) == picture()


@pytest.mark.promise(2, "a first-line volunteer looks at the image of a paper")
def test_a_volunteer_sees_that_a_file_came_and_cannot_open_it(stage: Stage) -> None:
    sent = send(stage, HOT, circle="first")
    opening.open_case(stage.seat("Wren"), sent.case_id)
    send_from_mailbox(stage, sent, picture())
    file = look_into(stage.seat("Wren"), sent.case_id)
    (held,) = files_of(file)
    assert not file.keys.holds(Compartment.IDENTITY)
    assert "Иванов" not in str([entry.body.content for entry in file.entries])
    with pytest.raises(NotAllowedError):
        looking.look(stage.seat("Wren"), sent.case_id, held.file_id)


def test_another_case_s_file_is_not_there(stage: Stage) -> None:
    one, other = kept_case(stage), kept_case(stage)
    send_from_mailbox(stage, one, picture())
    (held,) = files_of(look_into(stage.seat("Willow"), one.case_id))
    with pytest.raises(NotAllowedError):
        looking.look(stage.seat("Willow"), other.case_id, held.file_id)
    with pytest.raises(NotAllowedError):
        looking.look(stage.seat("Finch"), one.case_id, held.file_id)


@pytest.mark.promise(9, "a file looked at, looked at again, and by somebody else")
def test_looking_is_on_record_once_in_a_quarter_of_an_hour(stage: Stage) -> None:
    """Broken on purpose to see it fail: `look` without `_put_on_record`."""
    sent = kept_case(stage)
    send_from_mailbox(stage, sent, picture(), picture(color="red"))
    one, two = files_of(look_into(stage.seat("Willow"), sent.case_id))
    before = len(store.fetch_audit(stage.seat("Heron").line_id, 0))
    for held in (one, one, two):
        looking.look(stage.seat("Willow"), sent.case_id, held.file_id)
    looking.look(stage.seat("Heron"), sent.case_id, one.file_id)
    readings = [
        (stage.seat("Heron").keyring.roster.name_of(entry.author.reader_id or b""), entry.text("file"))
        for entry in look_into(stage.seat("Heron"), sent.case_id).of_kind("reading")
        if entry.text("what") == "file"
    ]
    assert readings == [("Willow", one.key), ("Willow", two.key), ("Heron", one.key)]
    assert len(store.fetch_audit(stage.seat("Heron").line_id, 0)) == before + 3


def test_an_address_is_good_once_and_for_some_minutes(stage: Stage) -> None:
    from datetime import timedelta

    sent = kept_case(stage)
    send_from_mailbox(stage, sent, picture())
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    looked = looking.look(stage.seat("Willow"), sent.case_id, held.file_id)
    assert ticket_of(looked.pages[0]) is not None and ticket_of(looked.pages[0]) is None
    secret = looked.save.rpartition("/")[2]
    assert addresses.take_address(secret, real_now() + timedelta(minutes=16)) is None
    for wrong in ("", "x", secret[:-1], secret + "A", "../" + secret):
        assert addresses.take_address(wrong, real_now()) is None


def test_what_lies_behind_an_address_opens_nothing_by_itself(stage: Stage) -> None:
    from leeside.vault.reading import rows_of

    sent = kept_case(stage)
    send_from_mailbox(stage, sent, picture())
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    looked = looking.look(stage.seat("Willow"), sent.case_id, held.file_id)
    payloads = [
        bytes(row[0]) for row in rows_of("fleeting", "SELECT payload FROM leeside_one_time WHERE kind = 'file'")
    ]
    assert len(payloads) == 2
    for secret in (looked.attachment.key.reveal(), looked.attachment.key.reveal().hex().encode(), held.file_id):
        assert not any(secret in payload for payload in payloads)


def test_without_a_second_name_nothing_is_shown_or_handed_out(stage: Stage) -> None:
    sent = kept_case(stage)
    send_from_mailbox(stage, sent, picture())
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    with override_settings(LEESIDE_FILES_URL=""):
        looked = looking.look(stage.seat("Willow"), sent.case_id, held.file_id)
    assert (looked.reason, looked.pages, looked.save) == ("no_host", (), "")


@pytest.mark.parametrize(
    ("content", "reason", "saves"),
    [
        (b"PK\x03\x04 an archive that nobody unpacks", "other", True),
        (b"MZ a program", "other", True),
        (png_header(30_000, 30_000), "too_large", True),
        (b"\xff\xd8\xff no picture", "broken", True),
    ],
)
def test_what_cannot_be_drawn_is_a_download_with_a_reason(
    stage: Stage, content: bytes, reason: str, saves: bool
) -> None:
    sent = kept_case(stage)
    send_from_mailbox(stage, sent, content)
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    looked = looking.look(stage.seat("Willow"), sent.case_id, held.file_id)
    assert (looked.reason, bool(looked.save), looked.pages) == (reason, saves, ())


def test_of_a_long_pdf_the_first_thirty_pages_are_drawn(stage: Stage) -> None:
    sent = kept_case(stage)
    send_from_mailbox(stage, sent, pdf(500))
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    looked = looking.look(stage.seat("Willow"), sent.case_id, held.file_id)
    assert looked.measured is not None and looked.measured.pages == 500
    assert len(looked.pages) == 30
    ticket = ticket_of(looked.pages[29])
    assert ticket is not None and ticket.page == 29


@pytest.mark.promise(1, "metadata of a photo that a colleague looks at")
def test_pixels_have_none_of_the_file_s_metadata(stage: Stage) -> None:
    sent = kept_case(stage)
    photo = photo_with_a_place()
    assert GPS in photo
    send_from_mailbox(stage, sent, photo)
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    ticket = ticket_of(looking.look(stage.seat("Willow"), sent.case_id, held.file_id).pages[0])
    assert ticket is not None
    shown = drawing.as_jpeg(drawing.draw("jpeg", 0, host.plain_pieces(ticket)))
    assert GPS not in shown and b"Exif" not in shown
    assert not Image.open(io.BytesIO(shown)).getexif()
    assert not re.search(rb"\xff[\xe1-\xef]", shown[:200])


def test_a_file_of_a_forged_entry_is_none(stage: Stage) -> None:
    """Somebody with the story's key writes "a file came" in the writer's name, naming a file of nobody."""
    sent = kept_case(stage)
    file = look_into(stage.seat("Willow"), sent.case_id)
    from leeside.desk.changes import begin

    change = begin(stage.seat("Willow"), file, CaseAction.NOTE)
    change.add("sent_file", {"file": "00" * 16, "shape": "jpeg", "size": 5}, compartment=Compartment.STORY)
    change.commit()
    assert files_of(look_into(stage.seat("Willow"), sent.case_id)) == ()


def test_our_own_files_are_looked_at_alike(stage: Stage) -> None:
    sent = kept_case(stage)
    ours = put_in(stage, "Willow", sent, picture("PNG"))
    given = put_in(stage, "Willow", sent, pdf(), "report.pdf", is_for_writer=True)
    held = {one.file_id: one.origin for one in files_of(look_into(stage.seat("Willow"), sent.case_id))}
    assert held == {ours: Origin.OURS, given: Origin.GIVEN}
    for file_id in held:
        assert looking.look(stage.seat("Willow"), sent.case_id, file_id).pages
    assert open_box(stage, sent).messages

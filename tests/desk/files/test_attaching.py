"""Files that colleagues put in or give, in the order of the rules in `attaching`."""

from collections.abc import Iterator

import pytest

from desk.files.papers import kept_case, open_box, pdf, picture, put_in, send_from_mailbox
from desk.stage import HOT, Sent, Stage, send
from leeside.desk import answering, opening
from leeside.desk.erasing_files import erase_file
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.files import attaching
from leeside.desk.held_files import Origin, files_of
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into
from leeside.door.mailbox import open_given_file
from leeside.sealing.attachments import read_attachment
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.reading import rows_of
from leeside.web.uploads import FILE_BYTES, BrokenUploadError


def pieces_left() -> int:
    count: int = rows_of("default", "SELECT count(*) FROM leeside_file_chunk")[0][0]
    return count


def never() -> Iterator[bytes]:
    raise AssertionError("asked for a byte")
    yield b""


def test_nobody_s_bytes_are_taken_before_the_guard(stage: Stage) -> None:
    """Broken on purpose to see it fail: `attach` that asks `require_may_attach` only after the file came."""
    sent = kept_case(stage)
    for is_for_writer in (False, True):
        with pytest.raises(NotAllowedError):
            new = attaching.NewFile("a", "", never(), is_for_writer)
            attaching.attach(stage.seat("Finch"), sent.case_id, new)
    fresh = send(stage, HOT, circle="closed")
    opening.open_case(stage.seat("Willow"), fresh.case_id)
    with pytest.raises(InputError) as refused:
        attaching.attach(stage.seat("Willow"), fresh.case_id, attaching.NewFile("a", "", never(), is_for_writer=True))
    assert refused.value.reason.startswith("Answer first")


def test_ours_lie_in_identity_or_in_work_for_whoever_does_not_hold_that(stage: Stage) -> None:
    sent = kept_case(stage)
    put_in(stage, "Willow", sent, picture())
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    assert (held.origin, held.compartment) == (Origin.OURS, Compartment.IDENTITY)
    first = send(stage, HOT, circle="first")
    opening.open_case(stage.seat("Wren"), first.case_id)
    put_in(stage, "Wren", first, picture())
    (held,) = files_of(look_into(stage.seat("Wren"), first.case_id))
    assert (held.origin, held.compartment) == (Origin.OURS, Compartment.WORK)


def saved_by_writer(stage: Stage, sent: Sent) -> dict[str, bytes]:
    """Everything that the mailbox offers for saving, by name."""
    box = open_box(stage, sent)
    found = {}
    for message in box.messages:
        if message.body.kind == "attachment":
            file = read_attachment(message.body.content)
            found[file.name] = b"".join(open_given_file(box, message.entry_id, file))
    return found


def test_a_given_file_is_saved_from_the_mailbox_as_it_was(stage: Stage) -> None:
    sent, paper = kept_case(stage), pdf(3)
    put_in(stage, "Willow", sent, picture(), "ours.png")
    put_in(
        stage, "Willow", sent, paper, "request.pdf", is_for_writer=True, untrusted_words="Print it twice", at_once=True
    )
    assert saved_by_writer(stage, sent) == {"request.pdf": paper}
    (held,) = (one for one in files_of(look_into(stage.seat("Willow"), sent.case_id)) if one.origin is Origin.GIVEN)
    assert held.entry.row.shown_until is not None, "the thirty days run as they do for an answer"


def test_a_given_file_waits_its_ten_seconds(stage: Stage) -> None:
    sent = kept_case(stage)
    put_in(stage, "Willow", sent, pdf(), "request.pdf", is_for_writer=True)
    assert saved_by_writer(stage, sent) == {}


@pytest.mark.promise(3, "a file for a writer whose device was seized")
def test_nothing_is_given_where_nothing_may_go_out(stage: Stage) -> None:
    from leeside.desk.guarding import seizing

    sent = kept_case(stage)
    seizing.seize(stage.seat("Willow"), sent.case_id)
    with pytest.raises(InputError) as refused:
        attaching.attach(stage.seat("Willow"), sent.case_id, attaching.NewFile("a", "", never(), is_for_writer=True))
    assert "in other hands" in refused.value.reason


def test_the_same_file_twice_is_one(stage: Stage) -> None:
    sent = kept_case(stage)
    for more in ({}, {"is_for_writer": True}):
        first = put_in(stage, "Willow", sent, pdf(), **more)
        assert put_in(stage, "Willow", sent, pdf(), **more) == first
    assert len(files_of(look_into(stage.seat("Willow"), sent.case_id))) == 2
    assert pieces_left() == 2


@pytest.mark.parametrize("content", [b"", b"x" * (FILE_BYTES + 1)], ids=["empty", "too large"])
def test_what_cannot_be_taken_leaves_nothing(stage: Stage, content: bytes) -> None:
    sent = kept_case(stage)
    with pytest.raises(InputError):
        put_in(stage, "Willow", sent, content)
    assert pieces_left() == 0


def test_what_breaks_off_leaves_nothing(stage: Stage) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(3_000_000)
        raise BrokenUploadError

    sent = kept_case(stage)
    with pytest.raises(BrokenUploadError):
        attaching.attach(stage.seat("Willow"), sent.case_id, attaching.NewFile("a", "", broken()))
    assert pieces_left() == 0


def test_a_colleague_who_writes_meanwhile_does_not_send_it_back(stage: Stage) -> None:
    sent = kept_case(stage)

    def slow() -> Iterator[bytes]:
        yield picture()
        answering.write_note(stage.seat("Heron"), sent.case_id, "written while the file came", None)

    attaching.attach(stage.seat("Willow"), sent.case_id, attaching.NewFile("a", "", slow()))
    assert len(files_of(look_into(stage.seat("Willow"), sent.case_id))) == 1


@pytest.mark.parametrize("whose", ["writer's", "ours", "given"])
def test_an_erased_file_is_gone_with_its_line_and_leaves_a_mark(stage: Stage, whose: str) -> None:
    sent = kept_case(stage)
    if whose == "writer's":
        send_from_mailbox(stage, sent, picture())
    else:
        put_in(stage, "Willow", sent, picture(), is_for_writer=whose == "given", at_once=True)
    (held,) = files_of(look_into(stage.seat("Willow"), sent.case_id))
    with pytest.raises(NotAllowedError):
        erase_file(stage.seat("Finch"), sent.case_id, held.file_id)
    erase_file(stage.seat("Willow"), sent.case_id, held.file_id)
    file = look_into(stage.seat("Willow"), sent.case_id, drawer="identity")
    assert files_of(file) == () and pieces_left() == 0
    assert file.events("file_erased")
    assert not [entry for entry in file.entries if entry.kind in ("sent_file", "attachment")]
    assert saved_by_writer(stage, sent) == {}
    with pytest.raises(NotAllowedError):
        erase_file(stage.seat("Willow"), sent.case_id, held.file_id)


def test_a_case_may_have_so_many_files_and_the_next_is_refused_kindly(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from leeside.vault import files

    monkeypatch.setattr(files, "LIMITS", replace(files.LIMITS, files_per_day=2))
    sent = kept_case(stage)
    for color in ("red", "green"):
        put_in(stage, "Willow", sent, picture("PNG", (10, 10), color), color)
    with pytest.raises(InputError) as refused:
        put_in(stage, "Willow", sent, picture(), "third")
    assert "no more files today" in refused.value.reason


def test_a_volunteer_who_only_drafts_gives_nothing(stage: Stage) -> None:
    from leeside.desk.grades import Grade, may_by_grade
    from leeside.desk.permissions import CaseAction

    assert may_by_grade(CaseAction.ATTACH, Grade.DRAFT)
    assert not may_by_grade(CaseAction.ANSWER, Grade.CHECKED)


def test_a_file_goes_beside_an_answer_with_a_next_step(stage: Stage) -> None:
    sent = send(stage, HOT, circle="closed")
    seat = stage.seat("Willow")
    opening.open_case(seat, sent.case_id)
    with pytest.raises(InputError):
        put_in(stage, "Willow", sent, pdf(), is_for_writer=True)
    answering.answer(stage.seat("Willow"), sent.case_id, "Here it comes.", Step("call", seat.reader_id, seat.today))
    assert put_in(stage, "Willow", sent, pdf(), is_for_writer=True)
    assert store.fetch_file(sent.case_id, files_of(look_into(seat, sent.case_id))[0].file_id) == 1


def test_the_line_of_a_file_is_not_erased_without_its_file(stage: Stage) -> None:
    from leeside.desk.hands import erasing

    sent = kept_case(stage)
    send_from_mailbox(stage, sent, picture())
    put_in(stage, "Willow", sent, picture(), is_for_writer=True, at_once=True)
    for held in files_of(look_into(stage.seat("Willow"), sent.case_id)):
        with pytest.raises(NotAllowedError):
            erasing.erase_entry(stage.seat("Willow"), sent.case_id, held.entry.entry_id)

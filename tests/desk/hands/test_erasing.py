"""Erasing one entry, of which a mark stays, and a case, of which nothing does."""

from collections.abc import Callable

import pytest

from desk.stage import Sent, Stage
from leeside.desk import answering
from leeside.desk.code_names import read_slug, write_code_name
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.hands.erasing import erase_case, erase_entry, is_erasable
from leeside.desk.hands.standing_in import name_stand_in
from leeside.desk.opening import look_into
from leeside.desk.timeline import make_timeline
from leeside.vault import store

IdOf = Callable[[str], bytes]


def test_a_note_is_erased_and_a_mark_says_what_and_when_and_by_whom(stage: Stage, wrens: Sent) -> None:
    wren = stage.seat("Wren")
    answering.write_note(wren, wrens.case_id, "written in the wrong case")
    entry = look_into(stage.seat("Wren"), wrens.case_id).of_kind("note")[0]
    erase_entry(stage.seat("Wren"), wrens.case_id, entry.entry_id)
    file = look_into(stage.seat("Heron"), wrens.case_id)
    assert file.of_kind("note") == ()
    mark = file.events("erased_entry")[0]
    assert (mark.text("kind"), mark.text("day")) == ("note", entry.body.at[:10])
    assert mark.author.reader_id == wren.reader_id
    lines = [item.text for day in make_timeline(stage.seat("Heron"), file).days for item in day.entries]
    assert any(line.startswith("Erased a note of") for line in lines)


def test_an_answer_leaves_the_mailbox_too(stage: Stage, wrens: Sent) -> None:
    from leeside.sealing.receipts import derive_receipt_keys

    answer = look_into(stage.seat("Wren"), wrens.case_id).of_kind("answer")[0]
    keys = derive_receipt_keys(wrens.receipt, stage.seat("Wren").line_id)
    erase_entry(stage.seat("Wren"), wrens.case_id, answer.entry_id)
    box = store.open_mailbox(keys.lookup_hash, stage.seat("Wren").now)
    assert box is not None
    assert answer.entry_id not in {row.entry_id for row in box.entries}


def test_what_the_case_is_bound_to_and_what_says_who_did_what_stays(stage: Stage, wrens: Sent) -> None:
    """Broken on purpose: `is_erasable` that lets the first entry go: then nobody can grant or re-key any more."""
    file = look_into(stage.seat("Wren"), wrens.case_id)
    lasting = {entry.kind for entry in file.entries if not is_erasable(file, entry)}
    assert lasting == {"answers", "event", "reading", "next_step"}
    for entry in file.entries:
        if entry.kind in lasting:
            with pytest.raises(NotAllowedError):
                erase_entry(stage.seat("Wren"), wrens.case_id, entry.entry_id)
    with pytest.raises(NotAllowedError):
        erase_entry(stage.seat("Wren"), wrens.case_id, b"\x07" * 16)


def test_only_owner_stand_in_and_coordinators_erase_an_entry(stage: Stage, wrens: Sent, id_of: IdOf) -> None:
    from leeside.desk import grants

    answering.write_note(stage.seat("Wren"), wrens.case_id, "one")
    entry = look_into(stage.seat("Wren"), wrens.case_id).of_kind("note")[0]
    grants.grant(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    with pytest.raises(NotAllowedError):
        erase_entry(stage.seat("Finch"), wrens.case_id, entry.entry_id)
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    erase_entry(stage.seat("Finch"), wrens.case_id, entry.entry_id)


@pytest.mark.promise(5, "a case erased from the desk, looked for by everybody")
def test_a_case_is_erased_by_a_coordinator_who_typed_its_name(stage: Stage, wrens: Sent) -> None:
    code = read_slug(wrens.slug)
    assert code is not None
    for typed in ("", "Quiet Maple Tree", wrens.slug[:-1]):
        with pytest.raises(InputError):
            erase_case(stage.seat("Heron"), wrens.case_id, typed)
    with pytest.raises(NotAllowedError):
        erase_case(stage.seat("Wren"), wrens.case_id, wrens.slug)
    erase_case(stage.seat("Heron"), wrens.case_id, write_code_name(code, "ru").lower())
    for who in ("Heron", "Wren"):
        with pytest.raises(NotAllowedError):
            look_into(stage.seat(who), wrens.case_id)


def test_that_a_case_was_erased_and_by_whom_is_on_record(stage: Stage, wrens: Sent) -> None:
    erase_case(stage.seat("Heron"), wrens.case_id, wrens.slug)
    larch = stage.seat("Larch")
    records = [dict(larch.keyring.open_reading(row.sealed)) for row in store.fetch_audit(larch.line_id, 0)]
    erased = [record for record in records if record.get("what") == "erased"]
    assert [(record["reader"], record["code"]) for record in erased] == [
        (stage.people["Heron"].reader_id.hex(), wrens.slug)
    ]

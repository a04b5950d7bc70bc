"""Somebody with the database in hand: swapped keys, invented colleagues, forged authors. Everything is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.stage import HOT, Sent, Stage, send
from leeside.desk import answering, circles, grants, holding
from leeside.desk import opening as opening_module
from leeside.desk.errors import NotAllowedError, UntrustedRosterError
from leeside.desk.keyring import RefusedError, require_unswapped
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.rosters import forget_rosters, read_roster
from leeside.desk.seat import Seat, take_seat
from leeside.desk.timeline import make_timeline
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import circle_recipient, reader_recipient
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody, staff_author
from leeside.sealing.grants import Granter
from leeside.sealing.keys import (
    commit,
    make_compartment_key,
    make_seed,
    make_signing_seed,
    newest_key,
    public_key_of,
    verify_key_of,
)
from leeside.sealing.parcels import SealedEntry
from leeside.sealing.roster import Person, RosterVersion, read_version, sign_roster
from leeside.sealing.seal import new_entry_id, seal_bundle_to, seal_entry
from leeside.vault import store
from leeside.vault.store import KeyWrap, NewEntry


def _step(seat: Seat) -> Step:
    return Step("look again", seat.reader_id, seat.today + timedelta(days=1))


@pytest.fixture
def mine(stage: Stage) -> Sent:
    """A case that Willow keeps."""
    sent = send(stage, HOT, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    holding.keep(willow, sent.case_id, _step(willow))
    return sent


@pytest.mark.promise(3, "the writer's public key exchanged in the case's row")
def test_a_case_with_another_writers_key_opens_nothing_and_grants_nothing(
    stage: Stage, mine: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.fetch_case
    evil = public_key_of(make_seed())
    monkeypatch.setattr(store, "fetch_case", lambda *asked: replace(real(*asked), writer_public=evil))
    with pytest.raises((NotAllowedError, RefusedError)):
        open_case(stage.seat("Willow"), mine.case_id)
    with pytest.raises((NotAllowedError, RefusedError)):
        circles.move(stage.seat("Willow"), mine.case_id, "lead", "too hot")


@pytest.mark.promise(3, "the case's number exchanged in its row")
def test_a_case_with_another_number_opens_nothing(stage: Stage, mine: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    real = store.fetch_case
    monkeypatch.setattr(store, "fetch_case", lambda *asked: replace(real(*asked), case_number=b"\x05" * 16))
    with pytest.raises((NotAllowedError, RefusedError)):
        open_case(stage.seat("Willow"), mine.case_id)


def test_keys_of_one_context_do_not_pass_for_another_case(stage: Stage, mine: Sent) -> None:
    file = look_into(stage.seat("Willow"), mine.case_id)
    with pytest.raises(RefusedError):
        require_unswapped(replace(file.row, case_number=b"\x05" * 16), file.keys, file.opened)
    with pytest.raises(RefusedError):
        require_unswapped(file.row, file.keys, replace(file.opened, entries=()))


@pytest.mark.promise(3, "a colleague's public key exchanged, and a colleague invented, in the roster's table")
@pytest.mark.parametrize("attack", ["swapped", "invented", "unsigned"])
def test_an_altered_roster_verifies_nowhere(
    stage: Stage, mine: Sent, monkeypatch: pytest.MonkeyPatch, attack: str
) -> None:
    seat = stage.seat("Willow")
    chain = list(store.fetch_roster(seat.line_id))
    last = read_version(chain[-1])
    evil_public, evil_seed = public_key_of(make_seed()), make_signing_seed()
    if attack == "swapped":
        people = tuple(
            replace(person, sealing_public=evil_public) if person.name == "Wren" else person for person in last.people
        )
        version = replace(last, people=people)
    else:
        stranger = Person(b"\x0a" * 16, "Vera2", evil_public, verify_key_of(evil_seed), "lead")
        version = RosterVersion(
            last.line_id,
            last.number + 1,
            seat.keyring.roster.current.head,
            (*last.people, stranger),
            last.role_keys,
            stranger.reader_id if attack == "invented" else last.signer,
            last.day,
        )
    forged = sign_roster(version, evil_seed)
    altered = [*chain[:-1], forged] if attack == "swapped" else [*chain, forged]
    with pytest.raises(RefusedError):
        read_roster(altered, seat.line_id, stage.fingerprint)
    row = replace(store.fetch_line(stage.line.slug), roster_number=len(altered))
    monkeypatch.setattr(store, "fetch_line", lambda slug: row)
    monkeypatch.setattr(store, "fetch_roster", lambda line_id: tuple(altered))
    forget_rosters()
    with pytest.raises(UntrustedRosterError):
        take_seat(stage.line, seat.keyring.ring)


@pytest.mark.promise(3, "a whole roster of the attacker's own, under another fingerprint")
def test_a_roster_of_another_founder_is_refused(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = stage.seat("Willow")
    seed = make_signing_seed()
    founder = Person(b"\x0b" * 16, "Heron", public_key_of(make_seed()), verify_key_of(seed), "lead")
    first = read_version(store.fetch_roster(seat.line_id)[0])
    forged = sign_roster(replace(first, people=(founder,), signer=founder.reader_id), seed)
    monkeypatch.setattr(store, "fetch_roster", lambda line_id: (forged,))
    row = replace(store.fetch_line(stage.line.slug), roster_number=1)
    monkeypatch.setattr(store, "fetch_line", lambda slug: row)
    forget_rosters()
    with pytest.raises(UntrustedRosterError):
        take_seat(stage.line, seat.keyring.ring)


@pytest.mark.promise(3, "a ring of the attacker's own making, with a colleague's id, at the desk", times=2)
def test_a_ring_of_somebody_elses_making_gets_no_seat(stage: Stage) -> None:
    """Broken on purpose: `take_seat` without the verify key, and without the fingerprint of the settings."""
    ring = stage.seat("Willow").keyring.ring
    with pytest.raises(NotAllowedError):
        take_seat(stage.line, replace(ring, signing_seed=make_signing_seed()))
    with pytest.raises(UntrustedRosterError):
        take_seat(replace(stage.line, fingerprint="00" * 32), ring)


@pytest.mark.promise(3, "an entry forged in a colleague's name by another reader of the case")
def test_a_forged_author_is_shown_as_not_proven_and_never_as_a_colleague(stage: Stage, mine: Sent) -> None:
    willow = stage.seat("Willow")
    grants.grant(willow, mine.case_id, stage.people["Wren"].reader_id)
    wren = stage.seat("Wren")
    file = open_case(wren, mine.case_id)
    body = EntryBody("note", staff_author(willow.reader_id), wren.now.isoformat(), {"text": "Willow wrote this."})
    key, entry_id = newest_key(file.keys.keys, Compartment.WORK), new_entry_id()
    sealed = seal_entry(key, file.keys.context, entry_id, body, wren.keyring.ring.signing_seed)
    entry = SealedEntry(entry_id, Compartment.WORK, key.generation, sealed)
    store.append_entries(mine.case_id, file.row.version, [NewEntry(entry)])
    seen = look_into(stage.seat("Heron"), mine.case_id)
    assert [one for one in seen.entries if one.text("text") == "Willow wrote this." and not one.is_proven]
    assert not seen.of_kind("note")
    items = [item for day in make_timeline(stage.seat("Heron"), seen).days for item in day.entries if item.not_proven]
    assert len(items) == 1
    assert "Willow" not in items[0].meta


@pytest.mark.promise(3, "an entry among the staff's own that says it is the writer's")
def test_the_writer_is_nobodys_name_inside_the_staffs_compartment(stage: Stage, mine: Sent) -> None:
    """Broken on purpose: every author that is not staff counted as proven."""
    willow = stage.seat("Willow")
    file = look_into(willow, mine.case_id)
    key, entry_id = newest_key(file.keys.keys, Compartment.WORK), new_entry_id()
    body = EntryBody("note", WRITER_AUTHOR, willow.now.isoformat(), {"text": "The writer said so."})
    entry = SealedEntry(
        entry_id, Compartment.WORK, key.generation, seal_entry(key, file.keys.context, entry_id, body, None)
    )
    store.append_entries(mine.case_id, file.row.version, [NewEntry(entry)])
    assert not look_into(stage.seat("Heron"), mine.case_id).of_kind("note")


@pytest.mark.promise(3, "two keys for one place, the wrong one first, granted by a reader of the case")
def test_two_keys_for_one_place_are_refused(stage: Stage, mine: Sent) -> None:
    """Broken on purpose: the later of two keys taken."""
    willow = stage.seat("Willow")
    file = look_into(willow, mine.case_id)
    recipient, granter = reader_recipient(willow.reader_id), Granter(willow.reader_id, willow.keyring.ring.signing_seed)
    wrong = make_compartment_key(Compartment.STORY, 1)
    public = public_key_of(willow.keyring.ring.sealing_seed)
    sealed = seal_bundle_to(public, file.keys.context, recipient, [wrong], granter=granter)
    planted = KeyWrap(mine.case_id, recipient, 1, 1, sealed)
    with pytest.raises(RefusedError):
        willow.keyring.open_keys(replace(file.row, wraps=(planted, *file.row.wraps)))


@pytest.mark.promise(3, "a planted key for the staff's compartment, unsigned or signed by a stranger")
@pytest.mark.parametrize("signer", ["nobody", "stranger"])
def test_a_planted_key_receives_nothing_that_is_written(stage: Stage, mine: Sent, signer: str) -> None:
    willow = stage.seat("Willow")
    file = look_into(willow, mine.case_id)
    planted = make_compartment_key(Compartment.STORY, 9)
    recipient = reader_recipient(willow.reader_id)
    granter = Granter(b"\x0c" * 16, make_signing_seed())
    public = public_key_of(willow.keyring.ring.sealing_seed)
    sealed = seal_bundle_to(public, file.keys.context, recipient, [planted], granter=granter)
    if signer == "nobody":
        sealed = sealed[:-96] + bytes(96)
    wrap = KeyWrap(mine.case_id, recipient, 1, 9, sealed)
    extra = [commit(planted, willow.line_id, file.row.case_number)]
    store.append_entries(mine.case_id, file.row.version, grants=[wrap], commitments=extra)
    assert not [key for key in look_into(stage.seat("Willow"), mine.case_id).keys.keys if key.generation == 9]


@pytest.mark.promise(3, "a role key in the envelope that is not the roster's")
def test_a_role_key_that_is_not_the_rosters_opens_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: `role_seed` without the public half of the roster."""
    from leeside.sealing.seal import seal_role_key

    sent = send(stage, HOT, circle="closed")
    willow = stage.seat("Willow")
    public = public_key_of(willow.keyring.ring.sealing_seed)
    (row,) = store.fetch_role_envelopes(willow.line_id, willow.reader_id)
    fake = seal_role_key(public, willow.line_id, row.circle, row.epoch, willow.reader_id, make_seed())
    store.put_role_envelopes(willow.line_id, [replace(row, sealed=fake)])
    with pytest.raises(NotAllowedError):
        look_into(stage.seat("Willow"), sent.case_id)
    with pytest.raises(RefusedError):
        stage.seat("Willow").keyring.role_seed(row.circle, row.epoch)


def test_a_key_without_its_commitment_is_refused(stage: Stage, mine: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    real = store.fetch_case
    monkeypatch.setattr(store, "fetch_case", lambda *asked: replace(real(*asked), commitments=()))
    with pytest.raises(RefusedError):
        look_into(stage.seat("Willow"), mine.case_id)


@pytest.mark.promise(3, "another public key shown for oneself")
def test_nothing_is_sealed_to_another_key_shown_for_oneself(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = send(stage, HOT, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    other = stage.seat("Finch").person
    monkeypatch.setattr(type(willow.keyring.roster), "require_person", lambda self, reader_id, today: replace(other))
    with pytest.raises(RefusedError):
        holding.keep(willow, sent.case_id, _step(willow))


def test_an_unreadable_entry_is_counted_and_hides_nothing_else(stage: Stage, mine: Sent) -> None:
    willow = stage.seat("Willow")
    answering.write_note(willow, mine.case_id, "stays legible")
    file = look_into(willow, mine.case_id)
    junk = SealedEntry(new_entry_id(), Compartment.WORK, 1, b"\x01" + bytes(1100))
    store.append_entries(mine.case_id, file.row.version, [NewEntry(junk)])
    seen = look_into(stage.seat("Willow"), mine.case_id)
    assert seen.opened.unreadable == 1
    assert [entry.text("text") for entry in seen.of_kind("note")] == ["stays legible"]


def test_the_circle_envelope_of_a_case_lies_only_where_the_case_lies(stage: Stage, mine: Sent) -> None:
    heron = stage.seat("Heron")
    row = store.fetch_case(mine.case_id, heron.reader_id, heron.circles)
    assert {wrap.recipient for wrap in row.wraps} == {circle_recipient("lead")}
    assert opening_module.standing_in(heron, row).value == "lead"

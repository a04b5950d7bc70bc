"""Founding, inviting, admitting: every step in every wrong order, and keys that somebody exchanged."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from desk.stage import Stage, found
from leeside.desk import founding
from leeside.desk.errors import InputError, NotAllowedError, UntrustedRosterError
from leeside.desk.rosters import read_roster
from leeside.desk.team import admission, invitations
from leeside.sealing.context import LEAD
from leeside.sealing.keys import make_seed, make_signing_seed, public_key_of, verify_key_of
from leeside.sealing.roster import person_fingerprint
from leeside.sealing.seal import seal_audit
from leeside.vault import store
from leeside.web.clock import domain_clock, real_now


def _roster(stage: Stage):  # type: ignore[no-untyped-def]
    line_id = store.fetch_line(stage.line.slug).id
    return read_roster(store.fetch_roster(line_id), line_id, stage.fingerprint)


def test_a_line_opens_with_its_second_coordinator_and_not_before(installation: object, cheap_hash: None) -> None:
    before = settings.LEESIDE_LINES
    try:
        stage = found()
        assert store.fetch_line("refusal").state == store.LineState.FOUNDING
        from desk.stage import admit

        admit(stage, "Willow", "closed")
        assert store.fetch_line("refusal").state == store.LineState.FOUNDING
        admit(stage, "Larch", LEAD)
        assert store.fetch_line("refusal").state == store.LineState.OPEN
    finally:
        settings.LEESIDE_LINES = before


def test_a_line_does_not_open_while_its_fingerprint_is_not_pinned(stage: Stage) -> None:
    unpinned = replace(stage.line, fingerprint="")
    today = domain_clock().today(stage.line.time_zone)
    assert not founding.is_ready_to_open(unpinned, stage.fingerprint, _roster(stage), today)


def test_a_line_is_founded_once(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        founding.found_line(stage.line, "Second", "en", today=domain_clock().today(stage.line.time_zone))
    with pytest.raises(NotAllowedError):
        founding.make_founding_address(stage.line, real_now())


@pytest.mark.parametrize("token", ["", "nonsense", "A" * 43, "é" * 43])
def test_a_founding_address_that_never_was_is_refused(stage: Stage, token: str) -> None:
    with pytest.raises(NotAllowedError):
        founding.look_at_founding(token, real_now())


def test_an_invitation_is_good_once(stage: Stage) -> None:
    address = invitations.make_invitation(stage.seat("Heron"))
    invitations.accept_invitation(address, "Sparrow", "en", now=real_now())
    with pytest.raises(NotAllowedError):
        invitations.accept_invitation(address, "Siskin", "en", now=real_now())


def test_an_invitation_ends_after_its_days(stage: Stage) -> None:
    address = invitations.make_invitation(stage.seat("Heron"))
    with pytest.raises(NotAllowedError):
        invitations.read_invitation(address, real_now() + timedelta(days=8))


def test_a_taken_name_leaves_the_invitation_good(stage: Stage) -> None:
    address = invitations.make_invitation(stage.seat("Heron"))
    with pytest.raises(InputError):
        invitations.accept_invitation(address, "willow", "en", now=real_now())
    assert invitations.accept_invitation(address, "Sparrow", "en", now=real_now()).name == "Sparrow"


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\u202eb"])
def test_a_name_that_is_none_is_said_beside_the_field(stage: Stage, name: str) -> None:
    address = invitations.make_invitation(stage.seat("Heron"))
    with pytest.raises(InputError) as caught:
        invitations.accept_invitation(address, name, "en", now=real_now())
    assert caught.value.field == "name"


@pytest.mark.promise(3, "an invitation with another fingerprint than the line's")
def test_an_invitation_with_another_fingerprint_is_refused(stage: Stage) -> None:
    token = invitations.make_invitation(stage.seat("Heron")).partition(".")[0]
    with pytest.raises(UntrustedRosterError):
        invitations.read_invitation(f"{token}.{'0' * 64}", real_now())


@pytest.mark.parametrize("role", ["closed", "first", "publisher"])
def test_only_coordinators_invite_and_admit(stage: Stage, role: str) -> None:
    seat = stage.seat({"closed": "Willow", "first": "Wren", "publisher": "Rowan"}[role])
    for refused in (
        lambda: invitations.make_invitation(seat),
        lambda: admission.list_candidates(seat),
        lambda: admission.admit(seat, b"\x00" * 16, "first"),
    ):
        with pytest.raises(NotAllowedError):
            refused()


def test_admitting_a_stranger_or_into_no_role_is_refused(stage: Stage) -> None:
    address = invitations.make_invitation(stage.seat("Heron"))
    new = invitations.accept_invitation(address, "Sparrow", "en", now=real_now())
    for reader_id, role in ((b"\x01" * 16, "first"), (new.reader_id, "kings"), (new.reader_id, "")):
        with pytest.raises(NotAllowedError):
            admission.admit(stage.seat("Heron"), reader_id, role)


def test_the_words_to_compare_are_those_of_the_newcomers_own_keys(stage: Stage) -> None:
    address = invitations.make_invitation(stage.seat("Heron"))
    new = invitations.accept_invitation(address, "Sparrow", "en", now=real_now())
    (candidate,) = admission.list_candidates(stage.seat("Heron"))
    assert person_fingerprint(candidate.sealing_public, candidate.verify_key) == new.person_fingerprint


@pytest.mark.promise(3, "a newcomer's keys exchanged in the database before admission")
def test_a_newcomers_exchanged_keys_show_other_words(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    address = invitations.make_invitation(stage.seat("Heron"))
    new = invitations.accept_invitation(address, "Sparrow", "en", now=real_now())
    seat = stage.seat("Heron")
    swapped = {
        "reader": new.reader_id.hex(),
        "name": "Sparrow",
        "sealing_public": public_key_of(make_seed()).hex(),
        "verify_key": verify_key_of(make_signing_seed()).hex(),
    }
    lead = seat.keyring.roster.current.role_key(LEAD).public
    sealed = seal_audit(lead, seat.line_id, swapped)
    monkeypatch.setattr(store, "look_at_all", lambda kind, hashes, now: dict.fromkeys(hashes, sealed))
    (candidate,) = admission.list_candidates(seat)
    assert person_fingerprint(candidate.sealing_public, candidate.verify_key) != new.person_fingerprint


def test_two_coordinators_who_change_the_roster_at_once_leave_no_half_done_state(stage: Stage) -> None:
    heron, larch = stage.seat("Heron"), stage.seat("Larch")
    first = invitations.accept_invitation(invitations.make_invitation(heron), "Sparrow", "en", now=real_now())
    second = invitations.accept_invitation(invitations.make_invitation(heron), "Siskin", "en", now=real_now())
    admission.admit(heron, first.reader_id, "first")
    with pytest.raises(store.ConflictError):
        admission.admit(larch, second.reader_id, "first")
    assert store.fetch_role_envelopes(larch.line_id, second.reader_id) == ()
    admission.admit(stage.seat("Larch"), second.reader_id, "first")
    assert {person.name for person in _roster(stage).current.people} >= {"Sparrow", "Siskin"}


def test_a_newcomer_gets_the_key_of_their_circle_only_and_a_coordinator_all(stage: Stage) -> None:
    assert {circle for circle, _ in stage.seat("Wren").keyring.held_role_keys} == {"first"}
    assert {circle for circle, _ in stage.seat("Rowan").keyring.held_role_keys} == set()
    assert {circle for circle, _ in stage.seat("Larch").keyring.held_role_keys} == {"first", "closed", LEAD}

"""Signing in: what is checked, that refusals say nothing, that a code works once and rings only move forward."""

from dataclasses import replace
from unittest.mock import Mock

import pytest

from desk.stage import Stage
from leeside.desk import signing_in
from leeside.desk.errors import RefusedSignInError, UntrustedRecordError, UntrustedRosterError
from leeside.desk.rosters import forget_rosters
from leeside.desk.sessions import seat_of_secret
from leeside.desk.signing_in import sign_in
from leeside.desk.team import removal
from leeside.vault import store
from leeside.web.clock import real_now


def test_name_passphrase_and_code_open_a_session(stage: Stage) -> None:
    signed = sign_in(stage.attempt("Willow"))
    assert seat_of_secret(signed.secret).person.name == "Willow"


def test_a_name_is_taken_in_any_case_and_a_passphrase_by_its_first_letters(stage: Stage) -> None:
    short = " ".join(word[:4] for word in stage.people["Willow"].passphrase.split())
    assert sign_in(stage.attempt("Willow", name=" wiLLow ", passphrase=short)).seat.person.name == "Willow"


@pytest.mark.promise(10, "wrong name, passphrase, code or state at sign-in", times=5)
@pytest.mark.parametrize("wrong", ["name", "passphrase", "code", "other's passphrase", "empty"])
def test_whatever_is_wrong_is_refused_alike(stage: Stage, wrong: str) -> None:
    changed = {
        "name": {"name": "Nobody"},
        "passphrase": {"passphrase": "quiet maple quiet maple quiet maple"},
        "code": {"code": "000000" if stage.people["Willow"].code() != "000000" else "111111"},
        "other's passphrase": {"passphrase": stage.people["Wren"].passphrase},
        "empty": {"name": "", "passphrase": "", "code": ""},
    }[wrong]
    with pytest.raises(RefusedSignInError):
        sign_in(stage.attempt("Willow", **changed))


def test_a_used_code_is_refused(stage: Stage) -> None:
    attempt = stage.attempt("Willow")
    sign_in(attempt)
    with pytest.raises(RefusedSignInError):
        sign_in(attempt)
    assert sign_in(attempt, takes_used_codes=True).seat.person.name == "Willow"


def test_an_unknown_name_costs_one_slow_hash_like_a_known_one(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[bytes] = []
    real = signing_in.stretch

    def counted(*typed: object) -> object:
        calls.append(b"")
        return real(*typed)  # type: ignore[arg-type]

    monkeypatch.setattr(signing_in, "stretch", counted)
    for name in ("Nobody", "Willow"):
        with pytest.raises(RefusedSignInError):
            sign_in(stage.attempt("Willow", name=name, passphrase="wrong"))
    assert len(calls) == 2


def test_a_newcomer_who_is_not_admitted_is_refused(stage: Stage) -> None:
    from desk.stage import Colleague
    from leeside.desk.team import invitations

    address = invitations.make_invitation(stage.seat("Heron"))
    new = invitations.accept_invitation(address, "Sparrow", "en", now=real_now())
    words = new.passphrase.reveal().decode()
    stage.people["Sparrow"] = Colleague("Sparrow", "first", new.reader_id, words, new.code_secret)
    with pytest.raises(RefusedSignInError):
        sign_in(stage.attempt("Sparrow"))


def test_whoever_is_cut_off_is_refused_like_a_wrong_word_and_spends_no_code(stage: Stage) -> None:
    """Broken on purpose: `sign_in` without the account's state."""
    reader_id = stage.people["Finch"].reader_id
    store.set_account_state(reader_id, store.AccountState.LOCKED)
    with pytest.raises(RefusedSignInError):
        sign_in(stage.attempt("Finch"))
    store.set_account_state(reader_id, store.AccountState.ACTIVE)
    assert sign_in(stage.attempt("Finch")).seat.reader_id == reader_id


def test_a_removed_colleague_is_refused_and_their_session_is_over(stage: Stage) -> None:
    signed = sign_in(stage.attempt("Finch"))
    removal.remove(stage.seat("Heron"), stage.people["Finch"].reader_id)
    with pytest.raises(RefusedSignInError):
        sign_in(stage.attempt("Finch"), takes_used_codes=True)
    from leeside.desk.errors import NotSignedInError

    with pytest.raises(NotSignedInError):
        seat_of_secret(signed.secret)


def test_a_ring_remembers_the_newest_roster_and_refuses_an_older_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(stage.attempt("Willow"))
    chain = store.fetch_roster(stage.seat("Heron").line_id)
    row = store.fetch_line(stage.line.slug)
    shorter = replace(row, roster_number=row.roster_number - 1)
    monkeypatch.setattr(store, "fetch_line", lambda slug: shorter)
    monkeypatch.setattr(store, "fetch_roster", lambda line_id: chain[:-1])
    forget_rosters()
    with pytest.raises(UntrustedRosterError):
        sign_in(stage.attempt("Willow"), takes_used_codes=True)


@pytest.mark.promise(9, "a chain of readings that was rewritten or shortened since a coordinator saw it", times=2)
def test_a_coordinators_ring_refuses_a_rewritten_or_shortened_chain_of_readings(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desk.stage import send
    from leeside.desk.opening import open_case

    open_case(stage.seat("Willow"), send(stage, circle="closed").case_id)
    store.chain_audit(real_now())
    assert sign_in(stage.attempt("Larch")).seat.is_lead
    broken = store.ChainBrokenError(1)
    monkeypatch.setattr(store, "verify_chain", Mock(side_effect=broken))
    with pytest.raises(UntrustedRecordError):
        sign_in(stage.attempt("Larch"), takes_used_codes=True)


@pytest.mark.promise(9, "readings edited in the database, seen at sign-in", times=4)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE leeside_audit_entry SET sealed = id",
        "DELETE FROM leeside_audit_entry",
        "DELETE FROM leeside_audit_head",
        "UPDATE leeside_audit_head SET entries = entries + 1",
    ],
)
def test_a_coordinators_ring_refuses_an_edited_chain_of_readings(stage: Stage, change: str) -> None:
    from django.db import connections

    from desk.stage import send
    from leeside.desk.opening import open_case

    open_case(stage.seat("Willow"), send(stage, circle="closed").case_id)
    store.chain_audit(real_now())
    assert sign_in(stage.attempt("Larch")).seat.is_lead
    with connections["default"].cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(UntrustedRecordError):
        sign_in(stage.attempt("Larch"), takes_used_codes=True)

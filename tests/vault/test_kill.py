"""SIGKILL at random moments: whatever was acknowledged is there and opens; whatever was cut off is whole or nothing."""

import random
import secrets
from collections.abc import Callable

import pytest

from leeside.vault import store
from leeside.vault.reading import row_of, rows_of
from vault.invented import NOW, PROMISE, TODAY, case_id_of, deposit, grant_to, sealed_entry, version_of
from vault.killing import half_done, kill_depositors, read_back, run_and_kill, sealed_parcel, text_of

KILLS = 40


@pytest.mark.kill
@pytest.mark.promise(7, "SIGKILL of a depositing process at random moments", times=KILLS)
def test_every_acknowledged_deposit_is_there_and_opens(line_id: bytes) -> None:
    killed = kill_depositors(line_id, KILLS, random.Random(secrets.randbits(32)))
    assert killed.kills == KILLS
    assert len(killed.acknowledged) > KILLS
    assert all(read_back(line_id, entropy) == text_of(entropy) for entropy in killed.acknowledged)
    count = row_of("default", "SELECT count(*) FROM leeside_case")
    assert count is not None
    assert count[0] >= len(killed.acknowledged)
    store.check_integrity()
    again = sealed_parcel(line_id, killed.acknowledged[0])
    assert store.deposit(again, TODAY, PROMISE).outcome == store.Outcome.REPEATED


@pytest.mark.kill
@pytest.mark.promise(7, "SIGKILL of a process at work on a case", times=15)
def test_a_step_of_work_that_is_killed_is_done_wholly_or_not_at_all(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id, chance = case_id_of(one), random.Random(secrets.randbits(32))
    told = 0

    def work(tell: Callable[[bytes], None]) -> None:
        urgency = 1
        while True:
            urgency = urgency % 4 + 1
            marks = store.MarksChange(owner=reader_id, urgency=store.Urgency(urgency), answer_by=PROMISE)
            entries = [store.NewEntry(sealed_entry()) for _ in range(3)]
            store.append_entries(
                case_id, version_of(one), entries, marks, [grant_to(case_id, reader_id)], ["circle:first"]
            )
            tell(b".")

    for _ in range(15):
        told += len(run_and_kill(work, chance.uniform(0, 0.05)))
        entries = len(rows_of("default", "SELECT 1 FROM leeside_entry"))
        version = version_of(one)
        assert entries == 3 + 3 * (version - 1)
        assert version - 1 >= told
        assert half_done() == []
    assert store.fetch_case(case_id, reader_id, []).owner == reader_id


@pytest.mark.kill
@pytest.mark.promise(5, "SIGKILL of a process that erases", times=12)
def test_an_erasure_that_is_killed_is_never_half_visible(line_id: bytes) -> None:
    chance = random.Random(secrets.randbits(32))
    ones = {case_id_of(one): one for one in (deposit(line_id) for _ in range(120))}
    waiting = list(ones)
    erased: set[bytes] = set()

    def work(tell: Callable[[bytes], None]) -> None:
        for case_id in waiting:
            store.erase_case(case_id, TODAY)
            tell(case_id)

    for _ in range(12):
        told = run_and_kill(work, chance.uniform(0, 0.01))
        erased |= {told[at : at + 16] for at in range(0, len(told), 16)}
        gone = {case_id for case_id, one in ones.items() if store.open_mailbox(one.lookup_hash, NOW) is None}
        assert erased <= gone
        assert len(gone - erased) <= 12
        store.sweep(NOW, TODAY, NOW)
        left = {bytes(row[0]) for row in rows_of("default", "SELECT id FROM leeside_case")}
        assert left == set(ones) - gone
        assert half_done() == []
        for case_id in gone:
            assert store.deposit(ones[case_id].parcel, TODAY, None).outcome == store.Outcome.ERASED
        waiting = [case_id for case_id in waiting if case_id in left]
        if not waiting:
            break

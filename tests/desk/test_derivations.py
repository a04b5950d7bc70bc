"""The pool before the slow hash: two at a time, one of unknown browsers, known ones first, a short queue."""

import threading
import time
from dataclasses import replace

import pytest

from leeside.desk.derivations import DerivationPool
from leeside.desk.errors import CrowdedError
from leeside.desk.limits import LIMITS

QUICK = replace(LIMITS, derivation_wait_seconds=0.2, derivations_waiting=2, derivations_waiting_known=4)


def _start(
    pool: DerivationPool, order: list[str], name: str, gate: threading.Event, *, is_known: bool
) -> threading.Thread:
    def run() -> None:
        with pool.place(is_known=is_known):
            order.append(name)
            gate.wait(5)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.03)
    return thread


@pytest.mark.parametrize(("is_known", "at_once"), [(True, 2), (False, 1)])
def test_no_more_than_two_run_at_a_time_and_one_of_unknown_browsers(is_known: bool, at_once: int) -> None:
    pool, order, gate = DerivationPool(replace(QUICK, derivation_wait_seconds=5)), [], threading.Event()
    threads = [_start(pool, order, str(number), gate, is_known=is_known) for number in range(3)]
    assert order == ["0", "1"][:at_once]
    gate.set()
    for thread in threads:
        thread.join()
    assert sorted(order) == ["0", "1", "2"]


@pytest.mark.promise(12, "a flood at sign-in leaves a place to known browsers")
def test_a_flood_of_unknown_browsers_leaves_a_place_to_a_known_one() -> None:
    pool, order, gate = DerivationPool(replace(QUICK, derivation_wait_seconds=5)), [], threading.Event()
    threads = [_start(pool, order, name, gate, is_known=False) for name in ("a", "b", "c")]
    threads.append(_start(pool, order, "known", gate, is_known=True))
    assert order == ["a", "known"]
    gate.set()
    for thread in threads:
        thread.join()


def test_a_known_browser_goes_before_those_who_came_earlier() -> None:
    pool, order, gate = DerivationPool(replace(QUICK, derivation_wait_seconds=5)), [], threading.Event()
    threads = [_start(pool, order, name, gate, is_known=False) for name in ("a", "unknown")]
    threads += [_start(pool, order, name, gate, is_known=True) for name in ("b", "known")]
    gate.set()
    for thread in threads:
        thread.join()
    assert order.index("known") < order.index("unknown")


def test_a_full_queue_turns_unknown_browsers_away_before_known_ones() -> None:
    pool, order, gate = DerivationPool(replace(QUICK, derivation_wait_seconds=5)), [], threading.Event()
    threads = [_start(pool, order, str(number), gate, is_known=False) for number in range(3)]
    with pytest.raises(CrowdedError), pool.place(is_known=False):
        pass
    threads.append(_start(pool, order, "known", gate, is_known=True))
    gate.set()
    for thread in threads:
        thread.join()
    assert "known" in order


def test_who_waits_too_long_is_asked_to_try_again_and_leaves_no_ticket() -> None:
    pool, order, gate = DerivationPool(QUICK), [], threading.Event()
    threads = [_start(pool, order, name, gate, is_known=False) for name in ("a",)]
    with pytest.raises(CrowdedError), pool.place(is_known=False):
        pass
    gate.set()
    for thread in threads:
        thread.join()
    with pool.place(is_known=False):
        pass


def test_a_fault_inside_gives_the_place_back() -> None:
    pool = DerivationPool(QUICK)
    for _ in range(3):
        with pytest.raises(ValueError), pool.place(is_known=False):
            raise ValueError
    with pool.place(is_known=False), pool.place(is_known=True):
        pass

"""The pool before the slow hash: two at a time, known browsers first, a short queue."""

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


def test_no_more_than_two_run_at_a_time() -> None:
    pool, order, gate = DerivationPool(replace(QUICK, derivation_wait_seconds=5)), [], threading.Event()
    threads = [_start(pool, order, str(number), gate, is_known=False) for number in range(4)]
    assert order == ["0", "1"]
    gate.set()
    for thread in threads:
        thread.join()
    assert sorted(order) == ["0", "1", "2", "3"]


def test_a_known_browser_goes_before_those_who_came_earlier() -> None:
    pool, order, gate = DerivationPool(replace(QUICK, derivation_wait_seconds=5)), [], threading.Event()
    threads = [_start(pool, order, name, gate, is_known=False) for name in ("a", "b", "unknown")]
    threads.append(_start(pool, order, "known", gate, is_known=True))
    gate.set()
    for thread in threads:
        thread.join()
    assert order.index("known") < order.index("unknown")


def test_a_full_queue_turns_unknown_browsers_away_before_known_ones() -> None:
    pool, order, gate = DerivationPool(replace(QUICK, derivation_wait_seconds=5)), [], threading.Event()
    threads = [_start(pool, order, str(number), gate, is_known=False) for number in range(4)]
    with pytest.raises(CrowdedError), pool.place(is_known=False):
        pass
    threads.append(_start(pool, order, "known", gate, is_known=True))
    gate.set()
    for thread in threads:
        thread.join()
    assert "known" in order


def test_who_waits_too_long_is_asked_to_try_again_and_leaves_no_ticket() -> None:
    pool, order, gate = DerivationPool(QUICK), [], threading.Event()
    threads = [_start(pool, order, name, gate, is_known=False) for name in ("a", "b")]
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
    with pool.place(is_known=False), pool.place(is_known=False):
        pass

"""The threads of a worker: each call done once, no more threads than allowed, none started without need."""

import threading
from queue import SimpleQueue

from leeside.project.serving.threads import Threads

WAIT_SECONDS = 10.0


def test_every_call_is_done_once() -> None:
    threads, done = Threads(4), SimpleQueue[int]()
    for number in range(500):
        threads.submit(done.put, number)
    assert sorted(done.get(timeout=WAIT_SECONDS) for _ in range(500)) == list(range(500))
    threads.shutdown()
    assert done.empty()


def test_never_more_threads_than_allowed_and_all_of_them_when_needed() -> None:
    threads, arrived, go_on = Threads(3), SimpleQueue[int](), threading.Event()

    def stay() -> None:
        arrived.put(threading.get_ident())
        go_on.wait(WAIT_SECONDS)

    for _ in range(9):
        threads.submit(stay)
    together = {arrived.get(timeout=WAIT_SECONDS) for _ in range(3)}
    assert len(together) == 3
    assert arrived.empty()
    go_on.set()
    assert {arrived.get(timeout=WAIT_SECONDS) for _ in range(6)} <= together
    threads.shutdown()


def test_a_thread_that_is_free_is_taken_before_another_is_started() -> None:
    threads, done = Threads(8), SimpleQueue[int]()
    used = set()
    for _ in range(50):
        threads.submit(lambda: done.put(threading.get_ident()))
        used.add(done.get(timeout=WAIT_SECONDS))
        threading.Event().wait(0.002)
    assert len(used) <= 2
    threads.shutdown()


def test_what_was_asked_for_before_the_end_is_done() -> None:
    threads, done = Threads(2), SimpleQueue[int]()
    for number in range(100):
        threads.submit(done.put, number)
    threads.shutdown()
    assert sorted(done.get_nowait() for _ in range(100)) == list(range(100))

"""Progress lines: on a terminal only, after two seconds only, and gone afterwards."""

import io
import time

import pytest

from leeside.project import progress
from leeside.project.progress import Progress, with_progress, working


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_FIRST_SHOWN_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(progress, "_SHOWN_EVERY_SECONDS", 0.01)


def count_slowly(stream: io.StringIO) -> str:
    bar = Progress("Counting", 3, stream)
    for _ in range(3):
        time.sleep(0.02)
        bar.step()
    bar.finish()
    return stream.getvalue()


@pytest.mark.usefixtures("at_once")
def test_long_work_is_shown_on_a_terminal_and_taken_away() -> None:
    shown = count_slowly(Terminal())
    assert "Counting [" in shown
    assert "2 of 3" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.usefixtures("at_once")
def test_nothing_is_shown_where_nobody_looks() -> None:
    assert count_slowly(io.StringIO()) == ""


def test_short_work_is_not_shown() -> None:
    assert count_slowly(Terminal()) == ""


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("share", "told"), [(None, "Copying ... 0 s"), (lambda: 0.42, "Copying ... 42%")])
def test_work_that_cannot_be_counted_shows_its_share_or_its_seconds(share: object, told: str) -> None:
    terminal = Terminal()
    with working("Copying", share, terminal):  # type: ignore[arg-type]
        time.sleep(0.1)
    assert told in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_items_are_handed_out_in_their_order() -> None:
    assert list(with_progress("abc", "Letters", 3)) == ["a", "b", "c"]

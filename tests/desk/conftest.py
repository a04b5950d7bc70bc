"""Fixtures of the desk's tests: a cheap slow hash, and a line with one person of each standing."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from desk.stage import Stage
    from plugins.installations import Installation, Kept


@pytest.fixture
def cheap_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its floor: these tests sign in often and do not measure it."""
    from leeside.sealing import passphrases

    monkeypatch.setattr(passphrases, "ARGON2_MEMORY_KIB", 64)
    monkeypatch.setattr(passphrases, "ARGON2_PASSES", 1)


PEOPLE = (("Larch", "lead"), ("Willow", "closed"), ("Wren", "first"), ("Finch", "first"), ("Rowan", "publisher"))


@pytest.fixture(scope="session")
def kept_stages() -> dict[object, tuple["Stage", "Kept"]]:
    """Stages founded in this process, by the clock and the day they were founded on, each with its databases."""
    return {}


@pytest.fixture
def stage(
    installation: "Installation", cheap_hash: None, kept_stages: dict[object, tuple["Stage", "Kept"]]
) -> Iterator["Stage"]:
    """A founded, open line: two coordinators, a counsellor, two volunteers, a publisher. Nobody else changes it.

    Founded once in a process and then copied, databases and all; nothing that a process remembers of its line by
    the line's own id or fingerprint may outlive a test.
    """
    from django.conf import settings

    from desk.stage import found, pin
    from leeside.web.clock import domain_clock
    from plugins.installations import keep, put_back

    before = settings.LEESIDE_LINES
    _forget_the_line()
    clock = domain_clock()
    when = (clock.setting, clock.now().date(), clock.today(settings.LEESIDE_LINES["refusal"].time_zone))
    if when in kept_stages:
        founded, databases = kept_stages[when]
        put_back(installation, databases)
        pin(founded.line)
    else:
        founded = found(*PEOPLE)
        kept_stages[when] = founded, keep(installation, f"stage-{len(kept_stages)}")
    yield founded.copy()
    settings.LEESIDE_LINES = before


def _forget_the_line() -> None:
    from django.conf import settings

    from leeside.desk import conduct, rosters
    from leeside.door.open_lines import forget_lines

    rosters.forget_rosters()
    conduct._accepted.clear()
    forget_lines()
    shutil.rmtree(Path(settings.LEESIDE_DIR) / "door-seen", ignore_errors=True)

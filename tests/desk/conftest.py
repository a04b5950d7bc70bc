"""Fixtures of the desk's tests: a cheap slow hash, and a line with one person of each standing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from desk.stage import Stage
    from plugins.installations import Installation


@pytest.fixture
def cheap_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its floor: these tests sign in often and do not measure it."""
    from leeside.sealing import passphrases

    monkeypatch.setattr(passphrases, "ARGON2_MEMORY_KIB", 64)
    monkeypatch.setattr(passphrases, "ARGON2_PASSES", 1)


@pytest.fixture
def stage(installation: "Installation", cheap_hash: None) -> Iterator["Stage"]:
    """A founded, open line: two coordinators, a counsellor, two volunteers, a publisher."""
    from django.conf import settings

    from desk.stage import found

    before = settings.LEESIDE_LINES
    yield found(("Larch", "lead"), ("Willow", "closed"), ("Wren", "first"), ("Finch", "first"), ("Rowan", "publisher"))
    settings.LEESIDE_LINES = before

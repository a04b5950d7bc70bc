"""Tests of files ask the mailbox too, which remembers the newest roster it saw: not beyond one test."""

import shutil
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def forgetful_door(installation: object) -> Iterator[None]:
    """The door's memory of rosters is empty before and after each test."""
    from django.conf import settings

    from leeside.door.open_lines import forget_lines

    def forget() -> None:
        forget_lines()
        shutil.rmtree(settings.LEESIDE_DIR / "door-seen", ignore_errors=True)

    forget()
    yield
    forget()

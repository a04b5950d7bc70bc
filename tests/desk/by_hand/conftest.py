"""These tests look through the door too: what it has seen of a line that a test founded must not outlive the test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def door_forgets() -> Iterator[None]:
    """Leave no line and no roster number behind."""
    yield
    from django.conf import settings

    from leeside.door.open_lines import forget_lines

    forget_lines()
    shutil.rmtree(Path(settings.LEESIDE_DIR) / "door-seen", ignore_errors=True)

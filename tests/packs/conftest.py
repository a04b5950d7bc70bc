"""Packs for tests: the small one beside this file, and those that we ship."""

import shutil
from pathlib import Path

import pytest

from leeside.packs.pack import Pack
from leeside.packs.reader import load_pack, shipped_names, shipped_pack

TINY = Path(__file__).parent / "tiny"


@pytest.fixture(scope="session")
def tiny() -> Pack:
    """The small pack, as it stands."""
    return load_pack(TINY)


@pytest.fixture
def copy_of_tiny(tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture(scope="session", params=shipped_names())
def shipped(request: pytest.FixtureRequest) -> Pack:
    """Each pack that comes with Leeside."""
    return shipped_pack(request.param)

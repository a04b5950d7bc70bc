from pathlib import Path

import pytest

import leeside.door
from web.translations import assert_whole

FOLDER = Path(leeside.door.__file__).parent


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_door_speaks_every_language_whole(language: str) -> None:
    assert_whole(FOLDER, language)

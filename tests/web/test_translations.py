from pathlib import Path

import pytest

import leeside.web
from web.translations import assert_whole

FOLDER = Path(leeside.web.__file__).parent


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_frame_speaks_every_language_whole(language: str) -> None:
    assert_whole(FOLDER, language)

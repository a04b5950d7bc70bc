"""The words of the pages: complete, and the compiled files are those of the sources."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import leeside.figures
from figures.words import messages_of

APPLICATION = Path(leeside.figures.__file__).parent


def _catalog_path(language: str) -> Path:
    return APPLICATION / "locale" / language / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    catalog = read_po(io.BytesIO(_catalog_path(language).read_bytes()))
    translated = {message.id for message in catalog if message.id and message.string}
    assert translated == messages_of(APPLICATION)


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_translations_fill_the_same_blanks(language: str) -> None:
    blank = re.compile(r"%\((\w+)\)[sd]")
    for message in read_po(io.BytesIO(_catalog_path(language).read_bytes())):
        if message.id:
            assert set(blank.findall(message.id)) == set(blank.findall(message.string)), message.id


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_compiled_file_is_that_of_the_source(language: str) -> None:
    path = _catalog_path(language)
    compiled = read_mo(io.BytesIO(path.with_suffix(".mo").read_bytes()))
    source = read_po(io.BytesIO(path.read_bytes()))
    assert {each.id: each.string for each in compiled if each.id} == {
        each.id: each.string for each in source if each.id
    }

"""The search that `demo prove` and the memory tests rest on: it must find what is there, in every shape."""

import gzip
import os
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from leeside.project.canaries import Canaries

SENTENCE = "Вторая зима без смены, и никто не спрашивает."


@pytest.fixture
def canaries() -> Canaries:
    return Canaries([SENTENCE, "A second sentence that nobody wrote anywhere."])


@pytest.mark.parametrize(
    "shape",
    [SENTENCE.encode(), SENTENCE.encode("utf-16-le"), SENTENCE.encode("ascii", "backslashreplace"),
     quote_plus(SENTENCE).encode(), SENTENCE[:30].encode(), SENTENCE[-30:].encode(), SENTENCE.encode("utf-16-be"),
     SENTENCE.encode("utf-32-le"), SENTENCE.encode().hex().encode(), *(b64encode(b"xy"[:n] + SENTENCE.encode() + b"!")
     for n in range(3)), urlsafe_b64encode(SENTENCE.encode())],
    ids=["utf-8", "two bytes a character", "json", "form", "its beginning", "its end", "the other two bytes",
         "four bytes", "hexadecimal", "base64", "base64 after a byte", "base64 after two", "base64 for addresses"],
)  # fmt: skip
def test_a_sentence_is_found_in_every_shape_and_by_half(canaries: Canaries, tmp_path: Path, shape: bytes) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "rows.db").write_bytes(os.urandom(5000) + shape + os.urandom(5000))
    found = canaries.search_folder(tmp_path)
    assert set(found.hits) == {SENTENCE}
    assert list(found.hits_by_place) == ["deep/rows.db"]


def test_a_sentence_is_found_in_a_packed_file_and_in_a_name(canaries: Canaries, tmp_path: Path) -> None:
    (tmp_path / "copy.gz").write_bytes(gzip.compress(SENTENCE.encode()))
    (tmp_path / f"{SENTENCE}.txt").write_bytes(b"nothing")
    assert len(canaries.search_folder(tmp_path).hits_by_place) == 2


def test_a_folder_without_it_is_clean_and_says_how_much_was_read(canaries: Canaries, tmp_path: Path) -> None:
    (tmp_path / "random").write_bytes(os.urandom(100_000))
    found = canaries.search_folder(tmp_path)
    assert found.total == 0
    assert found.searched_bytes >= 100_000


def test_a_file_that_cannot_be_read_is_named_and_not_counted_as_clean(canaries: Canaries, tmp_path: Path) -> None:
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8bno gzip at all")
    assert list(canaries.search_folder(tmp_path).not_searched) == [str(tmp_path / "broken.gz")]


@pytest.mark.memory
def test_a_sentence_is_found_in_the_memory_of_a_process(canaries: Canaries) -> None:
    program = f"held = ''.join(chr(code) for code in {[ord(one) for one in SENTENCE]}); print(1, flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        found = canaries.search_memory({process.pid: "holder"})
        process.communicate(b"\n")
    assert set(found.hits) == {SENTENCE}


def test_memory_that_cannot_be_read_is_named(canaries: Canaries) -> None:
    assert list(canaries.search_memory({2**22 - 1: "nobody"}).not_searched) == ["nobody (4194303)"]


def test_a_secret_is_found_as_bytes_by_its_name(tmp_path: Path) -> None:
    secret = b"\n\x00\xff" + os.urandom(13).replace(b"\n", b"-")
    (tmp_path / "page").write_bytes(os.urandom(5000) + secret + os.urandom(5000))
    assert Canaries([SENTENCE], {"a key": secret, "another": os.urandom(16)}).search_folder(tmp_path).hits == {
        "a key": 1
    }

"""Promise 1: whoever takes the machine, running or stopped, finds no word of anybody.

After a whole life of the line everything is searched: the installation's folder with databases, write-ahead logs,
shred keys, sessions, backups, static and passing files; the temporary folder of the server; all that it printed.
Broken on purpose to see it fail: `vault.deposits` with the parcel's text in a column; `web.errors` that told the
exception's message; Django's own upload handlers put back (`FILE_UPLOAD_HANDLERS`).
"""

import bz2
import gzip
import lzma
import os
import re
import signal
import sqlite3
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from attacks.browser import Browser
from attacks.life import Life, live, text_of
from attacks.rows import FILES, all_rows, tables_of
from leeside.project.canaries import Canaries, Findings
from leeside.sealing.receipts import derive_receipt_keys, receipt_from_entropy
from leeside.sealing.secrets import Secret
from plugins.lines import ServedLine

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lived(
    line_to_copy: object, tmp_path_factory: pytest.TempPathFactory
) -> "tuple[ServedLine, Life, list[tuple[str, Findings]]]":
    """The line after its life, searched while it ran, after a power cut, and after it stopped in order."""
    from plugins.lines import FoundedLine
    from plugins.servers import start_server

    assert isinstance(line_to_copy, FoundedLine)
    folder = tmp_path_factory.mktemp("seized")
    founded = line_to_copy.copy_to(folder / "line")
    passing = folder / "passing"
    passing.mkdir()
    line = ServedLine(founded, start_server(founded.directory, ["--no-tick"], TMPDIR=str(passing)))
    line.server.wait_until_ready()
    found = []
    try:
        life = live(line)
        canaries = Canaries(life.canaries)
        os.sync()
        found.append(("running", canaries.search_folder(folder)))
        line.server.kill()
        found.append(("after a power cut", canaries.search_folder(folder)))
        line.start_again()
        for browser in life.browsers.values():
            browser.base = line.address("mailbox" if browser is life.browsers["writer"] else "desk")
        assert life.browsers["Heron"].get("/en/queue/?tab=all").status == 200
        found.append(("running again", canaries.search_folder(folder)))
    finally:
        line.stop()
    found.append(("stopped", canaries.search_folder(folder)))
    return line, life, found


Lived = tuple[ServedLine, Life, list[tuple[str, Findings]]]


@pytest.mark.promise(1, "a search of the whole folder, running, cut off and stopped")
def test_no_word_of_anybody_lies_on_the_disk(lived: Lived, attacks: Callable[[int], None]) -> None:
    line, life, found = lived
    places = {path.relative_to(line.directory).parts[0] for path in line.directory.rglob("*") if path.is_file()}
    assert {"data", "shred", "fleeting", "static", "backups", "shred-backup", "leeside.toml"} <= places
    for when, findings in found:
        assert findings.hits == {}, (when, findings.hits_by_place)
        assert findings.not_searched == {} and findings.searched_bytes > 1_000_000, when
        attacks(len(life.canaries))


@pytest.mark.promise(1, "every compressed stream inside any file, unpacked")
def test_no_word_of_anybody_lies_packed_on_the_disk(
    lived: Lived, tmp_path: Path, attacks: Callable[[int], None]
) -> None:
    """Broken on purpose to see it fail: `door.intake` that kept the fields of each letter in `run/`, packed."""
    line, life, _ = lived
    canaries = Canaries(life.canaries)
    streams = searched = 0
    for path in (one for one in line.directory.rglob("*") if one.is_file() and "static" not in one.parts):
        for number, plain in enumerate(unpacked_streams(path.read_bytes())):
            (tmp_path / f"{path.name}-{number}").write_bytes(plain)
        streams += len(START_OF_STREAM.findall(path.read_bytes()))
        searched += path.stat().st_size
    assert searched > 500_000
    assert canaries.search_folder(tmp_path).hits == {}
    attacks(streams + 1)


START_OF_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04|BZh[1-9]|\xfd7zXZ\x00")


def unpacked_streams(content: bytes) -> Iterator[bytes]:
    """Whatever in these bytes can be unpacked, from each place at which a packed stream could begin."""
    for found in START_OF_STREAM.finditer(content):
        start = found.start()
        if found[0][:2] == b"PK":
            name, extra = content[start + 26 : start + 28], content[start + 28 : start + 30]
            start += 30 + int.from_bytes(name, "little") + int.from_bytes(extra, "little")
        for make in UNPACKERS:
            with suppress(zlib.error, lzma.LZMAError, OSError, EOFError):
                plain = make().decompress(content[start : start + 200_000])
                if len(plain) > 40:
                    yield plain


UNPACKERS: tuple[Callable[[], Any], ...] = (
    lambda: zlib.decompressobj(47),
    lambda: zlib.decompressobj(-15),
    bz2.BZ2Decompressor,
    lzma.LZMADecompressor,
)


def test_packed_words_would_have_been_found() -> None:
    said = text_of("said").encode() * 3
    packed = (zlib.compress(said), gzip.compress(said), bz2.compress(said), lzma.compress(said))
    for one in packed:
        assert said in list(unpacked_streams(os.urandom(300) + one + os.urandom(300)))
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("letter.txt", said)
    assert said in list(unpacked_streams(b"x" * 100 + file.getvalue()))


def _bytes_of(secret: bytes | Secret) -> bytes:
    return secret if isinstance(secret, bytes) else secret.reveal()


@pytest.mark.promise(1, "receipts, seeds and session secrets searched as raw bytes, in hexadecimal and base64")
def test_no_secret_lies_on_the_disk_as_bytes(lived: Lived, attacks: Callable[[int], None]) -> None:
    """Broken on purpose to see it fail: `hash_posting` that gave the posting secret itself back."""
    line, life, _ = lived
    secrets = {f"code secret of {name}": _bytes_of(person.code_secret) for name, person in line.people.items()}
    for what, sent in life.sent.items():
        keys = derive_receipt_keys(receipt_from_entropy(sent.entropy), line.line.line_id)
        secrets[f"entropy of {what}"] = sent.entropy
        for name in ("lookup_id", "writer_seed", "posting_secret", "erasing_secret", "first_key", "repeat_key"):
            secrets[f"{name} of {what}"] = _bytes_of(getattr(keys, name))
    for name, browser in life.browsers.items():
        for cookie, value in browser.cookies.items():
            with suppress(ValueError):
                secrets[f"cookie {cookie} of {name}"] = urlsafe_b64decode(value + "=" * (-len(value) % 4))
    assert len(secrets) > 40 and all(len(secret) >= 16 for secret in secrets.values()), secrets.keys()
    for path in (one for one in line.directory.rglob("*") if one.is_file() and "static" not in one.parts):
        content = path.read_bytes()
        for what, secret in secrets.items():
            for spelled in (secret, secret.hex().encode(), b64encode(secret)[:-2], urlsafe_b64encode(secret)[:-2]):
                assert spelled not in content, (what, path)
            attacks(1)


@pytest.mark.promise(1, "the search itself finds what is there")
def test_the_search_would_have_found_it(lived: Lived, tmp_path: Path) -> None:
    _, life, _ = lived
    canaries = Canaries(life.canaries)
    assert len(canaries.sentences) > 50
    for number, (where, text) in enumerate(life.texts.items()):
        (tmp_path / f"{number}").write_bytes(text.encode("utf-16-le" if number % 2 else "utf-8"))
        assert canaries.search_folder(tmp_path).total > number, where


@pytest.mark.promise(1, "addresses and agents of visitors in logs, tables and files")
def test_neither_address_nor_agent_nor_name_of_a_colleague_lies_in_a_table(lived: Lived) -> None:
    line, _, _ = lived
    assert "127.0.0.1" not in line.server.log.replace("on port", "") and "::1" not in line.server.log
    for name in FILES:
        for table in tables_of(line.directory, name):
            if table.startswith(("django", "sqlite")):
                continue
            for row in all_rows(line.directory, table, name):
                for value in row:
                    spelled = value if isinstance(value, str) else ""
                    assert not re.search(r"\d+\.\d+\.\d+\.\d+|localhost|Mozilla|python", spelled, re.I), (table, row)


@pytest.mark.promise(1, "freed pages of a database that keep what was erased")
def test_an_erased_case_leaves_no_byte_of_its_own_in_the_databases(lived: Lived) -> None:
    """The words' hash stays for some days in the shred store, by design; the sealed bytes of the case do not."""
    line, life, _ = lived
    keys = derive_receipt_keys(receipt_from_entropy(life.sent["erased"].entropy), line.line.line_id)
    data = (line.directory / FILES["data"]).read_bytes()
    for secret in (keys.case_number, keys.lookup_hash, keys.posting_hash, keys.erasing_hash):
        assert secret not in data
    assert keys.lookup_hash in (line.directory / FILES["shred"]).read_bytes()


@pytest.mark.promise(1, "files and folders that others may read")
def test_nobody_else_may_read_a_file_of_the_installation(lived: Lived) -> None:
    line, _, _ = lived
    for path in (line.directory, *line.directory.rglob("*")):
        if "static" not in path.parts:
            assert path.stat().st_mode & 0o077 == 0 or path.parent != line.directory, path
    for folder in ("data", "shred", "fleeting", "run"):
        assert (line.directory / folder).stat().st_mode & 0o077 == 0, folder


@pytest.mark.promise(1, "a core dump of every process of the server")
def test_a_process_that_is_ended_by_a_fault_leaves_no_core(line: ServedLine) -> None:
    door = Browser(line.address("door"))
    assert door.get("/health").status == 200
    pids = line.server.pids()[1:]
    for pid in pids:
        limits = Path(f"/proc/{pid}/limits").read_text()
        assert re.search(r"Max core file size\s+0\s+0", limits), pid
    os.kill(pids[-1], signal.SIGSEGV)
    assert not list(line.directory.rglob("core*"))


def test_the_databases_are_whole_after_the_power_cut(lived: Lived) -> None:
    line, _, _ = lived
    for file in FILES.values():
        with sqlite3.connect(line.directory / file) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()

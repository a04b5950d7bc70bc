"""Look for sentences where they must not be: in every file of a folder, and in the memory of living processes.

Used by `leeside demo prove` and by the tests of promises 1 and 11. A sentence is looked for in every shape in which
our own processes hold text and in those that anybody else might have chosen: UTF-8 (files, sockets), two bytes a
character (how Python keeps Cyrillic) and four, JSON escapes, form encoding, hexadecimal, and base64 at each of its
three alignments. Only its first and last characters are looked for, so that half a sentence is found too.

The search itself is GNU or BSD `grep -F`: it looks for a thousand strings at 150 MB a second, which Python's own `re`
does at 2. What could not be read is reported as not searched, with the reason; it is never counted as clean.
"""

import base64
import gzip
import os
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO
from urllib.parse import quote_plus

FRAGMENT_CHARACTERS = 24
SHORTEST_SENTENCE_CHARACTERS = 10
CHUNK_BYTES = 1 << 20
SKIPPED_REGIONS = ("[vvar]", "[vsyscall]", "[vdso]", "[vvar_vclock]")


@dataclass(frozen=True)
class Findings:
    """What one search saw: bytes read, hits by sentence, and what it could not read (place -> reason)."""

    places: int
    searched_bytes: int
    hits: Mapping[str, int]
    hits_by_place: Mapping[str, int]
    not_searched: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.hits.values())


def shapes_of(text: str) -> frozenset[bytes]:
    """Return the byte strings by which a text is known in memory, in files and on the wire."""
    plain = text.encode()
    wide = {text.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le")}
    escaped = {text.encode("ascii", "backslashreplace"), quote_plus(text).encode(), plain.hex().encode()}
    return frozenset({plain, *wide, *escaped, *_in_base64(plain)})


def _in_base64(plain: bytes) -> set[bytes]:
    """The letters that stand for these bytes whatever lies before and behind them, in both alphabets."""
    found = set()
    for before in range(3):
        whole = base64.b64encode(bytes(before) + plain)
        first, last = -(-before * 8 // 6), (before + len(plain)) * 8 // 6
        found.add(whole[first:last])
    return found | {one.replace(b"+", b"-").replace(b"/", b"_") for one in found}


class Canaries:
    """A set of sentences, ready to be looked for; and of secrets by their names, which are looked for as bytes."""

    def __init__(self, sentences: Iterable[str], secrets: Mapping[str, bytes] | None = None) -> None:
        self.sentences = tuple(sorted({s for s in sentences if len(s) >= SHORTEST_SENTENCE_CHARACTERS}))
        self._sentence_of: dict[bytes, str] = {}
        for sentence in self.sentences:
            for fragment in {sentence[:FRAGMENT_CHARACTERS], sentence[-FRAGMENT_CHARACTERS:]}:
                for shape in shapes_of(fragment):
                    self._sentence_of.setdefault(shape, sentence)
        for name, secret in (secrets or {}).items():
            # Patterns are lines: of a secret with a line end in it the longest piece is looked for.
            self._sentence_of.setdefault(max(secret.split(b"\n"), key=len), name)
        self._patterns: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the object)
        self._patterns.write(b"\n".join(sorted(self._sentence_of)) + b"\n")
        self._patterns.flush()

    def search_stream(self, chunks: Iterable[bytes]) -> tuple[int, Counter[str]]:
        """Return how many bytes came and how often each sentence was seen in them."""
        self._patterns.seek(0)
        descriptor = self._patterns.fileno()
        grep = subprocess.Popen(
            ["grep", "-aoF", "-f", f"/dev/fd/{descriptor}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(descriptor,),
            env={"LC_ALL": "C", "PATH": os.environ.get("PATH", "/usr/bin:/bin")},
        )
        assert grep.stdin is not None and grep.stdout is not None  # noqa: S101 (both are pipes by the call above)
        counted = [0]
        refused: list[OSError] = []
        feeder = threading.Thread(target=_feed, args=(grep.stdin, chunks, counted, refused), daemon=True)
        feeder.start()
        hits: Counter[str] = Counter()
        for line in grep.stdout:
            sentence = self._sentence_of.get(line.rstrip(b"\n"))
            if sentence is not None:
                hits[sentence] += 1
        feeder.join()
        grep.stdout.close()
        if grep.wait() > 1:
            raise OSError("grep could not search: is it installed?")
        if refused:
            raise refused[0]
        return counted[0], hits

    def search_folder(self, folder: Path) -> Findings:
        """Search every file below a folder, whatever it is; gzip files also unpacked. File names are searched too."""
        hits: Counter[str] = Counter()
        by_place: Counter[str] = Counter()
        refused: dict[str, str] = {}
        size = places = 0
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
            try:
                read, seen = self.search_stream(_chunks_of_file(path))
            except OSError as error:
                refused[str(path)] = error.strerror or "could not be read"
                continue
            places, size = places + 1, size + read
            hits.update(seen)
            if seen:
                by_place[str(path.relative_to(folder))] += seen.total()
        return Findings(places, size, hits, by_place, refused)

    def search_memory(self, processes: Mapping[int, str]) -> Findings:
        """Search the memory of living processes: process id -> what it is called in the report."""
        hits: Counter[str] = Counter()
        by_place: Counter[str] = Counter()
        refused: dict[str, str] = {}
        size = places = 0
        for pid, name in sorted(processes.items()):
            try:
                read, seen = self.search_stream(_chunks_of_memory(pid))
            except OSError as error:
                refused[f"{name} ({pid})"] = error.strerror or "could not be read"
                continue
            if not read:
                refused[f"{name} ({pid})"] = "its memory is closed to this user"
                continue
            places, size = places + 1, size + read
            hits.update(seen)
            if seen:
                by_place[f"{name} ({pid})"] += seen.total()
        return Findings(places, size, hits, by_place, refused)


def _feed(pipe: IO[bytes], chunks: Iterable[bytes], counted: list[int], refused: list[OSError]) -> None:
    """Write every chunk into grep. What could not be read is handed to the caller, who runs in another thread."""
    try:
        for chunk in chunks:
            counted[0] += len(chunk)
            pipe.write(chunk)
        pipe.write(b"\n")
    except OSError as error:
        refused.append(error)
    finally:
        pipe.close()


def _chunks_of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as plain:
        head = plain.read(2)
        plain.seek(0)
        while chunk := plain.read(CHUNK_BYTES):
            yield chunk
    yield b"\n" + str(path).encode() + b"\n"
    if head == b"\x1f\x8b":
        with gzip.open(path, "rb") as unpacked:
            while chunk := unpacked.read(CHUNK_BYTES):
                yield chunk


def _chunks_of_memory(pid: int) -> Iterator[bytes]:
    """Yield every region of a process that could hold what it read: all that is writable or has no file behind it."""
    regions = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in _regions(regions):
            position = start
            while position < end:
                try:
                    memory.seek(position)
                    chunk = memory.read(min(CHUNK_BYTES, end - position))
                except (OSError, ValueError, OverflowError):
                    break  # a region that the kernel does not hand out (a guard page): nothing can be stored in it
                if not chunk:
                    break
                yield chunk
                position += len(chunk)


def _regions(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    for line in lines:
        span, permissions, *rest = line.split(maxsplit=5)
        name = rest[3] if len(rest) > 3 else ""
        if "r" not in permissions or name in SKIPPED_REGIONS:
            continue
        if name.startswith("/") and "w" not in permissions:
            continue  # program text and read-only data as they lie on disk: the folder search covers our own files
        start, end = (int(part, 16) for part in span.split("-"))
        yield start, end

"""Promise 2's other half: a file may be made to take over whatever looks at it. It is looked at by a child that can
reach nothing, and here is what happens to one that tries.

The hostile programs run in the real child, behind the real walls, in place of the drawing. Broken on purpose to see
each fail: `confine` that returns True before it installs the filter (files, sockets, processes, programs, memory that
can be executed, keys of the parent); without RLIMIT_AS (four gigabytes); without the clock in `_ask_child` (sleeping);
`_read_pixels` that reads to the end (too much).
"""

import io
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from leeside.desk.files import drawing
from leeside.desk.files.pixels import confine, draw, syscalls

BEHIND_WALLS = """
import ctypes, os, sys, time
from leeside.desk.files.pixels import confine
from leeside.desk.files.pixels.answers import HEADER
libc = ctypes.CDLL(None, use_errno=True)
spare = ctypes.create_string_buffer(4096)
def main(words):
    confine.begin(int(words[3]))
    import socket, subprocess, mmap, signal
    if not confine.confine():
        os.write(1, HEADER.pack(6, 0, 0, 0)); os._exit(0)
    {deed}
    os.write(1, HEADER.pack(1, 1, 1, 1) + b"abc"); os._exit(0)
"""


def try_in_child(deed: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The reason that a drawing gives when the child does this instead."""
    program = BEHIND_WALLS.format(deed=deed)
    monkeypatch.setattr(drawing, "PROGRAM", f"exec({program!r})")
    with pytest.raises(drawing.DrawingError) as refused:
        drawing.draw("png", 0, [b"whatever"])
    return refused.value.reason


DEEDS = {
    "open a file": "open('/etc/passwd')",
    "open a file by the system's own call": "libc.syscall(257, -100, b'/etc/passwd', 0)",
    "look whether a file is there": "os.path.exists('/etc/passwd')",
    "list a folder": "os.listdir('/')",
    "delete a file": "os.unlink('/tmp/leeside-nothing')",
    "write a file": "os.open('/tmp/leeside-hostile', os.O_CREAT | os.O_WRONLY)",
    "open a socket": "socket.socket()",
    "ask the name service": "socket.getaddrinfo('localhost', 80)",
    "open a socket to a neighbour": "socket.socket(socket.AF_UNIX)",
    "fork": "os.fork()",
    "start a thread": "__import__('threading').Thread(target=print).start()",
    "start a program": "os.execv('/bin/sh', ['sh', '-c', 'true'])",
    "start a program by the library": "subprocess.run(['true'])",
    "read the parent's memory": "libc.process_vm_readv(os.getppid(), None, 0, None, 0, 0)",
    "trace the parent": "libc.ptrace(16, os.getppid(), None, None)",
    "end the parent": "os.kill(os.getppid(), 0)",
    "have memory that can be executed": "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)",
    "make memory executable": "libc.mprotect(ctypes.addressof(spare) & ~4095, 4096, 7)",
    "raise its own limits": "__import__('resource').setrlimit(7, (100, 100))",
    "leave its namespaces": "libc.setns(0, 0)",
    "take its walls down": "libc.prctl(22, 0, 0, 0, 0)",
    "speak to a device": "libc.ioctl(1, 0x5413, spare)",
    "speak to the kernel's rings": "libc.syscall(425, 8, spare)",
    "call as another machine does": "libc.syscall(0x40000000 + 39)",
}


@pytest.mark.promise(2, "a hostile file in the drawing child that tries to reach something")
@pytest.mark.parametrize("what", DEEDS)
def test_whatever_it_tries_to_reach_it_is_ended(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert try_in_child(DEEDS[what], monkeypatch) == "misbehaved"
    assert not Path("/tmp/leeside-hostile").exists()  # noqa: S108 -- what the hostile program would have made


@pytest.mark.promise(12, "a hostile file that takes memory, time or room", times=5)
@pytest.mark.parametrize(
    ("deed", "reasons"),
    [
        ("bytearray(4 * 1024 ** 3)", {"broken", "too_large"}),
        ("[bytearray(50_000_000) for _ in range(80)]", {"broken", "too_large"}),
        ("while True: pass", {"too_slow"}),
        ("while True: time.sleep(1)", {"too_slow"}),
        ("while True: os.write(1, bytes(65536))", {"misbehaved", "broken", "too_slow"}),
    ],
)
def test_it_takes_no_more_than_its_share(deed: str, reasons: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "DRAWING_SECONDS", 3.0)
    begun = time.monotonic()
    assert try_in_child(deed, monkeypatch) in reasons
    assert time.monotonic() - begun < 6


def test_the_processor_s_own_limit_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    hurried = "import leeside.desk.files.pixels.confine as c; c.PROCESSOR_SECONDS = 1; "
    program = BEHIND_WALLS.format(deed="while True: pass")
    monkeypatch.setattr(drawing, "PROGRAM", f"{hurried}exec({program!r})")
    begun = time.monotonic()
    with pytest.raises(drawing.DrawingError, match="too_slow"):
        drawing.draw("png", 0, [b"whatever"])
    assert time.monotonic() - begun < drawing.DRAWING_SECONDS / 2
    assert confine.PROCESSOR_SECONDS < drawing.DRAWING_SECONDS


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("b''", "broken"),
        ("b'x'", "broken"),
        ("HEADER.pack(1, 1, 100, 100)", "misbehaved"),
        ("HEADER.pack(1, 1, 2, 2) + bytes(11)", "misbehaved"),
        ("HEADER.pack(1, 1, 2, 2) + bytes(13)", "misbehaved"),
        ("HEADER.pack(1, 1, 0, 0)", "misbehaved"),
        ("HEADER.pack(1, 1, 2**31, 2**31) + bytes(70000)", "misbehaved"),
        ("HEADER.pack(2, 1, 5, 5)", "misbehaved"),
        ("HEADER.pack(99, 1, 5, 5)", "misbehaved"),
    ],
)
def test_what_it_gives_is_not_trusted(answer: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert try_in_child(f"os.write(1, {answer}); os._exit(0)", monkeypatch) == reason


@pytest.mark.promise(2, "pixels without walls")
def test_without_walls_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose to see it fail: `main` that draws whatever `confine` says."""
    blind = "import leeside.desk.files.pixels.confine as c; c.install_filter = lambda: False; "
    monkeypatch.setattr(drawing, "PROGRAM", blind + drawing.PROGRAM)
    with pytest.raises(drawing.DrawingError, match="no_wall"):
        drawing.draw("png", 0, [picture()])
    assert not drawing.is_possible()


@pytest.mark.promise(1, "the drawing child's environment, open files and modules")
def test_the_child_has_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting, no key, no open file, none of our modules but its own."""
    monkeypatch.setenv("LEESIDE_DIR", "/secret/place")
    secret, other = os.pipe()
    os.set_inheritable(secret, True)
    looking = """
import os, sys
from leeside.desk.files.pixels import confine, main as real, draw
def main(words):
    own = {name for name in sys.modules if name.startswith("leeside")}
    strange = {name for name in sys.modules if name.split(".")[0] in ("django", "cryptography", "sqlite3", "gunicorn")}
    open_files = set(os.listdir("/proc/self/fd"))
    package = "leeside.desk.files.pixels"
    wanted = {"leeside", "leeside.desk", "leeside.desk.files", package}
    wanted |= {f"{package}.{one}" for one in ("confine", "main", "draw", "answers", "syscalls")}
    bad = [bool(os.environ.keys() - {"LC_CTYPE"}), len(open_files) > 4, bool(strange) or own != wanted]
    os.write(1, real.HEADER.pack(1, 1, 1, 1) + bytes(bad))
    os._exit(0)
"""
    monkeypatch.setattr(drawing, "PROGRAM", f"exec({looking!r})")
    drawn = drawing.draw("png", 0, [b""])
    os.close(secret)
    os.close(other)
    assert list(drawn.pixels) == [0, 0, 0], "environment, open files, modules"


def test_the_child_ends_with_its_parent() -> None:
    program = (
        "import sys, time, threading; from leeside.desk.files import drawing\n"
        "drawing.PROGRAM = 'import time, leeside.desk.files.pixels.confine as c, sys\\n"
        "def main(words): c.begin(int(words[3])); time.sleep(60)'\n"
        "def slow():\n    print('begun', flush=True); time.sleep(60); yield b''\n"
        "drawing.draw('png', 0, slow())"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(drawing.__file__).parents[3])}
    parent = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE)
    assert parent.stdout is not None and parent.stdout.readline() == b"begun\n"
    time.sleep(0.5)
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    assert len(children) == 1
    parent.kill()
    parent.wait()
    time.sleep(0.3)
    assert not Path(f"/proc/{children[0]}/cmdline").exists() or not Path(f"/proc/{children[0]}/cmdline").read_bytes()


def test_only_so_many_children_live_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "WAITING_SECONDS", 0.2)
    wait = threading.Event()

    def slow() -> Iterator[bytes]:
        wait.wait(10)
        yield picture()

    threads = [threading.Thread(target=lambda: drawing.draw("png", 0, slow())) for _ in range(drawing.AT_ONCE)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    with pytest.raises(drawing.DrawingError, match="busy"):
        drawing.draw("png", 0, [picture()])
    wait.set()
    for thread in threads:
        thread.join()
    assert drawing.draw("png", 0, [picture()]).width == 4


# Files as they come.


def picture(kind: str = "PNG", **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(made, kind, **options)  # type: ignore[arg-type]
    return made.getvalue()


def png_of(width: int, height: int, plain: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(plain, 9)) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A small picture with a text in it that unpacks to a gigabyte."""
    packed = zlib.compress(bytes(100_000_000), 9)
    chunk = b"Comment\x00\x00" + packed
    whole = struct.pack(">I", len(chunk)) + b"zTXt" + chunk + struct.pack(">I", zlib.crc32(b"zTXt" + chunk))
    plain = picture()
    return plain[:33] + whole + plain[33:]


def zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", bytes(200_000_000))
    return made.getvalue()


def polyglot() -> bytes:
    """A picture that is an archive too, and a page with a script."""
    made = io.BytesIO(picture("GIF"))
    made.seek(0, 2)
    made.write(b"<script>alert(1)</script>")
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("index.html", "<script>alert(1)</script>")
    return made.getvalue()


@pytest.mark.promise(12, "pictures that say they are immense", times=4)
@pytest.mark.parametrize(
    "content",
    [png_of(30_000, 30_000, b""), png_of(2**31 - 1, 2**31 - 1, b""), png_of(30_000, 30_000, bytes(90_000_000))],
)
def test_an_immense_picture_is_refused_by_its_header(content: bytes) -> None:
    begun = time.monotonic()
    for ask in (drawing.measure, lambda shape, pieces: drawing.draw(shape, 0, pieces)):
        with pytest.raises(drawing.DrawingError) as refused:
            ask("png", [content])
        assert refused.value.reason in {"too_large", "broken"}
    assert time.monotonic() - begun < 3


def test_a_picture_with_a_bomb_in_its_text_is_no_danger() -> None:
    begun = time.monotonic()
    try:
        assert drawing.draw("png", 0, [text_bomb()]).width == 4
    except drawing.DrawingError as refused:
        assert refused.reason in {"broken", "too_large"}
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("shape", ["jpeg", "png", "gif", "webp", "pdf"])
def test_a_file_under_another_s_name_is_broken_and_never_unpacked(shape: str) -> None:
    with pytest.raises(drawing.DrawingError, match="broken"):
        drawing.draw(shape, 0, [zip_bomb()])


@pytest.mark.promise(2, "a polyglot: picture, archive and page in one")
def test_a_polyglot_becomes_pixels() -> None:
    from leeside.sealing.attachments import shape_of

    content = polyglot()
    assert zipfile.is_zipfile(io.BytesIO(content)) and shape_of(content[:1024]) == "gif"
    shown = drawing.as_jpeg(drawing.draw("gif", 0, [content]))
    assert b"<script>" not in shown and b"PK" not in shown and not zipfile.is_zipfile(io.BytesIO(shown))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>",
        b"%PDF-1.7\n1 0 obj<</Type/Pages/Kids[1 0 R 1 0 R]/Count 2>>endobj trailer<</Root 1 0 R>>",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/Launch/F(/bin/sh)>>>>endobj trailer<</Root 1 0 R>>",
        b"%PDF-" + os.urandom(50_000),
        b"\xff\xd8\xff" + os.urandom(50_000),
        b"GIF89a" + os.urandom(50_000),
        b"RIFF\x00\x00\x00\x00WEBP" + os.urandom(50_000),
        b"\x89PNG\r\n\x1a\n" + os.urandom(50_000),
    ],
)
def test_rubbish_is_a_sentence_or_an_empty_page(content: bytes) -> None:
    from leeside.sealing.attachments import shape_of

    begun = time.monotonic()
    try:
        drawn = drawing.draw(shape_of(content[:1024]), 0, [content])
    except drawing.DrawingError as refused:
        assert refused.reason in {"broken", "too_large"}
    else:
        # PDFium mends what it can: then it is an empty page.
        assert drawn.pixels == b"\xff" * len(drawn.pixels)
    assert time.monotonic() - begun < 5


def test_a_locked_pdf_says_that_it_is_locked(pdf_with_password: bytes) -> None:
    with pytest.raises(drawing.DrawingError, match="locked"):
        drawing.draw("pdf", 0, [pdf_with_password])


@pytest.fixture
def pdf_with_password() -> bytes:
    """A PDF whose security says that a password is needed (its own is none that we have)."""
    junk = (b"A" * 32).hex().encode()
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 40 40]>>endobj "
        b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + junk + b">/U<" + junk + b">>>endobj "
        b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<" + junk + b"><" + junk + b">]>>\n%%EOF\n"
    )


def test_a_pdf_s_own_sounds_links_and_scripts_do_nothing() -> None:
    """It is drawn; that it wished to open an address leaves no trace: the child has no network to do it with."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.5)
    port = listener.getsockname()[1]
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(http://127.0.0.1:"
        + str(port).encode()
        + b"/)>>/AA<</WC<</S/JavaScript/JS(app.alert(1))>>>>>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 40 40]>>endobj trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    assert drawing.draw("pdf", 0, [content]).width
    with pytest.raises(TimeoutError):
        listener.accept()
    listener.close()


def test_the_filter_knows_both_machines_and_allows_neither_more() -> None:
    reaching = {"open", "openat", "socket", "clone", "fork", "execve", "ioctl", "prctl", "kill", "mmap", "mprotect"}
    assert not set(syscalls.ALLOWED) & reaching
    for machine in ("x86_64", "aarch64"):
        program = syscalls.filter_program(machine)
        assert len(program) % 8 == 0 and program[-8:] == struct.pack("=HBBI", 6, 0, 0, 0x80000000)


@pytest.mark.parametrize("size", [(1, 1), (1, 20_000), (20_000, 1), (6000, 6000)])
def test_pictures_of_any_shape_come_out_within_bounds(size: tuple[int, int]) -> None:
    made = io.BytesIO()
    Image.new("L", size).save(made, "PNG")
    drawn = drawing.draw("png", 0, [made.getvalue()])
    assert 0 < drawn.width <= draw.LONGEST_SIDE and 0 < drawn.height <= draw.LONGEST_SIDE

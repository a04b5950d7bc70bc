"""A real Chromium for journeys and for what only a browser can show: who sat at it, what it asked for, what it said.

`visit(...)` makes a visitor: a fresh browser context, as somebody else's phone would be. Every visitor is watched, and
a test fails at its end when one of them asked a stranger for anything, had a policy violated or printed an error.
`demo` is a served demo of its own for each test process; the folder is filled once a run.
"""

import fcntl
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from plugins.requirements import NOT_RUN, REQUIREMENTS, find_chromium
from plugins.servers import COMMAND, Server, environment, start_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

    from plugins.lines import Person

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE = 360
DESKTOP = 1280
DEMO_DAY = "2023-12-05"
# What Chromium prints for every page that we answer with 403, 404, 422 or 503: our own answers, not faults of a page.
_EXPECTED = tuple(f"Failed to load resource: the server responded with a status of {code}" for code in (4, 503))


@dataclass
class Visitor:
    """Somebody at a browser of their own: one context, one page, and all that it asked for and printed."""

    context: "BrowserContext"
    page: "Page"
    width: int
    origins: set[str]
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Listen to every page of the context from now on."""
        self.context.on("request", self._note_request)
        self.context.on("console", self._note_message)
        self.context.on("weberror", lambda error: self.said.append(f"error: {error.error}"))

    def _note_request(self, request: "Request") -> None:
        self.asked.append(request.url)

    def _note_message(self, message: "ConsoleMessage") -> None:
        where = message.location.get("url", "")
        if message.text.startswith(_EXPECTED) and not where.endswith((".ico", ".css", ".js", ".svg")):
            return
        if message.type in {"error", "warning"}:
            self.said.append(f"{message.type}: {message.text} ({where})")

    @property
    def strangers(self) -> list[str]:
        """Addresses that were asked for and are not ours."""
        return [url for url in self.asked if not url.startswith("data:") and _origin(url) not in self.origins]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --screenshots."""
    parser.addoption("--screenshots", type=Path, help="keep a picture of every page that the browser tests visit")


@pytest.fixture
def keep_picture(request: pytest.FixtureRequest) -> Callable[["Page", str], None]:
    """Photograph a whole page into the folder of --screenshots; does nothing without it."""
    folder: Path | None = request.config.getoption("--screenshots")

    def keep(page: "Page", name: str) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}.png", full_page=True)

    return keep


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """Playwright, once a test process; everything with a browser shares it."""
    requirement = REQUIREMENTS["chromium"]
    if not requirement.is_there():
        pytest.skip(f"{NOT_RUN}chromium: {requirement.command}")
    from playwright.sync_api import sync_playwright

    # Playwright leaves an event loop in this thread, and Django then refuses its database to later tests of this
    # process, although nothing of theirs runs inside that loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: "Playwright") -> Iterator["Browser"]:
    """One Chromium a test process."""
    launched = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def remembering_browser(playwright: "Playwright") -> Iterator["Browser"]:
    """A Chromium whose back-forward cache is on, as it is in everybody's browser; Playwright switches it off."""
    launched = playwright.chromium.launch(
        executable_path=find_chromium(), args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield launched
    launched.close()


class _NeutralPage(BaseHTTPRequestHandler):
    """The page that *Leave* leads to in tests: a stranger to our pages, on this machine."""

    def do_GET(self) -> None:
        """Two small pages with a link from one to the other; browsers may keep both."""
        body = b'<!doctype html><title>Neutral</title><link rel="icon" href="data:,"><p id="weather">Rain later.</p>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name is the base class's
        """Say nothing."""


@pytest.fixture(scope="session")
def neutral_page() -> Iterator[str]:
    """The address of a page that has nothing to do with us."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _NeutralPage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: "Browser", neutral_page: str) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: `visit(script=False, width=360, language="ru", dark=True)`; all of them leave with the test.

    `quiet=False` is for a test that looks at what was said or asked for by itself.
    """
    made: list[tuple[Visitor, bool]] = []

    def arrive(
        *,
        script: bool = True,
        width: int = DESKTOP,
        language: str = "en",
        dark: bool = False,
        at: "Browser | None" = None,
        quiet: bool = True,
    ) -> Visitor:
        context = (at or browser).new_context(
            java_script_enabled=script,
            viewport={"width": width, "height": 800},
            locale=language,
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(20_000)
        visitor = Visitor(context, context.new_page(), width, {_origin(neutral_page)})
        visitor.origins |= _our_origins(request)
        visitor.watch()
        made.append((visitor, quiet))
        return visitor

    yield arrive
    for visitor, _ in made:
        visitor.context.close()
    loud = [visitor for visitor, quiet in made if quiet]
    assert [url for visitor in loud for url in visitor.strangers] == [], "a page asked a stranger for something"
    assert [line for visitor in loud for line in visitor.said] == [], "a page was not quiet"


def _our_origins(request: pytest.FixtureRequest) -> set[str]:
    """The origins of every server that the test has."""
    found = set()
    for name in ("demo", "line", "shared_line", "served"):
        if name in request.fixturenames:
            served = request.getfixturevalue(name)
            found |= {served.address(role) for role in ("door", "mailbox", "desk", "public")}
    return found


@dataclass
class Demo:
    """A served demo. Its people sit down by one tap at the chairs, or sign in with what they know by heart."""

    server: Server
    people: dict[str, "Person"]
    line: str = "write"

    def address(self, role: str) -> str:
        """The base address of a role."""
        return self.server.address(role)

    def door(self, language: str, rest: str = "") -> str:
        """The form's address, or one below it."""
        return f"{self.address('door')}/{language}/{self.line}/{rest}"

    def mailbox(self, language: str, rest: str = "") -> str:
        """The mailbox's address, or one below it."""
        return f"{self.address('mailbox')}/{language}/{self.line}/{rest}"

    def desk(self, language: str, rest: str = "") -> str:
        """The sign-in page's address, or one below it."""
        return f"{self.address('desk')}/{language}/{rest}"

    def public(self, language: str, rest: str = "") -> str:
        """The address of the line's figures, or one below it."""
        return f"{self.address('public')}/{language}/{self.line}/{rest}"


@pytest.fixture(scope="session")
def filled_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's folder in English, filled once for all processes of this test run, never served itself.

    Whoever works on these tests names a folder that `leeside demo --no-serve` filled: FILLED_DEMO.
    """
    if "FILLED_DEMO" in os.environ:
        return Path(os.environ["FILLED_DEMO"])
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / "a demo", shared / "a demo is filled"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            words = ["demo", "--no-serve", "--language", "en", "--today", DEMO_DAY, "--dir", str(folder)]
            made = subprocess.run([*COMMAND, *words], env=environment(), capture_output=True, text=True, check=False)
            assert made.returncode == 0, made.stderr
            done.touch()
    return folder


@pytest.fixture(scope="session")
def demo(filled_demo: Path, neutral_page: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that this test process serves for all its tests; each of them works on requests of its own."""
    folder = tmp_path_factory.mktemp("served") / "demo"
    shutil.copytree(filled_demo, folder)
    server = start_server(folder, command=[*COMMAND, "demo"], LEESIDE_EXIT_URL=neutral_page)
    try:
        server.wait_until_ready(120)
        yield Demo(server, _people())
    finally:
        server.stop()


def _people() -> dict[str, "Person"]:
    from leeside.project.demo import founding, seed, texts
    from plugins.lines import Person

    return {
        one["key"]: Person(
            one["name"]["en"],
            one["role"],
            b"",
            founding.passphrase_of(one["key"], "en"),
            seed.code_secret_of(one["key"]).reveal(),
        )
        for one in texts.colleagues()
    }

"""What every maker of pictures needs: a demo in English, a browser in light colours, chairs to sit down on."""

import argparse
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PORT = 8640
DAY = "2023-12-05"
SHARPNESS = 1.25
# A served installation has its roles on four ports, one after the other.
_PORTS = ("door", "mailbox", "desk", "public")


def where_from(description: str | None) -> str | None:
    """The door's address that was given on the command line, if one was."""
    words = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--at", help="the door's address of a demo in English that runs already")
    at: str | None = words.parse_args().at
    return at


@contextmanager
def served_demo(at: str | None) -> Iterator[str]:
    """The door's address of a demo: the one that runs at `at`, else one that is filled for the pictures and ended."""
    if at:
        yield at.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="leeside-picture-") as folder:
        place = ["--dir", f"{folder}/demo", "--port", str(PORT)]
        command = [str(ROOT / "leeside"), "demo", "--language", "en", "--today", DAY, *place]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://localhost:{PORT}/en/demo/")
            yield f"http://localhost:{PORT}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str) -> None:
    """Return when the address answers; TimeoutError after five minutes."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address):  # noqa: S310 -- an address of ours on this machine
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise TimeoutError(address)


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Chromium, closed in the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def role_address(door: str, role: str) -> str:
    """Where a role of the same installation answers."""
    parts = urlsplit(door)
    return f"{parts.scheme}://{parts.hostname}:{(parts.port or 80) + _PORTS.index(role)}"


def new_page(browser: Browser, width: int, height: int, sharpness: float = SHARPNESS) -> Page:
    """A page in light colours whose style we may add to."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=sharpness,
        color_scheme="light",
        locale="en",
        bypass_csp=True,
    )
    return context.new_page()


def sit_down(browser: Browser, door: str, who: str, height: int, width: int = 1120) -> Page:
    """A colleague's first page at the desk, by the tap on their chair."""
    page = new_page(browser, width, height, sharpness=1)
    page.goto(f"{door}/en/demo/")
    with page.expect_navigation():
        page.locator(f"form[action$='/sit/{who}/'] button").click()
    return page

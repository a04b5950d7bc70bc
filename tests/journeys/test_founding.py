"""A new line comes to life: a keeper's commands, two coordinators at two browsers, and the first letter."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from journeys.admitting import accept, accept_conduct, type_heard, words_in
from journeys.working import row_names, sign_in, timeline
from journeys.writing import Letter, come_back, phone, state_of, write
from plugins.browsers import Visitor
from plugins.servers import Server, run_command, start_server

pytestmark = pytest.mark.browser

LETTER = Letter("I am the first, it seems.", where="home", wants="advice")


class Keeper:
    """Who runs the server: serves the folder, and stops and starts it when a command asks for that."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.server: Server | None = None

    def serve_again(self) -> None:
        """Start the server, after stopping it if it runs."""
        self.stop()
        self.server = start_server(self.directory, ["--no-tick"])
        self.server.wait_until_ready()

    def stop(self) -> None:
        """Stop the server if it runs."""
        if self.server is not None:
            self.server.stop()

    def run(self, *words: str) -> str:
        """Run one command; returns what it printed for programs to read."""
        done = run_command(*words, directory=self.directory)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def address(self, role: str) -> str:
        """The base address of a role of the running server."""
        assert self.server is not None
        return self.server.address(role)


@pytest.fixture
def keeper(new_installation: Path) -> Iterator[Keeper]:
    """A keeper with an empty installation."""
    made = Keeper(new_installation)
    yield made
    made.stop()


def test_a_line_is_founded_pinned_opened_and_reached(
    keeper: Keeper, visit: Callable[..., Visitor], browser: object
) -> None:
    titles = ["--title-en", "Questions", "--title-ru", "Вопросы", "--title-uk", "Питання"]
    printed = keeper.run("line", "add", "refusal", "--address", "help", *titles)
    founding = urlsplit(printed.splitlines()[-1]).path
    keeper.serve_again()

    founder = arrive(visit, keeper)
    closed = founder.page.goto(f"{keeper.address('door')}/en/help/")
    assert closed is not None
    assert closed.status == 503
    assert founder.page.locator("form").count() == 0, "a line that nobody founded takes letters"
    founder.page.goto(keeper.address("desk") + founding)
    heron, line_words = accept(founder.page, "Heron")
    assert founder.page.goto(keeper.address("desk") + founding).status == 404  # type: ignore[union-attr]

    pinned = keeper.run("line", "pin", "refusal", "--yes")
    assert pinned.split() == line_words, "the keeper compares other words than the founder reads out"
    keeper.serve_again()
    founder = arrive(visit, keeper)
    desk = f"{keeper.address('desk')}/en/"
    sign_in(founder.page, desk, heron)
    accept_conduct(founder.page)
    founder.page.goto(f"{desk}people/")
    assert words_in(founder.page, "#keys .words") == line_words
    with founder.page.expect_navigation():
        founder.page.locator("form[action$='/people/invite'] button").click()
    invitation = founder.page.locator(".notice .hex").inner_text().strip()

    second = arrive(visit, keeper)
    second.page.goto(invitation)
    larch, own_words = accept(second.page, "Larch")
    founder.page.goto(f"{desk}people/admit")
    type_heard(founder.page, "Larch", own_words, role="lead")

    writer = arrive(visit, keeper, **phone())
    words = write(writer.page, f"{keeper.address('door')}/en/help/", LETTER)
    sign_in(second.page, desk, larch)
    accept_conduct(second.page)
    (address,) = row_names(second.page)
    second.page.goto(keeper.address("desk") + address)
    with second.page.expect_navigation():
        second.page.locator("form[action$='/take'] button").click()
    assert LETTER.text in timeline(second.page)
    come_back(writer.page, f"{keeper.address('mailbox')}/en/help/", words)
    assert state_of(writer.page) == 2


def arrive(visit: Callable[..., Visitor], keeper: Keeper, **more: object) -> Visitor:
    """Make a visitor to the server that runs now."""
    visitor = visit(**more)
    visitor.origins |= {keeper.address(role) for role in ("door", "mailbox", "desk", "public")}
    return visitor

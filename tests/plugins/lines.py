"""A whole small line for attacks: two coordinators, a counsellor, two volunteers and a publisher, served for real.

The line is founded once a test process, by a child process that calls the flows of founding, inviting and admitting
and then ends: what it held in memory is gone before any server starts. Each test serves a copy. The domain clock
stands still at the evening on which the line was founded, so that answers are released at once.

`python -m plugins.lines DIRECTORY SLUG NAME...` founds a line that the settings name and prints the secrets of these
people of it as JSON.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.servers import Server, environment, run_command, start_server

SLUG = "refusal"
ADDRESS = "help"
PEOPLE = {
    "Heron": "lead",
    "Larch": "lead",
    "Willow": "closed",
    "Wren": "first",
    "Finch": "first",
    "Rowan": "publisher",
}
_CODE_SECONDS = 30


@dataclass
class Person:
    """Somebody of the line and what they type."""

    name: str
    role: str
    reader_id: bytes
    passphrase: str
    code_secret: bytes
    used: set[str] = field(default_factory=set)

    def code(self) -> str:
        """A code that fits now and was not handed out before; waits for one when all that fit are used."""
        from leeside.sealing.one_time_codes import code_at
        from leeside.sealing.secrets import Secret

        secret = Secret(self.code_secret)
        while True:
            now = int(time.time())
            for aside in (-1, 0, 1):
                code = code_at(secret, now + aside * _CODE_SECONDS)
                # The last second of a step might have passed when the server looks.
                if code not in self.used and (aside != -1 or now % _CODE_SECONDS < _CODE_SECONDS - 4):
                    self.used.add(code)
                    return code
            time.sleep(1)


@dataclass
class FoundedLine:
    """An installation with a founded, open line, and everybody's secrets in the test's hand."""

    directory: Path
    line_id: bytes
    fingerprint: str
    people: dict[str, Person]

    def copy_to(self, directory: Path) -> "FoundedLine":
        """The same line in a folder of its own. Codes used at one copy stay used at it only."""
        shutil.copytree(self.directory, directory)
        people = {name: replace(person, used=set(person.used)) for name, person in self.people.items()}
        return FoundedLine(directory, self.line_id, self.fingerprint, people)


@dataclass
class ServedLine:
    """A founded line and the real server of it."""

    line: FoundedLine
    server: Server

    @property
    def directory(self) -> Path:
        """The installation's folder."""
        return self.line.directory

    @property
    def people(self) -> dict[str, Person]:
        """Everybody, by name."""
        return self.line.people

    def address(self, role: str) -> str:
        """The base address of a role."""
        return self.server.address(role)

    def stop(self) -> None:
        """Stop the server gracefully."""
        self.server.stop()

    def start_again(self, words: Sequence[str] = (), **more: str) -> None:
        """Start a new server of the same folder, on new ports."""
        self.server = start_server(self.directory, ["--no-tick", *words], **more)
        self.server.wait_until_ready()


def run_founding(directory: Path, *, database: Mapping[str, str] | None = None) -> FoundedLine:
    """Make an installation in `directory` and found a line in it; child processes do all of it.

    `database` holds lines of `leeside.toml` for another database than SQLite (`text`).
    """
    kind = ["--database", "postgresql"] if database else []
    done = run_command("init", *kind, directory=directory)
    assert done.returncode == 0, done.stderr
    if database:
        settings = directory / "leeside.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.partition("\n[database]")[0] + database["text"], encoding="utf-8")
        done = run_command("upgrade", directory=directory)
        assert done.returncode == 0, done.stderr
    founded = found_in(directory, SLUG, ADDRESS, PEOPLE)
    stop_the_clock(directory, datetime.now(UTC))
    return founded


def found_in(directory: Path, slug: str, address: str, names: Iterable[str]) -> FoundedLine:
    """Add a line to an installation and found it with these of the people, the first of them its coordinator."""
    titles = [word for code in ("ru", "en", "uk") for word in (f"--title-{code}", "Questions and answers")]
    done = run_command("line", "add", slug, "--pack", SLUG, "--address", address, *titles, directory=directory)
    assert done.returncode == 0, done.stderr
    command = [sys.executable, "-m", "plugins.lines", str(directory), slug, *names]
    made = subprocess.run(command, env=environment(directory), capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    people = {
        one["name"]: Person(
            one["name"],
            one["role"],
            bytes.fromhex(one["reader"]),
            one["passphrase"],
            bytes.fromhex(one["secret"]),
            set(one["used"]),
        )
        for one in told["people"]
    }
    return FoundedLine(directory, bytes.fromhex(told["line"]), told["fingerprint"], people)


@pytest.fixture(scope="session")
def line_to_copy(tmp_path_factory: pytest.TempPathFactory) -> FoundedLine:
    """One founded line, never served itself."""
    return run_founding(tmp_path_factory.mktemp("founded") / "line")


@pytest.fixture
def founded_line(line_to_copy: FoundedLine, tmp_path: Path) -> FoundedLine:
    """A founded line in a folder of its own, not served yet."""
    return line_to_copy.copy_to(tmp_path / "line")


@pytest.fixture
def serve_line(founded_line: FoundedLine) -> Iterator[Callable[..., ServedLine]]:
    """Serve the founded line: `serve_line("--idle-seconds", "2", TMPDIR=...)`."""
    started: list[ServedLine] = []

    def serve(*words: str, **more: str) -> ServedLine:
        served = ServedLine(founded_line, start_server(founded_line.directory, ["--no-tick", *words], **more))
        started.append(served)
        served.server.wait_until_ready()
        return served

    yield serve
    for served in started:
        served.stop()


@pytest.fixture
def line(serve_line: Callable[..., ServedLine]) -> ServedLine:
    """A founded line, served; nobody else uses it."""
    return serve_line()


@pytest.fixture(scope="module")
def shared_line(line_to_copy: FoundedLine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedLine]:
    """A founded line that all tests of one file share: for those that leave the line as they found it."""
    copied = line_to_copy.copy_to(tmp_path_factory.mktemp("shared") / "line")
    served = ServedLine(copied, start_server(copied.directory, ["--no-tick"]))
    try:
        served.server.wait_until_ready()
        yield served
    finally:
        # A test may have started another server of the line in the first one's place.
        served.stop()


def _found_here(directory: Path, slug: str, names: Sequence[str]) -> dict[str, object]:
    """Found, pin, invite, accept and admit, in this process, by the flows behind the pages."""
    from django.conf import settings

    from leeside.desk import founding, signing_in
    from leeside.desk.lines import pack_of
    from leeside.desk.seat import take_seat
    from leeside.desk.team import admission, invitations
    from leeside.project.configuration import read_configuration
    from leeside.project.installation import open_installation
    from leeside.project.upkeep.toml_edit import set_value
    from leeside.sealing.one_time_codes import code_at
    from leeside.vault import store
    from leeside.web.clock import domain_clock, real_now

    with open_installation():
        written = settings.LEESIDE_LINES[slug]
        first = names[0]
        founder = founding.found_line(written, first, "en", today=domain_clock().today(written.time_zone))
        set_value(directory, f"lines.{slug}", "fingerprint", founder.line_fingerprint.hex())
        settings.LEESIDE_LINES = read_configuration(directory, {}).lines
        pinned = settings.LEESIDE_LINES[slug]
        code = code_at(founder.code_secret, int(time.time()))
        attempt = signing_in.Attempt(pinned, first, founder.passphrase.reveal().decode(), code)
        ring = signing_in.sign_in(attempt).seat.keyring.ring
        made = [founder]
        for name in names[1:]:
            address = invitations.make_invitation(take_seat(pinned, ring))
            newcomer = invitations.accept_invitation(address, name, "en", now=real_now())
            admission.admit(take_seat(pinned, ring), newcomer.reader_id, PEOPLE[name])
            made.append(newcomer)
        for one in made:
            store.accept_conduct(one.reader_id, pack_of(pinned).conduct.version)
    people = [
        {
            "name": one.name,
            "role": PEOPLE[one.name],
            "reader": one.reader_id.hex(),
            "passphrase": one.passphrase.reveal().decode(),
            "secret": one.code_secret.reveal().hex(),
            "used": [code] if one is founder else [],
        }
        for one in made
    ]
    return {"line": ring.line_id.hex(), "fingerprint": founder.line_fingerprint.hex(), "people": people}


def stop_the_clock(directory: Path, moment: datetime) -> None:
    """Let the domain clock of an installation stand still, so that answers are released at once."""
    settings = directory / "leeside.toml"
    text = settings.read_text(encoding="utf-8")
    table = f'[clock]\nstands_still_at = "{moment.isoformat(timespec="seconds")}"\n\n'
    settings.write_text(text.replace("[lines.", table + "[lines.", 1), encoding="utf-8")


if __name__ == "__main__":
    os.environ["LEESIDE_DIR"] = sys.argv[1]
    print(json.dumps(_found_here(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])))

"""Promise 5 over the real servers: erased by its writer, then an older backup is restored, and everybody is coerced.

Broken on purpose to see it fail: `restore_backup` that brought the copy of the shred keys back too; `copy_shred_keys`
that kept its older copy; `shred` without the hash of the erased lookup id.
"""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from attacks.browser import FORM, PLAIN, Browser, Sent, desk_of, desk_post, enter_mailbox, send, slugs_on
from attacks.life import STEP, text_of
from attacks.rows import FILES, rows
from attacks.thief import Loot, Thief, number_of
from leeside.sealing.receipts import derive_receipt_keys, receipt_from_entropy
from leeside.sealing.secrets import Secret
from plugins.lines import FoundedLine, ServedLine
from plugins.servers import run_command, start_server

pytestmark = pytest.mark.slow


@dataclass
class Aftermath:
    """A line whose older backup was restored after one of two cases was erased."""

    line: ServedLine
    kept: Sent
    erased: Sent
    older_shred: Path
    seeds: list[Secret]


def _work(line: ServedLine) -> list[Secret]:
    """Wren answers and notes in both cases; what their key rings open of role keys at that time."""
    wren = desk_of(line.address("desk"), line.people["Wren"])
    for slug in slugs_on(wren.get("/en/queue/?tab=all")):
        path = f"/en/case/{slug}/"
        for kind in ("note", "answer"):
            fields = {"text": text_of(f"{kind} {slug}"), **STEP}
            assert desk_post(wren, path + kind, fields, wren.get(path)).status == 302
    thief = Thief(line.directory)
    rings = [thief.ring_of(person) for person in line.people.values()]
    return [seed for ring in rings for seed in thief.role_seeds(ring.sealing_seed, ring.line_id)]


def _erase(line: ServedLine, sent: Sent) -> None:
    mailbox = Browser(line.address("mailbox"))
    enter_mailbox(mailbox, sent.words)
    page = mailbox.get(FORM + "erase")
    assert mailbox.post(FORM + "erase", {"token": page.field("token"), "sure": "yes"}).status == 200


def _copy_as_installation(data: Path, shred: Path, folder: Path) -> Path:
    """Files put where a thief's tools look for an installation's."""
    for name, file in (("data", data), ("shred", shred)):
        (folder / FILES[name]).parent.mkdir(parents=True)
        shutil.copy(file, folder / FILES[name])
    return folder


@pytest.fixture(scope="module")
def aftermath(line_to_copy: FoundedLine, tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    folder = tmp_path_factory.mktemp("erased")
    founded = line_to_copy.copy_to(folder / "line")
    line = ServedLine(founded, start_server(founded.directory, ["--no-tick"]))
    try:
        line.server.wait_until_ready()
        door = Browser(line.address("door"))
        kept, erased = (send(door, text=text_of(what), name=f"Имя {what}") for what in ("kept", "erased"))
        seeds = _work(line)
        assert run_command("backup", directory=line.directory).returncode == 0
        older_shred = folder / "older-shred.sqlite3"
        shutil.copy(next((line.directory / "shred-backup").glob("*.sqlite3")), older_shred)
        _erase(line, erased)
    finally:
        line.stop()
    # At once, while the copy of the shred keys is still the one from before; and again after a newer one was made.
    _restore_oldest(line)
    # A backup is named by its second.
    time.sleep(1.1)
    assert run_command("backup", directory=line.directory).returncode == 0
    _restore_oldest(line)
    return Aftermath(line, kept, erased, older_shred, seeds)


def _restore_oldest(line: ServedLine) -> None:
    oldest = min((line.directory / "backups").glob("data-*"))
    done = run_command("restore", str(oldest), "--yes", directory=line.directory)
    assert done.returncode == 0, done.stderr


def _rob_all(aftermath: Aftermath, directory: Path, *, shred_from: Path | None = None) -> list[Loot]:
    """Everybody's ring, everybody's role keys of before, and the erased case's own words."""
    thief, line = Thief(directory, shred_from=shred_from), aftermath.line
    loot = [thief.rob(thief.ring_of(person), *aftermath.seeds) for person in line.people.values()]
    return [*loot, thief.rob_as_writer(aftermath.erased.entropy, line.line.line_id)]


@pytest.mark.promise(5, "every backup restored, everybody's keys and words, against a case that was erased since")
def test_nobody_with_everything_opens_what_was_erased(
    aftermath: Aftermath, tmp_path: Path, attacks: Callable[[int], None]
) -> None:
    line = aftermath.line
    erased, kept = (number_of(line.line, sent.entropy) for sent in (aftermath.erased, aftermath.kept))
    assert [case for case in Thief(line.directory).cases if case.number == erased], "the restore brought no row back"
    copies = [line.directory]
    shreds = [line.directory / FILES["shred"], *(line.directory / "shred-backup").glob("*.sqlite3*")]
    for number, backup in enumerate(sorted((line.directory / "backups").glob("data-*"))):
        data = next(backup.glob("*.sqlite3"))
        copies += [_copy_as_installation(data, shred, tmp_path / f"{number}-{n}") for n, shred in enumerate(shreds)]
    assert len(shreds) == 2 and len(copies) == 5
    for directory in copies:
        loot = _rob_all(aftermath, directory)
        assert not any(erased in one.compartments for one in loot), directory
        assert any(kept in one.compartments for one in loot), "the thief opens nothing at all"
        attacks(sum(one.tried for one in loot))


@pytest.mark.promise(5, "what an older copy of the shred keys would have opened")
def test_only_an_older_copy_of_the_shred_keys_would_bring_it_back(aftermath: Aftermath, tmp_path: Path) -> None:
    """The exception that the promise names: so the attack above is one that can succeed, and copies are overwritten."""
    oldest = min((aftermath.line.directory / "backups").glob("data-*"))
    data = next(oldest.glob("*.sqlite3"))
    directory = _copy_as_installation(data, aftermath.older_shred, tmp_path / "older")
    erased = number_of(aftermath.line.line, aftermath.erased.entropy)
    assert any(erased in one.compartments for one in _rob_all(aftermath, directory))
    live = [path.read_bytes() for path in aftermath.line.directory.rglob("*") if path.is_file()]
    case_id = rows(directory, "SELECT id FROM leeside_case WHERE case_number = ?", [erased])[0][0]
    key = rows(directory, "SELECT key FROM leeside_shred_key WHERE case_id = ?", [case_id], name="shred")[0][0]
    assert not any(bytes(key) in content for content in live)


@pytest.mark.promise(5, "pages, words and a restored browser tab after an older backup is back", times=7)
def test_served_again_the_erased_case_is_nowhere_and_comes_not_back(aftermath: Aftermath) -> None:
    line = aftermath.line
    line.start_again()
    try:
        mailbox = Browser(line.address("mailbox"))
        assert mailbox.post(FORM, {"words": aftermath.erased.words}).status == 403
        assert text_of("kept") in enter_mailbox(mailbox, aftermath.kept.words).text
        desk = desk_of(line.address("desk"), line.people["Heron"])
        for slug in slugs_on(desk.get("/en/queue/?tab=all")):
            assert text_of("erased") not in desk.get(f"/en/case/{slug}/").text
        again = Browser(line.address("door")).post(FORM, aftermath.erased.fields)
        assert again.status == 200 and text_of("erased") in again.text and 'name="receipt"' in again.body.decode()
        assert again.field("receipt") != aftermath.erased.fields["receipt"]
        assert mailbox.post(FORM, {"words": aftermath.erased.words}).status == 403
        done = run_command("tick", directory=line.directory)
        assert done.returncode == 0, done.stderr
        number = number_of(line.line, aftermath.erased.entropy)
        assert rows(line.directory, "SELECT count(*) FROM leeside_case WHERE case_number = ?", [number]) == [(0,)]
        keys = derive_receipt_keys(receipt_from_entropy(aftermath.erased.entropy), line.line.line_id)
        assert keys.case_number == number
        assert text_of("kept") in enter_mailbox(Browser(line.address("mailbox")), aftermath.kept.words).text
        assert "fault" not in line.server.log, line.server.log
    finally:
        line.stop()


@pytest.mark.promise(5, "a letter that is posted while its older self lies erased in the data", times=2)
def test_new_words_after_an_erasure_make_a_request_of_their_own(line: ServedLine) -> None:
    door = Browser(line.address("door"))
    sent = send(door, PLAIN, text=text_of("first"))
    _erase(line, sent)
    back = door.post(FORM, sent.fields)
    fields = {**sent.fields, "receipt": back.field("receipt")}
    page = door.post(FORM, fields)
    assert page.status == 200 and 'name="receipt"' not in page.body.decode()
    new_words = receipt_from_entropy(bytes.fromhex(str(fields["receipt"]))[:16]).words("ru")
    assert text_of("first") in enter_mailbox(Browser(line.address("mailbox")), " ".join(new_words)).text
    assert Browser(line.address("mailbox")).post(FORM, {"words": sent.words}).status == 403

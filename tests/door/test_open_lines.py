"""A line takes letters only when its roster leads back to the fingerprint, and never an older one than was seen."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from door.founded import ANNA, DAY, LINE_ID, FoundedLine
from door.posting import FORM
from leeside.door import open_lines
from leeside.door.errors import ClosedLineError
from leeside.door.open_lines import forget_lines, known_line, open_line
from leeside.sealing.keys import make_seed, make_signing_seed, public_key_of
from leeside.sealing.roster import RoleKey, RosterVersion, hash_version, read_version, sign_roster
from leeside.vault import store


def next_version(line: FoundedLine, seed: object = None, **changed: object) -> bytes:
    """The roster's second version, signed by its founder or by another seed."""
    before = read_version(line.signed)
    version = replace(before, number=2, previous_hash=hash_version(line.signed), **changed)
    return sign_roster(version, seed or line.signing_seeds[ANNA])


@pytest.fixture(autouse=True)
def nothing_seen() -> object:
    yield
    for path in (Path(settings.LEESIDE_DIR) / "door-seen").glob("*"):
        path.unlink()


def test_the_verified_roster_is_what_letters_are_sealed_to(line: FoundedLine) -> None:
    opened = open_line(line.settings)
    assert opened.line_id == LINE_ID
    assert opened.roster.number == 1
    assert {key.circle for key in opened.roster.role_keys} == {"lead", "first", "closed"}


def test_another_fingerprint_closes_the_line_with_one_line_for_the_operator(
    line: FoundedLine, door: Client, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = replace(line.settings, fingerprint="00" * 32)
    with override_settings(LEESIDE_LINES={"refusal": wrong}), caplog.at_level(logging.DEBUG):
        for _ in range(5):
            assert door.get(FORM).status_code == 503
    told = [one for one in caplog.records if one.name == "leeside.door"]
    assert len(told) == 1
    assert "refusal" in told[0].getMessage()


def test_a_line_without_a_fingerprint_takes_no_letters(line: FoundedLine) -> None:
    with pytest.raises(ClosedLineError):
        open_line(replace(line.settings, fingerprint=""))


def test_a_roster_of_another_line_is_not_sealed_to(line: FoundedLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: the roster's own line not compared with the one that was asked for."""
    row, chain = store.fetch_line("refusal"), store.fetch_roster(LINE_ID)
    monkeypatch.setattr(store, "fetch_line", lambda slug: replace(row, id=b"another line's i"))
    monkeypatch.setattr(store, "fetch_roster", lambda line_id: chain)
    with pytest.raises(ClosedLineError):
        open_line(line.settings)


def test_a_role_key_that_somebody_else_signed_is_not_sealed_to(line: FoundedLine) -> None:
    mine = RoleKey("lead", 2, public_key_of(make_seed()))
    others = tuple(key for key in read_version(line.signed).role_keys if key.circle != "lead")
    store.append_roster(LINE_ID, 2, next_version(line, make_signing_seed(), role_keys=(*others, mine)))
    forget_lines()
    with pytest.raises(ClosedLineError):
        open_line(line.settings)


def test_a_new_version_is_taken_when_its_time_has_come(line: FoundedLine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_line(line.settings).roster.number == 1
    store.append_roster(LINE_ID, 2, next_version(line))
    assert open_line(line.settings).roster.number == 1
    monkeypatch.setattr(open_lines, "_FRESH_SECONDS", -1.0)
    assert open_line(line.settings).roster.number == 2


def test_a_roster_that_was_shortened_is_refused_also_by_a_new_process(line: FoundedLine) -> None:
    store.append_roster(LINE_ID, 2, next_version(line))
    forget_lines()
    assert open_line(line.settings).roster.number == 2
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM leeside_roster_version WHERE number = 2")
        cursor.execute("UPDATE leeside_line SET roster_number = 1")
    forget_lines()
    with pytest.raises(ClosedLineError):
        open_line(line.settings)
    assert (Path(settings.LEESIDE_DIR) / "door-seen" / "refusal").read_text(encoding="ascii") == "2"


def test_threads_that_keep_the_number_at_once_do_not_take_each_others_file(line: FoundedLine) -> None:
    """Broken on purpose: one name of the new file for all threads."""
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: open_lines._keep_number("refusal", 1), range(800)))
    assert [path.name for path in (Path(settings.LEESIDE_DIR) / "door-seen").iterdir()] == ["refusal"]


def test_a_file_of_the_last_number_that_cannot_be_read_closes_the_line(line: FoundedLine) -> None:
    open_line(line.settings)
    (Path(settings.LEESIDE_DIR) / "door-seen" / "refusal").write_text("many", encoding="ascii")
    forget_lines()
    with pytest.raises(ClosedLineError):
        open_line(line.settings)


def test_a_roster_without_a_key_for_every_circle_is_refused(line: FoundedLine) -> None:
    fewer = tuple(key for key in read_version(line.signed).role_keys if key.circle != "closed")
    store.append_roster(LINE_ID, 2, next_version(line, role_keys=fewer))
    forget_lines()
    with pytest.raises(ClosedLineError):
        open_line(line.settings)


def test_a_line_that_is_being_founded_takes_no_letters_and_its_mailbox_is_known(installation: object) -> None:
    written = settings.LEESIDE_LINES["refusal"]
    forget_lines()
    with pytest.raises(ClosedLineError):
        known_line(written)
    store.add_line(written.slug, written.pack, LINE_ID)
    forget_lines()
    assert known_line(written).roster is None
    with pytest.raises(ClosedLineError):
        open_line(written)
    forget_lines()


def test_versions_of_tests_are_whole(line: FoundedLine) -> None:
    assert isinstance(read_version(next_version(line)), RosterVersion)
    assert read_version(line.signed).day == DAY

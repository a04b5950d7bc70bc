"""A volunteer is removed: what they opened and could have opened, and that nothing written since opens for them.

The second half asks no program who may read: it has yesterday's copy of the whole disk, today's too, the volunteer's
own ring with every role key that it ever opened, and tries each on everything (`attacks.thief`).
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from attacks.rows import FILES
from attacks.thief import Loot, Thief
from journeys.working import (
    answer,
    code_name,
    fill_step,
    find_new,
    note,
    open_tab,
    row_names,
    sign_in,
    take_at,
    timeline,
)
from journeys.writing import Letter, come_back, phone, reply, said_on, write
from plugins.browsers import Demo, Visitor
from plugins.lines import ADDRESS, ServedLine

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TAKEN = Letter("The paper came to a house that I sold. Does it count?", where="home", wants="summons")
READ = Letter("My brother is called for Thursday. What does he take along?", where="home", wants="summons")
LYING = Letter("They telephoned and named no paper at all.", where="home", wants="summons")
CLOSED = Letter("They hold four of us behind the boiler house.", where="held", wants="advice")
LATER = Letter("A second paper came, without a stamp.", where="home", wants="summons")
BEFORE = "Good day. A paper counts when it is handed to you."
SINCE_TO_WRITER = "Good day, another colleague goes on. Keep the envelope."
SINCE_NOTE = "He asked by whom he is called; we do not know yet."
SINCE_REPLY = "I kept it. The stamp on it is of Monday."
SINCE = (SINCE_TO_WRITER, SINCE_NOTE, SINCE_REPLY, LATER.text)


@pytest.mark.promise(4, "yesterday's disk and ours, the removed one's ring and role keys, on all written since")
def test_a_removed_volunteer_is_out_and_their_keys_open_nothing_written_since(
    shared_line: ServedLine, visit: Callable[..., Visitor], tmp_path: Path, attacks: Callable[[int], None]
) -> None:
    """Broken on purpose: an `opening` that gives a case which they could open no new keys (the next note is refused),
    and a run of new keys that stops at a case which nobody has read yet."""
    line = Demo(shared_line.server, shared_line.people, ADDRESS)
    lead, finch = visit().page, visit().page
    sign_in(lead, line.desk("en"), line.people["Heron"])
    words, case = _put_in(line, visit, lead, TAKEN)
    others = [_put_in(line, visit, lead, letter)[1] for letter in (READ, LYING, CLOSED)]
    read, lying, closed = others
    sign_in(finch, line.desk("en"), line.people["Finch"])
    take_at(finch, case)
    answer(finch, BEFORE, "ask what the paper says", "2030-01-15")
    finch.goto(read)
    assert READ.text in timeline(finch)

    yesterday = _copy_of(shared_line.directory, tmp_path / "yesterday")
    address = line.desk("en", f"people/{line.people['Finch'].reader_id.hex()}/")
    lead.goto(address)
    _shows_reach(lead, opened=(case, read), could=(case, read, lying), never=closed)
    removing = lead.locator("details.inner:has(button.danger)")
    removing.locator("summary").click()
    with lead.expect_navigation():
        removing.locator("button.danger").click()
    _shows_reach(lead, opened=(case, read), could=(case, read, lying), never=closed)
    assert lead.locator("button.danger").count() == 0
    finch.goto(read)
    assert finch.locator("input[name=passphrase]").count() == 1, "the session went on"
    sign_in(finch, line.desk("en"), line.people["Finch"])
    assert finch.locator("[role=alert]").count() == 1, "the way in still works"

    take_at(lead, case)
    answer(lead, SINCE_TO_WRITER)
    writer = visit(**phone()).page
    come_back(writer, line.mailbox("en"), words)
    reply(writer, SINCE_REPLY)
    assert any(BEFORE in one for one in said_on(writer)), "whoever stays lost what was there"
    wren = visit().page
    sign_in(wren, line.desk("en"), line.people["Wren"])
    take_at(wren, read)
    fill_step(wren.locator("form[action$='/note']"), "ask who calls him", "2030-01-15")
    note(wren, SINCE_NOTE)
    assert SINCE_NOTE in timeline(wren)
    _put_in(line, visit, lead, LATER)
    lead.goto(line.desk("en", "people/"))
    assert code_name(lying) in lead.locator("#keys").inner_text(), "what nobody opened since is not listed"
    _press_renew(lead)
    assert code_name(lying) not in lead.locator("#keys").inner_text()
    _tries_everything(shared_line, yesterday, attacks)


def _put_in(line: Demo, visit: Callable[..., Visitor], lead: "Page", letter: Letter) -> tuple[list[str], str]:
    """Write a letter; its words, and its case's address."""
    open_tab(lead, line, "person")
    before = row_names(lead)
    words = write(visit(**phone()).page, line.door("en"), letter)
    return words, find_new(lead, line, before)


def _shows_reach(page: "Page", *, opened: tuple[str, ...], could: tuple[str, ...], never: str) -> None:
    """The two lists on a person's page, by the cases' code names."""
    first, second = page.locator("section.sheet:has(table)").inner_text(), page.locator("#reach").inner_text()
    assert [code_name(one) in first for one in opened] == [True] * len(opened), first
    assert [code_name(one) in second for one in could] == [True] * len(could), second
    assert code_name(never) not in first + second


def _press_renew(page: "Page") -> None:
    """The coordinators' run of new keys."""
    with page.expect_navigation():
        page.locator("form[action$='/people/renew'] button").click()


def _copy_of(directory: Path, target: Path) -> Path:
    """The whole installation as it lies there, its databases copied by SQLite itself, as a backup would."""
    shutil.copytree(directory, target, ignore=shutil.ignore_patterns("*.sqlite3*", "run"))
    for name in FILES.values():
        with closing(sqlite3.connect(directory / name)) as one, closing(sqlite3.connect(target / name)) as two:
            one.backup(two)
    return target


def _tries_everything(line: ServedLine, yesterday: Path, attacks: Callable[[int], None]) -> None:
    """Yesterday's disk and today's, and a ring: what was there opens still, what came since opens for who stayed."""
    then, now = Thief(yesterday), Thief(line.directory)
    now.keep_envelopes_of(then)
    ring = then.ring_of(line.people["Finch"])
    loot = now.rob(ring, *then.role_seeds(ring.sealing_seed, ring.line_id))
    attacks(loot.tried)
    lay_there = {entry[0] for case in then.cases for entry in case.entries}
    assert loot.opened_entries <= lay_there, "something written since opened"
    assert not set(SINCE) & _texts(loot)
    assert {TAKEN.text, READ.text, BEFORE} <= _texts(loot), "no attack: not the ring or the copy that they had"
    ring = now.ring_of(line.people["Larch"])
    assert set(SINCE) <= _texts(now.rob(ring)), "no attack: what was written since is not there"


def _texts(loot: Loot) -> set[str]:
    return {text for of_case in loot.texts.values() for text in of_case}

"""Promise 2: access is arithmetic. With the whole disk and one's own ring one opens what one may, and nothing more.

The tests of this file work on one line, in their order: the last one removes somebody.
Broken on purpose to see it fail: `seal_parcel` that gave the routed circle all compartments; `holding.keep` that left
the circle's envelope where it was; `circles.move` without new keys; `removal.remove` without a new epoch.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from attacks.browser import FORM, HOT, PLAIN, Browser, Sent, desk_of, desk_post, enter_mailbox, send, slugs_on
from attacks.life import STEP, text_of
from attacks.thief import Loot, Thief, number_of
from leeside.sealing.compartments import Compartment
from leeside.sealing.rings import KeyRing
from plugins.lines import FoundedLine, ServedLine

pytestmark = pytest.mark.slow

S, I, P, W = Compartment.STORY, Compartment.IDENTITY, Compartment.PLACE, Compartment.WORK  # noqa: E741
CASES = ("plain", "taken", "shared", "moved", "hot", "hot taken")
ALL = {S, I, P, W}

# Who opens what of the six cases. A circle that may hold the rest of a first-line case (identity and place) is
# `closed`; whoever keeps a case takes the circle's copy of what they hold, and only that.
ALLOWED: Mapping[str, Mapping[str, set[Compartment]]] = {
    "Heron": dict.fromkeys(CASES, ALL),
    "Larch": dict.fromkeys(CASES, ALL),
    "Willow": {
        "plain": {I, P}, "taken": {I, P}, "shared": ALL, "moved": ALL, "hot": ALL, "hot taken": ALL,
    },
    "Wren": {"plain": {S, W}, "taken": {S, W}, "shared": {S, W}},
    "Finch": {"plain": {S, W}},
    "Rowan": {},
}  # fmt: skip


@dataclass
class Stage:
    """The line, its six cases, and the desks of those who work on them."""

    line: ServedLine
    sent: dict[str, Sent]
    slugs: dict[str, str]
    desks: dict[str, Browser]


@pytest.fixture(scope="module")
def stage(shared_line: ServedLine) -> Stage:
    """Six cases: untaken, taken, shared with a counsellor, moved as too hot, hot, hot and taken."""
    line = shared_line
    door = Browser(line.address("door"))
    sent = {
        what: send(door, HOT if what.startswith("hot") else PLAIN, text=text_of(what), name=f"Имя {what}")
        for what in CASES
    }
    names = ("Heron", "Willow", "Wren")
    desks = {name: desk_of(line.address("desk"), line.people[name]) for name in names}
    slugs: dict[str, str] = {}
    for slug in slugs_on(desks["Heron"].get("/en/queue/?tab=all")):
        page = desks["Heron"].get(f"/en/case/{slug}/").text
        slugs |= {what: slug for what in CASES if text_of(what) in page}
    assert set(slugs) == set(CASES)
    made = Stage(line, sent, slugs, desks)
    note = {"text": text_of("note"), **STEP}
    post(made, "Wren", "taken", "note", note)
    post(made, "Wren", "shared", "note", note)
    post(made, "Heron", "shared", "grant", {"reader": line.people["Willow"].reader_id.hex()})
    post(made, "Wren", "moved", "move", {"circle": "closed", "reason": "too hot"})
    post(made, "Willow", "hot taken", "note", note)
    return made


def post(stage: Stage, name: str, what: str, action: str, fields: Mapping[str, str]) -> None:
    """One action of somebody on a case, which must succeed."""
    path = f"/en/case/{stage.slugs[what]}/"
    desk = stage.desks[name]
    answer = desk_post(desk, path + action, fields, desk.get(path))
    assert answer.status == 302, (name, what, action, answer.status, answer.text[-800:])


def opened_by(stage: Stage, loot: Loot) -> dict[str, set[Compartment]]:
    """What was opened, by the cases' names."""
    numbers = {number_of(stage.line.line, sent.entropy): what for what, sent in stage.sent.items()}
    return {numbers[number]: compartments for number, compartments in loot.compartments.items()}


@pytest.mark.promise(2, "every key of a ring tried on every sealed thing of the disk")
def test_a_ring_and_the_whole_disk_open_what_the_role_may_and_nothing_else(
    stage: Stage, attacks: Callable[[int], None]
) -> None:
    thief = Thief(stage.line.directory)
    for name, allowed in ALLOWED.items():
        loot = thief.rob(thief.ring_of(stage.line.people[name]))
        opened = opened_by(stage, loot)
        # What Finch read before `moved` was moved stays readable; what was written from then on does not.
        assert opened == {what: held for what, held in allowed.items() if held}, name
        assert (loot.readings > 0) is (name in {"Heron", "Larch"}), name
        attacks(loot.tried)


@pytest.mark.promise(2, "every receipt tried on every sealed thing of the disk")
def test_a_receipt_opens_its_own_case_and_no_work_in_it(stage: Stage, attacks: Callable[[int], None]) -> None:
    thief = Thief(stage.line.directory)
    for what, sent in stage.sent.items():
        loot = thief.rob_as_writer(sent.entropy, stage.line.line.line_id)
        assert opened_by(stage, loot) == {what: {S, I, P}}
        attacks(loot.tried)


@pytest.mark.promise(2, "the keeper's disk alone, without anybody's passphrase")
def test_the_keeper_opens_nothing(stage: Stage, attacks: Callable[[int], None]) -> None:
    """Every 32 bytes that lie on the disk as they are, tried as a key: shred keys, secrets, hashes, salts."""
    from attacks.rows import FILES, all_rows, tables_of
    from leeside.sealing.secrets import Secret

    thief = Thief(stage.line.directory)
    found = {stage.line.line.line_id * 2}
    for name in FILES:
        for table in tables_of(stage.line.directory, name):
            for row in all_rows(stage.line.directory, table, name):
                found |= {value for value in row if isinstance(value, bytes) and len(value) == 32}
    stranger = KeyRing(
        b"k" * 16,
        stage.line.line.line_id,
        "keeper",
        Secret(bytes(32)),
        Secret(bytes(32)),
        bytes(32),
        1,
        Secret(bytes(20)),
    )
    few = sorted(found)[:: max(1, len(found) // 24)]
    loot = thief.rob(stranger, *(Secret(one) for one in few))
    assert loot.compartments == {} and loot.readings == 0
    attacks(loot.tried)


@pytest.mark.promise(2, "what was written after a case was moved, with all that the mover held")
def test_whoever_moved_a_case_away_opens_nothing_that_came_later(stage: Stage, attacks: Callable[[int], None]) -> None:
    line = stage.line
    before = Thief(line.directory)
    wren = before.ring_of(line.people["Wren"])
    kept = before.role_seeds(wren.sealing_seed, wren.line_id)
    mailbox = Browser(line.address("mailbox"))
    page = enter_mailbox(mailbox, stage.sent["moved"].words)
    fields = {"text": text_of("later"), "token": page.field("token"), "page_sign": page.field("page_sign")}
    assert mailbox.post(FORM + "reply", fields).status == 303
    post(stage, "Willow", "moved", "note", {"text": text_of("later note"), **STEP})
    loot = Thief(line.directory).rob(wren, *kept)
    texts = [text for of_case in loot.texts.values() for text in of_case]
    assert not {text_of("later"), text_of("later note")} & set(texts)
    attacks(loot.tried)


def test_the_thief_is_no_fool(founded_line: FoundedLine, tmp_path: Path) -> None:
    """An empty line opens nothing for anybody, and everybody's own ring opens by their passphrase only."""
    thief = Thief(founded_line.directory)
    ring = thief.ring_of(founded_line.people["Wren"])
    assert ring.reader_id == founded_line.people["Wren"].reader_id and thief.cases == ()


@pytest.mark.promise(4, "the ring of somebody who was removed, and every seed it ever opened")
def test_a_removed_colleague_opens_nothing_newer(stage: Stage, attacks: Callable[[int], None]) -> None:
    line = stage.line
    before = Thief(line.directory)
    ring = before.ring_of(line.people["Finch"])
    kept = before.role_seeds(ring.sealing_seed, ring.line_id)
    finch = desk_of(line.address("desk"), line.people["Finch"])
    heron = stage.desks["Heron"]
    path = f"/en/people/{line.people['Finch'].reader_id.hex()}/"
    assert desk_post(heron, path, {}, heron.get("/en/people/")).status == 200
    assert "csrfmiddlewaretoken" in finch.get("/en/queue/").text and not slugs_on(finch.get("/en/queue/"))
    # The door takes the new role key within two seconds.
    time.sleep(2.2)
    stage.sent["newer"] = send(Browser(line.address("door")), PLAIN, text=text_of("newer"))
    after = Thief(line.directory)
    loot = after.rob(ring, *kept)
    assert "newer" not in opened_by(stage, loot)
    assert desk_post(heron, "/en/people/renew", {}, heron.get("/en/people/")).status == 302
    loot = Thief(line.directory).rob(ring, *kept)
    assert opened_by(stage, loot) == {}, (
        "after the run of new keys a removed colleague opened something that lies there"
    )
    attacks(loot.tried)
    mailbox = Browser(line.address("mailbox"))
    for what in ("plain", "taken", "moved"):
        mailbox.cookies.clear()
        assert text_of(what) in enter_mailbox(mailbox, stage.sent[what].words).text, what

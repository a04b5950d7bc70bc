"""Promise 3 over HTTP: somebody writes into the database while the server runs; no key that lies there is trusted.

The tests of this file work on one line; each puts back what it changed.
Broken on purpose to see it fail: `take_seat` that did not ask whether a ring's key is the roster's (an attacker sat at
the desk as publisher or coordinator); `hash_writer_key` that was the same for every key; `verify_roster` that asked for
no signature; `Keyring._is_proven` that always was.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from attacks.browser import FORM, PLAIN, Answer, Browser, Sent, desk_of, desk_post, send, sign_in, slugs_on
from attacks.life import STEP, text_of
from attacks.rows import change, database, roster_of, rows
from attacks.thief import Thief
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import Purpose, circle_recipient, reader_recipient
from leeside.sealing.entries import EntryBody, staff_author
from leeside.sealing.errors import SealingError
from leeside.sealing.keys import CompartmentKey, make_seed, make_signing_seed, public_key_of, verify_key_of
from leeside.sealing.passphrases import hash_proof, make_passphrase, make_salt, stretch
from leeside.sealing.rings import KeyRing
from leeside.sealing.roster import Person as Listed
from leeside.sealing.roster import RoleKey, RosterVersion, fingerprint_of, read_version, sign_roster
from leeside.sealing.seal import new_entry_id, seal_entry, seal_ring, seal_role_key
from leeside.sealing.secrets import Secret, make_secret
from leeside.sealing.unseal import BundleOpener
from leeside.web.clock import real_now
from plugins.lines import Person, ServedLine

pytestmark = pytest.mark.slow

Chain = list[bytes]


class Scene:
    """The line, a case that Wren keeps, one that nobody has taken, and three desks."""

    def __init__(self, line: ServedLine) -> None:
        self.line = line
        door = Browser(line.address("door"))
        self.sent: dict[str, Sent] = {what: send(door, PLAIN, text=text_of(what)) for what in ("kept", "waiting")}
        self.desks = {name: desk_of(line.address("desk"), line.people[name]) for name in ("Heron", "Wren", "Willow")}
        self.slugs: dict[str, str] = {}
        for slug in slugs_on(self.desks["Wren"].get("/en/queue/?tab=all")):
            page = self.desks["Wren"].get(f"/en/case/{slug}/").text
            self.slugs |= {what: slug for what in self.sent if text_of(what) in page}
        self.post("Wren", "kept", "note", {"text": text_of("note"), **STEP})

    def path(self, what: str) -> str:
        """A case's address."""
        return f"/en/case/{self.slugs[what]}/"

    def post(self, name: str, what: str, action: str, fields: dict[str, str], expected: int = 302) -> Answer:
        """One action on a case."""
        desk = self.desks[name]
        answer = desk_post(desk, self.path(what) + action, fields, desk.get("/en/people/"))
        assert answer.status == expected, (name, what, action, answer.status, answer.text[-600:])
        return answer

    def case_id(self, what: str) -> bytes:
        """The id of the row of a case."""
        from attacks.thief import number_of

        number = number_of(self.line.line, self.sent[what].entropy)
        return bytes(rows(self.line.directory, "SELECT id FROM leeside_case WHERE case_number = ?", [number])[0][0])


@pytest.fixture(scope="module")
def scene(shared_line: ServedLine) -> Scene:
    return Scene(shared_line)


@contextmanager
def changed(scene: Scene, sql: str, values: Sequence[Any]) -> Iterator[None]:
    """One change of the data behind the server's back, put back at the end whatever happened meanwhile."""
    tables = ("leeside_case", "leeside_account", "leeside_roster_version", "leeside_role_envelope", "leeside_line")
    before = {table: rows(scene.line.directory, f"SELECT * FROM {table}") for table in tables}  # noqa: S608
    assert change(scene.line.directory, sql, values) > 0
    try:
        yield
    finally:
        with database(scene.line.directory) as connection:
            for table, kept in before.items():
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
                marks = ", ".join("?" * len(kept[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", kept)  # noqa: S608


def envelopes_of(scene: Scene) -> list[tuple[Any, ...]]:
    """Every key that lies wrapped for somebody."""
    return rows(scene.line.directory, "SELECT * FROM leeside_wrap ORDER BY 1, 2, 3, 4")


@pytest.mark.promise(3, "the writer's key or the number of a case exchanged under a running server", times=10)
@pytest.mark.parametrize("column", ["writer_public", "case_number"])
def test_a_case_whose_row_names_another_writer_opens_for_nobody_and_seals_to_nobody(scene: Scene, column: str) -> None:
    evil = public_key_of(make_seed()) if column == "writer_public" else os.urandom(16)
    before = envelopes_of(scene)
    with changed(scene, f"UPDATE leeside_case SET {column} = ? WHERE id = ?", [evil, scene.case_id("kept")]):  # noqa: S608
        assert scene.desks["Wren"].get(scene.path("kept")).status == 404
        assert scene.desks["Heron"].get(scene.path("kept")).status == 404
        scene.post("Wren", "kept", "move", {"circle": "closed", "reason": "too hot"}, 404)
        scene.post("Heron", "kept", "grant", {"reader": scene.line.people["Willow"].reader_id.hex()}, 404)
        mailbox = Browser(scene.line.address("mailbox"))
        refused = mailbox.post(FORM, {"words": scene.sent["kept"].words})
        assert refused.status == 403 and not mailbox.cookies
    assert envelopes_of(scene) == before
    assert text_of("kept") in scene.desks["Wren"].get(scene.path("kept")).text
    assert "fault" not in scene.line.server.log


def swapped(chain: Chain, evil: bytes, seed: Secret) -> Chain:
    """Wren's public key exchanged in the newest version, signed by the attacker."""
    last = read_version(chain[-1])
    people = tuple(replace(one, sealing_public=evil) if one.name == "Wren" else one for one in last.people)
    return [*chain[:-1], sign_roster(replace(last, people=people), seed)]


def invented(chain: Chain, evil: bytes, seed: Secret) -> Chain:
    """One version more, with a coordinator nobody knows, who signs it."""
    last, head = read_version(chain[-1]), _hash_of(chain)
    stranger = Listed(os.urandom(16), "Vera2", evil, verify_key_of(seed), "lead")
    people = (*last.people, stranger)
    more = replace(last, number=last.number + 1, previous_hash=head, people=people, signer=stranger.reader_id)
    return [*chain, sign_roster(more, seed)]


def spoken_for(chain: Chain, evil: bytes, seed: Secret) -> Chain:
    """One version more, in which every circle has the attacker's key, said to be signed by Heron."""
    last, head = read_version(chain[-1]), _hash_of(chain)
    keys = tuple(RoleKey(one.circle, one.epoch + 1, public_key_of(make_seed())) for one in last.role_keys)
    return [*chain, sign_roster(replace(last, number=last.number + 1, previous_hash=head, role_keys=keys), seed)]


def founded_anew(chain: Chain, evil: bytes, seed: Secret) -> Chain:
    """A whole chain of the attacker's own for this line's id."""
    last = read_version(chain[-1])
    founder = next(one for one in last.people if one.reader_id == last.signer)
    people = (replace(founder, sealing_public=evil, verify_key=verify_key_of(seed)),)
    keys = tuple(replace(one, public=public_key_of(make_seed())) for one in last.role_keys)
    return [sign_roster(RosterVersion(last.line_id, 1, bytes(32), people, keys, last.signer, last.day), seed)]


def cut_off(chain: Chain, evil: bytes, seed: Secret) -> Chain:
    """The end cut off: everybody who was admitted last is gone, and an older key would be sealed to."""
    return chain[:-2]


def _hash_of(chain: Chain) -> bytes:
    from leeside.sealing.roster import verify_roster

    return verify_roster(chain, fingerprint_of(chain[0])).head


ALTERED = (swapped, invented, spoken_for, founded_anew, cut_off)


@pytest.mark.promise(3, "the roster exchanged, lengthened, founded anew or cut off under the server", times=5 * 4)
def test_nobody_signs_in_to_a_roster_that_does_not_verify_and_no_letter_is_sealed_to_it(scene: Scene) -> None:
    """Started anew each time: a process that is running keeps what it has verified."""
    line, lost = scene.line, "Письмо, которое никто не должен потерять, потому что линия закрыта."
    chain = [bytes(row[0]) for row in rows(line.directory, "SELECT signed FROM leeside_roster_version ORDER BY number")]
    old_session = dict(scene.desks["Heron"].cookies)
    # A colleague each, because a code works once and three fit at a time.
    for attack, name in zip(ALTERED, line.people, strict=False):
        altered = attack(chain, public_key_of(make_seed()), make_signing_seed())
        with changed(scene, "DELETE FROM leeside_roster_version", ()):
            _write_roster(scene, altered)
            line.stop()
            line.start_again()
            refused = sign_in(Browser(line.address("desk")), line.people[name])
            assert refused.status == 403, attack
            assert not any("leeside-desk=" in one for one in refused.all_of("Set-Cookie"))
            assert not slugs_on(Browser(line.address("desk"), dict(old_session)).get("/en/queue/"))
            before = rows(line.directory, "SELECT count(*) FROM leeside_case")
            answer = Browser(line.address("door")).post(FORM, {**PLAIN, "text": lost})
            assert answer.status == 503 and lost in answer.text, attack
            assert rows(line.directory, "SELECT count(*) FROM leeside_case") == before
            # One line a process that noticed, and no traceback.
            assert 1 <= line.server.log.count("takes no letters") <= 3 and "Traceback" not in line.server.log
    line.stop()
    line.start_again()
    for name in scene.desks:
        scene.desks[name] = desk_of(line.address("desk"), line.people[name])
    send(Browser(line.address("door")), PLAIN, text=text_of("afterwards"))


def _write_roster(scene: Scene, chain: Chain) -> None:
    with database(scene.line.directory) as connection:
        numbered = [(scene.line.line.line_id, number, signed) for number, signed in enumerate(chain, 1)]
        connection.executemany(
            "INSERT INTO leeside_roster_version (line_id, number, signed) VALUES (?, ?, ?)", numbered
        )
        connection.execute("UPDATE leeside_line SET roster_number = ?", [len(chain)])


def mallory(person: Person, line: ServedLine) -> tuple[KeyRing, Person, dict[str, bytes]]:
    """An account of the attacker's own making, under somebody's reader id, with a passphrase that he knows."""
    passphrase, salt, code_secret = make_passphrase("en"), make_salt(), make_secret(20)
    ring = KeyRing(
        person.reader_id,
        line.line.line_id,
        person.name,
        make_seed(),
        make_signing_seed(),
        bytes.fromhex(line.line.fingerprint),
        1,
        code_secret,
    )
    stretched = stretch(passphrase, salt)
    row = {
        "salt": salt,
        "proof_hash": hash_proof(stretched.proof),
        "sealed_ring": seal_ring(stretched.wrapping_key, ring, Purpose.RING_AT_REST),
    }
    typed = Person(person.name, person.role, person.reader_id, passphrase.reveal().decode(), code_secret.reveal())
    return ring, typed, row


@pytest.mark.promise(3, "a colleague's account exchanged for one of the attacker's own", times=2)
@pytest.mark.parametrize("name", ["Heron", "Rowan"])
def test_an_account_with_another_key_than_the_rosters_signs_nobody_in(scene: Scene, name: str) -> None:
    """A coordinator or a publisher could otherwise do what only rules of the software keep from strangers."""
    _, typed, row = mallory(scene.line.people[name], scene.line)
    columns = ", ".join(f"{column} = ?" for column in row)
    sql = f"UPDATE leeside_account SET {columns} WHERE reader_id = ?"  # noqa: S608 -- names of columns of ours
    with changed(scene, sql, [*row.values(), typed.reader_id]):
        browser = Browser(scene.line.address("desk"))
        answer = sign_in(browser, typed)
        assert answer.status == 403, (answer.status, answer.header("Location"))
        assert not slugs_on(browser.get("/en/queue/?tab=all"))


@pytest.mark.promise(3, "a session of the attacker's own making put into the fleeting store")
def test_a_planted_session_opens_no_desk(scene: Scene) -> None:
    from leeside.sealing.sessions import derive_session_keys, make_session_secret, spell_session_secret

    ring, _, _ = mallory(scene.line.people["Heron"], scene.line)
    secret = make_session_secret()
    keys = derive_session_keys(secret)
    sealed = seal_ring(keys.wrapping_key, ring, Purpose.RING_IN_SESSION)
    named = ("kind", "id_hash", "line_id", "reader_id", "opened", "seen", "sealed")
    real = rows(scene.line.directory, f"SELECT {', '.join(named)} FROM leeside_session", name="fleeting")[-1]  # noqa: S608
    planted = {**dict(zip(named, real, strict=True)), "id_hash": keys.id_hash, "sealed": sealed}
    planted["reader_id"] = ring.reader_id
    sql = f"INSERT INTO leeside_session ({', '.join(planted)}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    assert change(scene.line.directory, sql, list(planted.values()), name="fleeting") == 1
    browser = Browser(scene.line.address("desk"), {"__Host-leeside-desk": spell_session_secret(secret)})
    page = browser.get("/en/queue/?tab=all")
    assert 'name="passphrase"' in page.body.decode() and not slugs_on(page)


@pytest.mark.promise(3, "a role key of the attacker's own handed to a colleague", times=2)
def test_a_planted_role_key_opens_nothing_and_receives_nothing(scene: Scene) -> None:
    roster, wren = roster_of(scene.line.directory), scene.line.people["Wren"]
    evil = make_seed()
    listed = roster.person(wren.reader_id)
    epoch = roster.role_key("first").epoch
    fake = seal_role_key(listed.sealing_public, roster.line_id, "first", epoch, wren.reader_id, evil)
    sql = "UPDATE leeside_role_envelope SET sealed = ? WHERE reader_id = ? AND circle = 'first'"
    with changed(scene, sql, [fake, wren.reader_id]):
        assert scene.desks["Wren"].get(scene.path("waiting")).status == 404
        assert text_of("kept") in scene.desks["Wren"].get(scene.path("kept")).text
        given_back = scene.post("Wren", "kept", "note", {"text": text_of("second note"), **STEP})
        assert given_back.status == 302
    thief = Thief(scene.line.directory)
    opener = BundleOpener(evil, thief.roster)
    for case in thief.cases:
        for _, _, sealed in case.envelopes:
            with pytest.raises(SealingError):
                opener.open(case.context, circle_recipient("first"), sealed)


@pytest.mark.promise(3, "an entry written into the database in a colleague's name")
def test_a_forged_author_is_marked_on_the_page(scene: Scene) -> None:
    line, what = scene.line, "kept"
    thief = Thief(line.directory)
    ring = thief.ring_of(line.people["Wren"])
    case = next(one for one in thief.cases if one.number == _number(scene, what))
    key = _work_key(thief, ring, case)
    said, entry_id = "Heron allowed this, in writing.", new_entry_id()
    author = staff_author(line.people["Heron"].reader_id)
    body = EntryBody("note", author, real_now().isoformat(timespec="seconds"), {"text": said})
    sealed = seal_entry(key, case.context, entry_id, body, ring.signing_seed)
    columns = "case_id, entry_id, compartment, generation, direction, not_before, shown_until, sealed"
    sql = f"SELECT {columns} FROM leeside_entry WHERE compartment = ?"  # noqa: S608 -- names of columns of ours
    like = rows(line.directory, sql, [int(Compartment.WORK)])[0]
    values = [scene.case_id(what), entry_id, int(Compartment.WORK), key.generation, *like[4:7], sealed]
    insert = f"INSERT INTO leeside_entry (row_number, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    change(line.directory, insert, [secrets.randbits(62), *values])
    page = scene.desks["Heron"].get(scene.path(what)).text
    assert said in page
    footer = page.partition(said)[2].partition("</article>")[0]
    assert "author not proven" in footer and "Heron" not in footer


def _number(scene: Scene, what: str) -> bytes:
    from attacks.thief import number_of

    return number_of(scene.line.line, scene.sent[what].entropy)


def _work_key(thief: Thief, ring: KeyRing, case: Any) -> CompartmentKey:
    opener = BundleOpener(ring.sealing_seed, thief.roster)
    for _, is_own, sealed in case.envelopes:
        if not is_own:
            try:
                keys = opener.open(case.context, reader_recipient(ring.reader_id), sealed)
            except SealingError:
                continue
            for key in keys:
                if key.compartment == Compartment.WORK:
                    return key
    raise AssertionError("Wren's grant holds no key of the work")


def test_the_rows_are_put_back(scene: Scene) -> None:
    """The helper of this file itself: what it changed is as before, and it did change something."""
    before = json.dumps(rows(scene.line.directory, "SELECT hex(id), pack_version FROM leeside_case"))
    with changed(scene, "UPDATE leeside_case SET pack_version = 99", ()):
        assert json.dumps(rows(scene.line.directory, "SELECT hex(id), pack_version FROM leeside_case")) != before
    assert json.dumps(rows(scene.line.directory, "SELECT hex(id), pack_version FROM leeside_case")) == before
    with pytest.raises(sqlite3.OperationalError), changed(scene, "UPDATE no_such_table SET x = 1", ()):
        raise AssertionError("never reached")

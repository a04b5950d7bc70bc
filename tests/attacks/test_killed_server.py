"""Promise 7: SIGKILL of the real server's processes, hundreds of times, while many people write and answer.

Afterwards every request whose acknowledgement arrived opens its mailbox and shows its text, every acknowledged letter
and answer stands in its conversation, nothing exists twice, and `verify` finds nothing.
Broken on purpose to see it fail: `GroupCommit.submit` that returned before the batch was stored (requests that were
acknowledged were gone); `deposits._answer_repeats` that called every repeat a conflict (a repeated post got other
words); a random entry id in place of `page_sign`'s (a repeated letter stood there twice).
"""

import random
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from attacks.browser import FORM, Browser, enter_mailbox
from attacks.killing import Killer
from attacks.rows import roster_of, rows
from attacks.traffic import Conversation, Traffic, token_of
from leeside.project.testing.postgresql import Cluster
from leeside.sealing.receipts import derive_receipt_keys
from leeside.sealing.roster import fingerprint_of, verify_roster
from plugins.lines import ServedLine, run_founding
from plugins.servers import run_command, start_server

KILLS_OF_WORKERS = 230
KILLS_ON_POSTGRESQL = 40
CRASHES_OF_POSTGRESQL = 2
DATABASES = ("data", "shred", "fleeting")
READERS = 3


@pytest.mark.kill
@pytest.mark.promise(7, "SIGKILL of workers, parents and supervisor of a server in use")
def test_nothing_that_was_acknowledged_is_lost(line: ServedLine, attacks: Callable[[int], None]) -> None:
    killer = Killer(line, random.Random(secrets.randbits(32)))
    traffic = Traffic(line, roster_of(line.directory))
    traffic.prepare(["Heron", "Wren"], 2)
    with traffic.flowing():
        killer.kill_workers(KILLS_OF_WORKERS // 2, 0.2)
        killer.kill_parent("door")
        killer.kill_parent("mailbox")
        killer.kill_supervisor()
        killer.kill_workers(KILLS_OF_WORKERS // 2, 0.2)
        killer.cut_the_power()
        killer.kill_parent("desk")
        time.sleep(1)
    attacks(killer.total)
    assert killer.total >= KILLS_OF_WORKERS
    hashes = [bytes(row[0]) for row in rows(line.directory, "SELECT lookup_hash FROM leeside_case")]
    require_nothing_lost(traffic, hashes, killer)


@pytest.fixture
def line_on_postgresql(postgresql_cluster: Cluster, tmp_path: Path) -> Iterator[ServedLine]:
    """A founded line whose three databases lie in a real PostgreSQL, served."""
    for name in DATABASES:
        postgresql_cluster.create_database(f"killed_{name}")
    where = f'host = "{postgresql_cluster.folder}"\nuser = "{postgresql_cluster.user}"\n'
    tables = "".join(f'\n[database.{name}]\nname = "killed_{name}"\n{where}' for name in DATABASES)
    founded = run_founding(tmp_path / "line", database={"text": f'\n[database]\nkind = "postgresql"\n{tables}'})
    line = ServedLine(founded, start_server(founded.directory, ["--no-tick"]))
    try:
        line.server.wait_until_ready()
        yield line
    finally:
        line.stop()


@pytest.mark.kill
@pytest.mark.postgresql
@pytest.mark.promise(7, "SIGKILL of workers, and of PostgreSQL, under a server in use")
def test_nothing_is_lost_on_postgresql(
    line_on_postgresql: ServedLine, postgresql_cluster: Cluster, attacks: Callable[[int], None]
) -> None:
    line = line_on_postgresql

    def ask(sql: str) -> list[bytes]:
        with psycopg.connect(
            host=str(postgresql_cluster.folder), user=postgresql_cluster.user, dbname="killed_data"
        ) as connection:
            return [bytes(row[0]) for row in connection.execute(sql.encode()).fetchall()]

    chain = ask("SELECT signed FROM leeside_roster_version ORDER BY number")
    killer = Killer(line, random.Random(secrets.randbits(32)))
    traffic = Traffic(line, verify_roster(chain, fingerprint_of(chain[0])))
    traffic.prepare(["Heron", "Wren"], 2)
    data = str(postgresql_cluster.folder / "data")
    with traffic.flowing():
        for _ in range(CRASHES_OF_POSTGRESQL):
            killer.kill_workers(KILLS_ON_POSTGRESQL // CRASHES_OF_POSTGRESQL, 0.2)
            # At once, without a checkpoint: it begins with the log of its last moments, as after a power cut.
            options = ("-l", str(postgresql_cluster.folder / "log"), "-m", "immediate", "-w")
            postgresql_cluster.run("pg_ctl", "-D", data, *options, "restart")
            killer.kills["PostgreSQL"] += 1
        killer.kill_workers(KILLS_ON_POSTGRESQL // CRASHES_OF_POSTGRESQL, 0.2)
    attacks(killer.total)
    require_nothing_lost(traffic, ask("SELECT lookup_hash FROM leeside_case"), killer)


def require_nothing_lost(traffic: Traffic, lookup_hashes: list[bytes], killer: Killer) -> None:
    """Compare what was acknowledged with what is there."""
    line = traffic.line
    # The attack was one: requests were cut off again and again, and most were acknowledged all the same.
    assert traffic.seen["cut off"] > killer.total / 10, traffic.seen
    assert len(traffic.letters) > 2 * killer.total, traffic.seen
    of_tried = {derive_receipt_keys(one, line.line.line_id).lookup_hash for one in traffic.tried}
    others = set(lookup_hashes) - of_tried
    assert len(lookup_hashes) == len(set(lookup_hashes))
    assert len(others) == len(traffic.conversations), "a case that nobody sent"
    with ThreadPoolExecutor(READERS) as pool:
        opened = list(pool.map(lambda one: shows_its_text(line, *one), traffic.letters.items()))
    assert all(opened), f"{opened.count(False)} of {len(opened)} acknowledged requests do not open"
    for one in traffic.conversations:
        require_whole(line, one)
    done = run_command("verify", directory=line.directory)
    assert done.returncode == 0, done.stdout + done.stderr


def shows_its_text(line: ServedLine, words: str, text: str) -> bool:
    """Whether these words open a conversation with this text in it. One request: a message was kept meanwhile."""
    box = Browser(line.address("mailbox"))
    page = box.post(FORM, {"words": words, "text": "."})
    return page.status == 200 and token_of(text).encode() in page.body


def require_whole(line: ServedLine, one: Conversation) -> None:
    """Every acknowledged text of a conversation stands there, and every text that was tried at most once."""
    page = enter_mailbox(Browser(line.address("mailbox")), one.words).body.decode()
    times = {text: page.count(token_of(text)) for text in one.tried}
    assert len(one.acknowledged) > 5, (len(one.acknowledged), len(one.tried))
    assert all(times[text] == 1 for text in one.acknowledged), "an acknowledged text is lost, or stands there twice"
    assert max(times.values()) <= 1, "a text stands there twice"

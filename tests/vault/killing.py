"""Kills processes that write to the store, at moments nobody chose, and looks at what they had acknowledged.

`kill_depositors` may be run as long as one likes; the test beside this file runs it for some seconds.
"""

import os
import random
import secrets
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from django.db import connections

from leeside.sealing.compartments import WRITER_COMPARTMENTS, Compartment
from leeside.sealing.context import CaseContext, hash_writer_key
from leeside.sealing.entries import Author, EntryBody
from leeside.sealing.keys import make_seed, public_key_of
from leeside.sealing.parcels import CircleKey, Maker, Parcel, Request, seal_parcel
from leeside.sealing.receipts import derive_receipt_keys, receipt_from_entropy
from leeside.sealing.unseal import check_commitments, open_bundle_symmetric, open_entry
from leeside.vault import store
from leeside.vault.reading import rows_of
from vault.invented import NOW, PROMISE, TODAY

ENTROPY = 16
THREADS = 4


@dataclass
class Killed:
    """What a run of kills did."""

    kills: int = 0
    acknowledged: list[bytes] = field(default_factory=list)
    """The entropy of each receipt whose deposit was acknowledged."""


@cache
def circles() -> tuple[CircleKey, ...]:
    """Role keys that nobody will open with."""
    return tuple(CircleKey(circle, 1, public_key_of(make_seed()), WRITER_COMPARTMENTS) for circle in ("first", "lead"))


def text_of(entropy: bytes) -> str:
    """What the writer with this receipt wrote."""
    return f"Канарейка {entropy.hex()}"


def sealed_parcel(line_id: bytes, entropy: bytes) -> Parcel:
    """A true parcel, sealed as the door seals it."""
    author = Author("writer", None)
    body = EntryBody("answers", author, "2023-12-05T16:05:00Z", {"text": text_of(entropy)})
    request = Request(
        maker=Maker.SERVER,
        line_id=line_id,
        epoch=1,
        pack="refusal",
        pack_version=1,
        language="ru",
        channel="form",
        circle="first",
        urgency=2,
        look_by=2,
        bodies={Compartment.STORY: body},
        card=EntryBody("card", author, "2023-12-05T16:05:00Z", {}),
        canonical=entropy,
    )
    return seal_parcel(request, receipt_from_entropy(entropy), circles())


def read_back(line_id: bytes, entropy: bytes) -> str:
    """Open the mailbox of a receipt and read its text; raises when anything of it is missing or damaged."""
    keys = derive_receipt_keys(receipt_from_entropy(entropy), line_id)
    mailbox = store.open_mailbox(keys.lookup_hash, NOW)
    if mailbox is None:
        raise AssertionError("an acknowledged receipt opens no mailbox")
    context = CaseContext(mailbox.line_id, mailbox.epoch, mailbox.case_number, hash_writer_key(mailbox.writer_public))
    (wrap,) = mailbox.wraps
    opened = open_bundle_symmetric(keys.first_key, context, wrap.sealed)
    check_commitments(opened, mailbox.commitments, context)
    (entry,) = mailbox.entries
    (story,) = (key for key in opened if key.compartment == Compartment.STORY)
    return str(open_entry(story, context, entry.entry_id, entry.sealed).body.content["text"])


def kill_depositors(line_id: bytes, kills: int, chance: random.Random, longest_seconds: float = 0.12) -> Killed:
    """Start a process that deposits from several threads, kill it at a random moment, again and again."""
    circles()
    report = Killed()
    for _ in range(kills):
        told = run_and_kill(lambda tell: deposit_for_ever(line_id, tell), chance.uniform(0, longest_seconds))
        report.kills += 1
        report.acknowledged += [told[at : at + ENTROPY] for at in range(0, len(told) - ENTROPY + 1, ENTROPY)]
    return report


def run_and_kill(work: Callable[[Callable[[bytes], None]], None], seconds: float) -> bytes:
    """Run `work` in a child; `seconds` after it first told something, kill it. Returns all it told."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(lambda told: os.write(writing, told))  # type: ignore[arg-type, return-value]
        finally:
            os._exit(1)
    os.close(writing)
    told = os.read(reading, 1 << 16)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    while part := os.read(reading, 1 << 16):
        told += part
    os.close(reading)
    os.waitpid(child, 0)
    return told


def deposit_for_ever(line_id: bytes, tell: Callable[[bytes], None]) -> None:
    """Deposit from several threads and tell each receipt's entropy after its acknowledgement."""

    def work() -> None:
        while True:
            entropy = secrets.token_bytes(ENTROPY)
            if store.deposit(sealed_parcel(line_id, entropy), TODAY, PROMISE).outcome == store.Outcome.ACCEPTED:
                tell(entropy)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def half_done() -> list[str]:
    """Every sign in the data of a step that was done by half."""
    signs: list[str] = []
    checks = {
        "a grant's rank differs from its case's": "SELECT 1 FROM leeside_case_reader r JOIN leeside_case c"
        " ON c.id = r.case_id WHERE r.rank <> c.rank OR r.is_open <> (c.state < 4)",
        "an entry, key or grant without its case": "SELECT case_id FROM leeside_entry UNION SELECT case_id FROM"
        " leeside_wrap UNION SELECT case_id FROM leeside_case_reader EXCEPT SELECT id FROM leeside_case",
        "an owner without a grant": "SELECT 1 FROM leeside_case c WHERE owner IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM leeside_case_reader r WHERE r.case_id = c.id AND r.reader_id = c.owner)",
    }
    for sign, sql in checks.items():
        if rows_of("default", sql):
            signs.append(sign)
    return signs

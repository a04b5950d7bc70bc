"""Invented parcels and people for the vault's tests. The vault opens nothing, so random bytes do for most of them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from leeside.sealing.compartments import Compartment
from leeside.sealing.keys import Commitment
from leeside.sealing.parcels import Maker, Parcel, SealedEntry, SealedKeys
from leeside.sealing.receipts import hash_erasing, hash_lookup, hash_posting
from leeside.vault import store

TODAY = date(2023, 12, 5)
NOW = datetime(2023, 12, 5, 16, 5, tzinfo=UTC)
PROOF_HASH = b"proof".ljust(32, b".")
TIMES = store.QueueTimes(TODAY, NOW, NOW)
PROMISE = NOW + timedelta(hours=2)


@dataclass(frozen=True)
class Written:
    """A parcel and the three tokens of its writer."""

    parcel: Parcel
    lookup_hash: bytes
    posting_secret: bytes
    erasing_secret: bytes


def sealed_entry(compartment: int = 1, size: int = 200, generation: int = 1) -> SealedEntry:
    """An entry of random bytes."""
    return SealedEntry(secrets.token_bytes(16), Compartment(compartment), generation, secrets.token_bytes(size))


def written(line_id: bytes, **changed: Any) -> Written:
    """A parcel of random bytes in the right shapes, with whatever is changed."""
    lookup, posting, erasing = (secrets.token_bytes(32) for _ in range(3))
    parcel = Parcel(
        version=1,
        maker=Maker.SERVER,
        line_id=line_id,
        epoch=1,
        pack="refusal",
        pack_version=1,
        lookup_hash=hash_lookup(lookup),
        posting_hash=hash_posting(posting),
        erasing_hash=hash_erasing(erasing),
        repeat_tag=secrets.token_bytes(32),
        case_number=secrets.token_bytes(16),
        writer_public=secrets.token_bytes(1216),
        commitments=tuple(Commitment(Compartment(each), 1, secrets.token_bytes(32)) for each in (1, 2, 3)),
        keys=(
            SealedKeys("circle:closed", 6, 1, secrets.token_bytes(300)),
            SealedKeys("circle:first", 1, 1, secrets.token_bytes(300)),
            SealedKeys("circle:lead", 7, 1, secrets.token_bytes(300)),
            SealedKeys("writer", 7, 1, secrets.token_bytes(150)),
        ),
        entries=tuple(sealed_entry(each) for each in (1, 2, 3)),
        card=sealed_entry(1),
        language="ru",
        channel="form",
        circle="first",
        urgency=3,
        look_by=3,
    )
    return Written(replace(parcel, **changed), parcel.lookup_hash, posting, erasing)


def add_line(slug: str = "refusal", code_first: int = 512, code_second: int = 1024) -> bytes:
    """A new open line; its id."""
    line_id = secrets.token_bytes(16)
    store.add_line(slug, "refusal", line_id, code_first, code_second)
    store.open_line(line_id)
    return line_id


def add_reader(line_id: bytes, name: str = "Vera") -> bytes:
    """A new colleague with an active account; their id."""
    reader_id = secrets.token_bytes(16)
    store.add_account(line_id, reader_id, name, b"salt", PROOF_HASH, b"ring", store.AccountState.ACTIVE)
    return reader_id


def deposit(line_id: bytes, opened: date = TODAY, **changed: Any) -> Written:
    """Store a parcel of random bytes; it and its tokens."""
    one = written(line_id, **changed)
    assert store.deposit(one.parcel, opened, PROMISE).outcome == store.Outcome.ACCEPTED
    return one


def case_id_of(one: Written) -> bytes:
    """The case a parcel became."""
    mailbox = store.open_mailbox(one.lookup_hash, NOW)
    assert mailbox is not None
    return mailbox.case_id


def grant_to(case_id: bytes, reader_id: bytes, mask: int = 15, **fields: Any) -> store.KeyWrap:
    """A grant of random bytes for a reader."""
    return store.KeyWrap(case_id, f"reader:{reader_id.hex()}", mask, 1, secrets.token_bytes(120), **fields)


def take(one: Written, reader_id: bytes, drop: Sequence[str] = ("circle:first",)) -> bytes:
    """Let a reader take a case: owner, grant, circle's copy away; the case id."""
    case_id = case_id_of(one)
    version = store.open_mailbox(one.lookup_hash, NOW).version  # type: ignore[union-attr]
    marks = store.MarksChange(owner=reader_id, state=store.CaseState.READ)
    store.append_entries(case_id, version, (), marks, [grant_to(case_id, reader_id)], drop)
    return case_id


def version_of(one: Written) -> int:
    """The newest version of a case."""
    mailbox = store.open_mailbox(one.lookup_hash, NOW)
    assert mailbox is not None
    return mailbox.version


def change(one: Written, marks: store.MarksChange, **more: Any) -> int:
    """Change a case's marks at its newest version."""
    return store.append_entries(case_id_of(one), version_of(one), marks=marks, **more)

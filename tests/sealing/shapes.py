"""Every sealed shape there is, each with how it is made, how it is opened, and all that it is bound to.

`test_every_shape` goes through them: a shape that is missing here is not tested, so a test compares this list with
the headings of docs/format.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from leeside.sealing import seal, shred, unseal, unseal_streams
from leeside.sealing.context import CaseContext, Purpose
from leeside.sealing.courier import seal_outbox
from leeside.sealing.own_copies import seal_own_copy
from leeside.sealing.sessions import seal_mailbox
from leeside.sealing.streams import StreamSealer
from sealing.making import (
    ENTRY,
    FIRST_KEYS,
    FOUNDER,
    IDENTITY,
    LINE,
    OTHER_LINE,
    STORY,
    VERA,
    VERA_GRANTS,
    body,
    case,
    flipped,
    key_of,
    public_of,
    receipt_keys,
    ring,
    roster,
    secret,
    some,
    staff_body,
    writer_public,
)

CLOSED, FIRST = "circle:closed", "circle:first"


@dataclass(frozen=True)
class Shape:
    """One sealed shape. `wrong` opens with each part other in turn, and must be refused every time."""

    name: str
    heading: str
    sealed: bytes
    plain: object
    open: Callable[[bytes], object]
    wrong: dict[str, Callable[[bytes], object]]


def other_cases() -> dict[str, CaseContext]:
    """The case with each of its four parts other."""
    here = case()
    return {
        "line": replace(here, line_id=OTHER_LINE),
        "epoch": replace(here, epoch=4),
        "case number": replace(here, case_number=flipped(here.case_number, 0)),
        "writer's key": replace(here, writer_key_hash=flipped(here.writer_key_hash, 31)),
    }


def _entry(name: str, made, seed) -> Shape:
    key = key_of(STORY)
    sealed = seal.seal_entry(key, case(), ENTRY, made, seed)

    def opened(sealed: bytes, key=key, context=None, entry_id: bytes = ENTRY) -> object:
        return unseal.open_entry(key, context or case(), entry_id, sealed).body

    wrong = {
        "key": lambda sealed: opened(sealed, replace(key, key=secret("other"))),
        "compartment": lambda sealed: opened(sealed, replace(key, compartment=IDENTITY)),
        "generation": lambda sealed: opened(sealed, replace(key, generation=2)),
        "entry": lambda sealed: opened(sealed, entry_id=some("other entry", 16)),
        "entry's size": lambda sealed: opened(sealed, entry_id=b""),
    }
    # The epoch alone is not bound: an entry stays where it is when its case's keys are resealed.
    wrong |= {
        part: (lambda sealed, context=context: opened(sealed, context=context))
        for part, context in other_cases().items()
        if part != "epoch"
    }
    return Shape(name, "Entry", sealed, made, opened, wrong)


def _envelope(name: str, recipient: str, seed, public: bytes, keys, granter=None) -> Shape:  # noqa: PLR0917 -- a table's columns
    sealed = seal.seal_bundle_to(public, case(), recipient, keys, granter=granter)

    def opened(sealed: bytes, seed=seed, context=None, recipient: str = recipient) -> object:
        return unseal.open_bundle(seed, context or case(), recipient, sealed, roster())

    other = CLOSED if recipient != CLOSED else FIRST
    wrong = {
        "key": lambda sealed: opened(sealed, secret("other")),
        "recipient": lambda sealed: opened(sealed, recipient=other),
        "reader": lambda sealed: opened(sealed, recipient=f"reader:{FOUNDER.hex()}"),
    }
    wrong |= {
        part: (lambda sealed, context=context: opened(sealed, context=context))
        for part, context in other_cases().items()
    }
    return Shape(name, "Envelope of keys", sealed, tuple(keys), opened, wrong)


def _first_envelope() -> Shape:
    key = receipt_keys().first_key
    sealed = seal.seal_bundle_symmetric(key, case(), FIRST_KEYS)

    def opened(sealed: bytes, key=key, context=None) -> object:
        return unseal.open_bundle_symmetric(key, context or case(), sealed)

    wrong = {"key": lambda sealed: opened(sealed, secret("other"))}
    wrong |= {
        part: (lambda sealed, context=context: opened(sealed, context=context))
        for part, context in other_cases().items()
    }
    return Shape("writer's first envelope", "Writer's first envelope", sealed, FIRST_KEYS, opened, wrong)


def _own_copy() -> Shape:
    seed = secret("vera sealing")
    sealed = seal_own_copy(seed, case(), VERA, FIRST_KEYS)

    def opened(sealed: bytes, seed=seed, context=None, reader: bytes = VERA) -> object:
        return unseal.open_own_copy(seed, context or case(), reader, sealed)

    wrong = {
        "key": lambda sealed: opened(sealed, secret("oleg sealing")),
        "reader": lambda sealed: opened(sealed, reader=FOUNDER),
    }
    wrong |= {
        part: (lambda sealed, context=context: opened(sealed, context=context))
        for part, context in other_cases().items()
    }
    return Shape("own copy", "Own copy", sealed, FIRST_KEYS, opened, wrong)


def _role_key() -> Shape:
    role_seed, seed = secret("first 3"), secret("vera sealing")
    sealed = seal.seal_role_key(public_of("vera sealing"), LINE, "first", 3, VERA, role_seed)

    def opened(sealed: bytes, **changes) -> object:
        given = {"seed": seed, "line_id": LINE, "circle": "first", "epoch": 3, "reader_id": VERA} | changes
        return unseal.open_role_key(**given, sealed=sealed)

    wrong = {
        "key": lambda sealed: opened(sealed, seed=secret("oleg sealing")),
        "line": lambda sealed: opened(sealed, line_id=OTHER_LINE),
        "circle": lambda sealed: opened(sealed, circle="closed"),
        "epoch": lambda sealed: opened(sealed, epoch=4),
        "reader": lambda sealed: opened(sealed, reader_id=FOUNDER),
    }
    return Shape("role key", "Role key envelope", sealed, role_seed, opened, wrong)


def _ring() -> Shape:
    key = secret("wrapping")
    sealed = seal.seal_ring(key, ring(), Purpose.RING_AT_REST)

    def opened(sealed: bytes, key=key, purpose: Purpose = Purpose.RING_AT_REST) -> object:
        return unseal.open_ring(key, sealed, purpose)

    wrong = {
        "key": lambda sealed: opened(sealed, secret("other")),
        "purpose": lambda sealed: opened(sealed, purpose=Purpose.RING_IN_SESSION),
    }
    return Shape("ring", "Key ring", sealed, ring(), opened, wrong)


def _mailbox_session() -> Shape:
    key, keys = secret("wrapping"), receipt_keys()
    sealed = seal_mailbox(key, LINE, keys)

    def opened(sealed: bytes, key=key, line: bytes = LINE) -> object:
        return unseal.open_mailbox(key, line, sealed)

    wrong = {
        "key": lambda sealed: opened(sealed, secret("other")),
        "line": lambda sealed: opened(sealed, line=OTHER_LINE),
    }
    return Shape("mailbox session", "Mailbox session", sealed, keys, opened, wrong)


def _audit() -> Shape:
    record = {"what": "opened", "who": VERA.hex()}
    sealed = seal.seal_audit(public_of("lead 3"), LINE, record)

    def opened(sealed: bytes, seed=None, line: bytes = LINE) -> object:
        # The hint is for finding the key and proves nothing; a caller that compares it refuses a changed one.
        if unseal.read_audit_hint(sealed) != seal.key_hint(public_of("lead 3")):
            raise unseal.RefusedError
        return unseal.open_audit(seed or secret("lead 3"), line, sealed)

    wrong = {
        "key": lambda sealed: opened(sealed, secret("lead 4")),
        "line": lambda sealed: opened(sealed, line=OTHER_LINE),
    }
    return Shape("audit record", "Audit record", sealed, record, opened, wrong)


def _outbox() -> Shape:
    message = {"chat": "12345", "text": "Вам ответили."}
    sealed = seal_outbox(public_of("courier"), LINE, ENTRY, message)

    def opened(sealed: bytes, seed=None, line: bytes = LINE, message_id: bytes = ENTRY) -> object:
        return unseal.open_outbox(seed or secret("courier"), line, message_id, sealed)

    wrong = {
        "key": lambda sealed: opened(sealed, secret("other")),
        "line": lambda sealed: opened(sealed, line=OTHER_LINE),
        "message": lambda sealed: opened(sealed, message_id=some("other", 16)),
    }
    return Shape("outbox message", "Outbox message", sealed, message, opened, wrong)


def _wrap() -> Shape:
    key, plain, row = some("shred"), some("sealed", 100), b"row 1"
    sealed = shred.wrap(key, plain, row)

    def opened(sealed: bytes, key: bytes = key, row: bytes = row) -> object:
        return shred.unwrap(key, sealed, row)

    wrong = {
        "key": lambda sealed: opened(sealed, some("other")),
        "row": lambda sealed: opened(sealed, row=b"row 2"),
    }
    return Shape("wrap", "Wrap under a shred key", sealed, plain, opened, wrong)


def _attachment() -> Shape:
    key, plain = secret("stream"), some("file", 3000)
    sealer = StreamSealer(key, ENTRY)
    sealed = sealer.update(plain) + sealer.finish()

    def opened(sealed: bytes, key=key, stream_id: bytes = ENTRY, length: int = len(plain)) -> object:
        opener = unseal_streams.StreamOpener(key, stream_id, length)
        return opener.update(sealed) + opener.finish()

    wrong = {
        "key": lambda sealed: opened(sealed, secret("other")),
        "entry": lambda sealed: opened(sealed, stream_id=some("other", 16)),
        "shorter length": lambda sealed: opened(sealed, length=len(plain) - 1),
        "longer length": lambda sealed: opened(sealed, length=len(plain) + 1),
    }
    return Shape("attachment", "Attachment", sealed, plain, opened, wrong)


SHAPES = (
    _entry("writer's entry", body(), None),
    _entry("staff entry", staff_body(), secret("vera signing")),
    _envelope("parcel's envelope", FIRST, secret("first 3"), public_of("first 3"), FIRST_KEYS[:1], None),
    _envelope(
        "grant",
        f"reader:{VERA.hex()}",
        secret("vera sealing"),
        public_of("vera sealing"),
        (FIRST_KEYS[0], key_of(STORY, 2), *FIRST_KEYS[1:]),
        VERA_GRANTS,
    ),
    _envelope(
        "writer's later envelope",
        "writer",
        receipt_keys().writer_seed,
        writer_public(),
        [key_of(STORY, 2)],
        VERA_GRANTS,
    ),
    _first_envelope(),
    _own_copy(),
    _role_key(),
    _ring(),
    _mailbox_session(),
    _audit(),
    _outbox(),
    _wrap(),
    _attachment(),
)

"""Making a parcel: one request, sealed to its circle, to ``lead`` and to its writer.

This is all that the intake does with a text while it holds it. Nothing here opens anything. The
parcel's shape and its parser are in ``parcel_format``; callers import both from here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from leeside.sealing import suite
from leeside.sealing.compartments import (
    WRITER_COMPARTMENTS,
    WRITER_MASK,
    Compartment,
    is_in,
    mask_of,
)
from leeside.sealing.context import (
    ID_SIZE,
    LEAD,
    VERSION,
    WRITER,
    CaseContext,
    circle_recipient,
    hash_writer_key,
)
from leeside.sealing.entries import EntryBody, encode_body
from leeside.sealing.errors import MisuseError
from leeside.sealing.keys import Commitment, CompartmentKey, commit, public_key_of
from leeside.sealing.parcel_format import (
    FIRST_GENERATION,
    LookBy,
    Maker,
    Parcel,
    SealedEntry,
    SealedKeys,
    Urgency,
    encode_parcel,
    parse_parcel,
)
from leeside.sealing.receipts import Receipt, derive_receipt_keys
from leeside.sealing.repeat import repeat_tag
from leeside.sealing.seal import build_bundle_symmetric, build_entry, seal_bundle_to
from leeside.sealing.secrets import Secret

__all__ = [
    "ENTROPY_SIZE",
    "CircleKey",
    "Commitment",
    "LookBy",
    "Maker",
    "Parcel",
    "Request",
    "SealedEntry",
    "SealedKeys",
    "Urgency",
    "encode_parcel",
    "parse_parcel",
    "seal_parcel",
    "share_out",
]

SealBundle: TypeAlias = Callable[[bytes, CaseContext, str, Sequence[CompartmentKey], int], bytes]

_SEALED_ENTRIES: Final = len(WRITER_COMPARTMENTS) + 1
ENTROPY_SIZE: Final = (
    len(WRITER_COMPARTMENTS) * suite.KEY_SIZE + _SEALED_ENTRIES * (ID_SIZE + suite.NONCE_SIZE) + suite.NONCE_SIZE
)
"""Random bytes of one parcel beside its envelopes: three keys, four ids and nonces, one nonce."""


@dataclass(frozen=True)
class CircleKey:
    """A circle as a parcel is sealed to it: role key from the verified roster, rights from the pack.

    ``may_hold`` is the pack's list of compartments; for ``lead`` it is ignored: ``lead`` holds all.
    """

    circle: str
    epoch: int
    public: bytes = field(repr=False)
    may_hold: tuple[Compartment, ...]


@dataclass(frozen=True)
class Request:
    """One request before it is sealed: the bodies by compartment, and what stands in clear.

    ``bodies`` may leave out identity and place: they are then sealed empty, so that their being
    there tells nothing. ``canonical`` is ``repeat.canonical_answers`` of all that was posted.
    """

    maker: Maker
    line_id: bytes
    epoch: int
    pack: str
    pack_version: int
    language: str
    channel: str
    circle: str
    urgency: int
    look_by: int
    bodies: Mapping[Compartment, EntryBody] = field(repr=False)
    card: EntryBody = field(repr=False)
    canonical: bytes = field(repr=False)


def seal_parcel(
    request: Request,
    receipt: Receipt,
    circles: Sequence[CircleKey],
    entropy: bytes | None = None,
    seal_bundle: SealBundle = seal_bundle_to,
) -> Parcel:
    """Seal one request. About 450 microseconds: three envelopes, one key pair.

    ``circles`` are the line's circles with their role keys, ``lead`` among them. The routed circle
    gets what it may hold; the rest goes to the first other circle that may hold all of it; ``lead``
    and the writer get everything.

    Pure given ``entropy`` (``ENTROPY_SIZE`` bytes) and ``seal_bundle``: both are drawn and made
    here unless a test hands them in, for the library draws an envelope's randomness itself.
    """
    draw = _Draw(os.urandom(ENTROPY_SIZE) if entropy is None else entropy)
    secrets = derive_receipt_keys(receipt, request.line_id)
    writer_public = public_key_of(secrets.writer_seed)
    key_hash = hash_writer_key(writer_public)
    context = CaseContext(request.line_id, request.epoch, secrets.case_number, key_hash)
    keys = tuple(
        CompartmentKey(compartment, FIRST_GENERATION, Secret(draw.take(suite.KEY_SIZE)))
        for compartment in WRITER_COMPARTMENTS
    )
    entries = tuple(_seal_first(key, context, _body_of(request, key), draw) for key in keys)
    card = _seal_first(keys[0], context, request.card, draw)
    first = build_bundle_symmetric(secrets.first_key, context, keys, draw.take(suite.NONCE_SIZE))
    sealed_keys = [SealedKeys(WRITER, WRITER_MASK, FIRST_GENERATION, first)]
    for circle, mask in share_out(request.circle, circles):
        held = [key for key in keys if is_in(key.compartment, mask)]
        recipient = circle_recipient(circle.circle)
        sealed = seal_bundle(circle.public, context, recipient, held, circle.epoch)
        sealed_keys.append(SealedKeys(recipient, mask, FIRST_GENERATION, sealed))
    return Parcel(
        version=VERSION,
        maker=request.maker,
        line_id=request.line_id,
        epoch=request.epoch,
        pack=request.pack,
        pack_version=request.pack_version,
        lookup_hash=secrets.lookup_hash,
        posting_hash=secrets.posting_hash,
        erasing_hash=secrets.erasing_hash,
        repeat_tag=repeat_tag(secrets.repeat_key, request.canonical),
        case_number=secrets.case_number,
        writer_public=writer_public,
        commitments=tuple(commit(key, request.line_id, secrets.case_number) for key in keys),
        keys=tuple(sorted(sealed_keys, key=lambda item: item.recipient)),
        entries=entries,
        card=card,
        language=request.language,
        channel=request.channel,
        circle=request.circle,
        urgency=request.urgency,
        look_by=request.look_by,
    )


def share_out(routed: str, circles: Sequence[CircleKey]) -> list[tuple[CircleKey, int]]:
    """Who gets which compartments of a writer's: the routed circle, the rest's circle, ``lead``.

    The rest goes to the first circle, in the given order, that may hold all of it; if none may,
    ``lead`` alone has it.
    """
    by_name = {circle.circle: circle for circle in circles}
    if len(by_name) != len(circles) or routed not in by_name or LEAD not in by_name:
        raise MisuseError("a parcel needs its routed circle and lead, each once")
    shares = [(by_name[LEAD], WRITER_MASK)]
    if routed == LEAD:
        return shares
    held = mask_of(by_name[routed].may_hold) & WRITER_MASK
    if not held:
        raise MisuseError("a parcel is routed to a circle that may hold nothing of it")
    shares.append((by_name[routed], held))
    rest = WRITER_MASK & ~held
    for circle in circles:
        if rest and circle.circle not in (LEAD, routed) and not rest & ~mask_of(circle.may_hold):
            shares.append((circle, rest))
            break
    return shares


def _body_of(request: Request, key: CompartmentKey) -> EntryBody:
    story = request.bodies[Compartment.STORY]
    empty = EntryBody(story.kind, story.author, story.at, {})
    return request.bodies.get(key.compartment, empty)


def _seal_first(key: CompartmentKey, context: CaseContext, body: EntryBody, draw: _Draw) -> SealedEntry:
    if body.author.kind == "staff":
        raise MisuseError("a parcel's entries are not staff's: the desk writes those afterwards")
    entry_id, nonce = draw.take(ID_SIZE), draw.take(suite.NONCE_SIZE)
    sealed = build_entry(key, context, entry_id, encode_body(body), None, nonce)
    return SealedEntry(entry_id, key.compartment, key.generation, sealed)


class _Draw:
    """Hands out given random bytes, each once."""

    def __init__(self, entropy: bytes) -> None:
        if len(entropy) != ENTROPY_SIZE:
            raise MisuseError("a parcel takes another number of random bytes")
        self._rest = entropy

    def take(self, size: int) -> bytes:
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

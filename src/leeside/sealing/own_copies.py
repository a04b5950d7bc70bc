"""Own copies: a reader's faster, symmetric copy of keys that were granted to them.

An opened grant costs a hundred microseconds each time; an own copy a few. The key derives from the
reader's private seed, so that it opens exactly what the grant opens, for the same person.
Revoking deletes both.
"""

from __future__ import annotations

from collections.abc import Sequence

from leeside.sealing import suite
from leeside.sealing.context import CaseContext, Purpose, prefix, reader_recipient
from leeside.sealing.keys import CompartmentKey, encode_keys, mask_of_keys
from leeside.sealing.seal import bundle_header
from leeside.sealing.secrets import Secret


def own_copy_key(seed: Secret) -> Secret:
    """The key of all own copies of the reader whose sealing seed this is."""
    return suite.expand(suite.extract(b"", seed), prefix(Purpose.OWN_COPY))


def seal_own_copy(
    seed: Secret,
    context: CaseContext,
    reader_id: bytes,
    keys: Sequence[CompartmentKey],
    nonce: bytes | None = None,
) -> bytes:
    """``keys`` under the reader's own-copy key, bound like a grant. ``nonce`` is for vectors."""
    mask = mask_of_keys(keys)
    info = context.bundle_info(Purpose.OWN_COPY, reader_recipient(reader_id), mask, context.epoch)
    sealed = suite.gcm_seal(own_copy_key(seed), encode_keys(keys), info, nonce)
    return bundle_header(context.epoch, mask) + sealed

"""The courier: what a bot needs to send and retry when nobody is signed in.

The courier's seed is given at start by a person and held in that one process's memory. Its public
key stands on the roster as the role key of the circle ``courier``, so that the desk seals outgoing
messages to a key that a coordinator signed. Chats are found by an HMAC under the seed: a channel's
ids are short enough to be tried out one by one under anything that lies on the disk.

Opening is ``unseal.open_outbox``.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Final

from leeside.sealing import suite
from leeside.sealing.context import VERSION, Purpose, outbox_info, prefix
from leeside.sealing.padding import pad_to_step
from leeside.sealing.plain_json import Json, encode_json
from leeside.sealing.seal import seal_to
from leeside.sealing.secrets import Secret
from leeside.sealing.wire import counted8, name, u8

COURIER: Final = "courier"
"""The circle whose role key is the courier's public key; a pack may not use this name."""


def seal_outbox(courier_public: bytes, line_id: bytes, message_id: bytes, message: Mapping[str, Json]) -> bytes:
    """One message and its one address, padded to a step. ``message_id`` is 16 random bytes."""
    plain = encode_json(message)
    info = outbox_info(line_id, message_id)
    return u8(VERSION) + seal_to(courier_public, pad_to_step(plain), info)


def chat_index(courier_seed: Secret, channel: str, chat_id: str) -> bytes:
    """The 32 bytes by which a channel's chat is found; only the running courier can make them."""
    key = suite.expand(suite.extract(b"", courier_seed), prefix(Purpose.CHAT_INDEX))
    message = prefix(Purpose.CHAT_INDEX) + name(channel) + counted8(chat_id.encode("utf-8"))
    return hmac.digest(key.reveal(), message, "sha256")

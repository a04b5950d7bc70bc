"""The repeat tag: tells a post sent twice from another post under the same words.

It is keyed by the receipt, so that the vault can compare two posts of one writer and learns nothing
about what was answered, nor whether two writers answered alike.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence

from leeside.sealing.context import Purpose, prefix
from leeside.sealing.errors import MisuseError
from leeside.sealing.secrets import Secret
from leeside.sealing.wire import u32


def repeat_tag(repeat_key: Secret, canonical: bytes) -> bytes:
    """HMAC-SHA256 under the receipt's repeat key over ``canonical_answers``."""
    return hmac.digest(repeat_key.reveal(), prefix(Purpose.REPEAT) + canonical, "sha256")


def canonical_answers(answers: Mapping[str, str | Sequence[str]]) -> bytes:
    """Answers in one spelling: questions by their UTF-8 bytes, values in their given order.

    Per question its id, the number of values and each value, every text behind four bytes of
    length; so no two sets of answers share a spelling. One text counts as a list of one.
    """
    parts = [u32(len(answers))]
    try:
        for question, given in sorted((question.encode(), given) for question, given in answers.items()):
            values = (given,) if isinstance(given, str) else given
            parts += (u32(len(question)), question, u32(len(values)))
            for value in values:
                written = value.encode()
                parts += (u32(len(written)), written)
    except UnicodeEncodeError:
        raise MisuseError("a text has half a character") from None
    return b"".join(parts)

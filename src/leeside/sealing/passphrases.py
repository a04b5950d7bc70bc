"""Passphrases of staff: generated, six words of 2,048 (66 bits), and stretched with Argon2id.

The stretched bytes fall into two halves. One proves the passphrase to the server, which keeps only
its hash; the other unwraps the key ring. Neither half tells anything about the other.
"""

from __future__ import annotations

import secrets as random
import threading
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from leeside.sealing.context import ID_SIZE, Purpose, hash_for
from leeside.sealing.errors import MisuseError
from leeside.sealing.secrets import Secret, is_equal, make_secret
from leeside.sealing.wire import fixed
from leeside.sealing.words import (
    BITS_PER_WORD,
    ENOUGH_LETTERS,
    LANGUAGES,
    LIST_SIZE,
    fold,
    split_words,
    word_list,
    words_of,
)

PASSPHRASE_WORDS: Final = 6
SALT_SIZE: Final = ID_SIZE

# RFC 9106, section 4, second recommended option ("memory-constrained"): t=3, p=4, m=64 MiB.
ARGON2_PASSES: Final = 3
ARGON2_LANES: Final = 4
ARGON2_MEMORY_KIB: Final = 64 * 1024

_HALF: Final = 32
_LONGEST_TYPED: Final = 400


@dataclass(frozen=True)
class Stretched:
    """The two halves. ``proof`` goes to be compared, ``wrapping_key`` to the key ring."""

    proof: bytes = field(repr=False)
    wrapping_key: Secret


def make_passphrase(language: str) -> Secret:
    """Six random words of a list, one space between, as UTF-8 text."""
    number = random.randbelow(LIST_SIZE**PASSPHRASE_WORDS)
    return build_passphrase(number, language)


def build_passphrase(number: int, language: str) -> Secret:
    """The pure inside of ``make_passphrase``: six words that spell ``number`` (66 bits)."""
    if not 0 <= number < 1 << PASSPHRASE_WORDS * BITS_PER_WORD:
        raise MisuseError("a passphrase spells a number of 66 bits")
    return Secret(" ".join(words_of(number, PASSPHRASE_WORDS, language)).encode("utf-8"))


def make_salt() -> bytes:
    """A random salt for one account; it lies beside the account's name and is no secret."""
    return make_secret(SALT_SIZE).reveal()


def read_passphrase(untrusted_text: str) -> Secret:
    """What was typed, in the one spelling that is stretched: the first four letters of each word.

    Six words of one list are understood as a receipt's are (four letters are enough, one typing
    error is repaired). The first four letters are spelled because they tell all words of a list
    apart and are the same in two languages that share a word. Anything else is taken as it is, so
    that a wrong passphrase costs and says the same as a right one.
    """
    typed = split_words(untrusted_text[:_LONGEST_TYPED])
    readings: list[tuple[int, str]] = []
    for language in LANGUAGES:
        words = word_list(language)
        found = [place for place in map(words.find, typed) if place is not None]
        if len(found) == len(typed) == PASSPHRASE_WORDS:
            starts = [fold(words.words[index])[:ENOUGH_LETTERS] for index, _ in found]
            readings.append((sum(repaired for _, repaired in found), " ".join(starts)))
    spelled = min(readings)[1] if readings else " ".join(typed)
    return Secret(spelled.encode("utf-8", "replace"))


# OpenSSL lends its threads for the lanes from one pool of the process, of just so many: a second derivation beside a
# running one fails for want of threads (told as a MemoryError) or waits for ever (both seen in OpenSSL 4.0.3).
_ONE_AT_A_TIME: Final = threading.Lock()


def stretch(passphrase: Secret, salt: bytes) -> Stretched:
    """Argon2id over the passphrase: about 150 milliseconds and 64 MiB. Never inside a transaction.

    Takes what ``make_passphrase`` made or ``read_passphrase`` read, and stretches the spelling of
    the latter. Run it in the small pool of the sign-in page only; in one process one runs at a time.
    """
    spelled = read_passphrase(passphrase.reveal().decode("utf-8", "replace"))
    argon2 = Argon2id(
        salt=fixed(salt, SALT_SIZE),
        length=2 * _HALF,
        iterations=ARGON2_PASSES,
        lanes=ARGON2_LANES,
        memory_cost=ARGON2_MEMORY_KIB,
    )
    with _ONE_AT_A_TIME:
        derived = argon2.derive(spelled.reveal())
    return Stretched(derived[:_HALF], Secret(derived[_HALF:]))


def hash_proof(proof: bytes) -> bytes:
    """What the server keeps of the proving half."""
    return hash_for(Purpose.PROOF_HASH, fixed(proof, _HALF))


def is_proof(proof: bytes, proof_hash: bytes) -> bool:
    """Whether ``proof`` is the one whose hash was kept; in constant time."""
    return is_equal(hash_proof(proof), proof_hash)

"""The receipt: twelve words that are a writer's only key, and everything that derives from them.

A receipt holds 128 random bits and four bits of check, eleven bits a word. It is never stored. No
slow hash stands before it: at this entropy guessing is hopeless, and a flood of wrong receipts
costs the line nearly nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from leeside.sealing import suite
from leeside.sealing.context import ID_SIZE, Purpose, hash_for, prefix
from leeside.sealing.errors import MisuseError, ReceiptError
from leeside.sealing.limits import LIMITS
from leeside.sealing.secrets import Secret, make_secret
from leeside.sealing.wire import fixed
from leeside.sealing.words import (
    BITS_PER_WORD,
    LANGUAGES,
    split_words,
    word_list,
    words_of,
)

WORDS: Final = 12
ENTROPY_SIZE: Final = 16
CHECK_BITS: Final = WORDS * BITS_PER_WORD - ENTROPY_SIZE * 8


@dataclass(frozen=True, repr=False)
class Receipt:
    """One receipt. The same receipt can be spelled in every language."""

    entropy: Secret

    def words(self, language: str) -> tuple[str, ...]:
        """The twelve words in ``en``, ``ru`` or ``uk``: to be shown, and never stored or logged."""
        entropy = self.entropy.reveal()
        number = int.from_bytes(entropy, "big") << CHECK_BITS | _check_of(entropy)
        return words_of(number, WORDS, language)

    def __repr__(self) -> str:
        return "Receipt(hidden)"


def make_receipt() -> Receipt:
    """A new random receipt."""
    return Receipt(make_secret(ENTROPY_SIZE))


def receipt_from_entropy(entropy: bytes) -> Receipt:
    """The receipt of 16 given bytes: for demos, tests and vectors."""
    return Receipt(Secret(fixed(entropy, ENTROPY_SIZE)))


def read_receipt(untrusted_text: str, language: str = "") -> Receipt:
    """The receipt that somebody typed; a ReceiptError says what to look at.

    Any of the languages, four letters of each word are enough, any case, any separator, with or
    without numbering, ё as е. A word that differs by one typing error from exactly one word of the
    list is repaired; the four bits of check catch most wrong repairs. ``language`` (the page's) only
    decides when twelve words can be read in two languages, which share a quarter of their words.
    """
    if len(untrusted_text) > LIMITS.receipt_text_characters:
        raise ReceiptError("count")
    typed = split_words(untrusted_text)
    if len(typed) != WORDS:
        raise ReceiptError("count")
    readings = []
    for one in sorted(LANGUAGES, key=lambda one: one != language):
        repairs, number, wrong = _read_in(one, typed)
        if not wrong and not repairs and _is_checked(number):
            # No later reading can be better, and looking for typing errors in other lists is slow.
            return Receipt(Secret(_entropy_of(number)))
        readings.append((repairs, number, wrong))
    whole = sorted(
        ((repairs, number) for repairs, number, wrong in readings if not wrong),
        key=lambda reading: (not _is_checked(reading[1]), reading[0]),
    )
    if not whole:
        wrong_positions = min((wrong for _, _, wrong in readings), key=len)
        raise ReceiptError("word", wrong_positions[0])
    number = whole[0][1]
    if not _is_checked(number):
        raise ReceiptError("check")
    return Receipt(Secret(_entropy_of(number)))


def _read_in(language: str, typed: list[str]) -> tuple[int, int, list[int]]:
    """Repairs made, the number spelled, and positions (from 1) of words that are not in the list."""
    words = word_list(language)
    repairs, number, wrong = 0, 0, []
    for position, word in enumerate(typed, start=1):
        found = words.find(word)
        if found is None:
            wrong.append(position)
            continue
        number = number << BITS_PER_WORD | found[0]
        repairs += found[1]
    return repairs, number, wrong


def _entropy_of(number: int) -> bytes:
    return (number >> CHECK_BITS).to_bytes(ENTROPY_SIZE, "big")


def _is_checked(number: int) -> bool:
    return number & (1 << CHECK_BITS) - 1 == _check_of(_entropy_of(number))


def _check_of(entropy: bytes) -> int:
    return hash_for(Purpose.RECEIPT_CHECK, entropy)[0] >> 8 - CHECK_BITS


@dataclass(frozen=True)
class ReceiptKeys:
    """What derives from a receipt on one line.

    The vault knows three hashes of it, the case number and the public key; everything else stays
    with whoever has the words.
    """

    lookup_id: Secret
    case_number: bytes = field(repr=False)
    writer_seed: Secret
    posting_secret: Secret
    erasing_secret: Secret
    first_key: Secret
    repeat_key: Secret

    @property
    def lookup_hash(self) -> bytes:
        """What the vault finds the mailbox by."""
        return hash_lookup(self.lookup_id.reveal())

    @property
    def posting_hash(self) -> bytes:
        """What the vault checks a post to the case against."""
        return hash_posting(self.posting_secret.reveal())

    @property
    def erasing_hash(self) -> bytes:
        """What the vault checks an erasure by the writer against."""
        return hash_erasing(self.erasing_secret.reveal())


def derive_receipt_keys(receipt: Receipt, line_id: bytes) -> ReceiptKeys:
    """All keys of a receipt on one line: HKDF-SHA256 with the line's id as salt.

    The key pair itself is not made here: ``public_key_of(keys.writer_seed)`` costs 130
    microseconds, and a mailbox that is only looked up does not need it.
    """
    root = suite.extract(fixed(line_id, ID_SIZE), receipt.entropy)

    def derive(label: bytes, size: int = suite.KEY_SIZE) -> Secret:
        return suite.expand(root, prefix(Purpose.RECEIPT) + label, size)

    return ReceiptKeys(
        lookup_id=derive(b"lookup id"),
        case_number=derive(b"case number", ID_SIZE).reveal(),
        writer_seed=derive(b"writer seed"),
        posting_secret=derive(b"posting secret"),
        erasing_secret=derive(b"erasing secret"),
        first_key=derive(b"first key"),
        repeat_key=derive(b"repeat key"),
    )


def hash_lookup(lookup_id: bytes) -> bytes:
    """The vault's name for a mailbox: a database alone finds no lookup id."""
    return hash_for(Purpose.LOOKUP_HASH, _thirty_two(lookup_id))


def hash_posting(posting_secret: bytes) -> bytes:
    """What the vault keeps of the secret without which nobody posts to a case."""
    return hash_for(Purpose.POSTING_HASH, _thirty_two(posting_secret))


def hash_erasing(erasing_secret: bytes) -> bytes:
    """What the vault keeps of the secret without which no writer erases a case."""
    return hash_for(Purpose.ERASING_HASH, _thirty_two(erasing_secret))


def _thirty_two(value: bytes) -> bytes:
    if len(value) != suite.KEY_SIZE:
        raise MisuseError("a derived secret has 32 bytes")
    return value

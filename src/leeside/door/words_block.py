"""The receipt as it stands on a page and in its hidden field, always in the same number of bytes.

The words of a receipt differ in length, and the length of an answer is seen on the wire; spaces behind them make
every block as long as the longest one could be.
"""

from functools import cache
from typing import Final

from leeside.sealing.context import Purpose, hash_for
from leeside.sealing.receipts import WORDS, Receipt, receipt_from_entropy
from leeside.sealing.words import word_list

RECEIPT_FIELD: Final = "receipt"
_CHECK_BYTES: Final = 4
_HEX_DIGITS: Final = frozenset("0123456789abcdef")
_ENTROPY_BYTES: Final = 16


@cache
def _longest_list(language: str) -> int:
    """Bytes of the longest list of words that a receipt could make in this language."""
    return WORDS * (len("<li>") + max(len(word.encode()) for word in word_list(language).words))


def write_words(receipt: Receipt, language: str) -> str:
    """The twelve `<li>` of a receipt, filled with spaces to the one length of the language."""
    items = "".join([f"<li>{word}" for word in receipt.words(language)])
    return items + " " * (_longest_list(language) - len(items.encode()))


def write_hidden(receipt: Receipt) -> str:
    """The value of the form's hidden field: the receipt's random bytes and a check of them, in hexadecimal."""
    entropy = receipt.entropy.reveal()
    return (entropy + _check_of(entropy)).hex()


def read_hidden(untrusted: str) -> Receipt | None:
    """The receipt in a hidden field that came back, or None when it is missing, cut or changed."""
    if len(untrusted) != 2 * (_ENTROPY_BYTES + _CHECK_BYTES) or not _HEX_DIGITS.issuperset(untrusted):
        return None
    both = bytes.fromhex(untrusted)
    entropy, check = both[:_ENTROPY_BYTES], both[_ENTROPY_BYTES:]
    return receipt_from_entropy(entropy) if check == _check_of(entropy) else None


def _check_of(entropy: bytes) -> bytes:
    """Not a secret: it only tells a field that was cut or mangled on its way from one that was not."""
    return hash_for(Purpose.RECEIPT_CHECK, entropy)[:_CHECK_BYTES]

"""Everything in the demo that would be random or secret on a real line: derived from one published seed.

Whoever reads this file can open the demo's mailboxes and sign in as its colleagues. That is its purpose. Nothing
derived here is ever written into the demo's folder in clear, so that `demo prove` searches a folder like any other.
"""

import hashlib
import random

from leeside.sealing.receipts import Receipt, receipt_from_entropy
from leeside.sealing.secrets import Secret

PUBLISHED_SEED = b"leeside demo, Tuesday 5 December 2023: nothing here is secret"


def derive(purpose: str, size: int) -> bytes:
    """Return `size` bytes for a purpose, the same on every machine and every run."""
    return hashlib.shake_256(PUBLISHED_SEED + b"\x00" + purpose.encode()).digest(size)


def receipt_of(code: tuple[str, str]) -> Receipt:
    """Return the receipt of one of the twelve, named by the two English words of the code name."""
    return receipt_from_entropy(derive(f"receipt {code[0]} {code[1]}", 16))


def receipt_in_chorus(number: int) -> Receipt:
    """Return the receipt of the short request with this running number."""
    return receipt_from_entropy(derive(f"receipt of short request {number}", 16))


def code_secret_of(key: str) -> Secret:
    """Return the secret of a colleague's one-time codes: 20 bytes, as RFC 4226 recommends."""
    return Secret(derive(f"one-time codes of {key}", 20))


def dice(purpose: str) -> random.Random:
    """Return dice that fall the same way on every run, for drawing texts and days (never keys)."""
    return random.Random(derive(f"dice for {purpose}", 32))

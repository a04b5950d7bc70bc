"""Own copies: the same keys as the grant, for the same reader, faster."""

from leeside.sealing.own_copies import own_copy_key, seal_own_copy
from leeside.sealing.unseal import OwnCopyOpener
from sealing.making import FIRST_KEYS, VERA, WORK, case, key_of, secret, some


def test_the_layout() -> None:
    sealed = seal_own_copy(secret("vera sealing"), case(), VERA, FIRST_KEYS, some("nonce", 12))
    assert sealed[:6] == b"\x01\0\0\0\x03\x07"
    assert sealed[6:18] == some("nonce", 12)
    assert len(sealed) == 6 + 28 + 2 + 3 * 37


def test_one_opener_opens_all_of_a_readers() -> None:
    opener = OwnCopyOpener(secret("vera sealing"), VERA)
    for keys in (FIRST_KEYS, (key_of(WORK),), (key_of(WORK), key_of(WORK, 2))):
        assert opener.open(case(), seal_own_copy(secret("vera sealing"), case(), VERA, keys)) == keys


def test_every_reader_has_a_key_of_their_own_and_it_is_not_the_seed() -> None:
    one, other = own_copy_key(secret("vera sealing")), own_copy_key(secret("oleg sealing"))
    assert one != other
    assert one != secret("vera sealing")

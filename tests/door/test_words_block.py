import pytest

from leeside.door.words_block import read_hidden, write_hidden, write_words
from leeside.sealing.receipts import make_receipt, receipt_from_entropy
from leeside.sealing.words import word_list


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_every_receipt_takes_the_same_bytes(language: str) -> None:
    lengths = {len(write_words(make_receipt(), language).encode()) for _ in range(300)}
    longest = max(len(word.encode()) for word in word_list(language).words)
    assert lengths == {12 * (longest + len("<li>"))}


def test_the_words_stand_in_their_order() -> None:
    receipt = make_receipt()
    assert tuple(write_words(receipt, "ru").strip().split("<li>")[1:]) == receipt.words("ru")


def test_the_hidden_field_brings_the_receipt_back() -> None:
    receipt = make_receipt()
    found = read_hidden(write_hidden(receipt))
    assert found is not None
    assert found.entropy == receipt.entropy


def test_every_changed_sign_of_the_hidden_field_is_seen() -> None:
    value = write_hidden(receipt_from_entropy(bytes(range(16))))
    for place in range(len(value)):
        other = "0" if value[place] != "0" else "1"
        assert read_hidden(value[:place] + other + value[place + 1 :]) is None


@pytest.mark.parametrize("untrusted", ["", "zz", "0" * 40, "0" * 39, "0" * 41, "А" * 40, "\x00" * 40, "0" * 100_000])
def test_what_is_no_hidden_field_of_ours_is_none(untrusted: str) -> None:
    assert read_hidden(untrusted) is None


def test_capital_digits_are_another_spelling_and_refused() -> None:
    value = write_hidden(receipt_from_entropy(b"\xab" * 16))
    assert read_hidden(value.upper()) is None

"""The receipt: what is typed is understood or explained, and everything derives from it as the format says."""

import random

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.context import Purpose, hash_for, prefix
from leeside.sealing.errors import MisuseError, ReceiptError
from leeside.sealing.receipts import (
    Receipt,
    derive_receipt_keys,
    hash_erasing,
    hash_lookup,
    hash_posting,
    make_receipt,
    read_receipt,
    receipt_from_entropy,
)
from leeside.sealing.words import LANGUAGES, fold, word_list
from sealing.making import LINE, OTHER_LINE, RECEIPT, some

EVERY = pytest.mark.parametrize("language", LANGUAGES)


@EVERY
@given(entropy=st.binary(min_size=16, max_size=16))
def test_words_come_back(language: str, entropy: bytes) -> None:
    receipt = receipt_from_entropy(entropy)
    words = receipt.words(language)
    assert len(words) == 12
    assert read_receipt(" ".join(words), language).entropy.reveal() == entropy


@EVERY
@pytest.mark.parametrize(
    "spell",
    [
        " ".join,
        "\n".join,
        ", ".join,
        "-".join,
        "_".join,
        " ".join,
        lambda words: " ".join(words).upper(),
        lambda words: " ".join(word[:4] for word in words),
        lambda words: "; ".join(f"{n}. {word}" for n, word in enumerate(words, 1)),
        lambda words: "\r\n".join(f"{n}){word.capitalize()}" for n, word in enumerate(words, 1)),
        lambda words: "\t".join(word.replace("ё", "е") for word in words),
        lambda words: f"  «{' '.join(words)}».  ",
    ],
)
def test_however_it_is_typed(language: str, spell) -> None:
    for entropy in (some("one", 16), bytes(16), b"\xff" * 16):
        receipt = receipt_from_entropy(entropy)
        assert read_receipt(spell(receipt.words(language)), language) == receipt


@EVERY
def test_one_typing_error_in_a_word_is_repaired(language: str) -> None:
    words = list(RECEIPT.words(language))
    for position in range(12):
        # Doubling a letter inside is never another word's start, and no list word is so near to another.
        word = words[position]
        typed = [*words[:position], word[:2] + word[1:], *words[position + 1 :]]
        assert read_receipt(" ".join(typed), language) == RECEIPT


@EVERY
def test_a_word_that_is_near_to_none_is_named_by_its_place(language: str) -> None:
    for position in range(1, 13):
        words = list(RECEIPT.words(language))
        words[position - 1] = "жжжжжжж"
        with pytest.raises(ReceiptError) as caught:
            read_receipt(" ".join(words), language)
        assert (caught.value.code, caught.value.position) == ("word", position)


@EVERY
@pytest.mark.parametrize("count", [0, 1, 11, 13, 24])
def test_another_number_of_words_is_told(language: str, count: int) -> None:
    words = (RECEIPT.words(language) * 2)[:count]
    with pytest.raises(ReceiptError) as caught:
        read_receipt(" ".join(words))
    assert (caught.value.code, caught.value.position) == ("count", None)


def test_a_flood_of_text_is_told_without_being_read() -> None:
    with pytest.raises(ReceiptError) as caught:
        read_receipt("слово " * 1000)
    assert caught.value.code == "count"


@EVERY
def test_words_that_do_not_belong_together_are_told(language: str) -> None:
    """Four bits of check: fifteen of sixteen wrong receipts are told at once, without asking any store."""
    source, told = random.Random(1), 0
    words = word_list(language).words
    for _ in range(300):
        try:
            read_receipt(" ".join(source.choices(words, k=12)), language)
        except ReceiptError as error:
            assert (error.code, error.position) == ("check", None)
            told += 1
    assert 255 < told < 300


def test_exchanged_words_are_told_most_times() -> None:
    words = list(RECEIPT.words("ru"))
    told = 0
    for position in range(11):
        exchanged = [*words]
        exchanged[position], exchanged[position + 1] = exchanged[position + 1], exchanged[position]
        try:
            assert read_receipt(" ".join(exchanged), "ru") != RECEIPT
        except ReceiptError:
            told += 1
    assert told >= 8


def test_an_error_never_quotes_what_was_typed() -> None:
    with pytest.raises(ReceiptError) as caught:
        read_receipt("тайна " * 12)
    assert "тайна" not in str(caught.value) + repr(caught.value)


def test_the_pages_language_decides_only_between_two_readings() -> None:
    ru, uk = word_list("ru"), word_list("uk")
    shared = [fold(word) for word in ru.words if word in uk.words][:200]
    source = random.Random(3)
    for _ in range(20_000):
        text = " ".join(source.choices(shared, k=12))
        try:
            one, other = read_receipt(text, "ru"), read_receipt(text, "uk")
        except ReceiptError:
            continue
        if one != other:
            assert tuple(map(fold, one.words("ru"))) == tuple(text.split())
            assert tuple(map(fold, other.words("uk"))) == tuple(text.split())
            break
    else:
        pytest.fail("no text was found that reads in both languages")
    assert read_receipt(" ".join(RECEIPT.words("en")), "ru") == RECEIPT


@given(st.text(max_size=1100))
def test_any_text_is_a_receipt_or_a_receipt_error(text: str) -> None:
    try:
        assert isinstance(read_receipt(text), Receipt)
    except ReceiptError as error:
        assert error.code in {"count", "word", "check"}


def test_a_receipt_does_not_print_itself() -> None:
    for show in (repr, str, "{}".format):
        assert show(RECEIPT) == "Receipt(hidden)"
    shown = repr(derive_receipt_keys(RECEIPT, LINE))
    assert some("receipt", 16).hex() not in shown
    assert "hidden" in shown


def test_receipts_are_random() -> None:
    assert make_receipt() != make_receipt()
    with pytest.raises(MisuseError):
        receipt_from_entropy(bytes(15))


@pytest.mark.parametrize(
    ("field", "label", "size"),
    [
        ("lookup_id", b"lookup id", 32),
        ("case_number", b"case number", 16),
        ("writer_seed", b"writer seed", 32),
        ("posting_secret", b"posting secret", 32),
        ("erasing_secret", b"erasing secret", 32),
        ("first_key", b"first key", 32),
        ("repeat_key", b"repeat key", 32),
    ],
)
def test_each_key_is_hkdf_with_the_line_as_salt(field: str, label: bytes, size: int) -> None:
    derived = getattr(derive_receipt_keys(RECEIPT, LINE), field)
    info = b"leeside\x01\x14" + label
    expected = HKDF(SHA256(), size, LINE, info).derive(RECEIPT.entropy.reveal())
    assert (derived if isinstance(derived, bytes) else derived.reveal()) == expected
    assert prefix(Purpose.RECEIPT) + label == info


def test_another_line_or_receipt_shares_nothing() -> None:
    keys = [
        derive_receipt_keys(*args)
        for args in ((RECEIPT, LINE), (RECEIPT, OTHER_LINE), (receipt_from_entropy(bytes(16)), LINE))
    ]
    values = [
        value if isinstance(value, bytes) else value.reveal() for derived in keys for value in vars(derived).values()
    ]
    assert len(set(values)) == len(values) == 21


def test_hashes_are_bound_to_their_use() -> None:
    keys = derive_receipt_keys(RECEIPT, LINE)
    assert (
        keys.lookup_hash
        == hash_lookup(keys.lookup_id.reveal())
        == hash_for(Purpose.LOOKUP_HASH, keys.lookup_id.reveal())
    )
    assert keys.posting_hash == hash_posting(keys.posting_secret.reveal())
    assert keys.erasing_hash == hash_erasing(keys.erasing_secret.reveal())
    assert len({hash_lookup(some("x")), hash_posting(some("x")), hash_erasing(some("x"))}) == 3
    for call in (hash_lookup, hash_posting, hash_erasing):
        with pytest.raises(MisuseError):
            call(b"short")

"""Session secrets: one for the cookie, of which the store sees neither the row's key nor the way to it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.errors import MalformedError
from leeside.sealing.sessions import (
    decode_receipt_keys,
    derive_session_keys,
    encode_receipt_keys,
    make_session_secret,
    read_session_secret,
    seal_mailbox,
    spell_session_secret,
)
from sealing.making import LINE, receipt_keys, secret


@given(st.binary(min_size=32, max_size=32))
def test_a_secret_comes_back_from_its_spelling(hidden: bytes) -> None:
    from leeside.sealing.secrets import Secret

    spelled = spell_session_secret(Secret(hidden))
    assert len(spelled) == 43
    assert read_session_secret(spelled).reveal() == hidden


@given(st.text(max_size=60))
def test_any_other_text_is_refused_or_its_only_spelling(text: str) -> None:
    with suppress(MalformedError):
        assert spell_session_secret(read_session_secret(text)) == text


@pytest.mark.parametrize(
    "text", ["", "A", "A" * 42, "A" * 44, "A" * 42 + "B", "=" * 43, "ж" * 43, "A" * 42 + "\n", "+/" * 21 + "A"]
)
def test_second_spellings_are_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        read_session_secret(text)


def test_row_and_key_lead_nowhere() -> None:
    one, other = derive_session_keys(secret("one")), derive_session_keys(secret("other"))
    values = {
        one.id_hash,
        one.wrapping_key.reveal(),
        other.id_hash,
        other.wrapping_key.reveal(),
        secret("one").reveal(),
    }
    assert len(values) == 5
    assert derive_session_keys(secret("one")).id_hash == one.id_hash
    assert make_session_secret() != make_session_secret()


def test_the_layout_of_a_mailbox_session() -> None:
    keys = receipt_keys()
    plain = encode_receipt_keys(keys)
    assert len(plain) == 208
    assert plain[32:48] == keys.case_number
    assert decode_receipt_keys(plain) == keys
    assert len(seal_mailbox(secret("wrapping"), LINE, keys)) == 1 + 12 + 208 + 16
    for wrong in (b"", plain[:-1], plain + b"\0"):
        with pytest.raises(MalformedError):
            decode_receipt_keys(wrong)

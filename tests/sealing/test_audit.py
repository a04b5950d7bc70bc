"""The audit chain: editing, shortening and reordering are seen by whoever holds a head."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.audit import FIRST_HEAD, next_head, sign_head, verify_head
from leeside.sealing.errors import MisuseError, RefusedError
from leeside.sealing.keys import verify_key_of
from sealing.making import LINE, OTHER_LINE, secret, some

RECORDS = [some(f"record {number}", 100) for number in range(6)]


@given(st.lists(st.binary(max_size=20), max_size=6), st.integers(0, 6))
def test_batches_make_no_difference(records: list[bytes], cut: int) -> None:
    assert next_head(next_head(FIRST_HEAD, records[:cut]), records[cut:]) == next_head(FIRST_HEAD, records)


@pytest.mark.promise(9, "records edited, left out, added, exchanged; the chain cut short")
def test_any_change_changes_the_head() -> None:
    """Promise 9: whoever holds a head sees every change before it."""
    head = next_head(FIRST_HEAD, RECORDS)
    others = [
        RECORDS[:-1],
        RECORDS[1:],
        [RECORDS[1], RECORDS[0], *RECORDS[2:]],
        [*RECORDS, RECORDS[0]],
        [*RECORDS[:2], b"other", *RECORDS[3:]],
        [RECORDS[0] + RECORDS[1], *RECORDS[2:]],
        [],
    ]
    heads = {next_head(FIRST_HEAD, other) for other in others}
    assert head not in heads
    assert len(heads) == len(others)
    assert next_head(head, []) == head


def test_a_head_is_signed_with_its_count_and_line() -> None:
    head, seed = next_head(FIRST_HEAD, RECORDS), secret("founder signing")
    signature = sign_head(seed, LINE, 6, head)
    verify_head(verify_key_of(seed), LINE, 6, head, signature)
    wrong = [
        (verify_key_of(secret("vera signing")), LINE, 6, head, signature),
        (verify_key_of(seed), OTHER_LINE, 6, head, signature),
        (verify_key_of(seed), LINE, 5, head, signature),
        (verify_key_of(seed), LINE, 6, FIRST_HEAD, signature),
        (verify_key_of(seed), LINE, 6, head, bytes(64)),
    ]
    for attempt in wrong:
        with pytest.raises(RefusedError):
            verify_head(*attempt)


def test_a_head_has_32_bytes() -> None:
    with pytest.raises(MisuseError):
        next_head(b"short", [])

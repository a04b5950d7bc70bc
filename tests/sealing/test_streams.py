"""Attachments: chunks in order, none missing, in bounded memory, with a size that says little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing import streams, suite
from leeside.sealing.errors import MisuseError, RefusedError, TooLargeError
from leeside.sealing.limits import LIMITS
from leeside.sealing.padding import padme_length
from leeside.sealing.streams import CHUNK, SEALED_CHUNK, StreamSealer, chunk_binding, make_stream_key, sealed_size
from leeside.sealing.unseal_streams import StreamOpener
from sealing.making import ENTRY, flipped, secret, some

KEY = secret("stream")


def sealed_of(plain: bytes, piece: int = 50_000) -> bytes:
    """The sealed stream of `plain`, arriving in pieces."""
    sealer = StreamSealer(KEY, ENTRY)
    parts = [sealer.update(plain[at : at + piece]) for at in range(0, len(plain), piece)]
    sealed = b"".join(parts) + sealer.finish()
    assert sealer.length == len(plain)
    return sealed


def opened_of(sealed: bytes, length: int, piece: int = 50_000) -> bytes:
    """What a stream opens to, arriving in pieces."""
    opener = StreamOpener(KEY, ENTRY, length)
    parts = [opener.update(sealed[at : at + piece]) for at in range(0, len(sealed), piece)]
    return b"".join(parts) + opener.finish()


@pytest.mark.parametrize(
    "length",
    [0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17, 900_001],
)
def test_a_stream_comes_back_whatever_its_size(length: int) -> None:
    plain = some("file", 32) * (length // 32) + some("rest", 32)[: length % 32]
    sealed = sealed_of(plain)
    assert len(sealed) == sealed_size(length)
    assert opened_of(sealed, length) == plain


@given(st.integers(0, 200_000), st.integers(1, 150_000), st.integers(1, 150_000))
def test_however_it_arrives_it_is_the_same(length: int, piece_in: int, piece_out: int) -> None:
    plain = (b"0123456789" * 20_000)[:length]
    assert opened_of(sealed_of(plain, piece_in), length, piece_out) == plain


def test_sizes_on_the_disk_are_few() -> None:
    """Promise 1: about a hundred sizes for everything from 1 to 2 MiB, instead of a million."""
    assert len({sealed_size(length) for length in range(1_000_000, 2_000_000, 101)}) < 40


LONG = some("file", 32) * (3 * CHUNK // 32) + b"end"
SEALED = sealed_of(LONG)


def chunks() -> list[bytes]:
    """The chunks of SEALED without the version byte."""
    return [SEALED[1:][at : at + SEALED_CHUNK] for at in range(0, len(SEALED) - 1, SEALED_CHUNK)]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda c: [c[1], c[0], *c[2:]],
        lambda c: [c[0], *c[2:]],
        lambda c: c[1:],
        lambda c: c[:-1],
        lambda c: [c[0], c[0], *c[1:]],
        lambda c: [*c, c[-1]],
        lambda c: [*c[:-1], c[-1][:-1]],
        lambda c: [*c, b"\0"],
        lambda c: [],
        lambda c: [c[0]],
    ],
    ids=[
        "exchanged",
        "one left out",
        "first gone",
        "last gone",
        "one twice",
        "last twice",
        "cut",
        "more",
        "none",
        "one",
    ],
)
def test_chunks_in_any_other_order_or_number_are_refused(wrong) -> None:
    with pytest.raises(RefusedError):
        opened_of(b"\x01" + b"".join(wrong(chunks())), len(LONG))


def test_every_chunk_is_authentic() -> None:
    for position in range(1, len(SEALED), 9973):
        with pytest.raises(RefusedError):
            opened_of(flipped(SEALED, position), len(LONG))


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(RefusedError):
        StreamOpener(KEY, ENTRY, 0).finish()


def forged(*contents: bytes, length: int) -> bytes:
    """A stream by somebody who has its key and cuts it in a way of their own."""
    sealed = b"\x01"
    for position, content in enumerate(contents):
        last = length if position == len(contents) - 1 else None
        sealed += suite.gcm_seal(KEY, content, chunk_binding(ENTRY, position, last))
    return sealed


def test_a_stream_has_one_spelling() -> None:
    whole = bytes(CHUNK)
    assert opened_of(forged(whole, length=CHUNK), CHUNK) == whole
    for contents, length in (
        ((whole, b""), CHUNK),
        ((b"a" * 9 + b"x",), 9),
        ((b"a" * 9 + b"\0\0",), 9),
        ((b"a" * 9,), 9),
        ((b"a" * 9,), 10),
    ):
        with pytest.raises(RefusedError):
            opened_of(forged(*contents, length=length), length)
    assert opened_of(forged(b"a" * 9 + b"\0", length=9), 9) == b"a" * 9


def test_calls_in_a_wrong_order_are_our_bug() -> None:
    sealer = StreamSealer(KEY, ENTRY)
    sealer.finish()
    for call in (sealer.finish, lambda: sealer.update(b"x")):
        with pytest.raises(MisuseError):
            call()
    opener = StreamOpener(KEY, ENTRY, 0)
    opener.update(forged(b"", length=0))
    assert opener.finish() == b""
    for call in (opener.finish, lambda: opener.update(b"x")):
        with pytest.raises(MisuseError):
            call()
    for make in (lambda: StreamSealer(KEY, b"short"), lambda: StreamOpener(KEY, b"short", 1)):
        with pytest.raises(MisuseError):
            make()


def test_a_stream_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr(streams, "LIMITS", replace(LIMITS, stream=100_000))
    sealer = StreamSealer(KEY, ENTRY)
    sealer.update(bytes(90_000))
    with pytest.raises(TooLargeError):
        sealer.update(bytes(20_000))


def test_memory_stays_bounded() -> None:
    """What a sealer and an opener hold is at most one chunk and the piece that came."""
    sealer, opener = StreamSealer(KEY, ENTRY), StreamOpener(KEY, ENTRY, 50 * CHUNK)
    assert padme_length(50 * CHUNK) == 50 * CHUNK
    taken = 0
    for _ in range(50):
        taken += len(opener.update(sealer.update(bytes(CHUNK))))
        assert len(sealer._held) <= CHUNK
        assert len(opener._held) <= SEALED_CHUNK
    taken += len(opener.update(sealer.finish())) + len(opener.finish())
    assert taken == 50 * CHUNK


def test_keys_are_random() -> None:
    assert make_stream_key() != make_stream_key()

"""A case's key commitments as one column: five bytes of compartment and generation, then the hash, each."""

from collections.abc import Iterable
from struct import Struct

from leeside.sealing.compartments import Compartment
from leeside.sealing.keys import Commitment
from leeside.vault.errors import DamagedError, MisuseError

_PARTS = Struct(">BI32s")
_SIZE = _PARTS.size
_KNOWN = frozenset(Compartment)


def packed(commitments: Iterable[Commitment]) -> bytes:
    """The column of several commitments, in order of compartment and generation, each pair once."""
    by_place = {(int(one.compartment), one.generation): bytes(one.value) for one in commitments}
    if any(len(value) != _SIZE - 5 for value in by_place.values()):
        raise MisuseError("a commitment is 32 bytes")
    return b"".join(
        bytes((compartment,)) + generation.to_bytes(4, "big") + value
        for (compartment, generation), value in sorted(by_place.items())
    )


def unpacked(column: bytes) -> tuple[Commitment, ...]:
    """The commitments of a column; DamagedError when it holds anything else."""
    if len(column) % _SIZE or any(column[start] not in _KNOWN for start in range(0, len(column), _SIZE)):
        raise DamagedError("a case's commitments are damaged")
    parts = (column[start : start + _SIZE] for start in range(0, len(column), _SIZE))
    return tuple(Commitment(Compartment(part[0]), int.from_bytes(part[1:5], "big"), part[5:]) for part in parts)


def by_place(column: bytes) -> dict[tuple[int, int], bytes]:
    """The values of a column by compartment and generation: what a search needs of ten thousand cases, unparsed."""
    whole = column[: len(column) - len(column) % _SIZE]
    return {(compartment, generation): value for compartment, generation, value in _PARTS.iter_unpack(whole)}

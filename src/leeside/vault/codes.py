"""Code names: two numbers drawn by the store, unique among the open cases of a line, derived from nothing.

They are kept as one whole number, so that one index finds those taken.
"""

import secrets
from collections.abc import Collection

from leeside.vault.cursors import Cursor
from leeside.vault.errors import FullError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import places
from leeside.vault.records import CodeName

_SECOND_BITS = 20


def code_of(name: CodeName) -> int:
    """A code name as one number."""
    return name.first << _SECOND_BITS | name.second


def name_of(code: int) -> CodeName:
    """The code name of a number."""
    return CodeName(code >> _SECOND_BITS, code & (1 << _SECOND_BITS) - 1)


def draw_codes(cursor: Cursor, line_id: bytes, ranges: tuple[int, int], wanted: int) -> list[int]:
    """Draw free code names for one line, all different. Call within the transaction that stores them.

    Some candidates a case are looked up at once, so that a collision costs no failed batch. When the pairs are nearly
    used up, numbers beyond the second list are drawn too: no request is ever refused for want of a name.
    """
    found: list[int] = []
    for try_number in range(LIMITS.code_tries):
        beyond = 1 if try_number < LIMITS.code_tries // 2 else LIMITS.code_beyond
        # A dictionary keeps what was drawn in the order of the draw: the first free ones are taken, so none is chosen.
        drawn = dict.fromkeys(_draw(ranges, beyond) for _ in range(2 * (wanted - len(found))))
        taken = _taken(cursor, line_id, drawn).union(found)
        found += [code for code in drawn if code not in taken][: wanted - len(found)]
        if len(found) == wanted:
            return found
    raise FullError("the line has no free code name left: close cases, or give the line longer lists")


def new_code(cursor: Cursor, line_id: bytes) -> int:
    """Draw one free code name for a case that opens again."""
    cursor.execute("SELECT code_first, code_second FROM leeside_line WHERE id = %s", [line_id])
    first, second = cursor.fetchone()
    return draw_codes(cursor, line_id, (first, second), 1)[0]


def _draw(ranges: tuple[int, int], beyond: int) -> int:
    seconds = ranges[1] * beyond
    first, second = divmod(secrets.randbelow(ranges[0] * seconds), seconds)
    return first << _SECOND_BITS | second


def _taken(cursor: Cursor, line_id: bytes, codes: Collection[int]) -> set[int]:
    cursor.execute(
        f"SELECT code FROM leeside_case WHERE state < 4 AND line_id = %s AND code IN ({places(codes)})",
        [line_id, *codes],
    )
    return {row[0] for row in cursor.fetchall()}

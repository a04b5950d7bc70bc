"""Signed readings of the guide's rules. The store proves nothing about them: whoever shows one verifies it first."""

from collections.abc import Sequence

from leeside.vault.days import day_number, day_of
from leeside.vault.errors import ConflictError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import places, rows_of
from leeside.vault.records import ReviewRow
from leeside.vault.translation import verb
from leeside.vault.writing import writing

_COLUMNS = "review_id, rule, day, signed, sealed"


@verb
def put_review(line_id: bytes, review: ReviewRow) -> None:
    """Keep a reading beside those that came before. Raises ConflictError when there is one of this id."""
    if len(review.review_id) != 16 or max(len(review.signed), len(review.sealed)) > LIMITS.review_bytes:
        raise MisuseError("a reading is out of shape")
    with writing("default") as cursor:
        cursor.execute(
            "INSERT INTO leeside_review (review_id, line_id, rule, day, signed, sealed) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [review.review_id, line_id, review.rule, day_number(review.day), review.signed, review.sealed],
        )
        if not cursor.rowcount:
            raise ConflictError("a reading of this id exists")


@verb
def fetch_reviews(line_id: bytes, rules: Sequence[str] | None = None) -> tuple[ReviewRow, ...]:
    """The readings of these rules, or of all of them, the newest day first."""
    if rules is None:
        found = rows_of("default", f"SELECT {_COLUMNS} FROM leeside_review WHERE line_id = %s{_ORDER}", [line_id])
    elif rules:
        wanted = f"SELECT {_COLUMNS} FROM leeside_review WHERE line_id = %s AND rule IN ({places(rules)}){_ORDER}"
        found = rows_of("default", wanted, [line_id, *rules])
    else:
        return ()
    return tuple(ReviewRow(bytes(row[0]), row[1], day_of(row[2]), bytes(row[3]), bytes(row[4])) for row in found)


_ORDER = " ORDER BY day DESC, review_id"

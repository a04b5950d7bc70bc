"""Briefs to a shift, sealed to one circle's role key. The store knows the circle, the epoch and the day."""

from collections.abc import Sequence
from datetime import date

from leeside.vault.days import day_number, day_of
from leeside.vault.errors import ConflictError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import places, rows_of
from leeside.vault.records import BriefRow
from leeside.vault.translation import verb
from leeside.vault.writing import writing


@verb
def put_brief(line_id: bytes, brief: BriefRow) -> None:
    """Keep a brief. Those of the circle from before `brief.day` are deleted with it: a brief is for a shift."""
    if len(brief.brief_id) != 16 or len(brief.sealed) > LIMITS.entry_bytes:
        raise MisuseError("a brief is out of shape")
    with writing("default") as cursor:
        cursor.execute(
            "DELETE FROM leeside_brief WHERE line_id = %s AND circle = %s AND day < %s",
            [line_id, brief.circle, day_number(brief.day)],
        )
        cursor.execute(
            "INSERT INTO leeside_brief (brief_id, line_id, circle, epoch, day, sealed) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [brief.brief_id, line_id, brief.circle, brief.epoch, day_number(brief.day), brief.sealed],
        )
        if not cursor.rowcount:
            raise ConflictError("a brief of this id exists")


@verb
def fetch_briefs(line_id: bytes, circles: Sequence[str], since: date) -> tuple[BriefRow, ...]:
    """The briefs to these circles from `since` on, the newest day first."""
    if not circles:
        return ()
    rows = rows_of(
        "default",
        "SELECT brief_id, circle, epoch, day, sealed FROM leeside_brief WHERE line_id = %s AND day >= %s"
        f" AND circle IN ({places(circles)}) ORDER BY day DESC, brief_id",
        [line_id, day_number(since), *circles],
    )
    return tuple(BriefRow(bytes(row[0]), row[1], row[2], day_of(row[3]), bytes(row[4])) for row in rows)


@verb
def drop_brief(line_id: bytes, brief_id: bytes) -> None:
    """Take a brief away; one that is gone already is no error."""
    with writing("default") as cursor:
        cursor.execute("DELETE FROM leeside_brief WHERE line_id = %s AND brief_id = %s", [line_id, brief_id])

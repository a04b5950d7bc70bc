"""Editions on a shelf, made like those of the demo, for the pages to show."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from leeside.packs.reader import shipped_pack
from leeside.tally.editions import Edition
from leeside.tally.months import Month
from leeside.tally.publishing import draft_edition, publish_edition
from tally.making import DEMO, Row

TITLES = {"ru": "Вопросы и ответы", "en": "Questions and answers", "uk": "Питання та відповіді"}
#: Where the people of the demo's requests serve, in shares of twenty.
SERVES = ["mobilised"] * 12 + ["contract"] * 5 + ["unknown"] * 2 + ["conscript"]


def rows(months: Mapping[int, int] = DEMO) -> list[Row]:
    """Confirmed rows of months of 2023, and half as many first answers."""
    wanted = [
        Row(f"2023-{month:02}", "leave_service", {"serves": SERVES[place % 20], "writer": "self"})
        for month, number in months.items()
        for place in range(number)
    ]
    return wanted + [Row(row.month, "counselled", row.dims) for row in wanted[::2]]


def publish(
    directory: Path, first: int = 4, last: int = 11, *, months: Mapping[int, int] = DEMO, line: str = "refusal"
) -> Edition:
    """Publish the next edition of a line into an installation's folder."""
    folder = directory / "editions"
    draft = draft_edition(
        rows(months),
        shipped_pack("refusal"),
        folder,
        line=line,
        titles=TITLES,
        first=Month(2023, first),
        last=Month(2023, last),
        today=date(2023, 12, 1),
        unconfirmed=12,
    )
    publish_edition(folder, draft)
    return draft

"""Counts one line's months: tally rows out of the store, through the disclosure control, into an edition's draft."""

from datetime import date
from pathlib import Path

from leeside.desk.channels import UNCOUNTED
from leeside.desk.lines import line_row, pack_of
from leeside.project.errors import InstallationError
from leeside.tally.editions import Edition
from leeside.tally.months import Month, months_between
from leeside.tally.publishing import draft_edition
from leeside.vault import store
from leeside.web.lines import LineSettings


def draft_of_line(directory: Path, line: LineSettings, first: Month, last: Month, today: date) -> Edition:
    """Draft the next edition of a line: months `first` to `last`, as it would be published on `today`.

    Editions that exist are read first: a month that one of them froze keeps its value. Raises InstallationError when
    the line is not in the store.
    """
    pack = pack_of(line)
    try:
        line_id = line_row(line).id
    except store.GoneError:
        raise InstallationError(f"the line {line.slug} is not in the store") from None
    return draft_edition(
        store.tally_rows(line_id, str(first), str(last)),
        pack,
        directory / "editions",
        line=line.slug,
        titles={code: line.titles.get(code) or pack.title(code) for code in pack.languages},
        first=first,
        last=last,
        today=today,
        unconfirmed=sum(
            store.count_unconfirmed(line_id, str(month), sorted(UNCOUNTED)) for month in months_between(first, last)
        ),
    )

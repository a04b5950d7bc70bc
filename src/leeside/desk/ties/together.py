"""The conversations of linked cases in one stream, by days, each thing with the name of the case that it is from.

Only what the reader may open is in it, and each case that is shown is put on record as read, like its own page.
"""

from dataclasses import dataclass
from datetime import date

from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import NotAllowedError
from leeside.desk.keyring import RefusedError
from leeside.desk.opening import open_case
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item, day_of
from leeside.desk.ties.one_owner import person_cases
from leeside.desk.ties.reading import ERASED, fates_of, links_of
from leeside.desk.timeline import told_items
from leeside.web.dates import write_near_day


@dataclass(frozen=True)
class SharedItem:
    """One thing, and from whose case it is. `number` is the case's place on the page, for its edge."""

    item: Item
    whose: str
    number: int


@dataclass(frozen=True)
class SharedDay:
    """One day's things of all the cases, under its heading."""

    title: str
    items: tuple[SharedItem, ...]


@dataclass(frozen=True)
class Together:
    """The page: the cases in it (slug and name, this one first), how many links are closed to this reader, the days."""

    cases: tuple[tuple[str, str], ...]
    hidden: int
    days: tuple[SharedDay, ...]


def read_together(seat: Seat, this_id: bytes) -> Together:
    """Open a case and those it is linked with. Raises NotAllowedError when nothing linked is for this reader."""
    file = open_case(seat, this_id)
    files, hidden = [file], 0
    through = [one.row.case_id for one in person_cases(seat, file)]
    erased = {link for link, fate in fates_of(file).items() if fate.what == ERASED}
    linked = [one.case_id for one in links_of(file) if one.link not in erased]
    for case_id in dict.fromkeys([*linked, *through]):
        try:
            files.append(open_case(seat, case_id))
        except (NotAllowedError, RefusedError):
            hidden += 1
    if len(files) == 1:
        raise NotAllowedError
    return Together(tuple(_named(seat, one) for one in files), hidden, _days(seat, files))


def _days(seat: Seat, files: list[CaseFile]) -> tuple[SharedDay, ...]:
    found: dict[date, list[tuple[str, SharedItem]]] = {}
    for number, file in enumerate(files):
        whose = write_code_name(file.row.code_name, seat.language)
        for entry, item in told_items(seat, file):
            if item.chip != "readings":
                found.setdefault(day_of(seat, entry), []).append((entry.body.at, SharedItem(item, whose, number)))
    return tuple(
        SharedDay(
            write_near_day(day, seat.language, seat.today),
            tuple(one for _, one in sorted(items, key=lambda dated: dated[0])),
        )
        for day, items in sorted(found.items())
    )


def _named(seat: Seat, file: CaseFile) -> tuple[str, str]:
    return write_slug(file.row.code_name), write_code_name(file.row.code_name, seat.language)

"""Every open case of a tab, page by page: for flows that go through all that one person may see."""

from collections.abc import Iterator

from leeside.desk.queue_times import times_of
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.vault.store import CaseRow, Tab

_PAGE = 200


def all_open(seat: Seat, tab: Tab = Tab.ALL_I_MAY_SEE) -> Iterator[CaseRow]:
    """Every open case of a tab that this person may see, page by page."""
    after: int | None = None
    times = times_of(seat)
    while True:
        page = store.queue_rows(seat.line_id, seat.reader_id, seat.circles, tab, after, _PAGE, times)
        yield from page.rows
        if page.next_after is None:
            return
        after = page.next_after

"""Where the rows of each tab come from: ranges of indexes, from which rows and counts are both read.

Rules:
1. A tab shows to one reader what `cases` lets them see, and counts nothing else.
2. A rank is urgency, earliest day, promise and chance, in this order. So what is red is one range of it, what is due
   by a day is four (one an urgency), and the promise of a row can be read from its rank without the row.
3. What no rank puts together (promises that have passed, drafts that wait for a second pair of eyes) is found by an
   index of its own, a thousand at most, and then put in the order of ranks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from leeside.sealing.context import LEAD
from leeside.vault.days import day_number, second_number
from leeside.vault.limits import LIMITS
from leeside.vault.list_records import Tab
from leeside.vault.marks import (
    PROMISE_OF_RANK,
    URGENCY_OF_RANK,
    Urgency,
    first_promise_after,
    ranks_due,
    ranks_of_urgency,
)
from leeside.vault.reading import places, rows_of

Source = tuple[str, list[object]]
"""A SELECT of (id, rank) from one index range, without order and limit, and its parameters. It ends with a WHERE that
more conditions may be added to."""


@dataclass(frozen=True)
class Range:
    """Where the rows of a tab come from. Overlapping sources name some cases twice; doubles are then dropped."""

    sources: tuple[Source, ...]
    is_overlapping: bool = False


@dataclass(frozen=True)
class QueueTimes:
    """The moments that a queue is asked at.

    `today` and `now` are the domain clock's; `real_now` is for holds. `nearly` says by urgency before which moment a
    promise must end to have less than a quarter of it left: it depends on the pack's hours, which the store knows not.
    """

    today: date
    now: datetime
    real_now: datetime
    nearly: Mapping[Urgency, datetime] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class _Reader:
    """Who asks, and of which line."""

    line_id: bytes
    reader_id: bytes
    circles: tuple[str, ...]
    is_lead: bool

    @property
    def line(self) -> Source:
        """Every open case of the line."""
        return "SELECT id, rank FROM leeside_case WHERE line_id = %s AND state < 4", [self.line_id]

    @property
    def untaken(self) -> tuple[Source, ...]:
        """Open cases that nobody has taken, in each circle that is theirs."""
        circles = circles_with(self.line_id, "state < 4 AND owner IS NULL") if self.is_lead else self.circles
        sql, parameters = self.line
        return tuple((f"{sql} AND owner IS NULL AND circle = %s", [*parameters, one]) for one in circles)

    @property
    def mine(self) -> tuple[Source, ...]:
        """Open cases that they own or stand in for."""
        sql, parameters = self.line
        return tuple(
            (f"{sql} AND {who} IS NOT NULL AND {who} = %s", [*parameters, self.reader_id])
            for who in ("owner", "stand_in")
        )

    def granted(self, is_open: str = "is_open") -> Source:
        """Cases that they were granted."""
        return (
            f"SELECT case_id AS id, rank FROM leeside_case_reader WHERE reader_id = %s AND line_id = %s AND {is_open}",
            [self.reader_id, self.line_id],
        )

    @property
    def seen(self) -> tuple[Source, ...]:
        """Every open case that they may see."""
        return (self.line,) if self.is_lead else (*self.untaken, self.granted())

    @property
    def sight(self) -> Source:
        """A condition on a case `c`: that they may see it."""
        if self.is_lead:
            return "1 = 1", []
        in_circle = f"(c.owner IS NULL AND c.circle IN ({places(self.circles)})) OR " if self.circles else ""
        granted = "EXISTS (SELECT 1 FROM leeside_case_reader r WHERE r.case_id = c.id AND r.reader_id = %s)"
        return f"({in_circle}{granted})", [*self.circles, self.reader_id]


def ranges_of(line_id: bytes, reader_id: bytes, circles: Sequence[str], times: QueueTimes) -> dict[Tab, Range]:
    """What each tab shows to one reader."""
    reader = _Reader(line_id, reader_id, tuple(sorted(set(circles))), LEAD in circles)
    untaken, mine = reader.untaken, reader.mine
    seen, is_member = reader.seen, not reader.is_lead
    due = ranks_due(day_number(times.today))
    asked_again = _asked_again(reader, times.today)
    sql, parameters = reader.line
    return {
        Tab.NEEDS_PERSON: Range(untaken),
        Tab.MINE: Range(mine, is_overlapping=True),
        Tab.DUE: Range((*_within(seen, due), *asked_again), is_overlapping=is_member),
        Tab.WAITING: Range(
            ((f"SELECT id, rank FROM leeside_case WHERE {_ANSWERED}", [line_id]),)
            if reader.is_lead
            else tuple((f"{one} AND state = 3", values) for one, values in mine),
            is_overlapping=is_member,
        ),
        Tab.TO_CHECK: Range((_to_check(reader),)),
        Tab.ALL_I_MAY_SEE: Range(seen, is_overlapping=is_member),
        Tab.CLOSED: Range(
            (("SELECT id, rank FROM leeside_case WHERE line_id = %s AND state = 4", [line_id]),)
            if reader.is_lead
            else (reader.granted("NOT is_open"),)
        ),
        Tab.RED_UNTAKEN: Range(_within(untaken, (ranks_of_urgency(Urgency.RED),))),
        Tab.PAST_PROMISE: Range(_past_promise(reader, times.now), is_overlapping=is_member),
        Tab.DUE_MINE: Range((*_within(mine, due), *asked_again), is_overlapping=True),
        Tab.DUE_TODAY: Range(_within(seen, due), is_overlapping=is_member),
        Tab.ASK_AGAIN: Range(asked_again),
        Tab.HANDED_TO_ME: Range((_handed(reader),)),
        Tab.NEARLY_PAST: Range(_nearly_past(reader, times) if reader.is_lead else ()),
        Tab.CAME_BACK: Range(
            ((f"{sql} AND owner IS NULL AND circle = %s", [*parameters, LEAD]),) if reader.is_lead else ()
        ),
    }


_ANSWERED: Final = "line_id = %s AND state = 3"


def _within(sources: Iterable[Source], ranks: Iterable[tuple[int, int]]) -> tuple[Source, ...]:
    """Sources cut to ranges of ranks, from the first of each to before the last."""
    cuts = [(int(first), int(last)) for first, last in ranks]
    return tuple(
        (f"{sql} AND rank >= {first} AND rank < {last}", parameters)
        for sql, parameters in sources
        for first, last in cuts
    )


def _few(sql: str, parameters: list[object], order: str = "") -> Source:
    """A source that no rank puts in order: a thousand at most."""
    return f"SELECT id, rank FROM ({sql}{order} LIMIT {LIMITS.counted}) AS few WHERE 1 = 1", parameters


def _asked_again(reader: _Reader, today: date) -> tuple[Source, ...]:
    """Closed cases whose day to ask again has come: one's own, and for a coordinator those that nobody owns."""
    sql = (
        "SELECT id, rank FROM leeside_case WHERE line_id = %s AND follow_from IS NOT NULL"
        f" AND follow_from <= {day_number(today)} AND owner"
    )
    own = _few(f"{sql} = %s", [reader.line_id, reader.reader_id])
    return (own, _few(f"{sql} IS NULL", [reader.line_id])) if reader.is_lead else (own,)


def _past_promise(reader: _Reader, now: datetime) -> tuple[Source, ...]:
    """Cases whose promise has passed, the longest ago first to be found."""
    sql = (
        "SELECT id, rank FROM leeside_case WHERE line_id = %s AND circle = %s AND answer_by IS NOT NULL"
        f" AND answer_by < {second_number(now)}"
    )
    by_promise = " ORDER BY answer_by"
    if reader.is_lead:
        circles = circles_with(reader.line_id, "answer_by IS NOT NULL")
        return tuple(_few(sql, [reader.line_id, one], by_promise) for one in circles)
    granted, parameters = reader.granted()
    return (
        *(_few(f"{sql} AND owner IS NULL", [reader.line_id, one], by_promise) for one in reader.circles),
        (f"{granted} AND {PROMISE_OF_RANK} < {first_promise_after(now)}", parameters),
    )


def _nearly_past(reader: _Reader, times: QueueTimes) -> tuple[Source, ...]:
    """Cases of which less than a quarter of the promise is left, and which are not past it yet."""
    if not times.nearly:
        return ()
    ends = {urgency: second_number(moment) for urgency, moment in times.nearly.items()}
    by_urgency = " OR ".join(
        f"({URGENCY_OF_RANK} = {int(urgency) - 1} AND answer_by <= {end})" for urgency, end in sorted(ends.items())
    )
    sql = (
        "SELECT id, rank FROM leeside_case WHERE line_id = %s AND circle = %s AND answer_by IS NOT NULL"
        f" AND answer_by >= {second_number(times.now)} AND answer_by <= {max(ends.values())} AND ({by_urgency})"
    )
    circles = circles_with(reader.line_id, "answer_by IS NOT NULL")
    return tuple(_few(sql, [reader.line_id, one], " ORDER BY answer_by") for one in circles)


def _to_check(reader: _Reader) -> Source:
    """Cases in which a colleague's draft waits for a second pair of eyes."""
    sight, parameters = reader.sight
    return _few(
        "SELECT DISTINCT c.id AS id, c.rank AS rank FROM leeside_draft d JOIN leeside_case c ON c.id = d.case_id"
        f" WHERE d.line_id = %s AND d.asked = 1 AND d.author <> %s AND c.state < 4 AND {sight}",
        [reader.line_id, reader.reader_id, *parameters],
    )


def _handed(reader: _Reader) -> Source:
    """Cases that somebody offers to them."""
    sight, parameters = reader.sight
    return _few(
        "SELECT c.id AS id, c.rank AS rank FROM leeside_handover h JOIN leeside_case c ON c.id = h.case_id"
        f" WHERE h.line_id = %s AND h.taker = %s AND c.state < 4 AND {sight}",
        [reader.line_id, reader.reader_id, *parameters],
    )


def circles_with(line_id: bytes, condition: str) -> tuple[str, ...]:
    """The circles in which a line has such cases, by one index step each."""
    step = f"SELECT circle FROM leeside_case WHERE line_id = %s AND {condition}"
    sql = (
        f"WITH RECURSIVE found(circle) AS (SELECT ({step} ORDER BY circle LIMIT 1) UNION ALL"
        f" SELECT ({step} AND circle > found.circle ORDER BY circle LIMIT 1) FROM found WHERE found.circle IS NOT NULL)"
        " SELECT circle FROM found WHERE circle IS NOT NULL"
    )
    return tuple(row[0] for row in rows_of("default", sql, [line_id, line_id]))

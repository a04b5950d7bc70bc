"""Short ways to make what counting takes: rows, counts, definitions, series, editions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from leeside.tally.cells import FEW, Cell, PublishedSeries, published
from leeside.tally.counting import Counts
from leeside.tally.definitions import LANGUAGES, Claim, Dimension, SeriesDefinition, Unit
from leeside.tally.editions import Edition, prepare_edition
from leeside.tally.months import Month, months_between, parse_month

UNITS = {
    "en": Unit(
        {"one": "request to leave", "other": "requests to leave"},
        {"one": "request", "other": "requests"},
    ),
    "ru": Unit(
        {"one": "обращение об уходе", "few": "обращения об уходе", "many": "обращений об уходе"},
        {"one": "обращение", "few": "обращения", "many": "обращений"},
    ),
    "uk": Unit(
        {"one": "звернення про відхід", "few": "звернення про відхід", "many": "звернень про відхід"},
        {"one": "звернення", "few": "звернення", "many": "звернень"},
    ),
}
#: The months as the demo has them (issue text "The demo's months").
DEMO = {4: 70, 5: 85, 6: 54, 7: 112, 8: 139, 9: 184, 10: 218, 11: 175}


@dataclass(frozen=True)
class Row:
    """A tally row."""

    month: str
    kind: str
    dims: Mapping[str, str] = field(default_factory=dict)


def definition(
    identity: str = "requests",
    kinds: Sequence[str] = ("leave",),
    threshold: int = 5,
    dimensions: Sequence[Dimension] = (),
) -> SeriesDefinition:
    """A figure with words in every language."""
    texts = dict.fromkeys(LANGUAGES, identity)
    return SeriesDefinition(identity, frozenset(kinds), UNITS, texts, texts, threshold, tuple(dimensions))


def dimension(
    identity: str = "place", values: Sequence[str] = ("a", "b", "c"), threshold: int = 10, months: int = 3
) -> Dimension:
    """A dimension; its last value takes all that is not listed."""
    texts = {value: dict.fromkeys(LANGUAGES, value) for value in values}
    return Dimension(identity, dict.fromkeys(LANGUAGES, identity), texts, values[-1], threshold, months)


def claim(identity: str = "claim", contradicts: Sequence[str] = ()) -> Claim:
    """What somebody else said."""
    texts = dict.fromkeys(LANGUAGES, f"{identity} text")
    return Claim(
        identity,
        texts,
        texts,
        date(2023, 12, 5),
        None,
        "https://example.org/a",
        (22000,),
        texts,
        texts,
        tuple(contradicts),
    )


def counts_of(**kinds: Mapping[str, int]) -> Counts:
    """Counts by kind and month: `counts_of(leave={"2023-04": 70})`."""
    return Counts({(month, kind): number for kind, months in kinds.items() for month, number in months.items()}, {})


def series(values: Sequence[int | Cell | None], first: str = "2023-04", threshold: int = 5) -> PublishedSeries:
    """A published series; None stands for "fewer than"."""
    start = parse_month(first)
    cells = [each if isinstance(each, Cell) else FEW if each is None else published(each) for each in values]
    months = {start.plus(place): cell for place, cell in enumerate(cells)}
    return PublishedSeries("requests", frozenset({"leave"}), threshold, months)


def demo_series() -> PublishedSeries:
    """The demo's eight months."""
    return series(list(DEMO.values()))


def demo_counts() -> Counts:
    """The same as counts."""
    return counts_of(leave={f"2023-{month:02}": number for month, number in DEMO.items()})


def edition(
    counts: Counts | None = None,
    first: str = "2023-04",
    last: str = "2023-11",
    *,
    definitions: Sequence[SeriesDefinition] | None = None,
    claims: Sequence[Claim] = (),
    earlier: Sequence[Edition] = (),
    unconfirmed: int = 0,
    line: str = "refusal",
) -> Edition:
    """The next edition of a line."""
    return prepare_edition(
        demo_counts() if counts is None else counts,
        [definition()] if definitions is None else definitions,
        claims,
        line=line,
        titles={"ru": "Линия", "en": "The line", "uk": "Лінія"},
        first=parse_month(first),
        last=parse_month(last),
        today=date(2023, 12, 5),
        unconfirmed=unconfirmed,
        earlier=earlier,
    )


def months(first: str, last: str) -> tuple[Month, ...]:
    """Months from one to another."""
    return months_between(parse_month(first), parse_month(last))

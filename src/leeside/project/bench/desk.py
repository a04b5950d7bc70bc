"""`bench desk`: the queue's tabs, a long case and a search, over HTTP, at ten thousand cases and at a million.

One browser asks page after page, as one person at the desk does; each page is whole (signed in, opened, rendered,
padded). For the search the desk's processes are held on one core. The installation is filled straight into the tables
(`desk_filling` says what of it is real).
"""

import os
import re
import statistics
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from leeside.project.bench.desk_texts import RARE_WORD
from leeside.project.bench.installations import SLUG, Served, served_installation
from leeside.project.bench.rows import Row
from leeside.project.bench.visitor import Page, Visitor
from leeside.project.errors import ProjectError
from leeside.project.serving.processes import serving_processes
from leeside.project.testing import postgresql
from leeside.sealing.secrets import Secret

SMALL, READABLE = 10_000, 10_000
_TIMES, _SEARCHES, _WARM = 60, 7, 5
_BAR_MS, _SEARCH_BAR_MS = 60, 1_000
_PEOPLE = {"Second": "coordinator", "Volunteer": "first line", "Reader": "counsellor with 10,000 grants"}
_TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

_AFTER = re.compile(r'name="after" value="([^"]+)"')

Say = Callable[[str], None]


def measure(say: Say, cases: int = 1_000_000, databases: Sequence[str] = ("sqlite", "postgresql")) -> Iterator[Row]:
    """Measure on each database: everything with ten thousand cases, then with `cases`."""
    for kind in databases:
        if kind == "postgresql" and postgresql.find_binaries() is None:
            say(f"PostgreSQL  NOT MEASURED: {postgresql.INSTALL_COMMAND}")
            continue
        small = yield from _measured(say, kind, SMALL)
        if cases > SMALL:
            large = yield from _measured(say, kind, cases)
            for name in sorted(small.keys() & large.keys()):
                ratio = round(large[name] / small[name], 2)
                yield Row(f"{_TITLES[kind]}: {name}, {cases:,} to {SMALL:,}", ratio, "times", None, "lower")


def _measured(say: Say, kind: str, cases: int) -> Generator[Row, None, dict[str, float]]:
    """One installation; returns the middle of each queue page for the ratios."""
    say(f"filling {cases:,} cases on {_TITLES[kind]}")
    words = [str(cases), str(READABLE)]
    middles: dict[str, float] = {}
    with served_installation(kind, "desk_founding", words, ticks=False) as served:
        where = f"{_TITLES[kind]}, {cases:,} cases"
        yield Row(f"{where}: filling", served.made["seconds"], "s", 180, "lower")
        visitors = {name: _signed_in(served, name) for name in _PEOPLE}
        for name, title in _PEOPLE.items():
            for tab in _tabs(visitors[name]):
                say(f"measuring the queue of the {title}, {tab or 'first tab'}")
                path = f"/ru/queue/?tab={tab}" if tab else "/ru/queue/"
                pages = _ask_often(visitors[name], path)
                yield from _rows(f"{where}: queue, {title}, {tab or 'first page'}", pages, _BAR_MS)
                middles[f"queue, {title}, {tab or 'first page'}"] = _quantile(pages, 0.5)
        long_case = served.made["long_case"]
        say("measuring a case with 200 entries")
        yield from _rows(
            f"{where}: case with 200 entries", _ask_often(visitors["Reader"], f"/ru/case/{long_case}/"), _BAR_MS
        )
        yield from _search(say, served, visitors["Reader"], where)
    return middles


def _search(say: Say, served: Served, visitor: Visitor, where: str) -> Iterator[Row]:
    say("searching 10,000 cases")
    hold_on_one_core(served.folder)
    visitor.get("/ru/search/")
    rounds, first = 0, 0.0
    while True:
        # The first searches open each grant the slow way and leave a faster copy; they come back in slices.
        page = _search_once(visitor)
        rounds, first = rounds + 1, first + page.seconds
        if not _is_prepared(page):
            break
    yield Row(f"{where}: first searches until all is prepared", round(first, 2), "s", None, "lower")
    pages = [_search_once(visitor) for _ in range(_SEARCHES)]
    if RARE_WORD not in pages[0].text:
        raise ProjectError("a search did not find what is there")
    yield from _rows(f"{where}: search of 10,000 cases on one core", pages, _SEARCH_BAR_MS)
    visitor.get("/ru/search/")


def _search_once(visitor: Visitor) -> Page:
    """One search to its end, however many pages it comes back in."""
    page = visitor.post("/ru/search/", {"words": RARE_WORD})
    bodies, seconds = page.body, page.seconds
    while page.status == 200 and (after := _AFTER.search(page.text)) is not None:
        page = visitor.post("/ru/search/", {"words": RARE_WORD, "after": after[1]})
        bodies, seconds = bodies + page.body, seconds + page.seconds
    return Page(page.status, bodies, seconds)


def _is_prepared(page: Page) -> bool:
    return "подготовлен" in page.text


def hold_on_one_core(folder: Path) -> None:
    """Let every process of the desk run on the last core only, with the children they will have."""
    core = max(os.sched_getaffinity(0))
    for pid, name in serving_processes(folder).items():
        if name.startswith("desk"):
            os.sched_setaffinity(pid, {core})


def _signed_in(served: Served, name: str) -> Visitor:
    passphrase, code_secret = served.made["people"][name]
    visitor = Visitor(served.desk[1])
    visitor.sign_in(SLUG, name, passphrase, Secret(bytes.fromhex(code_secret)))
    return visitor


def _tabs(visitor: Visitor) -> list[str]:
    """Every tab that the queue of this person offers, and the page before any was chosen."""
    page = visitor.get("/ru/queue/")
    return ["", *dict.fromkeys(re.findall(r'href="\?tab=([a-z-]+)"', page.text))]


def _ask_often(visitor: Visitor, path: str) -> list[Page]:
    for _ in range(_WARM):
        visitor.get(path)
    return [visitor.get(path) for _ in range(_TIMES)]


def _quantile(pages: Sequence[Page], share: float) -> float:
    ordered = sorted(page.seconds for page in pages)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _rows(name: str, pages: Sequence[Page], bar: float) -> Iterator[Row]:
    yield Row(f"{name}: p50", round(statistics.median(page.seconds for page in pages) * 1000, 1), "ms", None, "lower")
    yield Row(f"{name}: p95", round(_quantile(pages, 0.95), 1), "ms", bar, "lower")
    others = sum(page.status != 200 for page in pages)
    if others:
        yield Row(f"{name}: other answers", others, "answers", 0, "lower")
    yield Row(f"{name}: bytes", len(pages[0].body), "bytes", None, "lower")

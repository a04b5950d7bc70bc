"""Records which test attacked which of the design's promises, how often, and how it ended.

`@pytest.mark.promise(3, "a swapped key", times=40)` stands on a test; a test that counts its attacks itself calls
the fixture `attacks(n)` instead of naming `times`. With LEESIDE_TEST_REPORT set, every test adds one line of JSON to
that file; `./leeside test` makes its closing table of them.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.requirements import NOT_HERE, NOT_RUN, report_path

COUNTS = pytest.StashKey[int]()


@pytest.fixture
def attacks(request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Add to the number of single attacks that this test made."""

    def add(times: int) -> None:
        request.node.stash[COUNTS] = request.node.stash.get(COUNTS, 0) + times

    return add


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Write down every attack that exists, before any is deselected: what is not run is then seen as left out."""
    worker = getattr(config, "workerinput", {"workerid": "gw0"})["workerid"]
    if worker == "gw0" and not config.getoption("numprocesses", None):
        marks = [(item, mark) for item in items for mark in item.iter_markers("promise")]
        _write([{**_row_of_mark(item, mark), "result": "COLLECTED", "times": 0} for item, mark in marks])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Turn the ends of a test's phases into one row each promise."""
    report: pytest.TestReport = yield
    if report.when == "call" or report.outcome != "passed":
        result, reason = _result_of(report)
        rows = [_row_of_mark(item, mark) for mark in item.iter_markers("promise")]
        if not rows and report.outcome == "skipped":
            rows = [{"test": item.nodeid, "promise": None}]
        _write([{**row, "result": result, "reason": reason} for row in rows])
    return report


def _row_of_mark(item: pytest.Item, mark: pytest.Mark) -> dict[str, Any]:
    return {
        "test": item.nodeid,
        "promise": mark.args[0],
        "attack": mark.args[1],
        "times": item.stash.get(COUNTS, 0) or mark.kwargs.get("times", 1),
        "database": item.config.getoption("--database", "sqlite"),
    }


def _write(rows: list[dict[str, Any]]) -> None:
    path = report_path()
    if path is not None and rows:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def _result_of(report: pytest.TestReport) -> tuple[str, str]:
    if report.outcome == "passed":
        return "PASSED", ""
    if report.outcome == "failed":
        return "FAILED", ""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    for prefix in (NOT_RUN, NOT_HERE):
        if reason.startswith(prefix):
            return prefix.rstrip(": "), reason.removeprefix(prefix)
    return "NOT RUN", reason

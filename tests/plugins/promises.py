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
ROWS = pytest.StashKey[list[dict[str, Any]]]()


@pytest.fixture
def attacks(request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Add to the number of single attacks that this test made."""

    def add(times: int) -> None:
        request.node.stash[COUNTS] = request.node.stash.get(COUNTS, 0) + times

    return add


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Turn the ends of a test's phases into one row each promise."""
    report: pytest.TestReport = yield
    path = report_path()
    if path is not None and (report.when == "call" or report.outcome != "passed"):
        rows = [_row(item, report, mark) for mark in item.iter_markers("promise")]
        if not rows and report.outcome == "skipped":
            rows = [_row(item, report, None)]
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return report


def _row(item: pytest.Item, report: pytest.TestReport, mark: pytest.Mark | None) -> dict[str, Any]:
    result, reason = _result_of(report)
    row: dict[str, Any] = {"test": item.nodeid, "result": result, "reason": reason, "promise": None, "times": 0}
    row["database"] = item.config.getoption("--database", "sqlite")
    if mark is not None:
        row["promise"] = mark.args[0]
        row["attack"] = mark.args[1]
        row["times"] = item.stash.get(COUNTS, 0) or mark.kwargs.get("times", 1)
    return row


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

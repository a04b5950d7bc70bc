"""What reaches the error log: kinds and places of failures, our own lines, and nothing that anybody typed or asked."""

import logging

import pytest

from leeside.project.faults import tell_fault
from leeside.project.logs import OnlyFaults, PlainFormatter

CANARY = "canary of what somebody typed"


def make_record(name: str, message: str, *values: object, fault: bool = False) -> logging.LogRecord:
    info = None
    if fault:
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            info = (type(error), error, error.__traceback__)
    return logging.LogRecord(name, logging.ERROR, __file__, 7, message, values, info)


@pytest.mark.promise(6, "what somebody typed in the error log", times=3)
@pytest.mark.parametrize("fault", [False, True])
@pytest.mark.parametrize("name", ["django.request", "gunicorn.error", "psycopg"])
def test_other_peoples_messages_are_dropped(name: str, fault: bool) -> None:
    line = PlainFormatter().format(make_record(name, f"{CANARY} %s", CANARY, fault=fault))
    assert "canary" not in line
    assert name in line
    assert "\n" not in line


def test_our_own_lines_are_kept() -> None:
    line = PlainFormatter().format(make_record("leeside.vault", "the store %s is busy", "shred"))
    assert line == "error leeside.vault the store shred is busy"


def test_a_fault_is_told_by_kind_and_place_without_its_text() -> None:
    line = PlainFormatter().format(make_record("leeside.web", "fault 12ab", fault=True))
    assert "builtins.ValueError at test_logs.py:" in line
    assert "canary" not in line


def test_an_answer_of_500_without_a_fault_is_no_news() -> None:
    assert not OnlyFaults().filter(make_record("django.request", "Internal Server Error: /path"))
    assert OnlyFaults().filter(make_record("django.request", "Internal Server Error: /path", fault=True))


def test_the_end_of_an_unexpected_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    record = make_record("leeside", "", fault=True)
    assert record.exc_info is not None
    assert record.exc_info[0] is not None
    assert record.exc_info[1] is not None
    tell_fault(record.exc_info[0], record.exc_info[1], record.exc_info[2])
    told = capsys.readouterr().err
    assert told.startswith("leeside: a fault of ours")
    assert told.count("\n") == 1
    assert "canary" not in told

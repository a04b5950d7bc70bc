"""Cases from a table: all or none, said line by line, sealed to proven keys, nothing twice, nothing of it printed."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from desk.stage import Stage, found
from leeside.desk.opening import open_case
from leeside.desk.queue_times import times_of
from leeside.desk.rosters import forget_rosters
from leeside.project.commands import import_
from leeside.project.commands import line as line_commands
from leeside.project.errors import ProjectError
from leeside.project.importing.mapping import MappingError, read_mapping
from leeside.project.importing.table import TableError
from leeside.vault import store
from plugins.installations import Installation as OwnInstallation

MAPPING = """
language = "ru"
day_column = "Дата"
day_format = "%d.%m.%Y"
ignored = ["№"]

[constants]
wants = "leave_service"

[[columns]]
name = "Где"
question = "where"
[columns.values]
"в части" = "unit"
"госпиталь" = "hospital"

[[columns]]
name = "Текст"
question = "text"

[[columns]]
name = "Имя"
question = "name"
"""
HEAD = "№,Дата,Где,Текст,Имя"
ROWS = (
    '1,03.11.2023,в части,"Письмо первое, с запятой",Имя Никто',
    '2,04.11.2023,госпиталь,"Письмо второе\nна двух строках",',
    "3,04.11.2023,,Письмо третье,",
)
SECRET = "Письмо"


@pytest.fixture
def stage(installation: OwnInstallation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """An open line, found by the command as `leeside.toml` would have it."""
    from leeside.sealing import passphrases

    monkeypatch.setattr(passphrases, "ARGON2_MEMORY_KIB", 64)
    monkeypatch.setattr(passphrases, "ARGON2_PASSES", 1)
    before = settings.LEESIDE_LINES
    founded = found(("Larch", "lead"), ("Willow", "closed"), ("Wren", "first"))
    monkeypatch.setattr(line_commands, "line_settings", lambda _, slug: settings.LEESIDE_LINES[slug])
    yield founded
    settings.LEESIDE_LINES = before


class Given:
    """Standard input that is a file with these bytes."""

    def __init__(self, table: bytes, *, seekable: bool = True) -> None:
        self.buffer = io.BytesIO(table)
        if not seekable:
            self.buffer.seekable = lambda: False  # type: ignore[method-assign]

    def isatty(self) -> bool:
        return False


@pytest.fixture
def bring(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command on a table; exit code and report."""

    def run(table: bytes | str, *, mapping: str = MAPPING, seekable: bool = True, **flags: bool) -> Any:
        path = tmp_path / "mapping.toml"
        path.write_text(mapping, encoding="utf-8")
        given = table.encode() if isinstance(table, str) else table
        monkeypatch.setattr(sys, "stdin", Given(given, seekable=seekable))
        arguments = SimpleNamespace(line="refusal", mapping=str(path), dry_run=False, skip_refused=False, json=True)
        for name, value in flags.items():
            setattr(arguments, name, value)
        code = import_.run(arguments)  # type: ignore[arg-type]
        said = capsys.readouterr()
        return SimpleNamespace(code=code, report=json.loads(said.out) if arguments.json else said.out, err=said.err)

    return run


def table(*rows: str, head: str = HEAD, delimiter: str = ",") -> str:
    return "\r\n".join((head, *rows)).replace(",", delimiter) + "\r\n"


def arrived(stage: Stage) -> list[store.CaseRow]:
    seat = stage.seat("Heron")
    page = store.queue_page(
        seat.line_id, seat.reader_id, seat.circles, store.Tab.ALL_I_MAY_SEE, None, 200, times_of(seat)
    )
    return sorted(page.rows, key=lambda row: row.opened)


def test_rows_become_sealed_cases_of_their_own_days(bring: Any, stage: Stage) -> None:
    done = bring(table(*ROWS))
    assert (done.code, done.report["imported"], done.report["refused"]) == (0, 3, [])
    rows = arrived(stage)
    assert [row.opened.isoformat() for row in rows] == ["2023-11-03", "2023-11-04", "2023-11-04"]
    assert {(row.channel, row.maker, row.answer_by, row.owner) for row in rows} == {("file", 5, None, None)}
    said = open_case(stage.seat("Heron"), rows[0].case_id, drawer="identity").said
    assert said == {"where": "unit", "wants": "leave_service", "text": "Письмо первое, с запятой", "name": "Имя Никто"}


def test_a_second_run_of_the_same_table_imports_nothing_twice_also_with_a_bettered_mapping(
    bring: Any, stage: Stage
) -> None:
    bring(table(*ROWS))
    again = bring(table(*ROWS), mapping=MAPPING.replace('wants = "leave_service"', 'wants = "advice"'))
    assert (again.code, again.report["imported"], again.report["repeated"]) == (0, 0, 3)
    assert len(arrived(stage)) == 3
    more = bring(table(*ROWS, "4,05.11.2023,в части,Письмо четвёртое,"))
    assert (more.report["imported"], more.report["repeated"]) == (1, 3)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-8"), (";", "cp1251")])
def test_tables_come_as_offices_write_them(bring: Any, stage: Stage, delimiter: str, encoding: str) -> None:
    text = table("1,03.11.2023,в части,Письмо,", delimiter=delimiter)
    assert bring(text.encode(encoding)).report["imported"] == 1
    assert open_case(stage.seat("Heron"), arrived(stage)[0].case_id).said["text"] == "Письмо"


BAD = (
    "1,31.11.2023,в части,Письмо,",
    "2,03.11.2030,в части,Письмо,",
    "3,03.11.2023,на луне,Письмо,",
    "4,03.11.2023,в части,Письмо,,лишнее",
)


def test_a_dry_run_says_line_column_and_reason_of_every_refusal_and_writes_nothing(bring: Any, stage: Stage) -> None:
    done = bring(table(ROWS[1], *BAD), dry_run=True)
    assert (done.code, done.report["rows"]) == (1, 1)
    # The first row stands on two lines of the file.
    assert [(one["line"], one["column"]) for one in done.report["refused"]] == [
        (4, "Дата"), (5, "Дата"), (6, "Где"), (7, ""),
    ]  # fmt: skip
    assert arrived(stage) == []


def test_nothing_is_written_unless_every_row_is_taken(bring: Any, stage: Stage) -> None:
    done = bring(table(*ROWS, BAD[0]))
    assert (done.code, done.report["imported"]) == (1, 0)
    assert arrived(stage) == []


def test_the_rows_that_can_be_taken_are_taken_when_that_is_said(bring: Any, stage: Stage) -> None:
    done = bring(table(*ROWS, BAD[0]), skip_refused=True)
    assert (done.code, done.report["imported"], len(done.report["refused"])) == (1, 3, 1)
    assert len(arrived(stage)) == 3


@pytest.mark.promise(1, "An import prints what somebody wrote, or keeps it beside the cases")
def test_no_cell_of_the_table_is_ever_printed(bring: Any, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Broken on purpose: a refusal's reason with the cell in it."""
    done = bring(table(*ROWS, *BAD, "5,Письмо,Письмо,Письмо,Письмо"), json=False, skip_refused=True)
    for said in (done.report, done.err, caplog.text):
        assert SECRET not in said
        assert "на луне" not in said
    assert "shred" in done.err.lower()


@pytest.mark.promise(3, "An import seals to keys that the database shows and nobody signed")
def test_a_roster_that_does_not_lead_to_the_pin_takes_nothing(bring: Any, stage: Stage) -> None:
    """Broken on purpose: the roster read without its fingerprint."""
    from dataclasses import replace

    settings.LEESIDE_LINES = {**settings.LEESIDE_LINES, "refusal": replace(stage.line, fingerprint="00" * 32)}
    forget_rosters()
    with pytest.raises(ProjectError):
        bring(table(*ROWS))


def test_an_answer_whose_question_is_not_open_refuses_its_row(bring: Any) -> None:
    mapping = MAPPING + '\n[[columns]]\nname = "До"\nquestion = "presses_summons_by"\n'
    done = bring(table("1,03.11.2023,в части,Письмо,,2023-11-20", head=HEAD + ",До"), mapping=mapping, dry_run=True)
    assert [(one["line"], one["column"]) for one in done.report["refused"]] == [(2, "До")]


def test_a_pipe_is_refused_for_it_cannot_be_read_twice(bring: Any) -> None:
    with pytest.raises(ProjectError, match="file"):
        bring(table(*ROWS), seekable=False)


@pytest.mark.parametrize(
    "given",
    [
        b"\xd0\x98\x98\xff",
        table(*ROWS, head="№,Дата,Место,Текст,Имя"),
        table(*ROWS, head=HEAD + ",Телефон"),
        table(*ROWS, head="№,Дата,Где,Текст,Имя,Имя"),
        table('1,03.11.2023,"в части,Письмо'),
        "",
    ],
)
def test_a_table_that_does_not_fit_as_a_whole_is_refused_in_a_sentence(bring: Any, stage: Stage, given: Any) -> None:
    with pytest.raises(TableError):
        bring(given)
    assert arrived(stage) == []


@pytest.mark.parametrize(
    "mapping",
    [
        "language = 1",
        MAPPING.replace('language = "ru"', 'language = "fr"'),
        MAPPING.replace('question = "where"', 'question = "whither"'),
        MAPPING.replace('"unit"', '"moon"'),
        MAPPING.replace('day_column = "Дата"', ""),
        MAPPING.replace('wants = "leave_service"', 'wants = "a rocket"'),
        MAPPING + "\nsurprise = 1",
        MAPPING.replace('ignored = ["№"]', 'ignored = ["№", "Имя"]'),
        "not toml at all [",
    ],
)
def test_a_mapping_that_is_wrong_says_so_before_anything_is_read(tmp_path: Path, mapping: str) -> None:
    from leeside.packs.reader import shipped_pack

    path = tmp_path / "mapping.toml"
    path.write_text(mapping, encoding="utf-8")
    with pytest.raises(MappingError):
        read_mapping(path, shipped_pack("refusal"))


def test_a_case_that_came_by_file_gets_words_at_the_desk(bring: Any, stage: Stage) -> None:
    from desk.ties.hands import check, read_mailbox
    from leeside.desk import holding
    from leeside.desk.next_steps import Step
    from leeside.desk.ties.fresh_receipt import renew_words
    from leeside.desk.ties.making import offer_token

    bring(table(ROWS[0]))
    (row,) = arrived(stage)
    seat = stage.seat("Heron")
    open_case(seat, row.case_id)
    holding.keep(seat, row.case_id, Step("call", seat.reader_id, seat.today))
    check(stage, "Heron", row.case_id)
    made = renew_words(seat, row.case_id, offer_token(seat, f"renew {row.case_id.hex()}"))
    assert read_mailbox(stage, made.receipt) == []

"""`import`: the rows of a table on standard input become sealed cases. Nobody has to be signed in.

The table is read twice, first to look and then to seal, so it must come from a file (`< cases.csv`): nothing of it is
kept in between. Nothing is written unless every row can be taken, or `--skip-refused` says that the others suffice.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from leeside.project.errors import ProjectError
from leeside.project.installation import Installation, open_installation

if TYPE_CHECKING:
    from leeside.project.importing.cases import Importer, Refusal, RowReader, Taken
    from leeside.project.importing.mapping import TableMapping

SHRED = (
    "The table itself is still there, in clear. Shred it now: `shred -u FILE` on a disk of its own. On a solid-state"
    " disk, a network folder or a synchronised one that does not suffice: there only destroying the volume's key does."
    " Look for copies too: mail, downloads, the recycle bin."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("--line", required=True, metavar="LINE", help="the line's name")
    parser.add_argument("--mapping", required=True, metavar="FILE", help="which column answers which question (TOML)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be refused, write nothing")
    parser.add_argument("--skip-refused", action="store_true", help="import what can be taken, list the rest")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Look, report, and seal; 1 when a row was refused."""
    with open_installation() as installation:
        from leeside.project.importing.table import find_encoding

        stream = _standard_input()
        work = _Work(installation, arguments, stream, find_encoding(stream))
        return work.run()


class _Work:
    """One import: the two passes over the table."""

    def __init__(
        self, installation: Installation, arguments: argparse.Namespace, stream: BinaryIO, encoding: str
    ) -> None:
        self._arguments = arguments
        self._stream = stream
        self._encoding = encoding
        self._mapping, self._reader, self._importer = _prepare(installation, arguments)

    def run(self) -> int:
        """Both passes; the exit code."""
        refused: list[Refusal] = []
        rows = sum(1 for _ in self._taken(refused))
        report: dict[str, Any] = {"rows": rows, "refused": [vars(one) for one in refused], "imported": 0}
        if not self._arguments.dry_run and (not refused or self._arguments.skip_refused):
            counts = self._importer.run(self._taken([]))
            report |= {
                "imported": counts[_outcome("ACCEPTED")],
                "repeated": counts[_outcome("REPEATED")] + counts[_outcome("CONFLICT")],
                "erased": counts[_outcome("ERASED")],
            }
        self._tell(report)
        return 1 if refused else 0

    def _taken(self, refused: "list[Refusal]") -> "Iterator[Taken]":
        """Every row that can be taken; the others' refusals go into `refused`."""
        from leeside.project.importing.cases import Taken
        from leeside.project.importing.table import read_lines

        self._stream.seek(0)
        for line in read_lines(self._stream, self._encoding, self._mapping):
            read = self._reader.read(line)
            if isinstance(read, Taken):
                yield read
            else:
                refused.extend(read)

    def _tell(self, report: dict[str, Any]) -> None:
        if self._arguments.json:
            print(json.dumps(report, ensure_ascii=False))
        else:
            for one in report["refused"]:
                column = f"column “{one['column']}”: " if one["column"] else ""
                print(f"line {one['line']}: {column}{one['reason']}")
            print(self._summary(report))
        print(SHRED, file=sys.stderr)

    def _summary(self, report: dict[str, Any]) -> str:
        lines = len({one["line"] for one in report["refused"]})
        if self._arguments.dry_run:
            return f"{report['rows']} rows can be taken, {lines} would be refused; nothing was written"
        if "repeated" not in report:
            return f"{lines} rows are refused, so none was written; --skip-refused takes the other {report['rows']}"
        parts = [f"{report['imported']} cases imported"]
        if report["repeated"]:
            parts.append(f"{report['repeated']} were there before")
        if report["erased"]:
            parts.append(f"{report['erased']} had been erased and stay so")
        if lines:
            parts.append(f"{lines} rows refused")
        return ", ".join(parts)


def _prepare(installation: Installation, arguments: argparse.Namespace) -> "tuple[TableMapping, RowReader, Importer]":
    from django.conf import settings

    from leeside.desk.errors import UntrustedRosterError
    from leeside.desk.lines import line_row, pack_of
    from leeside.desk.rosters import load_roster
    from leeside.project.commands.line import line_settings
    from leeside.project.importing.cases import Importer, RowReader
    from leeside.project.importing.mapping import read_mapping
    from leeside.vault.store import LineState
    from leeside.web.clock import domain_clock

    line = line_settings(installation, arguments.line)
    pack, row = pack_of(line), line_row(line)
    mapping = read_mapping(Path(arguments.mapping), pack)
    if not line.fingerprint:
        raise ProjectError(f"{line.slug} has no fingerprint in the settings; `leeside line pin` puts it there")
    if row.state != LineState.OPEN:
        raise ProjectError(f"{line.slug} takes no requests yet: it opens when two coordinators exist")
    try:
        roster = load_roster(row.id, bytes.fromhex(line.fingerprint), row.roster_number, 0)
    except UntrustedRosterError:
        raise ProjectError(
            f"the keys of {line.slug} do not lead back to its fingerprint; nothing was written"
        ) from None
    reader = RowReader(mapping, pack, domain_clock().today(line.time_zone))
    return mapping, reader, Importer(pack, roster.current, settings.SECRET_KEY.encode())


def _standard_input() -> BinaryIO:
    """The table. A pipe cannot be read twice, and nothing of it may be kept on the way."""
    stream = sys.stdin.buffer
    if sys.stdin.isatty():
        raise ProjectError("give the table on standard input: leeside import … < cases.csv")
    if not stream.seekable():
        raise ProjectError("the table is read twice, so it must be a file (`< cases.csv`), not a pipe")
    return stream


def _outcome(name: str) -> Any:
    from leeside.vault.store import Outcome

    return Outcome[name]

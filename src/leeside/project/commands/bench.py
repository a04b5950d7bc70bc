"""`bench NAME`: measure, and hold each figure against its bar. It measures and prints; it decides nothing."""

import argparse
import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Iterable

from leeside.project.bench.rows import Row, as_json, write_rows
from leeside.project.errors import ProjectError

# A bench is a module of `leeside.project.bench` with `measure(say) -> rows`; `say` prints one line of progress.
BENCHES = {
    "intake": "sealed requests over HTTP, the form, the mailbox with right and wrong receipts",
    "desk": "pages of a long queue, a case with many entries, searching what a counsellor may read",
    "edition": "an edition from many tally rows",
    "guide": "all rules of a pack on one case; a recall of ten thousand open cases",
    "form": "the first visit: requests and bytes",
}
_PACKAGE = "leeside.project.bench"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    names = built_benches()
    parser.epilog = "; ".join(f"{name}: {BENCHES[name]}" for name in names)
    parser.add_argument("name", choices=names, help="what to measure")
    parser.add_argument("--cases", type=int, help="desk: fill so many cases instead of a million")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="desk: measure on this one only")
    parser.add_argument("--json", action="store_true", help="print machine and rows as JSON")


def built_benches() -> list[str]:
    """Those that this version carries."""
    return [name for name in BENCHES if importlib.util.find_spec(f"{_PACKAGE}.{name}") is not None]


def run(arguments: argparse.Namespace) -> int:
    """Measure and print; the exit code is 0 whatever the figures are, because a slow machine is no failure."""
    module = importlib.import_module(f"{_PACKAGE}.{arguments.name}")
    measure: Callable[..., Iterable[Row]] | None = getattr(module, "measure", None)
    if measure is None:
        raise ProjectError(f"{arguments.name} cannot be measured by this version")
    chosen: dict[str, object] = {}
    if arguments.cases is not None:
        chosen["cases"] = arguments.cases
    if arguments.database is not None:
        chosen["databases"] = (arguments.database,)
    if chosen and arguments.name != "desk":
        raise ProjectError("--cases and --database are for `bench desk`")
    rows = list(measure(lambda line: print(line, file=sys.stderr, flush=True), **chosen))
    print(json.dumps(as_json(rows), ensure_ascii=False) if arguments.json else write_rows(rows))
    return 0

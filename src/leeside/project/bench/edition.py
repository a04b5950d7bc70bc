"""`bench edition`: a draft of an edition from a million tally rows: counted, protected, compared and put into words."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from leeside.packs.reader import shipped_pack
from leeside.project.bench.measured import PACK, SPLIT
from leeside.project.bench.rows import Row
from leeside.tally.months import months_between, parse_month
from leeside.tally.publishing import draft_edition, publish_edition
from leeside.vault.store import TallyRow

_ROWS = 1_000_000
_SEED = 577


def measure(say: Callable[[str], None]) -> Iterator[Row]:
    """Measure one draft over two years of months, then writing it as a folder."""
    pack = shipped_pack(PACK)
    first, last = parse_month("2022-01"), parse_month("2023-12")
    say(f"making {_ROWS:,} tally rows")
    dice = random.Random(_SEED)  # noqa: S311 (rows to count, nothing secret)
    months = [str(month) for month in months_between(first, last)]
    kinds = [one.id for one in pack.kinds] + ["counselled"]
    dims = [pack.figures.dims_of({SPLIT[0]: option}) for option in SPLIT[1]]
    rows = [TallyRow(b"", dice.choice(months), dice.choice(kinds), dice.choice(dims)) for _ in range(_ROWS)]
    say("measuring")
    with tempfile.TemporaryDirectory(prefix="leeside-bench-") as name:
        folder = Path(name)
        begun = time.perf_counter()
        draft = draft_edition(
            rows, pack, folder, line="measured", titles={code: pack.title(code) for code in pack.languages},
            first=first, last=last, today=date(2024, 1, 2),
        )  # fmt: skip
        drafted = time.perf_counter()
        publish_edition(folder, draft)
        written = time.perf_counter()
    yield Row("an edition from 1,000,000 tally rows", round(drafted - begun, 3), "s", 2, "lower")
    yield Row("writing it as a folder", round(written - drafted, 3), "s", None, "lower")

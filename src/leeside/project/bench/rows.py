"""What a measurement prints: rows with a bar to hold them against, and the machine they were measured on."""

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Row:
    """One measured figure. `bar` is what the design demands (None: nothing), `better` the direction that is good."""

    name: str
    value: float
    unit: str
    bar: float | None
    better: Literal["higher", "lower"]

    @property
    def holds(self) -> bool:
        """Whether the bar is kept; a figure without a bar always is."""
        if self.bar is None:
            return True
        return self.value >= self.bar if self.better == "higher" else self.value <= self.bar


def describe_machine() -> dict[str, object]:
    """What a reader needs to judge the figures: processor, cores, memory, system, Python."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def as_json(rows: Sequence[Row]) -> dict[str, object]:
    """The whole result for a program."""
    return {"machine": describe_machine(), "rows": [asdict(row) for row in rows]}


def write_rows(rows: Sequence[Row]) -> str:
    """The whole result for a person."""
    machine = describe_machine()
    lines = [", ".join(f"{key} {value}" for key, value in machine.items()), ""]
    for row in rows:
        sign = ">=" if row.better == "higher" else "<="
        bar = f"{sign} {row.bar:,.6g}" if row.bar is not None else ""
        verdict = "" if row.bar is None else ("holds" if row.holds else "MISSED")
        lines.append(f"{row.name:<52}{row.value:>12,.6g} {row.unit:<12}{bar:<12} {verdict}".rstrip())
    return "\n".join(lines)


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()

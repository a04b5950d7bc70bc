"""The design's promises and the table that ends a test run: how each was attacked, how often, with what result.

Results, worst first: FAILED an attack succeeded; NOT RUN an attack could not be made on this machine (the command
that mends it stands beside); LEFT OUT an attack is too slow for `--quick`; NOT HERE its data lie outside the project;
NOT BUILT no code carries the promise yet; PASSED every attack was repelled.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROMISES = {
    1: "A seized machine tells little",
    2: "Access is arithmetic",
    3: "No key is trusted because a table says so",
    4: "Removal is real",
    5: "Erasure is real",
    6: "The door leaves no lasting trace",
    7: "Nothing shown is lost",
    8: "Figures expose nobody",
    9: "Every reading is on record",
    10: "Refusals say nothing",
    11: "Memory forgets",
    12: "One visitor cannot close the line",
}

PASSED, FAILED, NOT_RUN, NOT_HERE = "PASSED", "FAILED", "NOT RUN", "NOT HERE"
LEFT_OUT, NOT_BUILT = "LEFT OUT", "NOT BUILT"


@dataclass
class Attack:
    """One kind of attack on a promise, gathered over tests and databases."""

    name: str
    times: int = 0
    tests: set[str] = field(default_factory=set)
    databases: set[str] = field(default_factory=set)
    results: set[str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)


@dataclass
class Record:
    """What a whole test run wrote down."""

    attacks: dict[int, dict[str, Attack]] = field(default_factory=dict)
    missing: dict[str, set[str]] = field(default_factory=lambda: {NOT_RUN: set(), NOT_HERE: set()})

    def add(self, row: dict[str, object]) -> None:
        """Take in one line of the report."""
        result, reason = str(row["result"]), str(row.get("reason") or "")
        if result in self.missing and reason:
            self.missing[result].add(reason)
        if row.get("promise") is None:
            return
        of_promise = self.attacks.setdefault(int(str(row["promise"])), {})
        name = str(row["attack"])
        attack = of_promise.setdefault(name, Attack(name))
        attack.tests.add(str(row["test"]))
        if result == "COLLECTED":
            return
        attack.results.add(result)
        attack.databases.add(str(row["database"]))
        if result in {PASSED, FAILED}:
            attack.times += int(str(row["times"]))
        if reason:
            attack.reasons.add(reason)


def read_record(path: Path) -> Record:
    """Read the lines that the tests wrote."""
    record = Record()
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            record.add(json.loads(line))
    return record


def result_of_attack(attack: Attack) -> str:
    """The worst result of one attack; one that no test made in this run was left out."""
    for result in (FAILED, NOT_RUN, NOT_HERE, PASSED):
        if result in attack.results:
            return result
    return LEFT_OUT


def result_of_promise(attacks: Iterable[Attack]) -> str:
    """The worst result of all attacks on one promise. Data that are not here do not spoil what was tested."""
    results = {result_of_attack(attack) for attack in attacks}
    for result in (FAILED, NOT_RUN, LEFT_OUT, PASSED, NOT_HERE):
        if result in results:
            return result
    return NOT_BUILT


def write_table(record: Record, *, is_whole: bool = True) -> str:
    """The table, as it is printed; of a run that is not whole only the promises it attacked."""
    lines = ["The design's promises, and how this run attacked them", ""]
    for number, title in PROMISES.items():
        if not is_whole and number not in record.attacks:
            continue
        attacks = sorted(record.attacks.get(number, {}).values(), key=lambda attack: attack.name)
        times = sum(attack.times for attack in attacks)
        lines.append(f"{number:>2}  {title:<70}{_write_times(times):>9}  {result_of_promise(attacks)}")
        lines += [_write_attack(attack) for attack in attacks]
    lines += _write_missing("NOT RUN, because something is missing here:", record.missing[NOT_RUN])
    lines += _write_missing("NOT HERE, because the data lie outside the project:", record.missing[NOT_HERE])
    return "\n".join(lines)


def _write_attack(attack: Attack) -> str:
    tests = f"{len(attack.tests)} test" + ("s" if len(attack.tests) > 1 else "")
    where = ", " + " and ".join(sorted(attack.databases)) if attack.databases else ""
    return f"      {attack.name:<68}{_write_times(attack.times):>9}  {result_of_attack(attack):<9} {tests}{where}"


def _write_times(times: int) -> str:
    return f"{times:,}".replace(",", " ") if times else "-"


def _write_missing(title: str, reasons: Sequence[str] | set[str]) -> list[str]:
    return ["", title, *(f"      {reason}" for reason in sorted(reasons))] if reasons else []

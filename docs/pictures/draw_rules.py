"""Draws the rules that docs/use/rules.md shows, as the pack has them now.

    PYTHONPATH=src .venv/bin/python -P docs/pictures/draw_rules.py

A test draws them again and compares: whoever changes such a rule runs this.
"""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from leeside.guide.drawing import draw_rule
from leeside.packs.conditions import TODAY, FactValue
from leeside.packs.reader import shipped_pack
from leeside.web.dates import write_day

FOLDER = Path(__file__).parent
CASE: Mapping[str, FactValue] = {TODAY: date(2026, 3, 10), "where": "abroad", "wants": "protection"}
PICTURES: Mapping[str, tuple[str, Mapping[str, FactValue] | None]] = {
    "rule-arrival-notice.svg": ("kazakhstan_arrival_notice", None),
    "rule-arrival-notice-of-one-case.svg": ("kazakhstan_arrival_notice", CASE),
    "rule-with-groups.svg": ("report_for_commission", None),
}


def draw(name: str) -> str:
    """One of the pictures, as text."""
    rule_id, facts = PICTURES[name]
    pack = shipped_pack("refusal")
    return draw_rule(pack.guide.by_id[rule_id], pack, "en", lambda day: write_day(day, "en"), facts=facts) + "\n"


def main() -> None:
    """Write all pictures."""
    for name in PICTURES:
        (FOLDER / name).write_text(draw(name), encoding="utf-8")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()

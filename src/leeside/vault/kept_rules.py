"""Rules of a line's guide as they were, by digest. Public law, the same for every case: nothing here is of a person.

Rules:
1. All rules of a pack are kept together, whether anybody was told of them or not: the table tells what the law was, and
   nothing of who asked.
2. A wording is kept once, with the first day on which the line had it, and is never changed.
"""

from collections.abc import Sequence

from leeside.vault.days import day_number, day_of
from leeside.vault.errors import MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.list_records import KeptRule
from leeside.vault.reading import rows_of
from leeside.vault.translation import verb
from leeside.vault.writing import writing


@verb
def keep_rules(line_id: bytes, rules: Sequence[KeptRule]) -> int:
    """Keep the wordings that are not there yet; how many were new."""
    if any(not one.rule or len(one.digest) != 16 or len(one.law.encode()) > LIMITS.rule_bytes for one in rules):
        raise MisuseError("a rule is out of shape")
    new = 0
    with writing("default") as cursor:
        for one in rules:
            cursor.execute(
                "INSERT INTO leeside_kept_rule (line_id, rule, digest, day, law) VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                [line_id, one.rule, one.digest, day_number(one.day), one.law],
            )
            new += cursor.rowcount
    return new


@verb
def fetch_kept_digests(line_id: bytes) -> frozenset[tuple[str, str]]:
    """Rule and digest of every wording that is kept."""
    return frozenset(
        (row[0], row[1])
        for row in rows_of("default", "SELECT rule, digest FROM leeside_kept_rule WHERE line_id = %s", [line_id])
    )


@verb
def fetch_kept_rules(line_id: bytes) -> tuple[KeptRule, ...]:
    """Every wording that the line ever had."""
    rows = rows_of("default", "SELECT rule, digest, day, law FROM leeside_kept_rule WHERE line_id = %s", [line_id])
    return tuple(KeptRule(row[0], row[1], day_of(row[2]), row[3]) for row in rows)

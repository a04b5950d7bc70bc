"""Tries one rule that is no part of a pack yet: read and checked as its file would be, laid over the pack in memory.

Nothing is written, and the pack stays as it is. What somebody hands in is bounded before anything is worked out: the
search for answers that make a condition true grows with its facts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from leeside.packs.checks import faults_of_law
from leeside.packs.conditions import Contains, leaves_of
from leeside.packs.draft import LATER_PART, Draft
from leeside.packs.errors import PackProblem
from leeside.packs.files import Findings, parse_file, shaped_as
from leeside.packs.guidebook.checking import Ties, check_one_rule
from leeside.packs.guidebook.reading import FOLDER, read_rule
from leeside.packs.guidebook.rules import Rule
from leeside.packs.pack import Pack

MOST_FACTS: Final = 12
MOST_TESTS: Final = 40
MOST_EXAMPLES: Final = 60
MOST_WAYS: Final = 1_200_000
"""Ways in which the tests of one condition can come out together, as far as that can be told without trying."""
TOO_MANY_WAYS: Final = (
    "the condition has too many ways to come out to be tried here: `leeside guide audit` takes its time."
)
_ID: Final = re.compile(r"[a-z][a-z0-9_]{2,59}\Z")


@dataclass(frozen=True)
class Tried:
    """What came of it: the pack with the rule laid over, or what is wrong."""

    rule: Rule | None
    pack: Pack | None
    problems: tuple[PackProblem, ...]


def is_rule_id(untrusted_id: str) -> bool:
    """Whether a rule may be called so."""
    return _ID.match(untrusted_id) is not None


def try_rule(pack: Pack, rule_id: str, untrusted_text: bytes) -> Tried:
    """Read one rule file. `rule_id` is that of a rule to replace, or a new one."""
    findings = Findings()
    known = pack.guide.rule(rule_id)
    subject = f"{known.subject}/" if known is not None and known.subject else ""
    parsed = parse_file(f"{FOLDER}/rules/{subject}{rule_id}.toml", untrusted_text, findings)
    file = shaped_as(parsed, "rule", findings) if parsed is not None else None
    rule = read_rule(file, findings) if file is not None else None
    if file is None or rule is None:
        return Tried(None, None, findings.in_order())
    if too_much := "" if known == rule else _too_much(rule):
        file.note(findings, ("when",), too_much)
        return Tried(None, None, findings.in_order())
    rules = [rule if one.id == rule.id else one for one in pack.guide.rules]
    book = replace(pack.guide, rules=tuple(rules if known is not None else [*rules, rule]))
    check_one_rule(file, rule, book, _ties_of(pack, rule), findings)
    laid = replace(pack, guide=book)
    return Tried(rule, None if findings.problems else laid, findings.in_order())


def _too_much(rule: Rule) -> str:
    tests = sum(1 for _ in leaves_of(rule.condition))
    if len(rule.facts) > MOST_FACTS or tests > MOST_TESTS or len(rule.examples) > MOST_EXAMPLES:
        return f"at most {MOST_FACTS} facts, {MOST_TESTS} tests and {MOST_EXAMPLES} examples can be tried here."
    if _ways(rule) > MOST_WAYS:
        return TOO_MANY_WAYS
    return ""


def _ways(rule: Rule) -> int:
    """How many combinations of answers the search may have to look at: an unknown one is a way too."""
    ways = 1
    for tests in rule.tests.values():
        several = len({test.value for test in tests if isinstance(test, Contains)})
        ways *= 2**several + len(tests) + 1 - several
    return ways


def _ties_of(pack: Pack, rule: Rule) -> Ties:
    parts: Mapping[str, tuple[object, ...]] = {
        "first_screen": pack.first_screen,
        "folded": pack.folded,
        "at_words": pack.at_words,
        LATER_PART: pack.asked_later,
    }
    draft = Draft(files={}, voices=pack.voices, parts=parts, rules=pack.rules, figures=pack.figures)  # type: ignore[arg-type]
    has_words = all(pack.has_text(f"authority.{rule.authority}", language) for language in pack.languages)
    return Ties(
        languages=pack.languages,
        questions=draft.all_by_id,
        authorities=frozenset({rule.authority} if rule.authority and has_words else ()),
        faults_of=partial(faults_of_law, draft),
    )

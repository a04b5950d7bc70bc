"""One rule that somebody tries: read as a file of the pack is, bounded, and never written anywhere."""

import re
from collections.abc import Callable

import pytest

from leeside.packs.files import Findings
from leeside.packs.reader import SHIPPED, shipped_pack
from leeside.packs.trying import MOST_EXAMPLES, is_rule_id, try_rule

PACK = shipped_pack("refusal")
FILE = next(SHIPPED.glob("refusal/guide/rules/*/kazakhstan_arrival_notice.toml")).read_text(encoding="utf-8")
WHEN = re.compile(r"when = \{.*?\n\] \}", re.DOTALL)


def test_a_shipped_rule_tried_is_the_shipped_rule() -> None:
    tried = try_rule(PACK, "kazakhstan_arrival_notice", FILE.encode())
    assert tried.problems == ()
    assert tried.rule == PACK.guide.rule("kazakhstan_arrival_notice")
    assert tried.pack is not None
    assert tried.pack.guide.rules == PACK.guide.rules


def test_a_new_rule_is_laid_over_and_the_pack_stays_as_it_is() -> None:
    before = PACK.guide.rules
    tried = try_rule(PACK, "kazakhstan_second_notice", FILE.encode())
    assert tried.pack is not None
    assert tried.pack.guide.rule("kazakhstan_second_notice") == tried.rule
    assert (PACK.guide.rules, PACK.guide.rule("kazakhstan_second_notice")) == (before, None)


@pytest.mark.parametrize(
    ("changed", "line_has", "said"),
    [
        (lambda text: text.replace('from = "2023-01-27"', 'from = "2023-13-27"'), "from =", "no day of the calendar"),
        (lambda text: text.replace('sources = ["S92"', 'sources = ["S999"'), "sources", "S999"),
        (lambda text: text.replace('applies = "no"', 'applies = "yes"', 1), "[[examples]]", "the rule says `no`"),
        (lambda text: text.replace('gives = "document"', 'gives = "document'), "gives", "this is no TOML"),
        (lambda text: text.replace('authority = "migration"', 'authority = "nobody"'), "authority", "`nobody`"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(changed, line_has: str, said: str) -> None:
    text = changed(FILE)
    assert text != FILE
    problems = try_rule(PACK, "kazakhstan_arrival_notice", text.encode()).problems
    found = next(one for one in problems if said.replace("no day of", "not a day of") in one.message)
    assert line_has in text.split("\n")[found.line - 1]


def test_a_condition_that_would_be_searched_for_minutes_is_refused_at_once() -> None:
    """Broken on purpose: no bound on the ways in which a condition can come out."""
    facts = [one for one in PACK.all_questions if one.kind == "one" and len(one.options) > 1][:11]
    tests = [f'{{ fact = "{one.id}", is = "{one.options[0].id}" }}' for one in facts]
    both = [f"{{ any = [{test}, {{ not = {test} }}] }}" for test in tests]
    text = WHEN.sub(f"when = {{ all = [{', '.join(both)}] }}", FILE)
    assert any("too many ways" in one.message for one in try_rule(PACK, "some_new_rule", text.encode()).problems)
    examples = FILE[FILE.index("[[examples]]") :] * MOST_EXAMPLES
    many = try_rule(PACK, "some_new_rule", (FILE + "\n" + examples).encode()).problems
    assert any("examples can be tried" in one.message for one in many)


def test_an_id_is_an_id() -> None:
    assert is_rule_id("a_new_rule")
    for wrong in ("", "ab", "A_rule", "../../etc", "a rule", "1rule", "a" * 61, "рule_x"):
        assert not is_rule_id(wrong)


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 20_000 + "]" * 20_000, "x = " + "9" * 5_000, "when = " + "{all=[" * 900 + "]}" * 900],
    ids=["nested", "digits", "conditions"],
)
def test_what_the_reader_of_python_gives_up_at_is_a_problem_of_the_file(text: str) -> None:
    """Broken on purpose: `parse_file` that expects errors of TOML only."""
    (problem,) = try_rule(PACK, "some_new_rule", text.encode()).problems
    assert "nested too deeply" in problem.message


def test_a_file_of_nothing_but_problems_is_read_in_time_that_grows_with_it() -> None:
    """Broken on purpose: `Findings.add` that compares each problem with all before it."""
    compared = 0

    class Counted(str):
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return str.__eq__(self, other)

    findings = Findings()
    for number in range(300):
        findings.add("rule.toml", 1, Counted(number % 150), "is wrong")
    assert (len(findings.problems), compared <= 300) == (150, True)


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: WHEN.sub('when = { fact = "presses_leave_ends_by", at_least = "9999-12-31" }', text),
        lambda text: WHEN.sub('when = { fact = "presses_leave_ends_by", at_most = "0001-01-01" }', text),
        lambda text: WHEN.sub('when = { fact = "presses_leave_ends_by", at_most = { days_from_today = 99999 } }', text),
        lambda text: text.replace('from = "2023-01-27"', 'from = "0001-01-01"'),
        lambda text: text.replace('on = "', 'on = "9999-12-31" #', 1),
    ],
)
def test_a_day_at_the_edge_of_the_calendar_is_a_problem_of_the_file(changed: Callable[[str], str]) -> None:
    """Whoever looks for contradictions counts a day on. Broken on purpose: conditions and rules of any day."""
    assert try_rule(PACK, "some_new_rule", changed(FILE).encode()).problems

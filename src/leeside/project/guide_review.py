"""`guide audit` and `guide draw`: what a reviewer has to look at in the law of a pack, and one rule as a picture."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from leeside.guide.auditing import Finding, Look, Signatures, audit
from leeside.guide.drawing import draw_rule
from leeside.guide.drawing_sets import draw_rules
from leeside.packs.conditions import TODAY, Facts
from leeside.packs.pack import Pack
from leeside.project.errors import ProjectError
from leeside.project.written_facts import read_facts
from leeside.web.dates import write_day
from leeside.web.lines import LineSettings

_TOLD: Final = {
    Look.CLASH: "may say opposite things to one person",
    Look.UNREACHABLE: "no answers make the condition true",
    Look.UNASKED: "looks at facts whose question never opens",
    Look.OBJECTED: "a lawyer of the line signed against it",
    Look.UNREVIEWED: "no lawyer has read it",
    Look.REWORDED: "a lawyer of the line read an earlier wording only",
    Look.STALE: "the review is old, or older than the law it speaks of",
    Look.UNCONFIRMED: "days that somebody has to confirm",
    Look.GENERAL: "general knowledge only (K)",
    Look.WEAK: "leans on weak pages",
    Look.DOUBLED: "gives the same as another rule",
    Look.UNTESTED: "examples are missing",
    Look.UNREACHED: "no situation names it",
    Look.IDLE_TERM: "terms that no rule names",
    Look.IDLE_PAPER: "papers that nothing names",
    Look.IDLE_SOURCE: "sources that nothing names",
}


def print_audits(packs: Sequence[Pack], on: date, *, as_json: bool, signatures: Signatures | None = None) -> None:
    """Print the list of every pack. What stands in it needs a person and is no fault."""
    signed = signatures or Signatures()
    found = {
        pack.name: audit(pack.guide, {one.id: one for one in pack.all_questions}, on, pack.review_lasts_days, signed)
        for pack in packs
    }
    if as_json:
        print(json.dumps({name: [_plain(one) for one in listed] for name, listed in found.items()}))
        return
    for name, findings in found.items():
        print(f"{name} on {on.isoformat()}: {len(findings)} to look at")
        for look, group in groupby(findings, key=lambda one: one.look):
            listed = list(group)
            print(f"\n{look.value}: {_TOLD[look]} ({len(listed)})")
            for one in listed:
                print(f"  {one.subject}" + (f": {', '.join(one.details)}" if one.details else ""))


def print_audit_of_line(line: LineSettings, on: date, *, as_json: bool) -> None:
    """The same for the pack of one line of the installation, with what the line's lawyers signed.

    Needs no key: reviews lie open, and each is held against the line's roster, verified up to the pinned fingerprint.
    """
    from leeside.desk.lines import line_row, pack_of
    from leeside.desk.rules.reviews import judge
    from leeside.project.upkeep.line_checks import roster_of
    from leeside.vault import store

    roster = roster_of(line) if line.fingerprint else None
    if roster is None:
        raise ProjectError(f"the roster of {line.slug} does not verify up to a pinned fingerprint")
    pack, row = pack_of(line), line_row(line)
    readings = judge(store.fetch_reviews(row.id), row.id, pack, roster, on)
    refused = sum(1 for found in readings.by_rule.values() for one in found if one.signed is None)
    laid = replace(pack, guide=readings.lay_over_all(pack.guide))
    print_audits([laid], on, as_json=as_json, signatures=Signatures(readings.objected, readings.reworded))
    if refused:
        print(f"{refused} reviews are not proven: nobody of the line signed them; not counted", file=sys.stderr)


def draw_into_file(pack: Pack, arguments: argparse.Namespace) -> None:
    """Write a drawing into a file: of one rule, with facts the way of that one case; or of all rules of a subject."""
    if arguments.subject is not None:
        _write_drawing(arguments.output, _drawing_of_subject(pack, arguments), arguments.subject)
        return
    rule = pack.guide.rule(arguments.rule)
    if rule is None:
        raise ProjectError(f"the pack {pack.name} has no rule {arguments.rule}")
    facts: Facts | None = None
    if arguments.facts is not None:
        questions = {question.id: question for question in pack.all_questions}
        facts = {**read_facts(arguments.facts, questions), TODAY: arguments.on}
    drawing = draw_rule(rule, pack, arguments.language, partial(_write_day, arguments.language), facts=facts)
    _write_drawing(arguments.output, drawing, rule.id)


def _drawing_of_subject(pack: Pack, arguments: argparse.Namespace) -> str:
    rules = [rule for rule in pack.guide.rules if rule.subject == arguments.subject]
    if not rules:
        known = ", ".join(dict.fromkeys(rule.subject for rule in pack.guide.rules))
        raise ProjectError(f"the pack {pack.name} has no rules on {arguments.subject}; there are: {known}")
    language = arguments.language
    title = pack.guide.subjects.get(arguments.subject, {}).get(language, arguments.subject)
    return draw_rules(rules, pack, language, partial(_write_day, language), title=title)


def _write_drawing(output: str, drawing: str, of: str) -> None:
    try:
        Path(output).write_text(f"{drawing}\n", encoding="utf-8")
    except OSError as wrong:
        raise ProjectError(f"{output} cannot be written: {wrong.strerror}") from wrong
    print(f"{output}: {of}")


def _write_day(language: str, day: date) -> str:
    return write_day(day, language)


def _plain(one: Finding) -> dict[str, object]:
    return {"look": one.look.value, "subject": one.subject, "details": list(one.details)}

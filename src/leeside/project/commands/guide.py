"""`guide`: ask the law of a pack what it offers to some facts on a day; check that law; list the facts it looks at;
list what a reviewer has to look at; draw a rule.

Nothing is stored, and no case is touched: facts come from a file that somebody wrote, or from standard input.
"""

import argparse
import json
from datetime import UTC, date, datetime
from typing import Any

from leeside.packs.reader import check_pack, shipped_names
from leeside.project.commands.line import line_settings
from leeside.project.errors import ConfigurationError, ProjectError
from leeside.project.guide_report import report_of, write_report
from leeside.project.guide_review import draw_into_file, print_audit_of_line, print_audits
from leeside.project.installation import open_installation
from leeside.project.named_packs import folder_of, pack_of
from leeside.project.written_facts import read_facts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("action", choices=list(_ACTIONS))
    parser.add_argument("--pack", metavar="PACK", help="a folder, or the name of a shipped pack (check: default all)")
    parser.add_argument("--facts", metavar="FILE", help="ask, draw: the facts, TOML or JSON; - for standard input")
    parser.add_argument(
        "--on", type=_day, metavar="YYYY-MM-DD", help="the day that is asked about (audit: default today)"
    )
    parser.add_argument("--rule", metavar="ID", help="draw: the rule")
    parser.add_argument("--line", metavar="LINE", help="audit: a line of the installation (--dir), with its reviews")
    parser.add_argument("--subject", metavar="SUBJECT", help="draw: all rules of a subject as one graph")
    parser.add_argument("-o", "--output", metavar="FILE.svg", help="draw: where the picture goes")
    parser.add_argument("--language", default="en", help="of the answer: one of the pack's (default: en)")
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for; exit code 1 when a check found something."""
    return int(_ACTIONS[arguments.action](arguments))


def _ask(arguments: argparse.Namespace) -> int:
    from leeside.guide.evaluating import ask_guide

    _require(arguments, "facts", "on")
    pack = _pack(arguments)
    questions = {question.id: question for question in pack.all_questions}
    facts = read_facts(arguments.facts, questions)
    report = report_of(ask_guide(pack.guide, questions, facts, arguments.on), pack, arguments.language)
    print(json.dumps(report, ensure_ascii=False) if arguments.json else write_report(report, arguments.language))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    named = [arguments.pack] if arguments.pack else list(shipped_names())
    found = {name: _faults(name) for name in named}
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, (faults, held) in ((name, (one["faults"], one["held"])) for name, one in found.items()):
            lines = [f"  {fault}" for fault in faults]
            print("\n".join([f"{name}: {len(faults)} faults" if lines else f"{name}: well", *lines, f"  {held}"]))
    return int(any(one["faults"] for one in found.values()))


def _faults(named: str) -> dict[str, Any]:
    """What is wrong with a pack, or, if it can be read, with what its guide says."""
    from leeside.guide.days_off import known_countries
    from leeside.guide.explaining import WORDINGS
    from leeside.guide.situations import try_situation

    problems = check_pack(folder_of(named))
    if problems:
        return {
            "faults": [str(problem) for problem in problems],
            "held": "The guide was not tried: the pack is faulty.",
        }
    pack = pack_of(named)
    book, questions = pack.guide, {question.id: question for question in pack.all_questions}
    faults = [
        f"situation {one.id}: {difference}"
        for one in book.situations
        for difference in try_situation(book, questions, one)
    ]
    for country in sorted({term.country for term in book.terms} - {""} - known_countries()):
        faults.append(f"terms of {country} cannot be counted: it has no days off in days_off.toml")
    for language in pack.languages if book.rules else ():
        if language not in WORDINGS:
            faults.append(f"the guide cannot explain itself in `{language}`")
    examples = sum(len(rule.examples) for rule in book.rules)
    held = f"{len(book.rules)} rules, {examples} examples, {len(book.terms)} terms, {len(book.situations)} situations"
    return {"faults": faults, "held": held}


def _list_facts(arguments: argparse.Namespace) -> int:
    pack = _pack(arguments)
    facts = [question for question in pack.all_questions if question.id in pack.guide.facts]
    language = arguments.language
    listed = [
        {
            "id": one.id,
            "kind": one.kind,
            "label": pack.text(one.label_key, language),
            "options": {option.id: pack.text(one.option_key(option.id), language) for option in one.options},
        }
        for one in facts
    ]
    if arguments.json:
        print(json.dumps(listed, ensure_ascii=False))
        return 0
    for one in listed:
        print(f"{one['id']} ({one['kind']}): {one['label']}")
        for option, words in dict(one["options"]).items():
            print(f"  {option}: {words}")
    return 0


def _pack(arguments: argparse.Namespace) -> Any:
    _require(arguments, "pack")
    pack = pack_of(arguments.pack)
    if arguments.language not in pack.languages:
        raise ConfigurationError(f"--language: the pack speaks {', '.join(pack.languages)}")
    if not pack.guide.rules:
        raise ProjectError(f"the pack {pack.name} has no guide")
    return pack


def _require(arguments: argparse.Namespace, *names: str) -> None:
    missing = [f"--{name}" for name in names if getattr(arguments, name) is None]
    if missing:
        raise ConfigurationError(f"{' and '.join(missing)}: needed for `guide {arguments.action}`")


def _day(written: str) -> date:
    day = date.fromisoformat(written)
    if day.isoformat() != written:
        raise ValueError(written)
    return day


def _audit(arguments: argparse.Namespace) -> int:
    on = arguments.on or datetime.now(UTC).date()
    if arguments.line:
        with open_installation() as installation:
            print_audit_of_line(line_settings(installation, arguments.line), on, as_json=arguments.json)
        return 0
    named = [arguments.pack] if arguments.pack else list(shipped_names())
    print_audits([pack for name in named if (pack := pack_of(name)).guide.rules], on, as_json=arguments.json)
    return 0


def _draw(arguments: argparse.Namespace) -> int:
    if arguments.rule is not None and arguments.subject is not None:
        raise ConfigurationError("--subject: draw one rule or the rules of a subject")
    of = "rule" if arguments.subject is None else "subject"
    _require(arguments, of, "output", *(["on"] if arguments.facts else []))
    draw_into_file(_pack(arguments), arguments)
    return 0


_ACTIONS = {"ask": _ask, "check": _check, "facts": _list_facts, "audit": _audit, "draw": _draw}

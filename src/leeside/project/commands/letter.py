"""`letter`: check the papers of a pack and list what they are filled from; draft one from invented facts.

Nothing is stored, and no case is touched: facts and fields come from a file that somebody wrote. A draft of a real
case is made at the desk, in memory; here a file is written because whoever tries a text wants to look at it.
"""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from leeside.packs.reader import check_pack, shipped_names
from leeside.project.errors import ConfigurationError, ProjectError
from leeside.project.named_packs import folder_of, pack_of
from leeside.project.written_facts import read_facts, read_fields


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("action", choices=["check", "draft"])
    parser.add_argument("--pack", metavar="PACK", help="a folder, or the name of a shipped pack (check: default all)")
    parser.add_argument("--letter", metavar="ID", help="the paper (check: default all)")
    parser.add_argument("--language", metavar="LANGUAGE", help="of the paper (draft: default its first)")
    parser.add_argument("--fields", action="store_true", help="check: list the fields that each text uses")
    parser.add_argument("--facts", metavar="FILE", help="draft: tables `facts` and `fields`, TOML or JSON")
    parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="draft: the day")
    parser.add_argument("--to", type=Path, metavar="FILE", help="draft: FILE.docx or FILE.pdf; it may not exist")
    parser.add_argument("--json", action="store_true", help="check: print as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for; exit code 1 when a check found something."""
    return _check(arguments) if arguments.action == "check" else _draft(arguments)


def _check(arguments: argparse.Namespace) -> int:
    found = {name: _checked(name, arguments) for name in ([arguments.pack] if arguments.pack else shipped_names())}
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, one in found.items():
            print(f"{name}: {len(one['faults'])} faults" if one["faults"] else f"{name}: well")
            for line in (*one["faults"], *_listed(one["papers"], with_fields=arguments.fields)):
                print(f"  {line}")
    return int(any(one["faults"] for one in found.values()))


def _checked(name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """What is wrong with the papers of a pack; if nothing is, what each uses, after each was written once."""
    problems = [str(problem) for problem in check_pack(folder_of(name))]
    if problems:
        return {"faults": problems, "papers": []}
    from leeside.letters.trying import faults_of_writing, uses_of

    pack = pack_of(name)
    texts = [text for text in pack.letters.texts.values() if arguments.letter in (None, text.id)]
    if arguments.letter and not texts:
        raise ProjectError(f"the pack {pack.name} has no paper {arguments.letter}")
    return {
        "faults": [fault for text in texts for fault in faults_of_writing(text, pack)],
        "papers": [uses_of(text, pack) for text in texts],
    }


def _listed(papers: list[dict[str, Any]], *, with_fields: bool) -> list[str]:
    lines = []
    for paper in papers:
        fields = paper["fields"]
        lines.append(f"{paper['file']}: {len(fields)} fields, {paper['paragraphs']} paragraphs")
        if with_fields:
            lines += [
                f"  {{{field['id']}}} from {field['from']}: {field['label']} ({', '.join(field['places'])})"
                for field in fields
            ]
    return lines


def _draft(arguments: argparse.Namespace) -> int:
    missing = [name for name in ("pack", "letter", "facts", "on", "to") if getattr(arguments, name) is None]
    if missing:
        raise ConfigurationError(f"--{missing[0]}: needed for `letter draft`")
    from leeside.letters.docx import write_docx
    from leeside.letters.filling import fill
    from leeside.letters.pdf import write_pdf
    from leeside.letters.trying import labels_in

    writers = {".docx": write_docx, ".pdf": write_pdf}
    if arguments.to.suffix not in writers:
        raise ConfigurationError("--to: a name that ends with .docx or .pdf")
    pack = pack_of(arguments.pack)
    languages = pack.letters.languages_of(arguments.letter)
    language = arguments.language or next(iter(languages), "")
    text = pack.letters.text(arguments.letter, language)
    if text is None:
        written = f"; it is written in {', '.join(languages)}" if languages else ""
        raise ProjectError(f"the pack {pack.name} has no paper {arguments.letter} in `{language}`{written}")
    facts = read_facts(arguments.facts, pack.by_id)
    values = read_fields(arguments.facts, text.fields)
    filled = fill(text, pack.guide, facts=facts, values=values, labels=labels_in(pack, language), on=arguments.on)
    content = writers[arguments.to.suffix](filled)
    try:
        with arguments.to.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise ProjectError(f"{arguments.to} is there already; nothing was written") from None
    except OSError as wrong:
        raise ProjectError(f"{arguments.to}: {wrong.strerror}") from None
    lacking = ", ".join(dict.fromkeys(one.id for one in filled.missing))
    print(f"{arguments.to}: {filled.blanks} missing{': ' if lacking else ''}{lacking}")
    return 0

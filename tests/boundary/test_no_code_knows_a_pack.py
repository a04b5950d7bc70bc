"""What a line is stands in its pack's files: no program, template or script knows a pack's name or asks for its ids.

Every pack in the folder is found, so another one needs no change here. Data files (.toml) may name a pack: which one a
demo has, which one is measured, which one a line gets when nobody names one.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from leeside.packs.reader import shipped_names, shipped_pack

CODE = Path(__file__).resolve().parents[2] / "src" / "leeside"
NOT_CODE = {CODE / "packs" / "shipped", CODE / "project" / "demo"}
"""The packs themselves; and the demo, which plays the people of lines that it founds with these very packs."""
PACKS = [shipped_pack(name) for name in shipped_names()]
ANSWERED = {"known", "said", "answers", "facts"}
"""Names under which answers lie: whoever takes one out by an id written into the program knows a pack."""
OURS = {"follow_up", "stop_word", "wrote_before"}
"""Words of our own that a pack happens to use too: why something is due, what a plan or a meaning is."""


def _files(ending: str) -> Iterator[Path]:
    for path in sorted(CODE.rglob(f"*{ending}")):
        if not any(one in path.parents for one in NOT_CODE):
            yield path


def _ids() -> set[str]:
    """Every id that only a pack can have thought of: of more than one word."""
    found = set()
    for pack in PACKS:
        found |= {question.id for question in pack.all_questions}
        found |= {option.id for question in pack.questions for option in question.options}
        found |= {one.id for part in (pack.stages, pack.outcomes, pack.kinds, pack.steps) for one in part}
        found |= {*pack.canned, *(circle.name for circle in pack.circles), *(one.id for one in pack.receivers)}
    return {one for one in found if "_" in one} - OURS


def _literals(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def _looked_up(path: Path) -> Iterator[tuple[int, str]]:
    """Ids that are taken out of answers: `known.get("where")`, `file.said["wants"]`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and node.args
        ):
            holder, key = node.func.value, node.args[0]
        elif isinstance(node, ast.Subscript):
            holder, key = node.value, node.slice
        else:
            continue
        name = holder.attr if isinstance(holder, ast.Attribute) else holder.id if isinstance(holder, ast.Name) else ""
        if name in ANSWERED and isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield node.lineno, key.value


def test_no_program_names_a_pack() -> None:
    """Broken on purpose: `default="refusal"` for a line's pack."""
    names = set(shipped_names())
    found = [f"{path}:{line}" for path in _files(".py") for line, text in _literals(path) if text in names]
    assert found == []


def test_no_program_has_an_id_that_only_a_pack_can_have_thought_of() -> None:
    """Broken on purpose: the desk that looks for `contact_first`."""
    ids = _ids()
    assert len(ids) > 100
    found = [f"{path}:{line}: {text}" for path in _files(".py") for line, text in _literals(path) if text in ids]
    assert found == []


def test_no_program_takes_an_answer_by_an_id_of_its_own() -> None:
    """Broken on purpose: `file.known.get("knows")`."""
    asked = {question.id for pack in PACKS for question in pack.all_questions}
    found = [f"{path}:{line}: {key}" for path in _files(".py") for line, key in _looked_up(path) if key in asked]
    assert found == []


@pytest.mark.parametrize("ending", [".html", ".js", ".css"])
def test_no_page_names_a_pack_or_an_id_of_one(ending: str) -> None:
    """Broken on purpose: a template that asks whether `stage == "on_probation"`."""
    ids = "|".join(map(re.escape, sorted(_ids() | set(shipped_names()))))
    words = re.compile(rf"[\"'#.]({ids})(?!\w)")
    found = []
    for path in _files(ending):
        text = path.read_text(encoding="utf-8")
        found += [f"{path}: {match[1]}" for match in words.finditer(text)]
    assert found == []

"""Reads an app's English sentences and its catalogues, for tests that hold the two together."""

import ast
import re
from pathlib import Path

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

CALLS = {"_", "gettext", "gettext_noop", "gettext_lazy"}
IN_TEMPLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")


def sentences_of(folder: Path) -> set[str]:
    """Every English sentence that code or templates below `folder` ask to translate."""
    found: set[str] = set()
    for template in folder.rglob("*.html"):
        for match in IN_TEMPLATE.finditer(template.read_text(encoding="utf-8")):
            found.add(match[1] or match[2])
    for source in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                (words,) = node.args
                # A name instead of a sentence: the sentence itself stands in a `gettext_noop` elsewhere.
                if isinstance(words, ast.Constant):
                    found.add(words.value)
    return found


def catalogue_of(folder: Path, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """The .po and the .mo of an app in one language, sentence by sentence."""
    place = folder / "locale" / language / "LC_MESSAGES"
    with (place / "django.po").open("rb") as written, (place / "django.mo").open("rb") as compiled:
        po, mo = read_po(written), read_mo(compiled)
    return (
        {str(one.id): str(one.string) for one in po if one.id},
        {str(one.id): str(one.string) for one in mo if one.id},
    )


def assert_whole(folder: Path, language: str) -> None:
    """Every sentence is translated, none is left over, and what is compiled is what is written."""
    written, compiled = catalogue_of(folder, language)
    asked = sentences_of(folder)
    assert asked - written.keys() == set(), "sentences without translation"
    assert written.keys() - asked == set(), "translations that nothing asks for"
    assert [key for key, value in written.items() if not value] == []
    assert compiled == written, "compile the catalogue: pybabel compile"
    for key, value in written.items():
        assert set(re.findall(r"%\(\w+\)s", key)) == set(re.findall(r"%\(\w+\)s", value)), key

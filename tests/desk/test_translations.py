"""The desk speaks every language whole: nothing untranslated, nothing left over, compiled as written."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import leeside.desk

FOLDER = Path(leeside.desk.__file__).parent
IN_TEMPLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
BLOCK = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
BLANK = re.compile(r"\{\{\s*(\w+)\s*\}\}")
Sentence = str | tuple[str, str]


def _in_templates() -> Iterator[Sentence]:
    for template in FOLDER.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for match in IN_TEMPLATE.finditer(text):
            yield match[1] or match[2]
        for match in BLOCK.finditer(text):
            one, *many = (BLANK.sub(r"%(\1)s", part) for part in match[1].split("{% plural %}"))
            yield (one, many[0]) if many else one


def _in_code() -> Iterator[Sentence]:
    for source in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                words = [part.value for part in node.args if isinstance(part, ast.Constant)]
                if node.func.id == "_":
                    yield words[0]
                elif node.func.id == "ngettext":
                    yield (words[0], words[1])


def _key(found: object) -> Sentence:
    return (found[0], found[1]) if isinstance(found, (list, tuple)) else str(found)


def _texts(found: object) -> list[str]:
    return [str(one) for one in found] if isinstance(found, (list, tuple)) else [str(found)]


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_desk_speaks_every_language_whole(language: str) -> None:
    place = FOLDER / "locale" / language / "LC_MESSAGES"
    with (place / "django.po").open("rb") as written, (place / "django.mo").open("rb") as compiled:
        po, mo = read_po(written), read_mo(compiled)
    asked = {*_in_templates(), *_in_code()}
    have = {_key(one.id): _texts(one.string) for one in po if one.id}
    assert asked - have.keys() == set(), "sentences without translation"
    assert have.keys() - asked == set(), "translations that nothing asks for"
    assert {_key(one.id): _texts(one.string) for one in mo if one.id} == have, "compile the catalogue: pybabel compile"
    for key, texts in have.items():
        blanks = set(re.findall(r"%\(\w+\)[sd]", key if isinstance(key, str) else key[1]))
        assert all(texts), key
        assert all(set(re.findall(r"%\(\w+\)[sd]", text)) == blanks for text in texts), key
        assert len(texts) == (1 if isinstance(key, str) else 3)

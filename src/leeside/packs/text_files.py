"""Reads a pack's texts: texts/<language>/*.toml, nested tables that end in wordings.

A wording is a text, a table by voice, or a table by plural form. Which tables are wordings is known from the keys
that the pack needs: below such a key stand voices or plural forms, anywhere else further keys. All files of a language
make one list of keys; a key may stand in one file only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leeside.packs.files import Findings, PackFile, read_file
from leeside.packs.places import Path as KeyPath
from leeside.packs.texts import PLURAL_FORMS, Wording

LIMIT_TEXT_LETTERS = 4_000
"""No text of a pack is longer; a form must fit into its first packets."""


@dataclass
class TextSource:
    """The wordings of one language as they were read, and in which file each key stands.

    `broken` are keys that are there but cannot be used; what is wrong with each is noted already. `is_whole` is
    false when a file could not be read: then nobody knows what is missing.
    """

    language: str
    wordings: dict[str, Wording] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    is_whole: bool = True
    files: dict[str, tuple[PackFile, KeyPath]] = field(default_factory=dict)

    def note(self, findings: Findings, key: str, message: str) -> None:
        """Notes a problem with the text `key`, at its place if it has one."""
        if key in self.files:
            file, path = self.files[key]
            findings.add(file.name, file.places.line_of(path), key, message)
        else:
            findings.add(f"texts/{self.language}", 0, key, message)


def read_texts(
    folder: Path, languages: Sequence[str], voices: Iterable[str], keys: Iterable[str], findings: Findings
) -> Mapping[str, TextSource]:
    """The texts of every language; what is wrong with a file or a wording is noted, and the rest is read.

    `keys` are those that the pack needs or may have.
    """
    shape = _Shape(frozenset(keys), frozenset(voices))
    return {language: _read_language(folder, language, shape, findings) for language in languages}


@dataclass(frozen=True)
class _Shape:
    keys: frozenset[str]
    voices: frozenset[str]

    def is_wording(self, table: Mapping[str, object]) -> bool:
        return bool(table) and (set(table) <= self.voices or set(table) <= set(PLURAL_FORMS))


def _read_language(folder: Path, language: str, shape: _Shape, findings: Findings) -> TextSource:
    source = TextSource(language)
    inside = folder / "texts" / language
    names = sorted(path.name for path in inside.glob("*.toml"))
    if not names:
        findings.add(f"texts/{language}", 0, "", "there is no file with texts.")
        source.is_whole = False
    for name in names:
        file = read_file(folder, f"texts/{language}/{name}", findings)
        if file is None:
            source.is_whole = False
            continue
        for path, wording in _wordings(file, file.table, (), shape, findings):
            key = _key(path)
            if key in source.wordings:
                source.note(findings, key, f"this text stands in {file.name} too.")
            source.files[key] = (file, path)
            if wording is None:
                source.broken.add(key)
            else:
                source.wordings[key] = wording
    return source


def _wordings(
    file: PackFile, table: Mapping[str, object], path: KeyPath, shape: _Shape, findings: Findings
) -> Iterator[tuple[KeyPath, Wording | None]]:
    for key, value in table.items():
        inside = (*path, key)
        if isinstance(value, str):
            yield inside, value if _is_text(file, inside, value, findings) else None
        elif not isinstance(value, dict):
            file.note(findings, inside, "a text in quotes is needed here.")
            yield inside, None
        elif _key(inside) not in shape.keys:
            yield from _wordings(file, value, inside, shape, findings)
        elif not shape.is_wording(value):
            file.note(findings, inside, "below this key stand voices of this pack, or plural forms.")
            yield inside, None
        else:
            # Every part is looked at, also after a fault: hence a list and no generator.
            fits = [_is_text(file, (*inside, name), each, findings) for name, each in value.items()]
            yield inside, value if all(fits) else None


def _key(path: KeyPath) -> str:
    return ".".join(str(part) for part in path)


def _is_text(file: PackFile, path: KeyPath, value: object, findings: Findings) -> bool:
    if not isinstance(value, str):
        file.note(findings, path, "a text in quotes is needed here.")
    elif not value.strip():
        file.note(findings, path, "the text is empty.")
    elif value != value.strip():
        file.note(findings, path, "the text begins or ends with a blank.")
    elif len(value) > LIMIT_TEXT_LETTERS:
        file.note(findings, path, f"the text has more than {LIMIT_TEXT_LETTERS} letters.")
    else:
        return True
    return False

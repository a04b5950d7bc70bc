"""Reads the folder `letters/` of a pack: fields.toml, and one file for each paper and language.

A pack without that folder has no papers. What must fit the rest of the pack is asked in `checking.py`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from leeside.packs import conditions
from leeside.packs.conditions import AnyOf, Condition
from leeside.packs.files import Findings, PackFile, read_shaped_as
from leeside.packs.letters.fields import Field, Source
from leeside.packs.letters.papers import Form, Kind, LetterText, Paragraph
from leeside.packs.places import Path as KeyPath

FOLDER: Final = "letters"
FIELDS: Final = f"{FOLDER}/fields.toml"
SCHEMAS: Final = ("letter_text", "letter_fields")
"""The schemas of the files in that folder."""
_NAME: Final = re.compile(r"([a-z][a-z0-9_]*)\.([a-z]{2})\.toml\Z")
_NEVER: Final = AnyOf(())


class LetterFiles:
    """The papers of a pack as they were read: what the checks name places in."""

    def __init__(
        self,
        texts: Sequence[tuple[LetterText, PackFile]] = (),
        fields: Mapping[str, Field] = MappingProxyType({}),
        fields_file: PackFile | None = None,
    ) -> None:
        self.texts = texts
        self.fields = fields
        self.fields_file = fields_file


def read_letters(folder: Path, findings: Findings) -> LetterFiles:
    """The papers of the pack in `folder`; every fault of form is noted, and what cannot be read is left out."""
    if not (folder / FOLDER).is_dir():
        return LetterFiles()
    file = read_shaped_as(folder, FIELDS, "letter_fields", findings)
    fields = {} if file is None else {each: _field(each, table) for each, table in file.table["fields"].items()}
    return LetterFiles(list(_texts(folder, findings)), fields, file)


def digest_of(table: Mapping[str, Any]) -> str:
    """What a text says, as 16 hexadecimal digits."""
    return hashlib.sha256(json.dumps(table, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _texts(folder: Path, findings: Findings) -> Iterator[tuple[LetterText, PackFile]]:
    for path in sorted((folder / FOLDER).glob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if name == FIELDS:
            continue
        named = _NAME.match(path.name)
        if named is None:
            findings.add(name, 0, "", "a paper's file is called <paper>.<language>.toml, such as claim_court.ru.toml.")
            continue
        file = read_shaped_as(folder, name, "letter_text", findings)
        if file is not None:
            yield _text(file, named[1], named[2], findings), file


def _text(file: PackFile, letter_id: str, language: str, findings: Findings) -> LetterText:
    table = file.table
    return LetterText(
        id=letter_id,
        language=language,
        form=Form(table["form"]),
        to=tuple(table.get("to", ())),
        sender=tuple(table.get("from", ())),
        title=table["title"],
        subtitle=table.get("subtitle", ""),
        body=tuple(_paragraphs(file, "body", findings)),
        enclosures=tuple(_paragraphs(file, "enclosures", findings)),
        signed_by=table["signed_by"],
        digest=digest_of(table),
        fields=MappingProxyType({}),
    )


def _paragraphs(file: PackFile, part: str, findings: Findings) -> Iterator[Paragraph]:
    for index, each in enumerate(file.table.get(part, ())):
        kinds = [kind for kind in Kind if kind.value in each]
        if len(kinds) != 1:
            file.note(findings, (part, index), "one of `text`, `list` and `heading` is needed, and no more.")
            continue
        written = each[kinds[0].value]
        yield Paragraph(
            place=f"{part}[{index}]",
            kind=kinds[0],
            texts=tuple(written) if kinds[0] is Kind.LIST else (written,),
            condition=_condition(file, (part, index, "when"), each["when"], findings) if "when" in each else None,
            needs=tuple(each.get("needs", ())),
            rules=tuple(each.get("rules", ())),
        )


def _condition(file: PackFile, path: KeyPath, written: object, findings: Findings) -> Condition:
    try:
        return conditions.parse_condition(written)
    except conditions.ConditionError as wrong:
        file.note(findings, path, f"{wrong.where}: {wrong.message}" if wrong.where else wrong.message)
        return _NEVER


def _field(field_id: str, table: Mapping[str, Any]) -> Field:
    source = next(each for each in Source if each.value in table)
    of = table[source.value]
    return Field(
        id=field_id,
        source=source,
        of=of if isinstance(of, str) else "",
        column=table.get("column", ""),
        phrases=MappingProxyType(
            {language: MappingProxyType(dict(each)) for language, each in table.get("words", {}).items()}
        ),
        labels=MappingProxyType(dict(table.get("label", {}))),
        helps=MappingProxyType(dict(table.get("help", {}))),
    )

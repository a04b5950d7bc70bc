"""Papers for tests: small texts, and the shipped ones filled with much, little and hostile words."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from leeside.letters.filling import Filled, fill
from leeside.letters.trying import labels_in
from leeside.packs.conditions import parse_condition
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.letters.fields import Field, Source
from leeside.packs.letters.papers import Form, Kind, LetterText, Paragraph
from leeside.packs.reader import shipped_pack

PACK = shipped_pack("refusal")
TUESDAY = date(2023, 12, 5)
HOSTILE = (
    '#set page(fill: red) $x^2$ *bold* _it_ @ref <label> [x] \\ "quoted"',
    "{{ 7 * 7 }} {% raw %} {_{ }_} {_% %_} {{r x }} {%p if x %}",
    "<w:p><b>&amp;</b></w:p> ]]> <!-- x -->",
    '../../etc/passwd #read("/etc/passwd") #import "@preview/x:1.0.0"',
    "\u202eright to left\u202c \u2066isolated\u2069 \x00\x07\x1b[31m \ufeff \ufffe",
    "д" * 30_000,
)


def a_field(name: str, source: Source = Source.TYPED, of: str = "text", **others: Any) -> Field:
    return Field(id=name, source=source, of=of, labels=MappingProxyType({"en": f"the {name}"}), **others)


def a_text(*body: Paragraph, fields: Mapping[str, Field] = MappingProxyType({}), **others: Any) -> LetterText:
    told = {
        "id": "request", "language": "en", "form": Form.LETTER, "to": ("The office",), "sender": ("{name}",),
        "title": "Request", "subtitle": "", "enclosures": (), "signed_by": "{name}", "digest": "0" * 16,
        "fields": {"name": a_field("name", of="short"), **fields},
    }  # fmt: skip
    return LetterText(body=body, **{**told, **others})  # type: ignore[arg-type]


def a_paragraph(*texts: str, kind: Kind = Kind.TEXT, when: object = None, **others: Any) -> Paragraph:
    condition = parse_condition(when) if when is not None else None
    return Paragraph(place="body[0]", kind=kind, texts=texts, condition=condition, **others)


def filled_with(
    text: LetterText,
    values: Mapping[str, str] = MappingProxyType({}),
    facts: Mapping[str, Any] = MappingProxyType({}),
    book: Guidebook | None = None,
    **others: Any,
) -> Filled:
    told: dict[str, Any] = {"labels": lambda name: f"label of {name}", "on": TUESDAY, **others}
    return fill(text, book or Guidebook(), facts=facts, values=values, **told)


def shipped(letter_id: str, language: str, words: str = "", facts: Mapping[str, Any] | None = None) -> Filled:
    """A shipped paper with the same words in every field that takes words, and a day in every other."""
    text = PACK.letters.texts[letter_id, language]
    values = {name: _said(field, words) for name, field in text.fields.items()} if words else {}
    situation = max(PACK.guide.situations, key=lambda one: len(one.facts))
    return fill(
        text,
        PACK.guide,
        facts=situation.facts if facts is None else facts,
        values=values,
        labels=labels_in(PACK, language),
        on=TUESDAY,
    )


def _said(field: Field, words: str) -> str:
    if field.is_day:
        return "2023-11-24"
    return field.question.options[0].id if field.question is not None and field.question.options else words


def words_of(filled: Filled) -> str:
    """Every word that somebody reads on the paper, blanks left out."""
    lines = [*filled.to, *filled.sender, filled.title, filled.subtitle, *(block.line for block in filled.body)]
    return "\n".join("".join(piece.text for piece in line if not piece.is_blank) for line in lines)

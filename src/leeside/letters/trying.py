"""Tries the papers of a pack without a case: is each text written in both ways, and what does it use?"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from leeside.letters.docx import write_docx
from leeside.letters.filling import Filled, fill
from leeside.letters.pdf import write_pdf
from leeside.letters.wording import PAPER_WORDS
from leeside.packs.letters.fields import Field, Source
from leeside.packs.letters.papers import BLANK, LetterText
from leeside.packs.pack import Pack

_BEGINNINGS: Final = (b"PK\x03\x04", b"%PDF-")


def labels_in(pack: Pack, language: str) -> Callable[[str], str]:
    """Names a field in the language of a paper; in English where nobody said it in that language."""
    return lambda name: label_of(pack, pack.letters.fields[name], language)


def label_of(pack: Pack, field: Field, language: str) -> str:
    """What a field is called: its own label, else that of its question, else in the next language that has one."""
    for each in dict.fromkeys((language, "en", *pack.languages)):
        if each in field.labels:
            return field.labels[each]
        if field.question is not None and pack.has_text(field.question.label_key, each):
            return pack.text(field.question.label_key, each)
    return field.id


def faults_of_writing(text: LetterText, pack: Pack) -> Iterator[str]:
    """What fails when the paper is written with nothing known, and to each worked situation of the guide."""
    file = file_of(text)
    if text.language not in PAPER_WORDS:
        yield f"{file}: a paper can be written in {', '.join(PAPER_WORDS)}, not in `{text.language}`."
        return
    tried: list[tuple[date, Any]] = [(one.on, one.facts) for one in pack.guide.situations] or [(date.min, {})]
    fewest: Filled | None = None
    for on, facts in [(tried[0][0], {}), *tried]:
        filled = fill(text, pack.guide, facts=facts, values={}, labels=labels_in(pack, text.language), on=on)
        if not filled.body:
            yield f"{file}: on {on} nothing of the body is written."
        if fewest is None or len(filled.body) < len(fewest.body):
            fewest = filled
    for writer, beginning in zip((write_docx, write_pdf), _BEGINNINGS, strict=True):
        if fewest is not None and not writer(fewest).startswith(beginning):
            yield f"{file}: it is not written as it should be."


def uses_of(text: LetterText, pack: Pack) -> dict[str, Any]:
    """What the text is filled from: each field with its source, its label, and the places where it stands."""
    places: dict[str, list[str]] = {}
    for place, line in text.places():
        for name in BLANK.findall(line):
            places.setdefault(name, []).append(place)
    return {
        "file": file_of(text),
        "paragraphs": len(text.body),
        "fields": [
            {
                "id": name,
                "from": _source(field),
                "label": label_of(pack, field, text.language),
                "places": list(dict.fromkeys(places[name])),
            }
            for name, field in text.fields.items()
        ],
    }


def file_of(text: LetterText) -> str:
    """Where the text stands in its pack."""
    return f"letters/{text.id}.{text.language}.toml"


def _source(field: Field) -> str:
    of = f" {field.of}" if field.of and field.source is not Source.TYPED else ""
    return f"{field.source.value}{of}{f' {field.column}' if field.column else ''}"

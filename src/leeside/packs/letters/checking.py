"""What must be true of a pack's papers: every blank is declared, every name exists, no red line is crossed.

A fault names the file, its line and the place inside it, so that whoever wrote the text finds it without knowing code.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from leeside.packs.conditions import Condition, Facts
from leeside.packs.files import Findings
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.red_lines import red_lines_in
from leeside.packs.letters.fields import LEDGER_COLUMNS, OUTGOING_COLUMNS, Field, Source
from leeside.packs.letters.papers import BLANK, Letters, LetterText, Paragraph
from leeside.packs.letters.reading import FIELDS, FOLDER, LetterFiles
from leeside.packs.places import Path
from leeside.packs.questions import Question

_STRAY: Final = re.compile(r"[{}]")


@dataclass(frozen=True)
class LetterTies:
    """What papers lean on in the rest of their pack.

    `papers` are those of the ledger, `outgoing` the kinds of paper that go out; `faults_of` says what is wrong with a
    condition, in sentences.
    """

    languages: tuple[str, ...]
    questions: Mapping[str, Question]
    papers: frozenset[str]
    outgoing: frozenset[str]
    book: Guidebook
    faults_of: Callable[[Condition, Iterable[Facts]], list[str]]


def check_letters(files: LetterFiles, ties: LetterTies, findings: Findings) -> None:
    """Notes everything that is wrong with the papers of a pack."""
    if files.fields_file is None and not files.texts:
        return
    for each in files.fields.values():
        _check_field(files, each, ties, findings)
    kinds = {kind.id for kind in ties.book.letters}
    for text, file in files.texts:
        if text.id not in kinds:
            file.note(findings, (), f"guide/letters.toml has no paper `{text.id}`.")
        for path, message in _faults_of_text(text, files.fields, ties):
            file.note(findings, path, message)
    written = {text.id for text, _file in files.texts}
    for kind in ties.book.letters:
        if kind.id not in written:
            findings.add(f"{FOLDER}/{kind.id}.ru.toml", 0, "", f"the paper `{kind.id}` has no text in any language.")
    used = {name for text, _file in files.texts for name in blanks_in(text)}
    for name in files.fields:
        if name not in used and files.fields_file is not None:
            files.fields_file.note(findings, ("fields", name), "no paper uses this field.")


def make_letters(files: LetterFiles, ties: LetterTies) -> Letters:
    """The papers of a pack without faults, each with the fields that it uses."""
    fields = {
        name: replace(each, question=ties.questions[each.of]) if each.source is Source.QUESTION else each
        for name, each in files.fields.items()
    }
    texts = {
        (text.id, text.language): replace(
            text, fields=MappingProxyType({name: fields[name] for name in blanks_in(text)})
        )
        for text, _file in files.texts
    }
    return Letters(MappingProxyType(texts), MappingProxyType(fields))


def blanks_in(text: LetterText) -> tuple[str, ...]:
    """The fields that a text uses, in the order in which they first stand in it."""
    return tuple(dict.fromkeys(name for _place, line in text.places() for name in BLANK.findall(line)))


def _faults_of_text(text: LetterText, fields: Mapping[str, Field], ties: LetterTies) -> Iterator[tuple[Path, str]]:
    for place, line in text.places():
        path = path_of(place)
        for name in BLANK.findall(line):
            if name not in fields:
                yield path, f"`{{{name}}}` is no field of {FIELDS}."
            elif _has_options(fields[name], ties) and text.language not in fields[name].phrases:
                yield path, f"`{{{name}}}` has no words for its options in `{text.language}`."
        if _STRAY.search(BLANK.sub("", line)):
            yield path, "a brace stands alone: a blank is written {like_this}."
        for what in red_lines_in(line, may_name_them=False):
            yield path, f"this may not stand in a paper: {what}."
    for paragraph in (*text.body, *text.enclosures):
        yield from _faults_of_paragraph(paragraph, fields, ties)


def _faults_of_paragraph(
    paragraph: Paragraph, fields: Mapping[str, Field], ties: LetterTies
) -> Iterator[tuple[Path, str]]:
    path = path_of(paragraph.place)
    if paragraph.condition is not None:
        for fault in ties.faults_of(paragraph.condition, ()):
            yield (*path, "when"), fault
    for name in paragraph.needs:
        if name not in fields:
            yield (*path, "needs"), f"`{name}` is no field of {FIELDS}."
        elif name not in paragraph.fields and paragraph.fields:
            yield (*path, "needs"), f"`{name}` does not stand in this paragraph."
    for rule in paragraph.rules:
        if ties.book.rule(rule) is None:
            yield (*path, "rules"), f"the guide has no rule `{rule}`."


def _has_options(each: Field, ties: LetterTies) -> bool:
    question = ties.questions.get(each.of) if each.source is Source.QUESTION else None
    return question is not None and bool(question.options)


def path_of(place: str) -> Path:
    """Where a place such as `body[2]` stands in the file; lines of the head have the place of their list."""
    name, _bracket, index = place.removesuffix("]").partition("[")
    return (name, int(index)) if index and name in ("body", "enclosures") else (name,)


def _check_field(files: LetterFiles, each: Field, ties: LetterTies, findings: Findings) -> None:
    if files.fields_file is None:
        return
    for fault in _faults_of_field(each, ties):
        files.fields_file.note(findings, ("fields", each.id), fault)


def _faults_of_field(each: Field, ties: LetterTies) -> Iterator[str]:
    known: Mapping[Source, tuple[Iterable[str], tuple[str, ...]]] = {
        Source.QUESTION: (ties.questions, ()),
        Source.LEDGER: (ties.papers, LEDGER_COLUMNS),
        Source.OUTGOING: (ties.outgoing, OUTGOING_COLUMNS),
        Source.TERM: ({term.id for term in ties.book.terms if term.may_compute}, ()),
    }
    if each.source in known:
        ids, columns = known[each.source]
        if each.of not in ids:
            yield f"there is no `{each.of}` that `{each.source.value}` could mean."
        if columns and each.column not in columns:
            yield f"`column` is needed, one of {', '.join(columns)}."
    if each.column and each.source not in (Source.LEDGER, Source.OUTGOING):
        yield "`column` belongs to `ledger` and `outgoing`."
    question = ties.questions.get(each.of) if each.source is Source.QUESTION else None
    if question is not None:
        yield from _faults_of_question(each, question)
        return
    for language in ties.languages:
        if language not in each.labels:
            yield f"there is no label in `{language}`."


def _faults_of_question(each: Field, question: Question) -> Iterator[str]:
    if question.kind == "many":
        yield f"`{question.id}` may have several answers: a blank takes one."
    options = {option.id for option in question.options}
    for language, phrases in each.phrases.items():
        for option in sorted(set(phrases) ^ options):
            yield f"words.{language}: `{option}` is an option without words, or words without an option."

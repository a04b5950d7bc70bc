"""Reads the folder `answers/` of a pack and checks it: index.toml with the subjects, and one file an answer.

A pack without that folder has no public answers. That a rule changed under an answer is no fault: readers are told.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from leeside.packs.files import Findings, PackFile, read_shaped_as
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.public_answers import AnswerWords, Block, PublicAnswer, PublicAnswers, Subject
from leeside.packs.guidebook.red_lines import red_lines_in
from leeside.packs.places import Path as KeyPath

FOLDER: Final = "answers"
SCHEMAS: Final = ("answer", "answers")
"""The schemas of the files in that folder: of one answer, and of index.toml."""
_INDEX: Final = f"{FOLDER}/index.toml"
_POINT: Final = "- "


def read_answers(folder: Path, languages: tuple[str, ...], book: Guidebook, findings: Findings) -> PublicAnswers:
    """The public answers of the pack in `folder`; every fault is noted."""
    if not (folder / FOLDER).is_dir():
        return PublicAnswers()
    index = read_shaped_as(folder, _INDEX, "answers", findings)
    if index is None:
        return PublicAnswers()
    subjects = tuple(Subject(each["id"], MappingProxyType(dict(each["words"]))) for each in index.table["subjects"])
    for place, subject in enumerate(subjects):
        _check_languages(index, ("subjects", place, "words"), subject.titles, languages, findings)
    places = {subject.id: place for place, subject in enumerate(subjects)}
    answers = []
    for file in _files(folder, findings):
        _check(file, languages, book, findings)
        answer = _answer(file, findings)
        if answer.subject not in places:
            file.note(findings, ("subject",), f"there is no subject `{answer.subject}` in {_INDEX}.")
        answers.append(answer)
    answers.sort(key=lambda one: (places.get(one.subject, 0), one.order, one.id))
    return PublicAnswers(subjects, tuple(answers))


def split_into_blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs and lists of a text: an empty line ends a paragraph, `- ` begins an element of a list."""
    blocks: list[Block] = []
    for part in text.strip().split("\n\n"):
        lines = [line.strip() for line in part.strip().splitlines()]
        opening = [line for line in lines if not line.startswith(_POINT)]
        points = tuple(line.removeprefix(_POINT) for line in lines if line.startswith(_POINT))
        if opening:
            blocks.append(Block((" ".join(opening),)))
        if points:
            blocks.append(Block(points, is_list=True))
    return tuple(blocks)


def _files(folder: Path, findings: Findings) -> Iterator[PackFile]:
    for path in sorted((folder / FOLDER).glob("*.toml")):
        name = path.relative_to(folder).as_posix()
        file = read_shaped_as(folder, name, "answer", findings) if name != _INDEX else None
        if file is not None:
            yield file


def _answer(file: PackFile, findings: Findings) -> PublicAnswer:
    table = file.table
    checked = table.get("checked", {})
    return PublicAnswer(
        id=Path(file.name).stem,
        subject=table["subject"],
        order=table["order"],
        as_of=_day(file, ("as_of",), table["as_of"], findings) or date.max,
        checked_by=checked.get("by", ""),
        checked_on=_day(file, ("checked", "on"), checked.get("on"), findings),
        rests_on=MappingProxyType(dict(table.get("rests_on", {}))),
        own_sources=tuple(table.get("sources", ())),
        names_red_lines=table.get("names_red_lines", False),
        words=MappingProxyType({language: _words(words) for language, words in table["words"].items()}),
    )


def _words(words: Mapping[str, str]) -> AnswerWords:
    return AnswerWords(words["question"], words["short"], split_into_blocks(words["rest"]), words["next"])


def _check(file: PackFile, languages: tuple[str, ...], book: Guidebook, findings: Findings) -> None:
    table = file.table
    _check_languages(file, ("words",), table["words"], languages, findings)
    for rule_id in table.get("rests_on", {}):
        rule = book.rule(rule_id)
        if rule is None:
            file.note(findings, ("rests_on", rule_id), f"there is no rule `{rule_id}`.")
        elif rule.published.isoformat() > table["as_of"]:
            file.note(findings, ("rests_on", rule_id), f"nobody could know `{rule_id}` on that day (`as_of`).")
    for place, source in enumerate(table.get("sources", ())):
        if source not in book.sources:
            file.note(findings, ("sources", place), f"there is no source `{source}`.")
    for language, words in table["words"].items():
        for part, text in words.items():
            for found in red_lines_in(text, may_name_them=table.get("names_red_lines", False)):
                file.note(
                    findings, ("words", language, part), f"this looks like {found}: a red line (docs/use/answers.md)."
                )


def _check_languages(
    file: PackFile, path: KeyPath, words: Mapping[str, object], languages: tuple[str, ...], findings: Findings
) -> None:
    for language in languages:
        if language not in words:
            file.note(findings, path, f"there are no words in `{language}`.")
    for language in sorted(set(words) - set(languages)):
        file.note(findings, (*path, language), f"`{language}` is no language of this pack.")


def _day(file: PackFile, path: KeyPath, written: str | None, findings: Findings) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        file.note(findings, path, f"{written!r} is not a day of the calendar.")
        return None

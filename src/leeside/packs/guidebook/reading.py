"""Reads the folder `guide/` of a pack into a Guidebook. A pack without that folder has an empty guide.

Files: sources.toml, terms.toml, letters.toml; rules/ with one file a rule, in folders by subject as one likes; and
situations/ with one file each. The name of a rule's file is its id.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from leeside.packs import conditions
from leeside.packs.conditions import FIRST_DAY, LAST_DAY, Condition, FactValue, Truth
from leeside.packs.files import Findings, PackFile, read_shaped_as
from leeside.packs.guidebook.book import Guidebook, LetterKind, Situation, Source
from leeside.packs.guidebook.rules import Confidence, Example, Gives, Review, Rule, RuleWords, digest_of, law_of
from leeside.packs.guidebook.terms import Term, TermWords, Unit
from leeside.packs.places import Path as KeyPath

FOLDER: Final = "guide"
SCHEMAS: Final = ("rule", "terms", "sources", "letters", "situation", "subjects")
"""The schemas of the files in that folder."""
_NEVER: Final = conditions.AnyOf(())
_TRUTHS: Final = {"yes": Truth.YES, "no": Truth.NO, "unknown": Truth.UNKNOWN}
_DEFAULT_RANK: Final = 50


class GuideFiles:
    """The files of a guide as they were read: what the checks name places in."""

    def __init__(self, book: Guidebook, rules: Mapping[str, PackFile], situations: Mapping[str, PackFile]) -> None:
        self.book = book
        self.rules = rules
        self.situations = situations


def read_guide(folder: Path, findings: Findings) -> GuideFiles:
    """The guide of the pack in `folder`; every fault of form is noted, and what cannot be read is left out."""
    if not (folder / FOLDER).is_dir():
        return GuideFiles(Guidebook(), {}, {})
    rules = {Path(file.name).stem: file for file in _each(folder, "rules", "rule", findings)}
    situations = {Path(file.name).stem: file for file in _each(folder, "situations", "situation", findings)}
    book = Guidebook(
        rules=tuple(rule for file in rules.values() if (rule := read_rule(file, findings)) is not None),
        terms=tuple(_terms(_table(folder, "terms", findings), findings)),
        sources=MappingProxyType({one.id: one for one in _sources(_table(folder, "sources", findings))}),
        letters=tuple(_letters(_table(folder, "letters", findings))),
        situations=tuple(_situation(file, findings) for file in situations.values()),
        subjects=_subjects(folder, findings),
    )
    return GuideFiles(book, rules, situations)


def _each(folder: Path, part: str, schema: str, findings: Findings) -> Iterator[PackFile]:
    inside = folder / FOLDER / part
    seen: set[str] = set()
    for path in sorted(inside.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if path.stem in seen:
            findings.add(name, 0, "", f"there is another file called {path.name}.")
            continue
        seen.add(path.stem)
        file = read_shaped_as(folder, name, schema, findings)
        if file is not None:
            yield file


def _table(folder: Path, part: str, findings: Findings) -> PackFile | None:
    return read_shaped_as(folder, f"{FOLDER}/{part}.toml", part, findings)


def read_rule(file: PackFile, findings: Findings) -> Rule | None:
    """One rule of a file that has the right shape; None for one without a first day."""
    table = file.table
    since = _day(file, ("from",), table["from"], findings)
    if since is None:
        return None
    law = law_of(table)
    return Rule(
        id=Path(file.name).stem,
        gives=Gives(table["gives"]),
        condition=_condition(file, table, findings),
        published=_day(file, ("published",), table.get("published"), findings) or since,
        since=since,
        until=_day(file, ("until",), table.get("until"), findings),
        is_since_sure=table.get("from_is_sure", True),
        is_until_sure=table.get("until_is_sure", True),
        confidence=Confidence(table["confidence"]),
        sources=tuple(table.get("sources", ())),
        research=tuple(table.get("research", ())),
        terms=tuple(table.get("terms", ())),
        papers=tuple(table.get("papers", ())),
        asks=tuple(table.get("asks", ())),
        authority=table.get("authority", ""),
        rank=table.get("rank", _DEFAULT_RANK),
        for_lawyer=table.get("for_lawyer", False),
        supersedes=table.get("supersedes", ""),
        review=_review(file, table.get("review"), findings),
        words=MappingProxyType({language: RuleWords(**words) for language, words in table["words"].items()}),
        examples=tuple(_examples(file, findings)),
        digest=digest_of(law),
        law=law,
        subject=_subject_of(file.name),
    )


def _subject_of(name: str) -> str:
    folder = Path(name).parent.name
    return "" if folder == "rules" else folder


def _subjects(folder: Path, findings: Findings) -> Mapping[str, Mapping[str, str]]:
    """The titles of the folders of rules by language; a pack may leave them out."""
    if not (folder / FOLDER / "subjects.toml").is_file():
        return MappingProxyType({})
    file = _table(folder, "subjects", findings)
    tables = file.table["subjects"] if file is not None else ()
    return MappingProxyType({each["id"]: MappingProxyType(dict(each["title"])) for each in tables})


def _condition(file: PackFile, table: Mapping[str, Any], findings: Findings) -> Condition:
    try:
        return conditions.parse_condition(table["when"])
    except conditions.ConditionError as wrong:
        place = f"{wrong.where}: " if wrong.where else ""
        file.note(findings, ("when",), f"{place}{wrong.message}")
        return _NEVER


def _review(file: PackFile, table: Mapping[str, str] | None, findings: Findings) -> Review:
    return Review() if table is None else Review(table["by"], _day(file, ("review", "on"), table["on"], findings))


def _examples(file: PackFile, findings: Findings) -> Iterator[Example]:
    for index, each in enumerate(file.table["examples"]):
        on = _day(file, ("examples", index, "on"), each["on"], findings)
        if on is not None:
            yield Example(each["name"], on, _facts(each["facts"]), _TRUTHS[each["applies"]])


def _terms(file: PackFile | None, findings: Findings) -> Iterator[Term]:
    if file is None:
        return
    for index, each in enumerate(file.table["terms"]):
        yield Term(
            id=each["id"],
            events=(each["event"], *each.get("or_events", ())),
            is_duty=each.get("duty", True),
            unit=Unit(each["unit"]),
            count=each.get("count", 0),
            longest=each.get("longest", 0),
            is_before=each.get("before", False),
            counts_event_day=each.get("event_day_counts", False),
            moves_on=each.get("on_day_off", "next") == "next",
            country=each.get("country", ""),
            may_compute=each.get("compute", True),
            is_restorable=each.get("restorable", False),
            restored_by=each.get("restored_by", ""),
            since=_day(file, ("terms", index, "from"), each.get("from"), findings),
            until=_day(file, ("terms", index, "until"), each.get("until"), findings),
            confidence=Confidence(each["confidence"]),
            sources=tuple(each.get("sources", ())),
            research=tuple(each.get("research", ())),
            words=MappingProxyType({language: TermWords(**words) for language, words in each["words"].items()}),
        )


def _sources(file: PackFile | None) -> Iterator[Source]:
    for each in file.table["sources"] if file is not None else ():
        yield Source(each["id"], each["address"], each.get("remark", ""), each.get("weak", False))


def _letters(file: PackFile | None) -> Iterator[LetterKind]:
    for each in file.table["letters"] if file is not None else ():
        titles = {language: words["title"] for language, words in each["words"].items()}
        yield LetterKind(each["id"], each.get("research", ""), MappingProxyType(titles))


def _situation(file: PackFile, findings: Findings) -> Situation:
    table = file.table
    days = {
        term: day
        for term, written in table.get("days", {}).items()
        if (day := _day(file, ("days", term), written, findings)) is not None
    }
    return Situation(
        id=Path(file.name).stem,
        on=_day(file, ("on",), table["on"], findings) or date.min,
        facts=_facts(table["facts"]),
        applies=tuple(table["applies"]),
        unknown=tuple(table.get("unknown", ())),
        coming=tuple(table.get("coming", ())),
        days=MappingProxyType(days),
        papers=tuple(table.get("papers", ())),
        ask=table.get("ask", ""),
        words=MappingProxyType(dict(table["words"])),
    )


def _facts(table: Mapping[str, Any]) -> Mapping[str, FactValue]:
    return MappingProxyType({key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})


def _day(file: PackFile, path: KeyPath, written: str | None, findings: Findings) -> date | None:
    if written is None:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        file.note(findings, path, f"{written!r} is not a day of the calendar.")
        return None
    return day

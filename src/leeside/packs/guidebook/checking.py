"""What must be true of a guide as a whole: ids that fit, words in every language, and examples that come out right.

A rule whose examples do not come out as they say is a fault of the pack: it is refused like a missing text.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from leeside.packs.conditions import TODAY, Condition, Facts, FactValue, Truth, uses_known
from leeside.packs.files import Findings, PackFile
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.reading import FOLDER, GuideFiles
from leeside.packs.guidebook.red_lines import tactical_in
from leeside.packs.guidebook.rules import Confidence, Rule
from leeside.packs.guidebook.terms import Term, Unit
from leeside.packs.places import Path
from leeside.packs.questions import Question

_SEEN: Final = frozenset({Confidence.OFFICIAL, Confidence.SECONDARY})
_TRUTH_WORDS: Final = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Ties:
    """What a guide leans on in the rest of its pack.

    `faults_of` says what is wrong with a condition, in sentences, given facts that it should fit; empty for none.
    """

    languages: tuple[str, ...]
    questions: Mapping[str, Question]
    authorities: frozenset[str]
    faults_of: Callable[[Condition, Iterable[Facts]], list[str]]


def check_guide(files: GuideFiles, ties: Ties, findings: Findings) -> None:
    """Notes everything that is wrong with a guide."""
    for rule in files.book.rules:
        check_one_rule(files.rules[rule.id], rule, files.book, ties, findings)
    _check_terms(files.book, ties, findings)
    _check_situations(files, ties, findings)
    for letter in files.book.letters:
        for language in ties.languages:
            if language not in letter.titles:
                findings.add(f"{FOLDER}/letters.toml", 0, letter.id, f"there are no words in `{language}`.")


def check_one_rule(file: PackFile, rule: Rule, book: Guidebook, ties: Ties, findings: Findings) -> None:
    """Notes everything that is wrong with one rule of `book`."""
    _check_words(file, ("words",), rule.words, ties, findings)
    _check_red_lines(file, rule, findings)
    _check_rule(file, rule, book, ties, findings)
    _check_examples(file, rule, ties, findings)


def _check_words(file: PackFile, path: Path, words: Iterable[str], ties: Ties, findings: Findings) -> None:
    have = set(words)
    for language in ties.languages:
        if language not in have:
            file.note(findings, path, f"there are no words in `{language}`.")
    for language in sorted(have - set(ties.languages)):
        file.note(findings, (*path, language), f"`{language}` is no language of this pack.")


def _check_red_lines(file: PackFile, rule: Rule, findings: Findings) -> None:
    for language, words in rule.words.items():
        if tactical := tactical_in(" / ".join((words.title, words.why, words.act, words.how, words.care))):
            file.note(findings, ("words", language), f"`{tactical}`: no rule says or asks anything tactical.")


def _check_rule(file: PackFile, rule: Rule, book: Guidebook, ties: Ties, findings: Findings) -> None:
    if uses_known(rule.condition):
        message = "a rule of law may not ask what we know (`known`): what is learned later would turn it."
        file.note(findings, ("when",), message)
    for fault in ties.faults_of(rule.condition, [one.facts for one in rule.examples]):
        file.note(findings, ("when",), fault)
    for part, ids, known in (
        ("terms", rule.terms, {term.id for term in book.terms}),
        ("papers", rule.papers, {letter.id for letter in book.letters}),
        ("sources", rule.sources, set(book.sources)),
        ("asks", rule.asks, set(ties.questions)),
        ("authority", (rule.authority,) if rule.authority else (), ties.authorities),
        ("supersedes", (rule.supersedes,) if rule.supersedes else (), set(book.by_id) - {rule.id}),
    ):
        for index, each in enumerate(ids):
            if each not in known:
                path: Path = (part, index) if part not in ("authority", "supersedes") else (part,)
                file.note(findings, path, f"there is no `{each}` that this could mean.")
    if rule.confidence in _SEEN and not rule.sources:
        file.note(findings, ("confidence",), f"`{rule.confidence.value}` says that it was seen: name the source.")
    if rule.published > rule.since:
        file.note(findings, ("published",), "the rule is in force before its act was published.")
    if rule.until is not None and rule.until < rule.since:
        file.note(findings, ("until",), "the rule ends before it begins.")
    replaced = book.rule(rule.supersedes)
    if replaced is not None and (replaced.until is None or replaced.until >= rule.since):
        file.note(findings, ("supersedes",), f"`{replaced.id}` must end before this rule begins.")


def _check_examples(file: PackFile, rule: Rule, ties: Ties, findings: Findings) -> None:
    for index, example in enumerate(rule.examples):
        path = ("examples", index)
        faults = list(faults_of_facts(example.facts, ties.questions))
        for fault in faults:
            file.note(findings, (*path, "facts"), fault)
        found = rule.condition.evaluate({**example.facts, TODAY: example.on})
        if not faults and found is not example.applies:
            file.note(findings, path, f"the rule says `{_TRUTH_WORDS[found]}` to “{example.name}”.")
    for truth, word in _TRUTH_WORDS.items():
        if all(example.applies is not truth for example in rule.examples):
            file.note(findings, ("examples",), f'an example with `applies = "{word}"` is missing.')


def faults_of_facts(facts: Mapping[str, FactValue], questions: Mapping[str, Question]) -> Iterable[str]:
    """What is wrong with facts that somebody wrote down, in sentences."""
    for fact, value in facts.items():
        question = questions.get(fact)
        options = {option.id for option in question.options} if question is not None else set()
        if question is None:
            yield f"there is no question `{fact}`."
        elif question.kind == "one" and value not in options:
            yield f"`{fact}` has no option `{value}`."
        elif question.kind == "many" and not (isinstance(value, tuple) and set(value) <= options):
            yield f"`{fact}` needs a list of its options."
        elif question.kind == "date" and not _is_day(value):
            yield f'`{fact}` needs a day, written as "2023-12-31".'


def _is_day(value: FactValue) -> bool:
    try:
        return isinstance(value, date) or (isinstance(value, str) and date.fromisoformat(value).isoformat() == value)
    except ValueError:
        return False


def _check_terms(book: Guidebook, ties: Ties, findings: Findings) -> None:
    name = f"{FOLDER}/terms.toml"
    for term in book.terms:
        for fault in _faults_of_term(term, book, ties):
            findings.add(name, 0, term.id, fault)
    for one, other in combinations(book.terms, 2):
        if one.id == other.id and _overlap(one, other):
            findings.add(name, 0, one.id, "two wordings of this term are in force on the same day.")


def _faults_of_term(term: Term, book: Guidebook, ties: Ties) -> Iterable[str]:
    for name in term.events:
        event = ties.questions.get(name)
        if event is None or event.kind != "date":
            yield f"`{name}` is not a question of the kind `date`."
    yield from _faults_of_count(term)
    if term.confidence is Confidence.GENERAL and term.may_compute:
        yield "general knowledge only (K) proposes no day: `compute = false`."
    if term.confidence in _SEEN and not term.sources:
        yield f"`{term.confidence.value}` says that it was seen: name the source."
    if term.restored_by and term.restored_by not in {letter.id for letter in book.letters}:
        yield f"there is no paper `{term.restored_by}`."
    for source in term.sources:
        if source not in book.sources:
            yield f"there is no source `{source}`."
    for language in ties.languages:
        if language not in term.words:
            yield f"there are no words in `{language}`."


def _faults_of_count(term: Term) -> Iterable[str]:
    if (term.unit is Unit.AT_ONCE) is not (term.count == 0):
        yield "a term has a `count`, unless its unit is `at_once`."
    if term.longest and term.longest <= term.count:
        yield "`longest` must be more than `count`."
    if term.unit is not Unit.AT_ONCE and not term.country and (term.moves_on or term.unit is Unit.WORKING_DAYS):
        yield "whose days off count? Name the `country`."
    if term.is_before and term.moves_on:
        yield 'what is due before an event never moves towards it: `on_day_off = "stays"`.'
    if term.counts_event_day and term.unit in (Unit.MONTHS, Unit.AT_ONCE):
        yield "`event_day_counts` is for days: months end on the day of the same number."


def _overlap(one: Term, other: Term) -> bool:
    starts = max(one.since or date.min, other.since or date.min)
    return starts <= min(one.until or date.max, other.until or date.max)


def _check_situations(files: GuideFiles, ties: Ties, findings: Findings) -> None:
    book = files.book
    rules, terms, papers = set(book.by_id), {term.id for term in book.terms}, {one.id for one in book.letters}
    for situation in book.situations:
        file = files.situations[situation.id]
        _check_words(file, ("words",), situation.words, ties, findings)
        for fault in faults_of_facts(situation.facts, ties.questions):
            file.note(findings, ("facts",), fault)
        for part, ids, known in (
            ("applies", situation.applies, rules),
            ("unknown", situation.unknown, rules),
            ("coming", situation.coming, rules),
            ("days", tuple(situation.days), terms),
            ("papers", situation.papers, papers),
            ("ask", (situation.ask,) if situation.ask else (), set(ties.questions)),
        ):
            for each in ids:
                if each not in known:
                    file.note(findings, (part,), f"there is no `{each}` that this could mean.")

"""Fills the text of a paper: which paragraphs are written, what stands in each blank, and what is missing.

Rules:
1. A paragraph whose condition is NO is left out; one that nobody can tell yet is left out too, and the facts it waits
   for are counted as missing.
2. A paragraph that needs a field without a value is left out, and the field is counted as missing.
3. A paragraph that rests on rules of the guide is left out on a day on which none of them is in force.
4. A field without a value leaves a marked blank with its label. No blank is silent: each is counted as missing.
5. Values are plain text whatever was typed; days are written out in the language of the paper.
6. A text of several paragraphs that was typed into one paragraph is written as several.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leeside.letters.plain import plain_line, plain_text
from leeside.letters.wording import PAPER_WORDS
from leeside.packs.conditions import TODAY, Facts, FactValue, Truth, facts_of
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Rule
from leeside.packs.letters.fields import Field
from leeside.packs.letters.papers import BLANK, Form, Kind, LetterText, Paragraph


@dataclass(frozen=True)
class Piece:
    """A part of a line: text, or a blank that is named by the label of its field."""

    text: str
    is_blank: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """One part of the body as it is written. `number` is that of a list's line; 0 for what is not numbered."""

    kind: Kind
    line: Line
    number: int = 0


@dataclass(frozen=True)
class Missing:
    """Something that nobody knows yet: a field (a blank, or a paragraph left out for it), or a fact that decides."""

    id: str
    place: str
    is_fact: bool = False


@dataclass(frozen=True)
class Filled:
    """One paper, ready to be written. `mark` and `notes` stand at the top of a draft, and are empty for a checked one;
    `missing` is for the one who drafts."""

    id: str
    language: str
    form: Form
    on: date
    mark: str
    notes: tuple[str, ...]
    to: tuple[Line, ...]
    sender: tuple[Line, ...]
    title: Line
    subtitle: Line
    body: tuple[Block, ...]
    enclosures: tuple[Line, ...]
    signed_by: Line
    rules: tuple[str, ...]
    missing: tuple[Missing, ...]

    @property
    def blanks(self) -> int:
        """How many different fields and facts are missing."""
        return len({one.id for one in self.missing})


def fill(
    text: LetterText,
    book: Guidebook,
    *,
    facts: Facts,
    values: Mapping[str, str],
    labels: Callable[[str], str],
    on: date,
    is_checked: bool = False,
) -> Filled:
    """The paper with everything that is known on the day `on`.

    `facts` are the guide's; `values` are what stands in the fields, days as 2023-12-31; `labels` names a field in the
    language of the paper. A checked paper has no lines at the top: they would tell that somebody helped. The rules are
    those that the written paragraphs rest on; where none names its own, all rules of the guide that give this paper.
    """
    filler = _Filler(text, {**facts, TODAY: on}, values, labels)
    body = tuple(_blocks(filler, text.body, book, on))
    enclosures = tuple(block.line for block in _blocks(filler, text.enclosures, book, on))
    rules = _rules_of(filler, text, book, on)
    words = PAPER_WORDS[text.language]
    return Filled(
        id=text.id,
        language=text.language,
        form=text.form,
        on=on,
        mark="" if is_checked else words.mark,
        notes=() if is_checked else tuple(_note(rule, text.language) for rule in rules),
        to=filler.lines("to", text.to),
        sender=filler.lines("from", text.sender),
        title=filler.line("title", text.title),
        subtitle=filler.line("subtitle", text.subtitle),
        body=body,
        enclosures=enclosures,
        signed_by=filler.line("signed_by", text.signed_by),
        rules=tuple(rule.id for rule in rules),
        missing=tuple(dict.fromkeys(filler.missing)),
    )


class _Filler:
    """Fills lines, and remembers what was missing and which rules the written paragraphs rest on."""

    def __init__(
        self, text: LetterText, facts: Mapping[str, FactValue], values: Mapping[str, str], labels: Callable[[str], str]
    ) -> None:
        self.text, self.facts, self.labels = text, facts, labels
        self.values = {name: _written(each, values.get(name, ""), text.language) for name, each in text.fields.items()}
        self.missing: list[Missing] = []
        self.rules: list[str] = []

    def lines(self, part: str, lines: Sequence[str]) -> tuple[Line, ...]:
        return tuple(self.line(f"{part}[{number}]", line) for number, line in enumerate(lines))

    def line(self, place: str, line: str) -> Line:
        return tuple(self._pieces(place, line))

    def _pieces(self, place: str, line: str) -> Iterator[Piece]:
        before = ""
        for number, part in enumerate(BLANK.split(line)):
            if number % 2 == 0:
                # A value that ends with a full stop, such as a Russian day, ends the sentence too.
                text = part.removeprefix(".") if before.endswith(".") else part
                if text:
                    yield Piece(text)
            elif self.values[part]:
                before = self.values[part]
                yield Piece(before)
            else:
                before = ""
                self.missing.append(Missing(part, place))
                yield Piece(plain_line(self.labels(part)), is_blank=True)

    def writes(self, paragraph: Paragraph, book: Guidebook, on: date) -> bool:
        truth = Truth.YES if paragraph.condition is None else paragraph.condition.evaluate(self.facts)
        if truth is Truth.NO:
            return False
        if paragraph.rules and not any(_is_in_force(book, rule, on) for rule in paragraph.rules):
            return False
        if truth is Truth.UNKNOWN and paragraph.condition is not None:
            looked_at = sorted(facts_of(paragraph.condition))
            # Where every fact has a value, one is not of the kind that the condition needs: nobody can tell by it.
            unknown = [fact for fact in looked_at if self.facts.get(fact) is None] or looked_at
            self.missing.extend(Missing(fact, paragraph.place, is_fact=True) for fact in unknown)
            return False
        lacking = [name for name in paragraph.needs if not self.values.get(name)]
        self.missing.extend(Missing(name, paragraph.place) for name in lacking)
        if not lacking:
            self.rules.extend(paragraph.rules)
        return not lacking


def _blocks(filler: _Filler, paragraphs: Sequence[Paragraph], book: Guidebook, on: date) -> Iterator[Block]:
    number = 0
    for paragraph in paragraphs:
        if not filler.writes(paragraph, book, on):
            continue
        if paragraph.kind is Kind.HEADING:
            number = 0
        for text in paragraph.texts:
            number += paragraph.kind is Kind.LIST
            first, *others = _paragraphs_of(filler.line(paragraph.place, text))
            yield Block(paragraph.kind, first, number if paragraph.kind is Kind.LIST else 0)
            for line in others:
                yield Block(Kind.TEXT, line)


def _paragraphs_of(line: Line) -> list[Line]:
    """The line, cut where somebody typed a new paragraph."""
    found: list[list[Piece]] = [[]]
    for piece in line:
        first, *others = [piece.text] if piece.is_blank else piece.text.split("\n")
        found[-1].append(Piece(first, piece.is_blank))
        found.extend([Piece(text)] for text in others if text)
    return [tuple(pieces) for pieces in found]


def _rules_of(filler: _Filler, text: LetterText, book: Guidebook, on: date) -> tuple[Rule, ...]:
    named = dict.fromkeys(filler.rules) or dict.fromkeys(rule.id for rule in book.rules if text.id in rule.papers)
    found = (book.rule(name) for name in named)
    return tuple(rule for rule in found if rule is not None and _is_in_force(book, rule.id, on))


def _is_in_force(book: Guidebook, rule_id: str, on: date) -> bool:
    rule = book.rule(rule_id)
    return rule is not None and rule.since <= on and (rule.until is None or on <= rule.until)


def _note(rule: Rule, language: str) -> str:
    """A rule as the top of a paper names it: its id, how sure we are, and the act with its text's date.

    A language that the pack's law is not written in takes English, else the pack's first.
    """
    words = rule.words.get(language) or rule.words.get("en") or next(iter(rule.words.values()))
    note = PAPER_WORDS[language].note
    return note.format(rule=rule.id, confidence=rule.confidence.value, act=words.act)


def _written(field: Field, value: str, language: str) -> str:
    """The value as it stands on the paper; nothing for a day or an option that cannot be read."""
    if field.is_day:
        try:
            return PAPER_WORDS[language].write_day(date.fromisoformat(value))
        except ValueError:
            return ""
    question = field.question
    if question is not None and question.options:
        return field.phrases.get(language, {}).get(value, "")
    return plain_text(value) if field.is_long else plain_line(value)

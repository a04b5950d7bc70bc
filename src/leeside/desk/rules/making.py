"""A rule made by choosing fields, for who does not want to write its file: what was chosen, and the file that says it.

Without script a row more is a press of a button, and so is "show the answers of this fact". Everything travels in the
form; nothing is kept. The file is handed out to be given to whoever keeps the pack.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment

GROUPS, ROWS, EXAMPLES = 5, 6, 8
"""The most that one form holds."""
WORDS: Final = ("title", "why", "act", "how", "care")
DATES: Final = ("at_least", "at_most", "more_than", "less_than")
KINDS: Final = ("all", "any", "none")
_TRUTHS: Final = ("yes", "no", "unknown")
_CLOSED: Final = frozenset({"one", "many", "date"})
_SINGLE: Final = ("gives", "from", "until", "published", "confidence", "authority", "supersedes")
_SEPARATORS: Final = re.compile(r"[\s,;]+")

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Row:
    """One fact of a condition or of an example. `options` are (id, words, chosen); none until a fact is chosen."""

    name: str
    fact: str
    kind: str
    options: tuple[tuple[str, str, bool], ...]
    operator: str
    day: str
    is_turned: bool
    label: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The options that are chosen."""
        return tuple(option for option, _words, is_chosen in self.options if is_chosen)


@dataclass(frozen=True)
class Group:
    """Rows of which all, one or none have to be so."""

    number: int
    kind: str
    rows: tuple[Row, ...]
    may_grow: bool


@dataclass(frozen=True)
class MadeExample:
    """One example: a fact of the condition a row."""

    number: int
    name: str
    on: str
    applies: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Made:
    """What was chosen so far, in the shape of the form. Names are those the template uses."""

    id: str
    single: Mapping[str, str]
    flags: Mapping[str, bool]
    words: Mapping[str, Mapping[str, str]]
    groups: tuple[Group, ...]
    examples: tuple[MadeExample, ...]
    terms: tuple[str, ...]
    papers: tuple[str, ...]
    sources: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts of the condition, each once."""
        return tuple(dict.fromkeys(row.fact for group in self.groups for row in group.rows if row.fact))


def facts_to_choose(seat: Seat) -> tuple[Question, ...]:
    """Every fact that a rule may look at."""
    return tuple(one for one in seat.pack.all_questions if one.compartment == Compartment.STORY and one.kind in _CLOSED)


def read_made(seat: Seat, untrusted: Fields) -> Made:
    """What a posted form chose; of facts and options only those that the pack has."""
    require_line_action(LineAction.SEE_RULES, seat.role)
    press = _one(untrusted, "do")
    count = _number(untrusted, "groups", 1, GROUPS) + (press == "add_group")
    groups = tuple(_group(seat, untrusted, number, press) for number in range(1, min(count, GROUPS) + 1))
    facts = tuple(dict.fromkeys(row.fact for group in groups for row in group.rows if row.fact))
    examples = _number(untrusted, "examples", len(_TRUTHS), EXAMPLES) + (press == "add_example")
    return Made(
        id=_one(untrusted, "id").strip()[:60],
        single={key: _one(untrusted, key).strip() for key in _SINGLE},
        flags={key: _one(untrusted, key) == "yes" for key in ("from_unsure", "until_unsure", "for_lawyer")},
        words={
            language: {part: _line(_one(untrusted, f"w-{language}-{part}")) for part in WORDS}
            for language in seat.pack.languages
        },
        groups=groups,
        examples=tuple(_example(seat, untrusted, number, facts) for number in range(1, min(examples, EXAMPLES) + 1)),
        terms=tuple(untrusted.get("term", ())),
        papers=tuple(untrusted.get("paper", ())),
        sources=_line(_one(untrusted, "sources")),
    )


def _group(seat: Seat, untrusted: Fields, number: int, press: str) -> Group:
    name = f"g{number}"
    count = _number(untrusted, f"{name}-rows", 1, ROWS) + (press == f"add_row_{number}")
    rows = tuple(_row(seat, untrusted, f"{name}-r{each}") for each in range(1, min(count, ROWS) + 1))
    kind = _one(untrusted, f"{name}-kind")
    return Group(number, kind if kind in KINDS else "all", rows, len(rows) < ROWS)


def _row(seat: Seat, untrusted: Fields, name: str, fact: str = "") -> Row:
    fact = fact or _one(untrusted, f"{name}-fact")
    question = next((one for one in facts_to_choose(seat) if one.id == fact), None)
    if question is None:
        return Row(name, "", "", (), DATES[0], "", is_turned=False)
    chosen = untrusted.get(f"{name}-value", ())
    operator = _one(untrusted, f"{name}-op")
    return Row(
        name=name,
        fact=fact,
        kind=question.kind,
        options=tuple(
            (option.id, seat.pack.option_text(question, option.id, seat.language), option.id in chosen)
            for option in question.options
        ),
        operator=operator if operator in DATES else DATES[0],
        day=_one(untrusted, f"{name}-day").strip(),
        is_turned=_one(untrusted, f"{name}-not") == "yes",
        label=seat.pack.text(question.label_key, seat.language),
    )


def _example(seat: Seat, untrusted: Fields, number: int, facts: Sequence[str]) -> MadeExample:
    name = f"e{number}"
    applies = _one(untrusted, f"{name}-applies")
    return MadeExample(
        number=number,
        name=_line(_one(untrusted, f"{name}-name")),
        on=_one(untrusted, f"{name}-on").strip() or seat.today.isoformat(),
        applies=applies if applies in _TRUTHS else _TRUTHS[(number - 1) % len(_TRUTHS)],
        rows=tuple(_row(seat, untrusted, f"{name}-{fact}", fact) for fact in facts),
    )


def write_toml(made: Made) -> str:
    """The file that says what was chosen. What was left out is missing in it, and the reader names that."""
    return "\n".join([*_head(made), "", *_all_words(made), *_examples(made)])


def _head(made: Made) -> Iterator[str]:
    single, flags = made.single, made.flags
    yield f"gives = {_quoted(single['gives'])}"
    yield f"when = {_condition(made)}"
    for key in ("published", "from", "until"):
        if single[key]:
            yield f"{key} = {_quoted(single[key])}"
    for key, flag in (("from_is_sure", "from_unsure"), ("until_is_sure", "until_unsure")):
        if flags[flag]:
            yield f"{key} = false"
    yield f"confidence = {_quoted(single['confidence'])}"
    sources = [one for one in _SEPARATORS.split(made.sources) if one]
    for name, ids in (("sources", sources), ("terms", made.terms), ("papers", made.papers)):
        if ids:
            yield f"{name} = {_list(ids)}"
    for key in ("authority", "supersedes"):
        if single[key]:
            yield f"{key} = {_quoted(single[key])}"
    if flags["for_lawyer"]:
        yield "for_lawyer = true"


def _condition(made: Made) -> str:
    groups = [text for group in made.groups if (text := _group_text(group))]
    return groups[0] if len(groups) == 1 else f"{{ all = [{', '.join(groups)}] }}"


def _group_text(group: Group) -> str:
    tests = [text for row in group.rows if (text := _test(row))]
    if not tests:
        return ""
    inner = ", ".join(tests)
    if group.kind == "none":
        return f"{{ not = {{ any = [{inner}] }} }}"
    return f"{{ {group.kind} = [{inner}] }}"


def _test(row: Row) -> str:
    test = ""
    if row.kind == "date" and row.day:
        test = f"{row.operator} = {_quoted(row.day)}"
    elif row.kind == "one" and row.chosen:
        test = f"in = {_list(row.chosen)}" if len(row.chosen) > 1 else f"is = {_quoted(row.chosen[0])}"
    elif row.kind == "many" and row.chosen:
        parts = [f"{{ fact = {_quoted(row.fact)}, contains = {_quoted(one)} }}" for one in row.chosen]
        many = parts[0] if len(parts) == 1 else f"{{ any = [{', '.join(parts)}] }}"
        return f"{{ not = {many} }}" if row.is_turned else many
    if not test:
        return ""
    whole = f"{{ fact = {_quoted(row.fact)}, {test} }}"
    return f"{{ not = {whole} }}" if row.is_turned else whole


def _all_words(made: Made) -> Iterator[str]:
    for language, words in made.words.items():
        yield f"[words.{language}]"
        yield from (f"{part} = {_quoted(text)}" for part, text in words.items() if text)
        yield ""


def _examples(made: Made) -> Iterator[str]:
    for one in made.examples:
        if not one.name:
            continue
        facts = ", ".join(f"{row.fact} = {value}" for row in one.rows if (value := _value(row)))
        yield "[[examples]]"
        yield f"name = {_quoted(one.name)}"
        yield f"on = {_quoted(one.on)}"
        yield f"applies = {_quoted(one.applies)}"
        yield f"facts = {{ {facts} }}" if facts else "facts = {}"
        yield ""


def _value(row: Row) -> str:
    if row.kind == "date":
        return _quoted(row.day) if row.day else ""
    if not row.chosen:
        return ""
    return _list(row.chosen) if row.kind == "many" else _quoted(row.chosen[0])


def _list(ids: Iterable[str]) -> str:
    return f"[{', '.join(_quoted(one) for one in ids)}]"


def _quoted(text: str) -> str:
    """A text in the quotes of TOML, which for what a line can hold are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _line(text: str) -> str:
    return " ".join(text.split())


def _one(untrusted: Fields, name: str) -> str:
    values = untrusted.get(name, ())
    return values[0] if values else ""


def _number(untrusted: Fields, name: str, least: int, most: int) -> int:
    written = _one(untrusted, name)
    return (
        max(least, min(int(written), most)) if written.isascii() and written.isdigit() and len(written) < 4 else least
    )

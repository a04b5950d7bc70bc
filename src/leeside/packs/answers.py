"""Reads what a form posted, with a parser that is made once from a pack and then only runs.

What comes in is untrusted: names and values as a browser, a bot or an adversary sent them. What comes out are answers
in plain JSON values by question id, and a problem for every field that could not be taken. A problem holds nothing of
what was typed: the page shows the person's own words again from what was posted, so nothing typed is lost.

Rules, in the order in which they are kept:
1. A name that is no question is ignored; a blank answer is no answer.
2. Line ends become one letter each, characters that no eye can see are taken out, and text is put in Unicode's
   normal form C; lengths are counted after that.
3. A choice must be one that the pack has; a day must be a real one, written as date inputs send it (2023-12-11).
4. An answer whose question is not open (its condition is not YES) is dropped without a word: hidden fields are posted
   all the same, and what the person took back must not stay.
5. A request that answers none of the pack's `at_least_one_of` is no request.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from leeside.packs.conditions import Condition, FactValue, Truth
from leeside.packs.questions import Question

Answer: TypeAlias = str | tuple[str, ...]
"""A chosen option's id, a date's ISO spelling or a text; for `many` the ids of the chosen options in pack order."""

Answers: TypeAlias = Mapping[str, Answer]

VOICE_FIELD: Final = "voice"
"""The name of the hidden field that carries the voice in which the form was shown."""

WHOLE_FORM: Final = ""
"""Under this id stands a problem of the form as a whole."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

# Control characters but tab and newline, unpaired surrogates, the byte order mark, and the marks that reorder
# neighbouring text (a reader must see letters in the order in which they were written).
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u202d\u202e\ufff9-\ufffb]")
_LINE_END: Final = re.compile("\r\n?|\u2028|\u2029|\x85")
_BLANK_RUN: Final = re.compile(r"\s+")
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class AnswerProblem:
    """Why one field was not taken. `code` is one of PROBLEM_CODES, `limit` the number that its sentence names."""

    code: str
    limit: int = 0


PROBLEM_CODES: Final = frozenset(
    {
        "unknown_option",  # a choice that the form does not offer
        "only_one",  # several values where one is possible
        "too_long",  # `limit` letters are possible
        "not_a_date",  # not a day of the calendar as date inputs send it
        "nothing_written",  # the form as a whole has nothing to answer
    }
)


@dataclass(frozen=True)
class AnswersRead:
    """What a post said. `answers` hold only what was taken; `problems` are by question id or WHOLE_FORM."""

    answers: Answers
    problems: Mapping[str, AnswerProblem]
    voice: str

    @property
    def is_complete(self) -> bool:
        """Whether the post can become a request, or a reply, as it is."""
        return not self.problems


class _NotTakenError(Exception):
    def __init__(self, code: str, limit: int = 0) -> None:
        super().__init__(code)
        self.problem = AnswerProblem(code, limit)


_Parse: TypeAlias = Callable[[Sequence[str]], Answer | None]


class AnswerReader:
    """The parser of one pack's forms. Made at load; holds no state between calls."""

    def __init__(
        self, questions: Iterable[Question], voices: Sequence[str], default_voice: str, at_least_one_of: Sequence[str]
    ) -> None:
        self._steps: tuple[tuple[str, _Parse, Condition | None], ...] = tuple(
            (question.id, _parser_of(question), question.condition) for question in questions
        )
        self._voices = frozenset(voices)
        self._default_voice = default_voice
        self._at_least_one_of = tuple(at_least_one_of)

    def read(self, untrusted: Mapping[str, Sequence[str]], known: Answers | None = None) -> AnswersRead:
        """The answers in `untrusted`.

        `known` are answers given earlier (questions asked again in the mailbox): conditions may look at them, and
        rule 5 is not asked for; only new answers are returned.
        """
        said: dict[str, FactValue] = dict(known or {})
        answers: dict[str, Answer] = {}
        problems: dict[str, AnswerProblem] = {}
        for question_id, parse, condition in self._steps:
            values = untrusted.get(question_id)
            if not values:
                continue
            if condition is not None and condition.evaluate(said) is not Truth.YES:
                continue
            try:
                answer = parse(values)
            except _NotTakenError as refused:
                problems[question_id] = refused.problem
                continue
            if answer is not None:
                answers[question_id] = said[question_id] = answer
        if known is None and not problems and not any(each in answers for each in self._at_least_one_of):
            problems[WHOLE_FORM] = AnswerProblem("nothing_written")
        return AnswersRead(answers, problems, self._voice_in(untrusted))

    def _voice_in(self, untrusted: Mapping[str, Sequence[str]]) -> str:
        values = untrusted.get(VOICE_FIELD)
        return values[0] if values and values[0] in self._voices else self._default_voice


def clean_text(untrusted: str) -> str:
    """Text as it is kept: one letter a line end, nothing unseen, normal form C, no blank edges."""
    text = untrusted
    if not text.isascii() or "\r" in text:
        text = _LINE_END.sub("\n", text)
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", text).strip()


def _parser_of(question: Question) -> _Parse:
    if question.kind in ("one", "many"):
        order = tuple(option.id for option in question.options)
        if question.kind == "one":
            return _one_parser(frozenset(order))
        return _many_parser(order, frozenset(option.id for option in question.options if option.alone))
    if question.kind == "date":
        return _parse_date
    return _text_parser(question.limit, one_line=question.kind == "short")


def _one_parser(options: frozenset[str]) -> _Parse:
    def parse(values: Sequence[str]) -> Answer | None:
        value = _single(values)
        if not value:
            return None
        if value not in options:
            raise _NotTakenError("unknown_option")
        return value

    return parse


def _many_parser(order: tuple[str, ...], alone: frozenset[str]) -> _Parse:
    known = frozenset(order)

    def parse(values: Sequence[str]) -> Answer | None:
        chosen = frozenset(value for value in values if value)
        if not chosen <= known:
            raise _NotTakenError("unknown_option")
        if not chosen <= alone:
            # "None of these" beside one of these: the one that says more counts.
            chosen -= alone
        return tuple(option for option in order if option in chosen) or None

    return parse


def _parse_date(values: Sequence[str]) -> Answer | None:
    value = _single(values).strip()
    if not value:
        return None
    if _ISO_DATE.fullmatch(value) is None:
        raise _NotTakenError("not_a_date")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise _NotTakenError("not_a_date") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _NotTakenError("not_a_date")
    return value


def _text_parser(limit: int, one_line: bool) -> _Parse:
    def parse(values: Sequence[str]) -> Answer | None:
        text = clean_text(_single(values))
        if one_line:
            text = _BLANK_RUN.sub(" ", text)
        if not text:
            return None
        if len(text) > limit:
            raise _NotTakenError("too_long", limit)
        return text

    return parse


def _single(values: Sequence[str]) -> str:
    if len(values) == 1:
        return values[0]
    distinct = [value for value in dict.fromkeys(values) if value]
    if len(distinct) > 1:
        raise _NotTakenError("only_one")
    return distinct[0] if distinct else ""

"""Answers in words, for people who read a case: label and value pairs in the order of the form.

Sealed answers hold ids, and packs change. An id that this version of the pack does not have is shown as it is, with
the pack's words for "from an older version": nothing that somebody answered may vanish from a case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leeside.packs.questions import Question
from leeside.packs.texts import Texts

OLDER_VERSION_KEY = "pack.older_version"
"""The text with the blank `{id}` that shows an id this version does not know."""


@dataclass(frozen=True)
class Described:
    """One answer in words. `values` has one element but for a many-choice.

    `is_day` marks ISO dates, which the page writes out with the weekday; `from_older_version` marks ids without text.
    """

    question: str
    label: str
    values: tuple[str, ...]
    is_day: bool = False
    is_text: bool = False
    from_older_version: bool = False


def describe_answers(
    questions: Iterable[Question], texts: Texts, answers: Mapping[str, object], language: str, voice: str
) -> tuple[Described, ...]:
    """Every answer in words; those to questions that this version does not have come last, under their ids."""
    described = []
    rest = dict(answers)
    for question in questions:
        if question.id in rest:
            described.append(_describe(question, texts, rest.pop(question.id), language, voice))
    for question_id, answer in rest.items():
        label = texts.text(OLDER_VERSION_KEY, language, voice, {"id": question_id})
        described.append(Described(question_id, label, _values(answer), from_older_version=True))
    return tuple(described)


def _describe(question: Question, texts: Texts, answer: object, language: str, voice: str) -> Described:
    label = texts.text(question.label_key, language, voice)
    values = _values(answer)
    if question.kind not in ("one", "many"):
        is_day = question.kind == "date"
        return Described(question.id, label, values, is_day=is_day, is_text=question.kind == "text")
    known = {option.id for option in question.options}
    words = tuple(
        texts.text(question.option_key(value), language, voice)
        if value in known
        else texts.text(OLDER_VERSION_KEY, language, voice, {"id": value})
        for value in values
    )
    return Described(question.id, label, words, from_older_version=any(value not in known for value in values))


def _values(answer: object) -> tuple[str, ...]:
    return tuple(str(each) for each in answer) if isinstance(answer, (list, tuple)) else (str(answer),)

"""A condition in words, as a list in lists: the words of the rule's drawing, for who does not look at it."""

from dataclasses import dataclass

from leeside.guide.drawing_words import Speaker
from leeside.guide.flow import GroupKind
from leeside.packs.conditions import All, AnyOf, Condition, Not


@dataclass(frozen=True)
class Clause:
    """One line: a question with what is asked about it, or what its parts have to be."""

    text: str
    parts: tuple["Clause", ...] = ()


def condition_in_words(condition: Condition, speaker: Speaker) -> Clause:
    """The whole condition. A `not` over one test is a group of which nothing may be so."""
    return _clause(condition, speaker, is_turned=False)


def _clause(condition: Condition, speaker: Speaker, *, is_turned: bool) -> Clause:
    while isinstance(condition, Not):
        condition, is_turned = condition.part, not is_turned
    if isinstance(condition, (All, AnyOf)):
        if len(condition.parts) == 1:
            return _clause(condition.parts[0], speaker, is_turned=is_turned)
        kinds = (GroupKind.ALL, GroupKind.NOT_ALL) if isinstance(condition, All) else (GroupKind.ANY, GroupKind.NONE)
        parts = tuple(_clause(part, speaker, is_turned=False) for part in condition.parts)
        return Clause(speaker.words.groups[kinds[is_turned]], parts)
    line = Clause(f"{speaker.label(condition.fact)}: {speaker.test(condition)}")
    return Clause(speaker.words.groups[GroupKind.NONE], (line,)) if is_turned else line

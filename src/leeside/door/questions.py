"""A pack's questions laid out for a page: what stands where, under which id, and which style rule opens it.

Conditional questions open without script: each carries `c<number>` as its id, hidden by style until one of the
choices that open it is taken (`form:has(#o...:checked) #c...`). A browser that does not know `:has()` shows all of
them; answers whose condition is false are dropped when they are read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from leeside.door.pages import slot
from leeside.packs.pack import Pack
from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment

# Choices up to this many letters stand in two columns at 360 px.
_SHORT_LABEL: Final = 26


@dataclass(frozen=True)
class LaidOption:
    """One choice: its id in the post, its id on the page, its words, and the questions right below it."""

    value: str
    dom: str
    label: str
    mark: str
    below: tuple["LaidQuestion", ...]


@dataclass(frozen=True)
class LaidQuestion:
    """One question as the page shows it. `shape` is `two`, `list`, `select`, `date`, `short` or `text`.

    `problem`, `value` and an option's `mark` are slots (see `pages`) that are empty on an empty form.
    """

    name: str
    dom: str
    shape: str
    kind: str
    label: str
    help: str
    sealed: str
    options: tuple[LaidOption, ...]
    problem: str
    value: str


@dataclass(frozen=True)
class Layout:
    """The three parts of a form, and the style rules that open its conditional questions.

    `first` is the one minute, `folded` the two more, `at_words` stands beside the receipt's words.
    """

    first: tuple[LaidQuestion, ...]
    folded: tuple[LaidQuestion, ...]
    at_words: tuple[LaidQuestion, ...]
    rules: str


def lay_out(pack: Pack, language: str, voice: str) -> Layout:
    """The whole form of a pack in one language and voice."""
    return _Layouter(pack, language, voice).lay_out(pack.first_screen, pack.folded, pack.at_words)


def lay_out_waiting(pack: Pack, language: str, voice: str, waiting: Iterable[Question]) -> Layout:
    """Only the questions that nobody has answered yet, for the mailbox: all of them in `folded`."""
    return _Layouter(pack, language, voice).lay_out((), tuple(waiting))


class _Layouter:
    """Holds what all parts of one layout need: the pack, the words, and the numbers that make short page ids."""

    def __init__(self, pack: Pack, language: str, voice: str) -> None:
        self._pack, self._language, self._voice = pack, language, voice
        self._numbers: Mapping[str, int] = {one.id: number for number, one in enumerate(pack.questions)}

    def lay_out(
        self,
        first: tuple[Question, ...],
        folded: tuple[Question, ...] = (),
        at_words: tuple[Question, ...] = (),
    ) -> Layout:
        asked = [one for one in first + folded + at_words if one.is_asked_in(self._voice)]
        shown = {one.id for one in asked}
        opening = {name for one in asked for name, _ in one.opened_by}

        def part(questions: tuple[Question, ...], brief: bool) -> tuple[LaidQuestion, ...]:
            here = _Part({one.id for one in questions} & shown, opening, brief)
            on_top = [one for one in questions if one.id in shown and not here.is_below(one)]
            return tuple(self._question(one, here) for one in on_top)

        rules = "".join(self._rule(one) for one in asked if self._opens(one, shown))
        return Layout(part(first, False), part(folded, True), part(at_words, False), rules)

    def _opens(self, question: Question, shown: set[str]) -> bool:
        """Whether style can open it: every choice that opens it stands on this page."""
        return bool(question.opened_by) and all(name in shown for name, _ in question.opened_by)

    def _rule(self, question: Question) -> str:
        """`form:not(:has(...)) #c3{display:none}`: an old browser drops the whole rule and shows the question."""
        choices = ",".join(f"#{self._option_id(name, value)}:checked" for name, value in question.opened_by)
        return f"form:not(:has({choices})) #c{self._numbers[question.id]}{{display:none}}"

    def _option_id(self, name: str, value: str) -> str:
        question = self._pack.question(name)
        position = [one.id for one in question.options].index(value) if question else 0
        return f"o{self._numbers[name]}-{position}"

    def _text(self, key: str) -> str:
        return self._pack.text(key, self._language, self._voice)

    def _help(self, question: Question) -> str:
        return self._text(question.help_key) if self._pack.has_text(question.help_key, self._language) else ""

    def _sealed_note(self, question: Question) -> str:
        """Who reads it, said beside the letter itself and beside whatever could tell who or where somebody is."""
        if question.is_closed or (question.kind == "short" and question.compartment is Compartment.STORY):
            return ""
        return self._text(f"form.sealed.{question.compartment.name.lower()}")

    def _question(self, question: Question, here: "_Part") -> LaidQuestion:
        is_select = here.is_select(question)
        options = tuple(
            LaidOption(
                option.id,
                self._option_id(question.id, option.id),
                self._text(question.option_key(option.id)),
                slot(f"{'pick' if is_select else 'mark'}:{question.id}:{option.id}"),
                tuple(
                    self._question(one, here)
                    for one in self._pack.beneath(question.id, option.id)
                    if one.id in here.shown
                ),
            )
            for option in question.options_in(self._voice)
        )
        return LaidQuestion(
            name=question.id,
            dom=f"c{self._numbers[question.id]}",
            shape="select" if is_select else _shape_of(question, options),
            kind=question.kind,
            label=self._text(question.title_key),
            help=self._help(question),
            sealed=self._sealed_note(question),
            options=options,
            problem=slot(f"problem:{question.id}"),
            value=slot(f"value:{question.id}"),
        )


@dataclass(frozen=True)
class _Part:
    """One part of a form: which questions stand in it, which ones open others, and whether it is kept brief."""

    shown: set[str]
    opening: set[str]
    brief: bool

    def is_below(self, question: Question) -> bool:
        """Whether it belongs right below one choice of a question in the same part."""
        return question.beneath is not None and question.beneath[0] in self.shown

    def is_select(self, question: Question) -> bool:
        """Whether one closed line is enough for its choices: style cannot open other questions from there."""
        return self.brief and question.kind == "one" and question.id not in self.opening


def _shape_of(question: Question, options: tuple[LaidOption, ...]) -> str:
    if question.kind not in ("one", "many"):
        return question.kind
    if any(option.below for option in options) or any(len(option.label) > _SHORT_LABEL for option in options):
        return "list"
    return "two"

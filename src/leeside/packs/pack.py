"""A pack in memory: typed, immutable, and complete, because the reader refuses any other.

`Pack` is what the rest of the house imports. It answers questions about a line (which questions, which circle, how
urgent, in which words) and holds no state: one object serves all requests of a process.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from leeside.packs.answers import Answer, AnswerReader, Answers, AnswersRead
from leeside.packs.describing import Described, describe_answers
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.public_answers import PublicAnswers
from leeside.packs.letters.papers import Letters
from leeside.packs.marks import LookBy, Urgency
from leeside.packs.meanings import Meanings
from leeside.packs.papers import PaperWork
from leeside.packs.promises import Clocks, Promises
from leeside.packs.questions import Question, Voice
from leeside.packs.receivers import Receiver
from leeside.packs.rules import DatedAnswer, Marks, Reason, Rules
from leeside.packs.series import Claim, FigureDefinitions
from leeside.packs.telltales import split_telltales
from leeside.packs.texts import QUESTION_BLANK, Texts, blanks_of, fill
from leeside.packs.training import Conduct, Training
from leeside.sealing.compartments import Compartment


@dataclass(frozen=True)
class Circle:
    """A named set of readers and the compartments that it may hold."""

    name: str
    may_hold: tuple[Compartment, ...]


@dataclass(frozen=True)
class Stage:
    """How far a case is. `is_open` is whether a case at this stage still needs a next step."""

    id: str
    is_open: bool
    is_follow_up: bool = False
    """Whether a closed case stands here while it is to be asked again."""


@dataclass(frozen=True)
class Outcome:
    """What came of a case. `follow_up_days` is after how many days to ask again, 0 for never.

    `is_spam` marks the one outcome of what was no request at all: many such cases are closed with one press.
    `is_referral` marks the outcome of a case that goes on in another line.
    """

    id: str
    follow_up_days: int
    stage: str = ""
    """The stage at which a case stays alive with this outcome; empty for one that closes it."""
    asks: str = ""
    """Another outcome, which keeps a case alive and is to be thought of first; empty for none."""
    is_spam: bool = False
    is_referral: bool = False
    tells: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Facts of the guide, and their options, that follow from this outcome while it keeps a case alive."""
    tells_day: str = ""
    """The fact (a date) of the day on which it was passed; empty for none."""


@dataclass(frozen=True)
class Kind:
    """What a counsellor confirms a request to be. `wants` are the options of the need that suggest it."""

    id: str
    wants: tuple[str, ...]


@dataclass(frozen=True)
class ReadyStep:
    """A next step that is offered for one tap: its text is `step.<id>`, its day so many days ahead."""

    id: str
    days: int


@dataclass(frozen=True)
class Pack:
    """One pack. Texts are asked for by key (`text`), never held by the other values.

    `need_question` says what is wanted; `queue_row` names the coarse choices that stand in a row of the queue;
    `safety` lists the notes of the safety page, whose texts are `safety.<id>.title` and `.text`.
    """

    name: str
    version: int
    languages: tuple[str, ...]
    voices: tuple[Voice, ...]
    circles: tuple[Circle, ...]
    first_screen: tuple[Question, ...]
    folded: tuple[Question, ...]
    at_words: tuple[Question, ...]
    asked_later: tuple[Question, ...]
    need_question: str
    stages: tuple[Stage, ...]
    outcomes: tuple[Outcome, ...]
    kinds: tuple[Kind, ...]
    default_kind: str
    canned: tuple[str, ...]
    promises: Promises
    clocks: Clocks
    rules: Rules
    figures: FigureDefinitions
    claims: tuple[Claim, ...]
    safety: tuple[str, ...]
    conduct: Conduct
    training: Training
    texts: Texts = field(repr=False)
    reader: AnswerReader = field(repr=False)
    queue_row: tuple[str, ...] = ()
    meanings: Meanings = field(default_factory=Meanings)
    asks_no_place: bool = False
    paper_work: PaperWork = field(default_factory=PaperWork)
    guide: Guidebook = field(default_factory=Guidebook, repr=False)
    review_lasts_days: int = 180
    public_answers: PublicAnswers = field(default_factory=PublicAnswers, repr=False)
    letters: Letters = field(default_factory=Letters, repr=False)
    receivers: tuple[Receiver, ...] = ()
    steps: tuple[ReadyStep, ...] = ()
    checked_by: str = ""
    """The circle of whom somebody reads every answer before it leaves; empty where grades alone decide."""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the form."""
        return self.first_screen + self.folded + self.at_words

    @cached_property
    def all_questions(self) -> tuple[Question, ...]:
        """The form's questions, then those that colleagues ask while they work a case."""
        return self.questions + self.asked_later

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """All questions by their ids, in the order in which they are asked."""
        return MappingProxyType({question.id: question for question in self.all_questions})

    @property
    def default_voice(self) -> str:
        """The plainest voice: the form's when nobody asked for another."""
        return self.voices[0].id

    def question(self, question_id: str) -> Question | None:
        """The question with this id, or None: an older or newer version of the pack may have had it."""
        return self.by_id.get(question_id)

    def beneath(self, question_id: str, option_id: str) -> tuple[Question, ...]:
        """The questions that open under this option and belong right below it on the page."""
        return tuple(question for question in self.questions if question.beneath == (question_id, option_id))

    def option_text(self, question: Question, option_id: str, language: str, voice: str = "") -> str:
        """The words of one option."""
        return self.text(question.option_key(option_id), language, voice)

    def circle(self, name: str) -> Circle | None:
        """The circle with this name, or None."""
        return next((circle for circle in self.circles if circle.name == name), None)

    def circle_for(self, compartment: Compartment) -> Circle:
        """The first circle that may hold this compartment: where it goes when the routed circle may not."""
        return next(circle for circle in self.circles if compartment in circle.may_hold)

    # Words

    def text(self, key: str, language: str, voice: str = "", **values: str) -> str:
        """The text `key` as this voice needs it, with its `{blanks}` filled from `values`.

        Raises MissingTextError for a key that the pack does not have; `has_text` asks first.
        """
        return self.texts.text(key, language, voice or self.default_voice, values)

    def counted_text(self, key: str, language: str, number: int, **values: str) -> str:
        """The text in the plural form that goes with `number`, which fills `{number}`."""
        return self.texts.counted(key, language, number, values)

    def has_text(self, key: str, language: str) -> bool:
        """Whether there is a text `key` in this language (help texts are optional)."""
        return self.texts.has(key, language)

    def title(self, language: str) -> str:
        """What the desk calls this pack."""
        return self.text("pack.title", language)

    # Answers

    def read_answers(
        self, untrusted: Mapping[str, Sequence[str]], language: str = "", known: Answers | None = None
    ) -> AnswersRead:
        """Reads a post. `known` are answers given earlier, when only some questions are asked again.

        `language` is that of the page; answers are ids and do not depend on it.
        """
        return self.reader.read(untrusted, known)

    def routing(self, answers: Answers) -> str:
        """The circle that a new case goes to."""
        return self.rules.circle_of(answers)

    def marks(self, answers: Answers, today: date) -> Marks:
        """How urgent the answers make a case on that day and why, and by when somebody should look.

        Each reason has a text `reason.<id>`, with `{date}` to fill when its `day` is set.
        """
        return self.rules.marks_of(answers, today)

    def next_date(self, answers: Answers, today: date) -> DatedAnswer | None:
        """The date that presses most; its text is `question.<id>.label`."""
        return self.rules.next_date(answers, today)

    def voice_of(self, answers: Answers, voice: str) -> str:
        """The voice that fits these answers, given the one in which the form was shown."""
        return self.rules.voice_of(answers, voice)

    def suggested_kind(self, answers: Answers) -> str:
        """The kind of request that the answers look like; a counsellor confirms it or another."""
        need = answers.get(self.need_question)
        return next((kind.id for kind in self.kinds if need in kind.wants), self.default_kind)

    def card(
        self, answers: Answers, today: date, voice: str = "", reasons: tuple[Reason, ...] | None = None
    ) -> dict[str, object]:
        """The small summary that the queue opens: plain JSON, closed answers only, no free text.

        Keys: pack, version, voice, need, answers (closed ones that the pack puts on the card), reasons and flags (ids
        of texts), next_date ([question, ISO date] or null). `reasons` are those of `marks`, when somebody has them.
        """
        if reasons is None:
            reasons = self.marks(answers, today).reasons
        spoken = self.voice_of(answers, voice or self.default_voice)
        dated = self.next_date(answers, today)
        need = answers.get(self.need_question)
        return {
            "pack": self.name,
            "version": self.version,
            "voice": spoken,
            "need": need if isinstance(need, str) else "",
            "answers": {
                question.id: _json_of(answers[question.id])
                for question in self.questions
                if question.on_card and question.id in answers
            },
            "reasons": [[reason.id, reason.day.isoformat() if reason.day else None] for reason in reasons],
            "flags": list(self.rules.flags_of({**answers, "voice": spoken}, today)),
            "next_date": [dated.question, dated.day.isoformat()] if dated else None,
        }

    def split_by_compartment(self, answers: Answers) -> dict[Compartment, dict[str, object]]:
        """The answers by the compartment that seals them: story, identity and place, each present also when empty.

        Values are plain JSON (lists instead of tuples). An answer to a question that the pack does not have goes
        to `identity`, the compartment that fewest may hold.
        """
        parts: dict[Compartment, dict[str, object]] = {
            Compartment.STORY: {},
            Compartment.IDENTITY: {},
            Compartment.PLACE: {},
        }
        for question_id, answer in answers.items():
            question = self.question(question_id)
            parts[question.compartment if question else Compartment.IDENTITY][question_id] = _json_of(answer)
        return parts

    def describe(self, answers: Mapping[str, object], language: str, voice: str = "") -> tuple[Described, ...]:
        """Answers in words for the desk, in the order of the form; ids of an older version are shown as such."""
        return describe_answers(self.all_questions, self.texts, answers, language, voice or self.default_voice)

    def reason_text(self, reason_id: str, language: str, day: str = "") -> str:
        """Why a case is urgent; `day` is the date written out. An id of an older version is shown as it is."""
        key = f"reason.{reason_id}"
        return fill(self.text(key, language), {"date": day}) if self.has_text(key, language) else reason_id

    def telltales(self, key: str, language: str) -> tuple[str, ...]:
        """The words listed under `key` by which a text gives a fact away (`telltales`); empty without a list."""
        return split_telltales(self.text(key, language)) if self.has_text(key, language) else ()

    def canned_text(self, canned_id: str, language: str, voice: str = "", **values: str) -> str:
        """A canned answer in the writer's language, its questions and blanks filled; empty for an unknown id."""
        if canned_id not in self.canned:
            return ""
        asked = {f"{QUESTION_BLANK}{one.id}": self.text(one.title_key, language, voice) for one in self.all_questions}
        return self.texts.text(f"canned.{canned_id}.text", language, voice or self.default_voice, {**asked, **values})

    def asked_in(self, canned_id: str, language: str) -> tuple[str, ...]:
        """The questions that a canned answer asks."""
        wording = self.texts.wordings.get(language, {}).get(f"canned.{canned_id}.text", "")
        blanks = blanks_of(wording)
        return tuple(one.id for one in self.all_questions if f"{QUESTION_BLANK}{one.id}" in blanks)

    def is_heavy(self, answers: Answers, today: date) -> bool:
        """Whether what the person wrote is folded behind a neutral line."""
        return bool(set(self.rules.flags_of(answers, today)) & self.rules.heavy_flags)

    def clear_combinations(self) -> int:
        """How many different sets of pack-made marks a seized database could show for one case."""
        return len(self.circles) * len(Urgency) * len(LookBy) * len(self.languages)


def _json_of(answer: Answer) -> object:
    return list(answer) if isinstance(answer, tuple) else answer

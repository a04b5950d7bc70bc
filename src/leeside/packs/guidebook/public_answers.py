"""The line's public answers: what anybody may read before they write, each with the rules that it rests on.

An answer keeps the digest that each of its rules had when it was written. So a rule that somebody words anew, or that
ends, is seen under the answer, and the reader is told since when.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from leeside.packs.guidebook.book import Guidebook, Source
from leeside.packs.guidebook.rules import Rule


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list: `lines` is one line or the elements."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class AnswerWords:
    """An answer in one language: the question, the short answer, the rest, and what to do next."""

    question: str
    short: str
    rest: tuple[Block, ...]
    next: str


@dataclass(frozen=True)
class PublicAnswer:
    """One answer. `as_of` is the day whose law it states; before that day it is not shown.

    `checked_by` is empty and `checked_on` None until a lawyer has read it. `rests_on` holds the digests by rule.
    `names_red_lines` is True where it says what the line never does.
    """

    id: str
    subject: str
    order: int
    as_of: date
    checked_by: str
    checked_on: date | None
    rests_on: Mapping[str, str]
    own_sources: tuple[str, ...]
    names_red_lines: bool
    words: Mapping[str, AnswerWords]

    @property
    def address(self) -> str:
        """How its page is addressed: eight digits that say nothing, because a telephone keeps what it visited."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:8]

    def rules(self, book: Guidebook) -> tuple[Rule, ...]:
        """The rules under the answer that the guide has now, in the order in which the answer names them."""
        return tuple(rule for rule in map(book.rule, self.rests_on) if rule is not None)

    def sources(self, book: Guidebook) -> tuple[Source, ...]:
        """Where it was read: its own sources, then those of its rules, each once."""
        ids = [*self.own_sources, *(source for rule in self.rules(book) for source in rule.sources)]
        return tuple(book.sources[each] for each in dict.fromkeys(ids))

    def sign(self, book: Guidebook, language: str) -> str:
        """What the answer says in one language, and its rules as they are now, as 16 hexadecimal digits.

        Whoever took the text along compares it with the one that is read today: another sign, another text.
        """
        said = {
            "words": asdict(self.words[language]),
            "as_of": self.as_of.isoformat(),
            "checked": [self.checked_by, self.checked_on.isoformat() if self.checked_on else ""],
            "rules": sorted((rule.id, rule.digest) for rule in self.rules(book)),
            "sources": [one.address for one in self.sources(book)],
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:16]

    def changed_since(self, book: Guidebook, on: date) -> date | None:
        """Since when a rule under the answer is another one; None while all of them are as they were.

        A rule that ended names its day. Of one that was worded anew, nobody knows on which day: it counts from the day
        whose law the answer states.
        """
        days = []
        for rule_id, digest in self.rests_on.items():
            rule = book.rule(rule_id)
            if rule is not None and rule.until is not None and self.as_of <= rule.until < on:
                days.append(rule.until + timedelta(days=1))
            if rule is None or rule.digest != digest:
                days.append(self.as_of)
        return min(days, default=None)


@dataclass(frozen=True)
class Subject:
    """A heading of the index, by language."""

    id: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class PublicAnswers:
    """All answers of a pack in the order of the index; empty for a pack that has none."""

    subjects: tuple[Subject, ...] = ()
    answers: tuple[PublicAnswer, ...] = ()

    def shown_on(self, on: date) -> tuple[PublicAnswer, ...]:
        """What may be read on that day."""
        return tuple(one for one in self.answers if one.as_of <= on)

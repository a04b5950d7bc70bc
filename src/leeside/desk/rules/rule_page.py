"""The page of one rule: all its words, its condition, its drawing, its examples, and who signed for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString, mark_safe

from leeside.desk.errors import NotAllowedError
from leeside.desk.keyring import RefusedError
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.rules.checklist import Item, checklist
from leeside.desk.rules.listing import findings_of, subject_title
from leeside.desk.rules.reviews import Reading, Standing, Verdict
from leeside.desk.rules.signing import may_sign, read_rules
from leeside.desk.rules.words import finding_words, gives_title, reading_words, standing_words, verdict_title
from leeside.desk.seat import Seat
from leeside.guide.condition_words import Clause, condition_in_words
from leeside.guide.drawing import draw_rule
from leeside.guide.drawing_words import Speaker
from leeside.guide.explaining import confidence_in_words, force_in_words, length_in_words
from leeside.packs.conditions import TODAY
from leeside.packs.guidebook.book import Guidebook, Source
from leeside.packs.guidebook.rules import Example, Rule, RuleWords
from leeside.packs.guidebook.wordings import wording_of
from leeside.packs.pack import Pack
from leeside.web.dates import write_day


@dataclass(frozen=True)
class Wording:
    """A rule in one language."""

    language: str
    words: RuleWords
    is_own: bool


@dataclass(frozen=True)
class ExampleLine:
    """One example: what it says must come out, and what does."""

    name: str
    day: str
    facts: tuple[str, ...]
    wanted: str
    found: str
    is_right: bool


@dataclass(frozen=True)
class ReadingLine:
    """One reading in words. `remark` is empty for none, and for who cannot open it (`has_remark`)."""

    text: str
    remark: str
    has_remark: bool
    standing: str
    tone: str


@dataclass(frozen=True)
class RuleView:
    """What can be shown of any rule, shipped or tried. Names are those the template uses."""

    id: str
    title: str
    subject: str
    gives: str
    since: str
    confidence: str
    for_lawyer: bool
    is_question: bool
    wordings: tuple[Wording, ...]
    clause: Clause
    drawing: SafeString
    examples: tuple[ExampleLine, ...]
    terms: tuple[str, ...]
    papers: tuple[str, ...]
    sources: tuple[Source, ...]
    research: tuple[str, ...]
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RulePage:
    """The page of a shipped rule."""

    rule: RuleView
    wording: str
    findings: tuple[str, ...]
    readings: tuple[ReadingLine, ...]
    may_sign: bool
    checklist: tuple[Item, ...]
    verdicts: tuple[tuple[str, str], ...]


def find_rule(seat: Seat, untrusted_id: str) -> Rule:
    """A rule of the line's pack. Raises NotAllowedError."""
    require_line_action(LineAction.SEE_RULES, seat.role)
    rule = seat.pack.guide.rule(untrusted_id)
    if rule is None:
        raise NotAllowedError
    return rule


def make_page(seat: Seat, rule: Rule) -> RulePage:
    """Everything about one rule of the pack."""
    readings = read_rules(seat, (rule.id,))
    shown = readings.lay_over(rule)
    own = [one for one in findings_of(seat, readings) if rule.id in (one.subject, *one.details)]
    others = {one.subject for one in own} - {rule.id}
    reviews = readings.of(rule.id)
    return RulePage(
        rule=view_of(seat, shown, seat.pack),
        wording=wording_of(rule, seat.pack.guide).hex(),
        findings=tuple(
            finding_words(seat, one)
            if one.subject not in others
            else _turned(seat, one.subject, finding_words(seat, one))
            for one in own
        ),
        readings=tuple(_reading_line(seat, one) for one in reviews),
        may_sign=may_sign(seat),
        checklist=checklist(),
        verdicts=tuple((one.value, verdict_title(one)) for one in Verdict),
    )


def _turned(seat: Seat, other: str, words: str) -> str:
    """A finding that another rule names first."""
    rule = seat.pack.guide.rule(other)
    title = rule.words[seat.language].title if rule is not None else other
    return f"{words.split(':', 1)[0]}: {title}"


def view_of(seat: Seat, rule: Rule, pack: Pack) -> RuleView:
    """A rule of `pack`, which may be the line's with one rule laid over."""
    language, write = seat.language, partial(write_day, language=seat.language, today=seat.today)
    speaker = Speaker(pack, language, write)
    drawing = draw_rule(rule, pack, language, write, is_file=False)
    return RuleView(
        id=rule.id,
        title=rule.words[language].title,
        subject=subject_title(seat, rule.subject),
        gives=gives_title(rule.gives),
        since=force_in_words(rule, language, seat.today, write),
        confidence=confidence_in_words(rule, language),
        for_lawyer=rule.for_lawyer,
        is_question=rule.is_question,
        wordings=tuple(
            Wording(one, rule.words[one], one == language)
            for one in (language, *(each for each in pack.languages if each != language))
        ),
        clause=condition_in_words(rule.condition, speaker),
        # Safe: every word in it goes through `svg.element`, which escapes text and quotes attributes.
        drawing=mark_safe(drawing),  # noqa: S308
        examples=tuple(_example(speaker, rule, one) for one in rule.examples),
        terms=tuple(_terms(rule, pack.guide, language)),
        papers=tuple(one.titles[language] for one in pack.guide.letters if one.id in rule.papers),
        sources=tuple(one for each in rule.sources if (one := pack.guide.sources.get(each)) is not None),
        research=rule.research,
        before=_titled(pack.guide, (rule.supersedes,), language),
        after=_titled(pack.guide, (one.id for one in pack.guide.rules if one.supersedes == rule.id), language),
    )


def _titled(book: Guidebook, ids: Iterable[str], language: str) -> tuple[tuple[str, str], ...]:
    found = (book.rule(one) for one in ids)
    return tuple((one.id, one.words[language].title) for one in found if one is not None)


def _terms(rule: Rule, book: Guidebook, language: str) -> Iterable[str]:
    for term in book.terms:
        if term.id in rule.terms:
            words = term.words[language]
            length = length_in_words(term.unit, term.count, language) if term.count else ""
            yield " · ".join(part for part in (words.title, length, words.act, words.remark) if part)


def _example(speaker: Speaker, rule: Rule, one: Example) -> ExampleLine:
    found = rule.condition.evaluate({**one.facts, TODAY: one.on})
    truths = speaker.words.truths
    return ExampleLine(
        name=one.name,
        day=speaker.write_day(one.on),
        facts=tuple(f"{speaker.label(fact)}: {speaker.value(fact, value)}" for fact, value in one.facts.items()),
        wanted=truths[one.applies],
        found=truths[found],
        is_right=found is one.applies,
    )


def _reading_line(seat: Seat, reading: Reading) -> ReadingLine:
    is_for = reading.verdict is Verdict.HOLDS
    tone = {Standing.COUNTS: "ok" if is_for else "red", Standing.REFUSED: "red"}.get(reading.standing, "amber")
    remark = ""
    if reading.signed is not None and reading.row.sealed and seat.is_lead:
        try:
            remark = seat.keyring.open_remark(reading.signed.remark_place, reading.row.sealed)
        except RefusedError:
            remark = ""
    has_remark = reading.signed is not None and bool(reading.row.sealed)
    return ReadingLine(reading_words(seat, reading), remark, has_remark, standing_words(reading.standing), tone)

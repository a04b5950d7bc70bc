"""Reads a pack from its folder: the only way to a `Pack`.

`load_pack` gives a pack or raises one PackError with every problem; `check_pack` gives the problems, for
`leeside pack check`. Faults of form are reported first, because what a broken file means cannot be judged: when a
file cannot be read at all, the checks across files wait until it can.
"""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from leeside.packs.answers import AnswerReader
from leeside.packs.building import (
    build_claims,
    build_clocks,
    build_conduct,
    build_figures,
    build_promises,
    build_questions,
    build_rules,
    build_training,
    build_voices,
    voice_chains,
)
from leeside.packs.checks import check_draft, faults_of_law
from leeside.packs.draft import FORM_PARTS, LATER_PART, Draft
from leeside.packs.errors import PackError, PackProblem
from leeside.packs.files import FILE_NAMES, Findings, read_shaped
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.checking import Ties, check_guide
from leeside.packs.guidebook.public_answers import PublicAnswers
from leeside.packs.guidebook.reading import read_guide
from leeside.packs.guidebook.reading_answers import read_answers
from leeside.packs.letters.checking import LetterTies, check_letters, make_letters
from leeside.packs.letters.papers import Letters
from leeside.packs.letters.reading import read_letters
from leeside.packs.meanings import build_meanings
from leeside.packs.pack import Circle, Kind, Outcome, Pack, ReadyStep, Stage
from leeside.packs.papers import build_papers
from leeside.packs.receivers import build_receivers
from leeside.packs.series import Claim
from leeside.packs.slots import slots_of
from leeside.packs.text_checks import check_texts
from leeside.packs.text_files import TextSource, read_texts
from leeside.packs.texts import Texts
from leeside.sealing.compartments import Compartment

SHIPPED: Final = Path(__file__).parent / "shipped"
"""Where the packs lie that come with Leeside."""


def load_pack(folder: Path) -> Pack:
    """The pack in `folder`. Raises PackError with every problem that was found."""
    pack, problems = _read(folder)
    if pack is None or problems:
        raise PackError(str(folder), problems)
    return pack


def check_pack(folder: Path) -> tuple[PackProblem, ...]:
    """Everything that is wrong with the pack in `folder`; empty for a good one."""
    return _read(folder)[1]


def shipped_names() -> tuple[str, ...]:
    """The names of the packs that come with Leeside."""
    return tuple(sorted(path.parent.name for path in SHIPPED.glob("*/pack.toml")))


@cache
def shipped_pack(name: str) -> Pack:
    """A pack that comes with Leeside, read once a process. Raises PackError when there is none of that name."""
    if name not in shipped_names():
        known = ", ".join(shipped_names())
        raise PackError(str(SHIPPED / name), (PackProblem("pack.toml", 0, "", f"no such pack; there are: {known}."),))
    return load_pack(SHIPPED / name)


def _read(folder: Path) -> tuple[Pack | None, tuple[PackProblem, ...]]:
    findings = Findings()
    if not folder.is_dir():
        findings.add(".", 0, "", "there is no such folder.")
        return None, findings.in_order()
    read = {name: read_shaped(folder, name, findings) for name in FILE_NAMES}
    files = {name: file for name, file in read.items() if file is not None}
    if len(files) < len(FILE_NAMES):
        return None, findings.in_order()
    draft = Draft(
        files=files,
        voices=build_voices(files["pack"]),
        parts={part: build_questions(files["questions"], part, findings) for part in (*FORM_PARTS, LATER_PART)},
        rules=build_rules(files["rules"], findings),
        figures=build_figures(files["figures"]),
    )
    claims = build_claims(files["claims"], findings)
    slots = tuple(slots_of(draft))
    voices = [voice.id for voice in draft.voices]
    keys = [slot.key for slot in slots]
    sources = read_texts(folder, files["pack"].table["languages"], voices, keys, findings)
    check_draft(draft, folder.resolve().name, findings)
    check_texts(sources, slots, voices[0], findings)
    guide = read_guide(folder, findings)
    check_guide(guide, _ties_of(draft), findings)
    answers = read_answers(folder, tuple(files["pack"].table["languages"]), guide.book, findings)
    papers, letter_ties = read_letters(folder, findings), _letter_ties_of(draft, guide.book)
    check_letters(papers, letter_ties, findings)
    if findings.problems:
        return None, findings.in_order()
    return _make_pack(
        draft,
        claims=claims,
        guide=guide.book,
        public_answers=answers,
        letters=make_letters(papers, letter_ties),
        texts=_texts_of(sources, draft),
    ), ()


def _letter_ties_of(draft: Draft, book: Guidebook) -> LetterTies:
    return LetterTies(
        languages=tuple(draft.files["pack"].table["languages"]),
        questions=draft.all_by_id,
        papers=frozenset(each["id"] for each in draft.tables("casework", "papers")),
        outgoing=frozenset(each["id"] for each in draft.tables("casework", "outgoing")),
        book=book,
        faults_of=partial(faults_of_law, draft),
    )


def _ties_of(draft: Draft) -> Ties:
    return Ties(
        languages=tuple(draft.files["pack"].table["languages"]),
        questions=draft.all_by_id,
        authorities=frozenset(each["id"] for each in draft.tables("casework", "authorities")),
        faults_of=partial(faults_of_law, draft),
    )


def _make_pack(
    draft: Draft,
    *,
    claims: tuple[Claim, ...],
    guide: Guidebook,
    public_answers: PublicAnswers,
    letters: Letters,
    texts: Texts,
) -> Pack:
    table, form, casework = (draft.files[name].table for name in ("pack", "questions", "casework"))
    voices = [voice.id for voice in draft.voices]
    return Pack(
        name=table["name"],
        version=table["version"],
        languages=tuple(table["languages"]),
        voices=draft.voices,
        circles=tuple(
            Circle(each["name"], tuple(Compartment[held.upper()] for held in each["may_hold"]))
            for each in table["circles"]
        ),
        first_screen=draft.parts["first_screen"],
        folded=draft.parts["folded"],
        at_words=draft.parts["at_words"],
        asked_later=draft.parts[LATER_PART],
        need_question=form["need"],
        queue_row=tuple(form.get("queue_row", ())),
        meanings=build_meanings(form),
        asks_no_place=table.get("asks_no_place", False),
        paper_work=build_papers(casework),
        receivers=build_receivers(casework),
        stages=tuple(Stage(each["id"], each["open"], each.get("follow_up", False)) for each in casework["stages"]),
        outcomes=tuple(
            Outcome(
                id=each["id"],
                follow_up_days=each["follow_up_days"],
                stage=each.get("stage", ""),
                asks=each.get("asks", ""),
                is_spam=each.get("spam", False),
                is_referral=each.get("referral", False),
                tells=MappingProxyType(dict(each.get("tells", {}))),
                tells_day=each.get("tells_day", ""),
            )
            for each in casework["outcomes"]
        ),
        kinds=tuple(Kind(each["id"], tuple(each["wants"])) for each in casework["kinds"]),
        default_kind=casework["default_kind"],
        checked_by=casework.get("sending", {}).get("checked_by", ""),
        steps=tuple(ReadyStep(each["id"], each["days"]) for each in casework.get("steps", ())),
        canned=tuple(each["id"] for each in casework.get("canned", ())),
        promises=build_promises(draft.files["casework"]),
        clocks=build_clocks(draft.files["casework"]),
        rules=draft.rules,
        figures=draft.figures,
        claims=claims,
        guide=guide,
        review_lasts_days=table.get("review_lasts_days", 180),
        public_answers=public_answers,
        letters=letters,
        safety=tuple(table["safety"]),
        conduct=build_conduct(draft.files["team"]),
        training=build_training(draft.files["team"]),
        texts=texts,
        reader=AnswerReader(draft.questions, voices, voices[0], form["at_least_one_of"]),
    )


def _texts_of(sources: Mapping[str, TextSource], draft: Draft) -> Texts:
    wordings = {language: MappingProxyType(dict(source.wordings)) for language, source in sources.items()}
    return Texts(MappingProxyType(wordings), voice_chains(draft.voices))

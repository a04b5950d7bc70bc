"""Canned answers: the pack's texts, filled for one case and mended by whoever sends them; and what became of each.

Rules:
1. A canned answer is put into the field in the writer's language and voice, behind what stands there, and never sent by
   itself.
2. It may say the day, the day of our next step, our promise, and questions; nothing that tells one case from another.
3. What was changed is kept: id, pack version, hash of the text as it was offered, and how many of its words were sent.
   It stands sealed in the case and is counted nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Final

from leeside.desk.casefile import CaseFile
from leeside.desk.safety.contact import plan_of
from leeside.desk.seat import Seat
from leeside.desk.sheet_facts import question_to_ask
from leeside.desk.writing.drafts import Typed
from leeside.packs.marks import Urgency
from leeside.web.dates import write_day, write_moment

_MOST_WORDS: Final = 1_500
"""Words compared of a text: beyond, the comparison takes longer than anybody waits, and no canned answer is so long."""


@dataclass(frozen=True)
class Use:
    """What became of one canned answer in a case: how often it was sent, and the least share of words that stayed."""

    title: str
    times: int
    kept: int


def choices(seat: Seat) -> tuple[tuple[str, str], ...]:
    """Every canned answer by id, with its title in the worker's language."""
    return tuple((one, seat.pack.text(f"canned.{one}.title", seat.language)) for one in seat.pack.canned)


def writers_language(seat: Seat, file: CaseFile) -> str:
    """The language the writer wrote in; the worker's for one that the pack no longer speaks."""
    return file.row.language if file.row.language in seat.pack.languages else seat.language


def fill(seat: Seat, file: CaseFile, canned_id: str) -> str:
    """A canned answer for this case; empty for an id that the pack does not have."""
    language = writers_language(seat, file)
    step = file.next_step
    ahead = step.day if step is not None and step.day is not None and step.day > seat.today else None
    promise = file.row.answer_by
    if promise is None or promise < seat.now:
        promise = seat.pack.promises.answer_by(seat.now, Urgency(int(file.row.urgency)))
    window = plan_of(file).window
    zone = window.zone if window is not None else seat.line.time_zone
    return seat.pack.canned_text(
        canned_id,
        language,
        file.voice,
        today=write_day(seat.today, language),
        next_day=write_day(ahead or seat.today + timedelta(days=1), language, seat.today),
        promise=write_moment(promise, language, zone, seat.today),
    ).strip()


def add_to(seat: Seat, file: CaseFile, typed: Typed, ask: tuple[str, ...], canned: tuple[str, ...]) -> Typed:
    """What is typed, with canned answers and then questions put behind it; nothing that stands there already."""
    filled = [
        (one, text) for one in dict.fromkeys(canned) if (text := fill(seat, file, one)) and text not in typed.text
    ]
    questions = [(fact, words) for fact in dict.fromkeys(ask) if (words := question_to_ask(seat, file, fact))]
    text = "\n\n".join(part for part in (typed.text.rstrip(), *(text for _, text in filled)) if part)
    new = [(fact, words) for fact, words in questions if words not in text]
    text = "\n\n".join(part for part in (text, "\n".join(words for _, words in new)) if part)
    language = writers_language(seat, file)
    asked = [fact for one, _ in filled for fact in seat.pack.asked_in(one, language)]
    return Typed(
        text,
        typed.step,
        tuple(dict.fromkeys((*typed.asked, *asked, *(fact for fact, _ in questions)))),
        tuple(dict.fromkeys((*typed.canned, *(one for one, _ in filled)))),
        typed.told,
    )


def use_of(seat: Seat, file: CaseFile, text: str, typed: Typed) -> dict[str, object]:
    """The parts of an answer's `about`: facts whose question is still in the text, and canned answers by rule 3."""
    asked = [fact for fact in typed.asked if (words := question_to_ask(seat, file, fact)) and words in text]
    used = []
    for canned_id in typed.canned:
        base = fill(seat, file, canned_id)
        if base and (kept := share_kept(base, text)):
            digest = sha256(base.encode()).hexdigest()
            used.append({"id": canned_id, "version": seat.pack.version, "base": digest, "kept": kept})
    return {name: value for name, value in (("asked", asked), ("canned", used)) if value}


def share_kept(base: str, text: str) -> int:
    """How many of a hundred words of a canned answer stand in the text in their order."""
    words, sent = base.split()[:_MOST_WORDS], text.split()[:_MOST_WORDS]
    if not words:
        return 0
    blocks = SequenceMatcher(None, words, sent, autojunk=False).get_matching_blocks()
    return round(100 * sum(block.size for block in blocks) / len(words))


def uses_in(seat: Seat, file: CaseFile) -> tuple[Use, ...]:
    """The canned answers of this case, those that were changed most first."""
    found: dict[str, list[int]] = {}
    for about in file.about_answers.values():
        used = about.body.content.get("canned")
        for one in used if isinstance(used, list) else ():
            if isinstance(one, Mapping) and isinstance(one.get("kept"), int) and isinstance(one.get("id"), str):
                found.setdefault(str(one["id"]), []).append(int(str(one["kept"])))
    uses = [Use(title_of(seat, canned_id), len(kept), min(kept)) for canned_id, kept in found.items()]
    return tuple(sorted(uses, key=lambda use: use.kept))


def title_of(seat: Seat, canned_id: str) -> str:
    """What the staff calls a canned answer; an id of another version as it is."""
    key = f"canned.{canned_id}.title"
    return seat.pack.text(key, seat.language) if seat.pack.has_text(key, seat.language) else canned_id


def asked_on(file: CaseFile) -> dict[str, str]:
    """When each fact was last asked for, as an ISO time: of answers that went out."""
    found: dict[str, str] = {}
    for answer in file.of_kind("answer"):
        about = file.about_answers.get(answer.entry_id.hex())
        asked = about.body.content.get("asked") if about is not None else None
        for fact in asked if isinstance(asked, list) else ():
            found[str(fact)] = answer.body.at
    return found

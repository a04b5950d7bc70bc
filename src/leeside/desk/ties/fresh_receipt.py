"""A fresh receipt for a man who lost his words: a new case with words of its own, linked with the one he had.

    event   words_renewed{case: id of the new case}      in the old case

Rules:
1. First the graded check: whoever asks for new words must at least fit together with the case.
2. The old conversation is not in the new mailbox, but for the passages that were ticked one by one. The old words go
   on opening the old conversation, whoever has them now.
3. The new case has the owner and the next step of the old one, and is counted by no figure: the request was counted.
4. The words are shown on the answer to the post and nowhere else (`making`).
5. In order: the new case is deposited; it gets its owner, its half of the link and the passages in one change; then
   the old case gets its half. After a power loss behind the first step an empty case lies in its circle, which nobody
   was given words for; behind the second, the next opening of the new case finishes the link (`links.settle`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin
from leeside.desk.channels import DESK
from leeside.desk.errors import InputError
from leeside.desk.keyring import ReadEntry
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.check import require_checked
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import day_of, said_in
from leeside.desk.ties.links import write_half
from leeside.desk.ties.making import Made, Way, begin_made, circle_of_maker, make_case, take_token
from leeside.desk.ties.one_owner import hand_on, share_owner
from leeside.desk.ties.reading import SAME_PERSON, Link
from leeside.packs.answers import AnswersRead
from leeside.sealing.compartments import Compartment
from leeside.sealing.seal import new_entry_id
from leeside.vault import store
from leeside.web.dates import write_day


@dataclass(frozen=True)
class Passage:
    """One thing that was said in the old conversation and could be copied."""

    key: str
    text: str
    is_writers: bool
    day: date


def passages_of(seat: Seat, file: CaseFile) -> tuple[Passage, ...]:
    """What was said between writer and line, oldest first. Choices of the form are not offered: they are facts."""
    return tuple(
        Passage(entry.entry_id.hex(), text, entry.author.kind == "writer", day_of(seat, entry))
        for entry in file.entries
        if entry.compartment == Compartment.STORY and entry.is_proven and (text := _text_of(seat, entry))
    )


def renew_words(seat: Seat, case_id: bytes, token: str, untrusted_passages: Sequence[str] = ()) -> Made:
    """Make the new case; its words. Raises InputError for a check that is missing, or a page that was used."""
    file = look_into(seat, case_id)
    begin(seat, file, CaseAction.RENEW_WORDS)
    require_checked(file)
    chosen = [one for one in passages_of(seat, file) if one.key in set(untrusted_passages)]
    if len(chosen) != len(set(untrusted_passages)):
        raise InputError("passages", _("One of these passages is not there any more. Please look again."))
    take_token(seat, f"renew {case_id.hex()}", token)
    way = Way(DESK, file.row.language, circle_of_maker(seat, file.row.circle))
    made = make_case(seat, AnswersRead({}, {}, file.voice), way)
    link = _settle_new(seat, made, file, chosen)
    change = begin(seat, look_into(seat, case_id), CaseAction.RENEW_WORDS)
    write_half(seat, file, Link(link, made.case_id, SAME_PERSON, "first"), change)
    change.add_event("words_renewed", case=made.case_id.hex())
    change.commit()
    share_owner(seat, case_id)
    return made


def _settle_new(seat: Seat, made: Made, old: CaseFile, chosen: Sequence[Passage]) -> bytes:
    """Everything that the new case begins with, in one change; the link's id."""
    file, change = begin_made(seat, made)
    owner = old.row.owner if old.is_open and old.row.owner is not None else seat.reader_id
    hand_on(change, file, owner)
    link = Link(new_entry_id(), old.row.case_id, SAME_PERSON, "again")
    write_half(seat, file, link, change)
    _copy_passages(change, file, chosen)
    step = old.next_step
    if step is not None and step.day is not None and old.is_open:
        add_step(change, file, Step(step.what, step.who, step.day))
    else:
        add_step(change, file, Step(_("See whether the new words arrived"), owner, seat.today))
    change.commit()
    return link.link


def _copy_passages(change: CaseChange, file: CaseFile, chosen: Sequence[Passage]) -> None:
    with translation.override(file.row.language):
        for text in _told_anew(change.seat, file.row.language, chosen):
            change.add("answer", {"text": text}, compartment=Compartment.STORY, direction=store.Direction.TO_WRITER)


def _told_anew(seat: Seat, language: str, chosen: Sequence[Passage]) -> Iterator[str]:
    for one in chosen:
        day = write_day(one.day, language, seat.today)
        head = _("From our earlier conversation. You wrote on %(day)s:") if one.is_writers else None
        head = head or _("From our earlier conversation. We wrote on %(day)s:")
        yield f"{head % {'day': day}}\n\n{one.text}"


def _text_of(seat: Seat, entry: ReadEntry) -> str:
    if entry.kind in {"message", "answer"}:
        return entry.text("text")
    if entry.kind == "answers":
        described = seat.pack.describe(said_in(entry), seat.language)
        return "\n\n".join(value for one in described if one.is_text for value in one.values)
    return ""

"""Writing: an answer to the writer, and a note for ourselves. Two flows, so that nothing can go to the wrong one.

Rules:
1. An answer is sealed into `story`, which the writer holds, and is released a few seconds later; until then whoever
   wrote it can take it back (`taking_back`).
2. The first answer that a person gives to a case is counted once (`counselled`), in its month; taken back, it is not.
3. The first entry makes whoever writes it the owner, and asks for the next step.
4. What the answer told of the law goes in with it (`told_rules`), in the same step.
5. The same text by the same person, once more within minutes and with nothing between, is the same entry: a button
   pressed twice, or a page sent again on a bad line, answers once.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin, keep_if_untaken
from leeside.desk.channels import is_counted
from leeside.desk.errors import InputError
from leeside.desk.limits import LIMITS
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.outgoing import release_moment, require_free
from leeside.desk.permissions import CaseAction
from leeside.desk.seams import Doubt, Told, doubts_of, told_by
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import require_seen
from leeside.desk.told_rules import KIND as ADVICE
from leeside.packs.answers import clean_text
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import ID_SIZE
from leeside.vault import store
from leeside.vault.store import CaseState, TallyRow

FIRST_ANSWER = "first_answer"


def answer(
    seat: Seat,
    case_id: bytes,
    untrusted_text: str,
    step: Step | None = None,
    *,
    at_once: bool = False,
    is_meant: bool = False,
    told: Sequence[str] = (),
) -> bytes:
    """Answer the writer; the entry's id, by which it can be taken back for some seconds.

    `at_once` releases without that wait: for a demo's months, whose moments have passed. `is_meant` says that whoever
    writes saw what the text was stopped for; `told` are the rules of the guide that it tells.
    """
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.ANSWER)
    return send(change, file, untrusted_text, step, at_once=at_once, is_meant=is_meant, told=told)


def send(
    change: CaseChange,
    file: CaseFile,
    untrusted_text: str,
    step: Step | None,
    *,
    about: Mapping[str, object] | None = None,
    at_once: bool = False,
    is_meant: bool = False,
    told: Sequence[str] = (),
    advice: Told | None = None,
) -> bytes:
    """The rest of every flow that answers, after its guard. `about` is what the staff's own side remembers of it.

    Raises InputError beside `meant` for a text that wants a second thought; sent all the same, that is on record.
    """
    seat = change.seat
    require_free(seat, file)
    require_seen(seat, about or {})
    text = read_text(untrusted_text, "text", LIMITS.text_characters)
    if (before := _same_again(seat, file, "answer", text)) is not None:
        return before
    advice = advice or told_by(seat, file, told)
    doubts = (*doubts_of(seat, file, text), *advice.doubts)
    if doubts and not is_meant:
        raise InputError("meant", _doubted(doubts))
    keep_if_untaken(change, file, also_lead=True)
    moment = None if at_once else release_moment(seat, file)
    entry_id = change.add(
        "answer",
        {"text": text},
        compartment=Compartment.STORY,
        direction=store.Direction.TO_WRITER,
        released_at=moment,
    )
    if advice.content:
        change.add(ADVICE, {**advice.content, "answer": entry_id.hex()})
    if doubts:
        change.add_event("meant", entry=entry_id.hex(), what=list(dict.fromkeys(one.words for one in doubts)))
    waits = moment is not None and moment > seat.now + timedelta(seconds=2 * LIMITS.undo_seconds)
    about = {**(about or {}), **({"goes_out": moment.isoformat()} if moment is not None and waits else {})}
    if about:
        change.add_event("about_answer", entry=entry_id.hex(), **about)
    _count_first_answer(change, file, entry_id)
    if file.is_open:
        add_step(change, file, step)
        change.mark(state=CaseState.ANSWERED)
    else:
        change.mark(shown_state=CaseState.ANSWERED)
    change.commit()
    return entry_id


def _doubted(doubts: tuple[Doubt, ...]) -> str:
    """What to look at once more: each word of the text with the reason."""
    said = (_("“%(words)s” (%(why)s)") % {"words": one.words, "why": one.why} for one in doubts)
    return _("Look at it once more before you send it: %(what)s.") % {"what": "; ".join(said)}


def write_note(
    seat: Seat,
    case_id: bytes,
    untrusted_text: str,
    step: Step | None = None,
    *,
    draft_version: int = 0,
    draft_kind: store.DraftKind = store.DraftKind.NOTE,
) -> int:
    """Write a note that only readers of the case see. The draft of it that the page showed ends in the same step; it
    may have been begun as an answer, where nothing may go out."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.NOTE)
    text = read_text(untrusted_text, "text", LIMITS.note_characters)
    if _same_again(seat, file, "note", text) is not None:
        return file.row.version
    keep_if_untaken(change, file)
    change.add("note", {"text": text})
    if draft_version:
        change.sent_drafts.append(store.SentDraft(seat.reader_id, draft_kind, draft_version))
    if file.is_open:
        add_step(change, file, step)
    return change.commit()


def _same_again(seat: Seat, file: CaseFile, kind: str, text: str) -> bytes | None:
    """The entry that already says this, by rule 5, or None."""
    since = (seat.now - timedelta(seconds=LIMITS.repeat_seconds)).isoformat()
    spoken = [entry for entry in file.entries if entry.kind in {"message", "answer", "note"}]
    if not spoken:
        return None
    last = spoken[-1]
    is_same = last.kind == kind and last.author.reader_id == seat.reader_id and last.text("text") == text
    return last.entry_id if is_same and last.is_proven and last.body.at >= since else None


def read_text(untrusted_text: str, field: str, limit: int) -> str:
    """A text that somebody typed. Raises InputError for an empty or too long one; nothing of it is lost."""
    text = clean_text(untrusted_text)
    if not text:
        raise InputError(field, _("Nothing is written yet."))
    if len(text) > limit:
        raise InputError(field, _("This is too long: at most %(limit)d letters.") % {"limit": limit})
    return text


def _count_first_answer(change: CaseChange, file: CaseFile, entry_id: bytes) -> None:
    """The tally row of rule 2, in the series that the pack defines for first answers, if it defines one."""
    if not is_counted(file.row.channel):
        return
    undone = {event.text("row") for event in file.events("counsel_undone")}
    if any(event.text("row") not in undone for event in file.events("counselled")):
        return
    pack = change.seat.pack
    for series in pack.figures.series:
        if series.month_of == FIRST_ANSWER:
            key, month = secrets.token_bytes(ID_SIZE), f"{change.seat.today:%Y-%m}"
            change.tally_rows.append(TallyRow(key, month, series.id, pack.figures.dims_of(file.known)))
            change.add_event("counselled", row=key.hex(), month=month, entry=entry_id.hex())

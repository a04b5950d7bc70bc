"""A second pair of eyes: asking for it, handing back, approving, and what each grade may send.

Rules:
1. Asking keeps the case, as an answer does: somebody works on it, and it has a next step. A colleague who is named,
   and may hold the case by their circle, is let in; whoever reads it already needs no naming.
2. A checker is a colleague who may send, and where the pack says so one of its circle (`second_eyes`); nobody checks
   their own.
3. A checker acts on the version that they saw: when the author wrote on meanwhile, it is a conflict, nothing is sent.
4. Sent by the checker, the answer is the checker's; the staff's side remembers who drafted it.
5. Handed back, the draft is the author's again, with one line and with the words that they had.
6. Approved is exactly one text, by its hash, in an event that the checker signed. Who may send only what was checked
   sends exactly that text; a changed text asks again, and so does whatever was handed back later. Who may only draft
   never sends.
"""

from dataclasses import replace
from hashlib import sha256

from django.utils.translation import gettext as _

from leeside.desk.answering import read_text, send
from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.changes import CaseChange, begin, keep_if_untaken
from leeside.desk.envelopes import grant_to_reader
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.grades import Grade
from leeside.desk.grants import colleagues_to_grant, keys_for
from leeside.desk.left_drafts import can_open
from leeside.desk.limits import LIMITS
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction, may, require_case_action
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import CHECKED, DRAFTED, is_checker, sends_alone
from leeside.desk.typed_fields import read_line
from leeside.desk.writing.canned import use_of
from leeside.desk.writing.drafts import Draft, Typed, drafts_of, keep_in, put, version_sent
from leeside.packs.answers import clean_text
from leeside.sealing.context import reader_recipient
from leeside.sealing.roster import Person
from leeside.vault import store
from leeside.vault.store import DraftKind, DraftMark

_ANSWER = DraftKind.ANSWER


def ask_for_check(
    seat: Seat, case_id: bytes, typed: Typed, version: int, *, step: Step | None, colleague: bytes = b""
) -> None:
    """Put one's answer before a colleague. Raises InputError, the store's ConflictError, NotAllowedError."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.DRAFT)
    text = read_text(typed.text, "text", LIMITS.text_characters)
    kept = keep_in(seat, file, _ANSWER, replace(typed, text=text), version)
    keep_if_untaken(change, file, also_lead=True)
    if file.is_open:
        add_step(change, file, step)
    if colleague and colleague not in file.readers:
        _let_in(change, file, colleague)
    change.add_event("check_asked", reader=colleague.hex())
    change.commit()
    keep_in(seat, look_into(seat, case_id), _ANSWER, replace(typed, text=text), kept, mark=DraftMark.ASKED)


def waiting_for_me(seat: Seat, file: CaseFile, drafts: tuple[Draft, ...] | None = None) -> tuple[Draft, ...]:
    """Colleagues' drafts that this person may check here; `drafts` are those of the case when somebody has them."""
    if not may(CaseAction.CHECK, file.standing) or not is_checker(seat.pack, seat.person):
        return ()
    found = drafts_of(seat, file) if drafts is None else drafts
    return tuple(one for one in found if one.author != seat.reader_id and one.row.kind is _ANSWER)


def colleagues_to_ask(seat: Seat, file: CaseFile) -> tuple[Person, ...]:
    """Who can be named: whoever may send, reads the case or could be let in, and is not oneself."""
    roster = seat.keyring.roster
    readers = [person for one in file.readers if (person := roster.person(one)) is not None]
    found = {
        person.reader_id: person
        for person in (*readers, *colleagues_to_grant(seat, file))
        if person.reader_id != seat.reader_id and is_checker(seat.pack, person)
    }
    return tuple(sorted(found.values(), key=lambda person: person.name.casefold()))


def send_checked(
    seat: Seat,
    case_id: bytes,
    author: bytes,
    version: int,
    *,
    untrusted_text: str,
    step: Step | None = None,
    is_meant: bool = False,
    told: tuple[str, ...] | None = None,
) -> bytes:
    """Send a colleague's draft, as it stands or mended; the answer's id. `told` are the rules that the checker ticked;
    None for those of the draft."""
    file, change, draft = _to_check(seat, case_id, author, version)
    change.sent_drafts.append(draft.sent)
    about: dict[str, object] = {DRAFTED: author.hex(), **use_of(seat, file, untrusted_text, draft.typed)}
    if clean_text(untrusted_text) != clean_text(draft.typed.text):
        about["mended"] = True
    told = draft.typed.told if told is None else told
    return send(change, file, untrusted_text, step, about=about, is_meant=is_meant, told=told)


def hand_back(
    seat: Seat,
    case_id: bytes,
    author: bytes,
    version: int,
    *,
    untrusted_text: str,
    untrusted_line: str,
    told: tuple[str, ...] | None = None,
) -> None:
    """Give the draft back with one line; mended words go with it, and the author's own beside them."""
    file, change, draft = _to_check(seat, case_id, author, version)
    line = read_line(untrusted_line, "line", wanted=_("One line, please: what should be different?"))
    if clean_text(untrusted_text):
        read_text(untrusted_text, "text", LIMITS.text_characters)
    change.add_event("check_returned", reader=author.hex())
    if not can_open(seat, file.row, author):
        change.add("note", {"text": clean_text(untrusted_text) or draft.typed.text, "unsent": "answer"})
        change.add("note", {"text": line})
        change.sent_drafts.append(draft.sent)
        change.commit()
        return
    change.commit()
    _put_back(seat, file, draft, untrusted_text, told=told, said=line)


def approve(
    seat: Seat,
    case_id: bytes,
    author: bytes,
    version: int,
    *,
    untrusted_text: str,
    told: tuple[str, ...] | None = None,
) -> None:
    """Say that the author may send exactly this text."""
    file, change, draft = _to_check(seat, case_id, author, version)
    text = read_text(untrusted_text, "text", LIMITS.text_characters)
    if not can_open(seat, file.row, author):
        raise InputError(
            "text", _("They cannot open this case any more. Send it yourself, or hand it back: it is kept.")
        )
    change.add_event("check_approved", reader=author.hex(), hash=hash_of(text))
    change.commit()
    _put_back(seat, file, draft, text, told=told)


def send_own(
    seat: Seat,
    case_id: bytes,
    typed: Typed,
    version: int,
    step: Step | None = None,
    *,
    is_meant: bool = False,
    seen: int | None = None,
) -> bytes:
    """Send one's own answer, as far as the grade allows; the answer's id. Its draft ends in the same step.

    `seen` is how many answers of colleagues stood on the page: a newer one raises the store's ConflictError, so that
    nobody is told two things by two people who did not know of each other.
    """
    file = look_into(seat, case_id)
    if seen is not None and answers_of_others(seat, file) > seen:
        raise store.ConflictError("a colleague answered since the page was shown")
    checker = checker_of(seat, file, typed.text)
    change = _begin_own(seat, file, checker)
    about = use_of(seat, file, typed.text, typed)
    if checker:
        about[CHECKED] = checker.hex()
    if ended := version_sent(seat, file, _ANSWER, typed.text, version):
        change.sent_drafts.append(store.SentDraft(seat.reader_id, _ANSWER, ended))
    return send(change, file, typed.text, step, about=about, is_meant=is_meant, told=typed.told)


def answers_of_others(seat: Seat, file: CaseFile) -> int:
    """How many answers colleagues gave: one's own are no news, also when a button is pressed twice."""
    return sum(one.author.reader_id != seat.reader_id for one in file.of_kind("answer"))


def checker_of(seat: Seat, file: CaseFile, untrusted_text: str) -> bytes:
    """Who approved exactly this text of this person; empty for nobody. Only a colleague who may send counts."""
    wanted = hash_of(clean_text(untrusted_text))
    for event in reversed(file.of_kind("event")):
        by = event.author.reader_id or b""
        if reader_in(event.text("reader")) != seat.reader_id or by == seat.reader_id:
            continue
        if event.text("event") == "check_returned":
            return b""
        person = seat.keyring.roster.person(by)
        is_approved = event.text("event") == "check_approved" and event.text("hash") == wanted
        if is_approved and person is not None and is_checker(seat.pack, person):
            return by
    return b""


def hash_of(text: str) -> str:
    """The one text that an approval is for."""
    return sha256(text.encode()).hexdigest()


def may_send_now(seat: Seat, file: CaseFile) -> bool:
    """Whether the page offers *Send* to this person at all."""
    return may(CaseAction.ANSWER, file.standing) and seat.grade >= Grade.CHECKED


def _begin_own(seat: Seat, file: CaseFile, checker: bytes) -> CaseChange:
    """The guard of rule 6."""
    if sends_alone(seat):
        return begin(seat, file, CaseAction.ANSWER)
    change = begin(seat, file, CaseAction.DRAFT)
    require_case_action(CaseAction.ANSWER, file.standing)
    if seat.grade < Grade.CHECKED:
        raise NotAllowedError
    if not checker:
        raise InputError("text", _("A colleague looks at it first: nobody has checked exactly these words yet."))
    return change


def _to_check(seat: Seat, case_id: bytes, author: bytes, version: int) -> tuple[CaseFile, CaseChange, Draft]:
    """The guard of every flow of a checker: both tables, not one's own, a proven author, the version that was seen."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.CHECK)
    if author == seat.reader_id:
        raise NotAllowedError
    draft = next((one for one in waiting_for_me(seat, file) if one.author == author), None)
    if draft is None or draft.version != version:
        raise store.ConflictError("the draft was written on, or is no longer there")
    if not draft.is_proven:
        raise NotAllowedError
    return file, change, draft


def _put_back(
    seat: Seat, file: CaseFile, draft: Draft, untrusted_text: str, *, told: tuple[str, ...] | None, said: str = ""
) -> None:
    text = clean_text(untrusted_text) or draft.typed.text
    told = draft.typed.told if told is None else told
    more = {"said": said} if said else {}
    if text != clean_text(draft.typed.text) and len((text + draft.typed.text).encode()) < LIMITS.draft_bytes:
        more["was"] = draft.typed.text
    put(seat, file, replace(draft.row, mark=DraftMark.BACK), replace(draft.typed, text=text, told=told), **more)


def _let_in(change: CaseChange, file: CaseFile, colleague: bytes) -> None:
    """Rule 1: the grant that goes with asking, only by whoever works the case."""
    seat = change.seat
    person = seat.keyring.roster.person(colleague)
    owns = file.row.owner in (None, seat.reader_id) or may(CaseAction.GRANT, file.standing)
    if person is None or colleague == seat.reader_id or not owns or not is_checker(seat.pack, person):
        raise InputError("colleague", _("Choose a colleague from the list."))
    keys = keys_for(seat, file, person)
    if not keys:
        raise InputError("colleague", _("Choose a colleague from the list."))
    change.drops.append(reader_recipient(colleague))
    change.grants.append(grant_to_reader(seat, file.row, change.keys, colleague, keys))
    change.add_event("granted", reader=colleague.hex())

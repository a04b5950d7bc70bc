"""Drafts: what somebody is writing into a case, sealed under its `work` key, one for each author and kind.

Rules:
1. Whoever may draft keeps one, also while a colleague holds the case, and also when everything else is refused.
2. It is sealed with a fresh nonce each time, and signed by whoever wrote this version: author or checker.
3. Writing on takes a request for a check back: a checker never sends words that they have not seen.
4. An emptied draft is no draft. What was sent is none either: it goes in the step that sends it, also when a page
   that knew only an older version of the same words sends them.
5. It never becomes an entry by itself, and no entry is ever read as a draft.
6. Its text has the limit of what it is to become. What stands beside the text is kept as far as it could be used, so
   that a step far too long costs nobody their answer.
Its content: {of: reader id in hex, kind: answer|note|letter, text, step: [what, who, day], asked: fact ids (of a
letter, which has no text: the papers to be looked at), canned: ids,
told: rule ids, said: the checker's line, was: the author's words before a checker changed them}.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, cast

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.grades import require_grade
from leeside.desk.keyring import ReadEntry
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction, require_case_action
from leeside.desk.seat import Seat
from leeside.packs.answers import clean_text
from leeside.sealing.compartments import Compartment
from leeside.sealing.entries import EntryBody, staff_author
from leeside.sealing.plain_json import Json
from leeside.sealing.seal import new_entry_id, seal_entry
from leeside.vault import store
from leeside.vault.store import DraftKind, DraftMark, DraftRow, EntryRow

KIND: Final = "draft"
NAMES: Final = {DraftKind.ANSWER: "answer", DraftKind.NOTE: "note", DraftKind.LETTER: "letter"}
_CHOSEN: Final = 40
"""Questions, ready answers or rules that one draft remembers."""
_CHOSEN_CHARACTERS: Final = 80
"""Letters that the id of one of them has at most."""
_CHARACTERS: Final = {DraftKind.ANSWER: LIMITS.text_characters, DraftKind.NOTE: LIMITS.note_characters}


@dataclass(frozen=True)
class Typed:
    """What stands in a composer. `step` is what, who and day of the next step as they were typed."""

    text: str = field(repr=False)
    step: tuple[str, str, str] = ("", "", "")
    asked: tuple[str, ...] = ()
    canned: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """Rules of the guide that the text tells."""


@dataclass(frozen=True)
class Draft:
    """One opened draft. `by` wrote this version; `is_proven` is False when the signature is not theirs."""

    row: DraftRow
    typed: Typed
    by: bytes
    at: datetime
    is_proven: bool
    said: str = ""
    was: str = field(default="", repr=False)

    @property
    def author(self) -> bytes:
        """Whose draft it is."""
        return self.row.author

    @property
    def version(self) -> int:
        """The version that a page shows, and that whoever writes on hands in again."""
        return self.row.version

    @property
    def sent(self) -> store.SentDraft:
        """What a step that sends it ends."""
        return store.SentDraft(self.author, self.row.kind, self.version)


def drafts_of(seat: Seat, file: CaseFile) -> tuple[Draft, ...]:
    """The seat's own drafts in a case, and those of colleagues that wait for a second pair of eyes."""
    if not file.keys.holds(Compartment.WORK):
        return ()
    rows = store.fetch_drafts(file.row.case_id, seat.reader_id, seat.circles)
    sealed = [EntryRow(row.draft_id, Compartment.WORK, row.generation, row.sealed, INSIDE) for row in rows]
    opened = {entry.entry_id: entry for entry in seat.keyring.open_entries(file.keys, sealed).entries}
    found = [_draft(row, opened[row.draft_id]) for row in rows if row.draft_id in opened]
    return tuple(one for one in found if one is not None)


INSIDE: Final = store.Direction.INSIDE


def own_draft(seat: Seat, file: CaseFile, kind: DraftKind) -> Draft | None:
    """What the seat's person was writing here, or None."""
    return next((one for one in drafts_of(seat, file) if one.author == seat.reader_id and one.row.kind is kind), None)


def keep_draft(seat: Seat, case_id: bytes, kind: DraftKind, typed: Typed, version: int) -> int:
    """Keep what is typed; the draft's new version, 0 when nothing is left. Raises the store's ConflictError when
    another window is newer, InputError for a text beyond its limit."""
    file = look_into(seat, case_id)
    require_may_draft(seat, file)
    return keep_in(seat, file, kind, typed, version)


def require_may_draft(seat: Seat, file: CaseFile) -> None:
    """Rule 1: the two tables, and the key; a colleague's hold does not stop anybody's draft."""
    require_case_action(CaseAction.DRAFT, file.standing)
    require_grade(CaseAction.DRAFT, seat.grade)
    if not file.keys.holds(Compartment.WORK):
        raise NotAllowedError


def keep_in(
    seat: Seat, file: CaseFile, kind: DraftKind, typed: Typed, version: int, *, mark: DraftMark = DraftMark.OWN
) -> int:
    """The same in a case that is open already, and with a mark: for the flows of a check."""
    before = own_draft(seat, file, kind)
    if not clean_text(typed.text):
        if before is not None:
            store.drop_draft(file.row.case_id, seat.reader_id, seat.circles, kind, version)
        return 0
    if len(typed.text) > _CHARACTERS[kind]:
        raise InputError("text", _("This is too long: at most %(limit)d letters.") % {"limit": _CHARACTERS[kind]})
    draft_id = before.row.draft_id if before is not None else new_entry_id()
    return put(seat, file, DraftRow(draft_id, file.row.case_id, seat.reader_id, kind, mark, 0, version, b""), typed)


def put(seat: Seat, file: CaseFile, row: DraftRow, typed: Typed, **more: str) -> int:
    """Seal one version of a draft and store it in the place of the one before; its version."""
    content: dict[str, object] = {"of": row.author.hex(), "kind": NAMES[row.kind], "text": typed.text, **more}
    if any(typed.step):
        content["step"] = [one[: LIMITS.line_characters] for one in typed.step]
    for name, chosen in (("asked", typed.asked), ("canned", typed.canned), ("told", typed.told)):
        if any(chosen):
            content[name] = [one for one in chosen if len(one) <= _CHOSEN_CHARACTERS][:_CHOSEN]
    body = EntryBody(KIND, staff_author(seat.reader_id), seat.now.isoformat(), cast("Mapping[str, Json]", content))
    key = file.keys.newest(Compartment.WORK)
    sealed = seal_entry(key, file.keys.context, row.draft_id, body, seat.keyring.ring.signing_seed)
    newer = DraftRow(row.draft_id, row.case_id, row.author, row.kind, row.mark, key.generation, row.version, sealed)
    return store.put_draft(seat.reader_id, seat.circles, newer)


def version_sent(seat: Seat, file: CaseFile, kind: DraftKind, untrusted_text: str, version: int) -> int:
    """Up to which version one's own draft ends with this text: the one that the page showed, or the newest when it
    says the very same. A page that a lock or an ended session carried on knows nothing of the draft kept meanwhile."""
    draft = own_draft(seat, file, kind)
    if draft is not None and clean_text(draft.typed.text) == clean_text(untrusted_text):
        return draft.version
    return version


def leave_draft(seat: Seat, case_id: bytes, kind: DraftKind, version: int) -> None:
    """Throw one's own draft away, as it was seen. Raises the store's ConflictError when another window is newer."""
    file = look_into(seat, case_id)
    require_may_draft(seat, file)
    store.drop_draft(case_id, seat.reader_id, seat.circles, kind, version)


def _draft(row: DraftRow, entry: ReadEntry) -> Draft | None:
    """A row as it opens; None for what somebody put there that is no draft of this author and kind."""
    content = entry.body.content
    if entry.kind != KIND or entry.text("of") != row.author.hex() or entry.text("kind") != NAMES[row.kind]:
        return None
    step = _texts(content.get("step"))
    return Draft(
        row=row,
        typed=Typed(
            text=entry.text("text"),
            step=(step[0], step[1], step[2]) if len(step) == 3 else ("", "", ""),
            asked=_texts(content.get("asked")),
            canned=_texts(content.get("canned")),
            told=_texts(content.get("told")),
        ),
        by=entry.author.reader_id or b"",
        at=datetime.fromisoformat(entry.body.at),
        is_proven=entry.is_proven,
        said=entry.text("said"),
        was=entry.text("was"),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

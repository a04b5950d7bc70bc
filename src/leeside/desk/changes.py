"""One change to a case: signed entries, marks, keys and tally rows, gathered and then written in one transaction.

A flow makes a `CaseChange`, adds to it and commits. Nothing is half done: the store takes all of it or nothing, and
only on the version that was read. A conflict is told to the person with their text kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.envelopes import circles_covered_by, grant_to_reader, own_copy, to_circle
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.grades import require_grade
from leeside.desk.key_age import needs_new_keys
from leeside.desk.keyring import CaseKeys, require_unswapped
from leeside.desk.left_drafts import Afterwards, drafts_left
from leeside.desk.permissions import CaseAction, Standing, require_case_action
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.seat import Seat
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD, circle_recipient, reader_recipient
from leeside.sealing.entries import EntryBody, staff_author
from leeside.sealing.keys import Commitment, CompartmentKey, commit
from leeside.sealing.parcels import SealedEntry
from leeside.sealing.plain_json import Json
from leeside.sealing.seal import new_entry_id, seal_entry
from leeside.vault import store
from leeside.vault.store import UNCHANGED, CaseRow, HandOverRow, KeyWrap, MarksChange, NewEntry, TallyRow, Unchanged


@dataclass
class CaseChange:
    """What one flow is about to change. `keys` grows when the flow makes keys.

    In a frozen case (a seized device) nothing goes to the writer, whatever a flow asks for: it is kept inside.
    """

    seat: Seat
    case: CaseRow
    keys: CaseKeys
    entries: list[NewEntry] = field(default_factory=list)
    marks: MarksChange = field(default_factory=MarksChange)
    grants: list[KeyWrap] = field(default_factory=list)
    drops: list[str] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    tally_rows: list[TallyRow] = field(default_factory=list)
    sent_drafts: list[store.SentDraft] = field(default_factory=list)
    offer: HandOverRow | Unchanged | None = UNCHANGED
    withdrawal: store.Withdrawal | None = None
    is_frozen: bool = False
    files: list[store.WholeFile] = field(default_factory=list)

    def add(
        self,
        kind: str,
        content: Mapping[str, object],
        *,
        compartment: Compartment = Compartment.WORK,
        direction: store.Direction = store.Direction.INSIDE,
        released_at: datetime | None = None,
        file: store.WholeFile | None = None,
    ) -> bytes:
        """Seal and sign one entry of this person's; its id, which is that of the `file` it names."""
        if self.is_frozen and direction is store.Direction.TO_WRITER:
            compartment, direction, released_at = Compartment.WORK, store.Direction.INSIDE, None
        sealed = self._seal(kind, content, compartment, file.file_id if file else new_entry_id())
        if file is not None:
            self.files.append(file)
        self.entries.append(NewEntry(sealed, direction, released_at))
        return sealed.entry_id

    def add_event(self, name: str, **content: object) -> bytes:
        """One line for the timeline, in `work`."""
        return self.add("event", {"event": name, **content})

    def seal_card(self, card: Mapping[str, object]) -> SealedEntry:
        """A later card of the case: in `work`, and signed."""
        return self._seal("card", card, Compartment.WORK, new_entry_id())

    def mark(self, **marks: object) -> None:
        """Change marks beside what was marked already."""
        self.marks = replace(self.marks, **marks)  # type: ignore[arg-type]  # names are checked by the dataclass

    def add_key(self, key: CompartmentKey) -> None:
        """A key that this change makes: used from here on, and committed to."""
        self.keys = self.keys.with_key(key)
        self.commitments.append(commit(key, self.case.line_id, self.case.case_number))

    def reseal_to_lead(self) -> None:
        """One envelope under the present lead key instead of those before it. Only who holds everything calls this."""
        self.drops.append(circle_recipient(LEAD))
        self.grants.append(to_circle(self.seat, self.case, self.keys, LEAD, self.keys.keys))

    def commit(self) -> int:
        """Write everything; the case's new version. Raises the store's ConflictError, StateError and GoneError."""
        self._end_left_drafts()
        return store.append_entries(
            self.case.case_id,
            self.case.version,
            self.entries,
            self.marks,
            self.grants,
            self.drops,
            self.commitments,
            self.tally_rows,
            self.sent_drafts,
            self.files,
            offer=self.offer,
            withdrawal=self.withdrawal,
        )

    def _end_left_drafts(self) -> None:
        """Where the step takes the case from somebody: what they had begun, by the rules of `left_drafts`."""
        marks = self.marks
        owner = self.case.owner if isinstance(marks.owner, Unchanged) else marks.owner
        circle = self.case.circle if isinstance(marks.circle, Unchanged) else marks.circle
        if not self.drops and (owner, circle) == (self.case.owner, self.case.circle):
            return
        granted = [one.recipient for one in self.grants]
        left = drafts_left(self.seat, self.case, self.keys, Afterwards(self.drops, granted, owner, circle))
        self.sent_drafts.extend(left.ended)
        for kind, text in left.own:
            self.add("note", {"text": text, "unsent": kind})
        for reader_id in left.others:
            self.add_event("draft_ended", reader=reader_id.hex())

    def _seal(self, kind: str, content: Mapping[str, object], compartment: Compartment, entry_id: bytes) -> SealedEntry:
        seat = self.seat
        body = EntryBody(kind, staff_author(seat.reader_id), seat.now.isoformat(), cast("Mapping[str, Json]", content))
        key = self.keys.newest(compartment)
        sealed = seal_entry(key, self.keys.context, entry_id, body, seat.keyring.ring.signing_seed)
        return SealedEntry(entry_id, compartment, key.generation, sealed)


_WAIT_FOR_NOBODY = frozenset({CaseAction.SEIZE})
"""What is done at once although a colleague holds the case."""
_SEEN_IN_MAILBOX = frozenset({CaseAction.TRANSFER, CaseAction.ERASE_ENTRY})
"""What would change a page that others hold, with a seized device."""


_RENEW = frozenset({CaseAction.REKEY, CaseAction.SEIZE})
"""What gives a case new keys itself."""


def begin(seat: Seat, file: CaseFile, action: CaseAction) -> CaseChange:
    """The change that a flow adds to, after the guard: both tables, a colleague's hold, and the case's own binding.

    Raises ConflictError for a case that wants new keys: the page that is shown then has given it some.
    """
    if action not in _WAIT_FOR_NOBODY:
        require_not_held(seat, file)
    change = begin_unread(seat, file, action)
    if not file.keys.holds(Compartment.WORK):
        raise NotAllowedError
    if action not in _RENEW and needs_new_keys(seat.keyring.roster, file.row, file.keys.compartments):
        raise store.ConflictError("somebody was removed since the case was read: whoever opens it gives it new keys")
    return change


def begin_unread(seat: Seat, file: CaseFile, action: CaseAction) -> CaseChange:
    """The same for a case that perhaps nobody has read: it may lack the staff's compartment, and be held."""
    require_case_action(action, file.standing)
    require_grade(action, seat.grade)
    require_unswapped(file.row, file.keys, file.opened)
    seizure = seizure_of(file)
    if seizure is not None and not seizure.is_back and action in _SEEN_IN_MAILBOX:
        raise InputError("seizure", _("Others hold this mailbox, and would see it change. The case stays as it is."))
    return CaseChange(seat, file.row, file.keys, is_frozen=seizure is not None)


def require_not_held(seat: Seat, file: CaseFile) -> None:
    """Refuse to write while a colleague holds an untaken case: reading goes on, writing waits."""
    if file.hold is not None and file.hold.reader_id != seat.reader_id and file.row.owner is None:
        raise HeldByOtherError(seat.keyring.roster.name_of(file.hold.reader_id), f"{file.hold.until:%H:%M}")


def keep_if_untaken(change: CaseChange, file: CaseFile, *, also_lead: bool = False) -> None:
    """Make whoever writes into an untaken case its owner. A coordinator only where `also_lead` says so: they note
    things in passing, but who answers works the case."""
    if file.row.owner is None and (file.standing is Standing.HOLDER or (also_lead and file.is_open)):
        become_owner(change, file)


def become_owner(change: CaseChange, file: CaseFile) -> None:
    """This person's grant and own copy of all they hold, the mark, and no circle envelope that they cover."""
    seat, case, held = change.seat, change.case, change.keys
    keys = held.keys
    change.drops.extend(circle_recipient(name) for name in circles_covered_by(seat, case, held.compartments))
    change.drops.append(reader_recipient(seat.reader_id))
    change.grants.append(grant_to_reader(seat, case, held, seat.reader_id, keys))
    change.grants.append(own_copy(seat, case, held, keys))
    change.mark(owner=seat.reader_id)
    if case.stand_in == seat.reader_id:
        change.mark(stand_in=None)
    change.add_event("kept")

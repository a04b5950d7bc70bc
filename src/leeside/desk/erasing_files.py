"""Erasing a file: it goes with its entry and the line that tells of it, and a mark stays."""

from collections.abc import Sequence

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin
from leeside.desk.errors import NotAllowedError
from leeside.desk.held_files import ERASED, Origin, files_of, find_file
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.sealing.attachments import is_file_id
from leeside.vault import store

_TRIES = 4


def erase_file(seat: Seat, case_id: bytes, file_id: bytes) -> None:
    """Erase one file. Raises NotAllowedError; ConflictError when a colleague wrote at the same moment."""
    file = look_into(seat, case_id)
    begin(seat, file, CaseAction.ERASE_ENTRY)
    held = find_file(file, file_id)
    if held is None:
        raise NotAllowedError
    change = CaseChange(seat, file.row, file.keys)
    change.add_event(ERASED, file=held.key, origin=held.origin.value)
    store.erase_entry(case_id, file.row.version, file_id, change.entries[0])
    if held.origin is Origin.WRITER:
        # The line that told of it held its size and its hash.
        file = look_into(seat, case_id)
        change = CaseChange(seat, file.row, file.keys)
        change.add_event(ERASED, file=held.key, origin=held.origin.value)
        store.erase_entry(case_id, file.row.version, held.entry.entry_id, change.entries[0])


def read_files(seat: Seat, file: CaseFile, untrusted_keys: Sequence[str]) -> tuple[bytes, ...]:
    """The files that somebody ticked to be erased. Raises what erasing would raise, before anything has changed."""
    if not untrusted_keys:
        return ()
    begin(seat, file, CaseAction.ERASE_ENTRY)
    there = {held.key for held in files_of(file)}
    if not all(is_file_id(key) and key in there for key in untrusted_keys):
        raise NotAllowedError
    return tuple(bytes.fromhex(key) for key in dict.fromkeys(untrusted_keys))


def erase_files(seat: Seat, case_id: bytes, file_ids: Sequence[bytes]) -> None:
    """Erase these, one after another. A colleague who writes meanwhile, or erased one already, is no reason to stop."""
    for file_id in file_ids:
        for _ in range(_TRIES):
            try:
                if find_file(look_into(seat, case_id), file_id) is not None:
                    erase_file(seat, case_id, file_id)
            except store.ConflictError:
                continue
            break

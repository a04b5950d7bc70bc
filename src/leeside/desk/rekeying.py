"""New keys for a case: one generation more of every compartment that is held, for those who stay.

Done when a case moves to another circle, and after a colleague was removed: by whoever opens the case next, or by a
coordinator's run. Until then the case is listed as not yet re-keyed: the removed person, with yesterday's database and
their key, could open what is written under the old generation; nothing written after.
"""

from collections.abc import Collection

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, regrant
from leeside.desk.envelopes import share_out, to_circle, to_writer
from leeside.desk.keyring import sealed_epochs
from leeside.desk.rosters import LineRoster
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD, reader_recipient
from leeside.sealing.keys import next_key
from leeside.vault.store import CaseRow


def rekey(change: CaseChange, file: CaseFile, leaves: Collection[bytes] = ()) -> None:
    """A new generation of every held compartment: to `lead`, to whoever stays, and to the writer what is theirs."""
    seat, row = change.seat, file.row
    for compartment in change.keys.compartments:
        change.add_key(next_key(change.keys.keys, compartment))
    change.grants.append(to_circle(seat, row, change.keys, LEAD, change.keys.keys))
    theirs = to_writer(seat, row, change.keys, change.keys.keys)
    if theirs is not None:
        change.grants.append(theirs)
    change.drops.extend(reader_recipient(reader_id) for reader_id in leaves)
    regrant(change, [reader_id for reader_id in file.readers if reader_id not in leaves])


def rekey_where_it_lies(change: CaseChange, file: CaseFile) -> None:
    """The same for a case that stays where it is: an untaken one gets its circles' envelopes anew."""
    rekey(change, file)
    if file.row.owner is None and file.row.circle != LEAD:
        shares = share_out(change.seat, file.row, change.keys, file.row.circle)
        change.drops.extend(grant.recipient for grant in shares)
        change.grants.extend(shares)
    change.add_event("rekeyed")


def needs_new_keys(roster: LineRoster, row: CaseRow, held: Collection[Compartment]) -> bool:
    """Whether a compartment that is held here was last sealed before a colleague was removed."""
    epochs = sealed_epochs(row.wraps)
    return any(epochs.get(compartment, roster.rekey_from) < roster.rekey_from for compartment in held)

"""Whether a case still has the keys that somebody who was removed could open.

It is told by the epoch under which each compartment was last sealed. So nothing may seal old keys anew before the case
has new ones: a fresh envelope around them would hide their age, and nobody would ever renew them. `changes.begin`
refuses that, and whatever seals without it renews them first.
"""

from collections.abc import Collection

from leeside.desk.keyring import sealed_epochs
from leeside.desk.rosters import LineRoster
from leeside.sealing.compartments import Compartment
from leeside.vault.store import CaseRow


def needs_new_keys(roster: LineRoster, row: CaseRow, held: Collection[Compartment]) -> bool:
    """Whether a compartment that is held here was last sealed before a colleague was removed."""
    epochs = sealed_epochs(row.wraps)
    return any(epochs.get(compartment, roster.rekey_from) < roster.rekey_from for compartment in held)

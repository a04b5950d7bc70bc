"""Turning an epoch: new role keys for everybody, because a quarter has passed.

It falls due by date and happens in a coordinator's session. Untaken cases are sealed to the new role keys in the same
session, case by case; a case that fails is left for the next run, and both old and new keys open what lies around
meanwhile. Old role keys stay with those who hold them, for old cases.
"""

from leeside.desk.changes import CaseChange
from leeside.desk.envelopes import share_out
from leeside.desk.errors import NotAllowedError
from leeside.desk.key_age import needs_new_keys
from leeside.desk.keyring import RefusedError, require_unswapped, sealed_epochs
from leeside.desk.open_cases import all_open
from leeside.desk.opening import look_into, make_work
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.rekeying import rekey_where_it_lies
from leeside.desk.rosters import LineRoster
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.seat import Seat
from leeside.desk.team.roster_steps import append_version, make_epoch
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.store import CaseRow, Tab

_RUN = 200


def turn_epoch(seat: Seat) -> LineRoster:
    """Make and hand out the next epoch's role keys. Raises ConflictError when the roster has moved on."""
    require_line_action(LineAction.TURN_EPOCH, seat.role)
    roster = seat.keyring.roster
    return append_version(seat, roster.current.people, make_epoch(roster))


def reseal_untaken(seat: Seat, most: int = _RUN) -> int:
    """Seal untaken cases to the present role keys; how many were done. A coordinator's fresh seat, after the turn."""
    require_line_action(LineAction.TURN_EPOCH, seat.role)
    old = (row for row in all_open(seat, Tab.NEEDS_PERSON) if is_behind(seat, row))
    done = 0
    for row in list(old)[:most]:
        try:
            done += _reseal(seat, row)
        except (store.ConflictError, store.GoneError, RefusedError, NotAllowedError):
            continue  # a colleague is at it, or its keys do not fit: left as it is and seen again by the next run
    return done


def is_behind(seat: Seat, row: CaseRow) -> bool:
    """Whether some envelope of an untaken case is of an older epoch."""
    epochs = sealed_epochs(wrap for wrap in row.wraps if wrap.recipient.startswith("circle:"))
    return any(epoch < seat.keyring.roster.epoch for epoch in epochs.values())


def _reseal(seat: Seat, row: CaseRow) -> int:
    file = look_into(seat, row.case_id)
    require_unswapped(file.row, file.keys, file.opened)
    change = CaseChange(seat, file.row, file.keys, is_frozen=seizure_of(file) is not None)
    if needs_new_keys(seat.keyring.roster, file.row, file.keys.compartments):
        if not file.keys.holds(Compartment.WORK):
            make_work(change, file)  # nobody has read it yet: the event of new keys has no other place to lie
        rekey_where_it_lies(change, file)
        change.commit()
        return 1
    shares = share_out(seat, file.row, file.keys, file.row.circle)
    change.drops.extend(share.recipient for share in shares)
    change.grants.extend(shares)
    change.reseal_to_lead()
    change.commit()
    return 1

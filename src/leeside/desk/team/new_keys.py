"""A coordinator puts a colleague's new keys on the roster, after their passphrase became known to somebody.

Rules:
1. The words of the new keys are compared by voice, as a newcomer's are, by a coordinator who is not the person.
2. One transaction: the roster with the same person and the new keys, a new epoch of role keys for everybody, the
   person's old role envelopes gone and what they held sealed to the new key, and the new ring in the place of the
   old. A passphrase that changed since refuses all of it.
3. Then their sessions end, and a run (`renewing`) gives cases new generations: their own first, sealed to the new
   key. Until it has come to a case, whoever has yesterday's database, the old words and a copy of what was written
   since could open that case; afterwards nothing written since opens.
4. What was signed with the old keys stays theirs; new versions of the roster take the new signature only.
"""

from dataclasses import replace

from leeside.desk.errors import NotAllowedError
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.rosters import LineRoster
from leeside.desk.seat import Seat
from leeside.desk.team.admission import Candidate, read_candidate
from leeside.desk.team.own_keys import WAITING_KEYS, WAITING_RING, read_waiting_ring, waiting_place
from leeside.desk.team.roster_steps import append_version, keys_to, make_epoch
from leeside.sealing.context import LEAD
from leeside.sealing.keys import public_key_of
from leeside.sealing.plain_json import Json
from leeside.sealing.seal import seal_audit
from leeside.vault import store


def list_waiting(seat: Seat) -> tuple[Candidate, ...]:
    """Colleagues whose new keys wait to be compared, by name; not oneself."""
    require_line_action(LineAction.CONFIRM_NEW_KEYS, seat.role)
    people = [one for one in seat.keyring.roster.current.people if one.reader_id != seat.reader_id]
    sealed = store.look_at_all(WAITING_KEYS, [waiting_place(one.reader_id) for one in people], seat.real_now)
    found = [read_candidate(seat, one.reader_id, sealed.get(waiting_place(one.reader_id))) for one in people]
    return tuple(sorted((one for one in found if one), key=lambda one: one.name.casefold()))


def confirm_new_keys(seat: Seat, reader_id: bytes) -> LineRoster:
    """Put the new keys on the roster. Raises ConflictError when roster or passphrase moved on: nothing was done."""
    require_line_action(LineAction.CONFIRM_NEW_KEYS, seat.role)
    roster = seat.keyring.roster
    person = roster.person(reader_id)
    candidate = next((one for one in list_waiting(seat) if one.reader_id == reader_id), None)
    waiting = store.look_once(WAITING_RING, waiting_place(reader_id), seat.real_now)
    if person is None or candidate is None or waiting is None or candidate.name != person.name:
        raise NotAllowedError
    renewed = replace(person, sealing_public=candidate.sealing_public, verify_key=candidate.verify_key)
    held = [(row.circle, row.epoch) for row in store.fetch_role_envelopes(seat.line_id, reader_id)]
    epoch = make_epoch(roster)
    step = store.RosterStep(
        envelopes=keys_to(seat, renewed, held),
        drops=(reader_id,),
        new_ring=read_waiting_ring(reader_id, waiting),
        reading=_record(seat, reader_id, public_key_of(epoch.seeds[LEAD])),
    )
    people = [renewed if one.reader_id == reader_id else one for one in roster.current.people]
    newer = append_version(seat, people, epoch, step)
    store.end_sessions_of(reader_id)
    for kind in (WAITING_KEYS, WAITING_RING):
        store.take_once(kind, waiting_place(reader_id), seat.real_now)
    return newer


def _record(seat: Seat, reader_id: bytes, lead_public: bytes) -> bytes:
    record: dict[str, Json] = {"renewed": reader_id.hex(), "by": seat.reader_id.hex(), "at": seat.now.isoformat()}
    return seal_audit(lead_public, seat.line_id, record)

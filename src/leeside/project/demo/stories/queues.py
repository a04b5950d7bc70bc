"""The queue of that evening: who is on shift with how many places, and answered cases whose next day is known.

Nothing is written here, so there are no texts beside it.
"""

from collections.abc import Mapping
from typing import Final

from leeside.desk.open_cases import all_open
from leeside.desk.opening import open_case
from leeside.desk.team.shifts import go_on_shift
from leeside.project.demo import founding
from leeside.project.demo.filling import Filler
from leeside.vault import store
from leeside.vault.store import CaseState, Tab
from leeside.web.clock import real_now

_ON_SHIFT: Final = {"wren": ("4", "24"), "willow": ("6", "30")}
"""Hours and places: enough that whoever tries the demo may take one case after the other."""
_OWNERS: Final = ("wren", "willow", "heron")


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Shifts begin; the marks are as `tick` would have them; everybody has looked through what waits for the person."""
    for who, (hours, places) in _ON_SHIFT.items():
        go_on_shift(filler.seats[who], hours, places)
    store.sweep(filler.now, filler.today, real_now())
    for who in _OWNERS:
        seat = founding.at(filler.seats[who], filler.evening(filler.today, 18, 55))
        for row in list(all_open(seat, Tab.MINE)):
            if row.state == CaseState.ANSWERED:
                open_case(seat, row.case_id)

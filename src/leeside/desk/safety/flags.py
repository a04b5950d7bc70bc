"""Flags that the staff's own entries raise: they stand on the card, in the queue's row, and as bars above the case.

They are sealed with the card in `work`; in clear nothing says that a device was seized.
"""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.safety.check import Level, check_of
from leeside.desk.safety.contact import plan_of
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.safety.silence import watch_of
from leeside.desk.safety.stop_word import stop_messages
from leeside.desk.seat import Seat

SEIZED: Final = "seized"
WORDS_READ: Final = "words_read"
STOP_WORD: Final = "stop_word"
SILENCE: Final = "silence"
DO_NOT_WRITE: Final = "do_not_write"
DOUBTFUL: Final = "doubtful"
STAFF_FLAGS: Final = (SEIZED, STOP_WORD, SILENCE, WORDS_READ, DO_NOT_WRITE, DOUBTFUL)
"""The most dangerous first: in this order they are shown."""

RED: Final = frozenset({SEIZED, STOP_WORD, SILENCE})


def flags_of(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """The flags that hold now, in the order of STAFF_FLAGS."""
    seizure, watch = seizure_of(file), watch_of(file)
    found = {
        SEIZED: seizure is not None and not seizure.is_back,
        WORDS_READ: seizure is not None and seizure.is_back,
        STOP_WORD: bool(stop_messages(file)),
        SILENCE: watch is not None and watch.is_overdue(seat.today),
        DO_NOT_WRITE: plan_of(file).never_first and not file.meanings.never_first.is_said(file.known),
        DOUBTFUL: check_of(file).level is Level.DOUBTFUL,
    }
    return tuple(flag for flag in STAFF_FLAGS if found[flag])


def joined(pack_flags: object, staff_flags: Iterable[str]) -> list[str]:
    """Both kinds of flags for a card: the staff's first, none twice, none of the staff's that no longer holds."""
    from_pack = [str(flag) for flag in pack_flags if flag not in STAFF_FLAGS] if isinstance(pack_flags, list) else []
    return [*staff_flags, *from_pack]


def flag_words(flag: str) -> str:
    """A staff flag as people read it; empty for a flag of the pack."""
    return {
        SEIZED: _("Device seized"),
        WORDS_READ: _("Words were read by others"),
        STOP_WORD: _("Stop word came"),
        SILENCE: _("Silent past the day"),
        DO_NOT_WRITE: _("Do not write first"),
        DOUBTFUL: _("Doubtful who writes"),
    }.get(flag, "")

"""What falls due of safety: the day by which the line expected to hear."""

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.safety.silence import watch_of
from leeside.desk.seams import Due
from leeside.desk.seat import Seat


def silence_dues(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """The silence watch, while it runs."""
    watch = watch_of(file)
    if watch is None:
        return ()
    words = _("No word by then: %(then)s") % {"then": watch.then}
    return (Due(watch.day, words, "silence", anchor="safety"),)

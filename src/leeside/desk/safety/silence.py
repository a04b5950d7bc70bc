"""The silence watch: the day by which the line expected to hear, and what was agreed to do then.

Whether a message came after the watch was set is derived, never typed: the watch keeps which of the writer's entries
were known, and any other ends it. What whoever holds a seized device writes ends nothing.
"""

from dataclasses import dataclass
from datetime import date

from leeside.desk.casefile import CaseFile, day_in
from leeside.desk.safety.seizure import short_id


@dataclass(frozen=True)
class Watch:
    """A watch that runs: by which day, and what we do then."""

    day: date
    then: str
    by: bytes | None
    set_at: str

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed without a word. The day itself still counts as in time."""
        return today > self.day


def watch_of(file: CaseFile) -> Watch | None:
    """The watch that runs, or None: never set, taken off, or ended by a message."""
    written = file.of_kind("silence")
    if not written:
        return None
    newest = written[-1]
    day = day_in(newest.text("day"))
    if day is None or _was_heard(file, newest.body.content.get("known"), newest.body.at):
        return None
    return Watch(day, newest.text("then"), newest.author.reader_id, newest.body.at)


def _was_heard(file: CaseFile, known: object, set_at: str) -> bool:
    before = set(known) if isinstance(known, list) else set()
    heard = {
        short_id(entry)
        for entry in file.entries
        if entry.author.kind == "writer" and entry.entry_id not in file.distrusted
    }
    return bool(heard - before) or _told_by_phone(file, set_at)


def _told_by_phone(file: CaseFile, set_at: str) -> bool:
    """Whether a colleague wrote down since then what the person said by telephone."""
    return any(entry.author.kind == "staff" and entry.body.at > set_at for entry in file.of_kind("message"))

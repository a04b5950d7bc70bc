"""The papers that a case has kept, on its page: who drafted and who read each, and what may be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.file_lines import file_lines
from leeside.desk.keyring import ReadEntry
from leeside.desk.letters.drafting import checkers_of, given_file, letters_of
from leeside.desk.letters.page import LANGUAGES
from leeside.desk.letters.second_pair import files_in, returned_with, waiting_letters
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import is_checker
from leeside.desk.telling.shapes import by, short_day


@dataclass(frozen=True)
class KeptLetter:
    """One kept paper in words. `read_by` is empty until a colleague read it."""

    key: str
    letter: str
    language: str
    title: str
    drafted: str
    missing: str
    read_by: str
    look: str
    """The id of its PDF, where this person can look at it."""
    waits: bool
    said: str
    """With which line a colleague handed it back."""
    is_given: bool
    may_ask: bool
    may_check: bool
    may_give: bool


@dataclass(frozen=True)
class LettersPanel:
    """All of them, the newest first."""

    letters: tuple[KeptLetter, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """What the case's header says: papers that wait for this person's eyes."""
        waiting = [one.title for one in self.letters if one.waits and one.may_check]
        return tuple(_("A paper waits for your eyes: %(title)s") % {"title": title} for title in waiting)


def letters_panel(seat: Seat, file: CaseFile) -> LettersPanel | None:
    """The panel; None where no paper was kept."""
    entries = letters_of(file)
    if not entries:
        return None
    waiting, there = waiting_letters(seat, file), {one.key: one.may_look for one in file_lines(seat, file)}
    kept = tuple(_kept(seat, file, entry, waiting, there) for entry in reversed(entries))
    return LettersPanel(kept)


def _kept(
    seat: Seat, file: CaseFile, entry: ReadEntry, waiting: frozenset[str], there: Mapping[str, bool]
) -> KeptLetter:
    titles = {one.id: one.titles[seat.language] for one in seat.pack.guide.letters}
    readers, given = checkers_of(seat, file, entry), given_file(file, entry)
    is_mine = entry.author.reader_id == seat.reader_id
    missing = entry.body.content.get("missing")
    number = missing if isinstance(missing, int) and not isinstance(missing, bool) else 0
    may_check = is_allowed(seat, file, CaseAction.CHECK) and is_checker(seat.pack, seat.person)
    key, pdf = entry.entry_id.hex(), files_in(entry).get("pdf", "")
    return KeptLetter(
        key=key,
        letter=entry.text("letter"),
        language=LANGUAGES.get(entry.text("language"), entry.text("language")),
        title=titles.get(entry.text("letter"), entry.text("letter")),
        drafted=_("%(name)s, %(day)s") % {"name": by(seat, entry), "day": short_day(entry.body.at[:10], seat)},
        missing=ngettext("%(number)d thing missing", "%(number)d things missing", number) % {"number": number}
        if number
        else "",
        read_by=", ".join(seat.keyring.roster.name_of(one) for one in readers),
        look=pdf if there.get(pdf) else "",
        waits=key in waiting,
        said="" if readers or key in waiting else returned_with(file, entry),
        is_given=given is not None,
        may_ask=is_mine and not readers and key not in waiting and is_allowed(seat, file, CaseAction.DRAFT),
        may_check=may_check and not is_mine and seat.reader_id not in readers,
        may_give=bool(readers) and given is None and is_allowed(seat, file, CaseAction.ANSWER),
    )

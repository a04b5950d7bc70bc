"""The papers that a case has kept, on its page: who drafted and who read each, and what may be done with it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.desk.letters.drafting import checkers_of, given_of, letters_of
from leeside.desk.letters.page import LANGUAGES
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
    is_given: bool
    may_check: bool
    may_give: bool


@dataclass(frozen=True)
class LettersPanel:
    """All of them, the newest first."""

    letters: tuple[KeptLetter, ...]


def letters_panel(seat: Seat, file: CaseFile) -> LettersPanel | None:
    """The panel; None where no paper was kept."""
    kept = tuple(_kept(seat, file, entry) for entry in reversed(letters_of(file)))
    return LettersPanel(kept) if kept else None


def _kept(seat: Seat, file: CaseFile, entry: ReadEntry) -> KeptLetter:
    titles = {one.id: one.titles[seat.language] for one in seat.pack.guide.letters}
    readers, given = checkers_of(seat, file, entry), given_of(file, entry)
    is_mine = entry.author.reader_id == seat.reader_id
    missing = entry.body.content.get("missing")
    number = missing if isinstance(missing, int) and not isinstance(missing, bool) else 0
    may_check = is_allowed(seat, file, CaseAction.CHECK) and is_checker(seat.pack, seat.person)
    return KeptLetter(
        key=entry.entry_id.hex(),
        letter=entry.text("letter"),
        language=LANGUAGES.get(entry.text("language"), entry.text("language")),
        title=titles.get(entry.text("letter"), entry.text("letter")),
        drafted=_("%(name)s, %(day)s") % {"name": by(seat, entry), "day": short_day(entry.body.at[:10], seat)},
        missing=ngettext("%(number)d thing missing", "%(number)d things missing", number) % {"number": number}
        if number
        else "",
        read_by=", ".join(seat.keyring.roster.name_of(one) for one in readers),
        is_given=bool(given),
        may_check=may_check and not is_mine and seat.reader_id not in readers,
        may_give=bool(readers) and not given and is_allowed(seat, file, CaseAction.ANSWER),
    )

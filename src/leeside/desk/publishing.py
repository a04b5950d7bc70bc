"""The publisher's month: a draft, already protected, and its approval.

Nothing here sees a case. Rows come from the store without case or day, go through `tally`, and what comes back holds
nothing that may not be told; so a publisher may see all of it. Approving writes the edition, once, and freezes its
months. Editions are signed elsewhere, with a key that is not on this server.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from leeside.desk.channels import UNCOUNTED
from leeside.desk.lines import title_of
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.tally.edition_folder import read_earlier
from leeside.tally.editions import Edition
from leeside.tally.errors import TallyError, Why
from leeside.tally.months import Month, months_between, parse_month
from leeside.tally.publishing import draft_edition, publish_edition
from leeside.vault import store

USUAL_MONTHS = 8
MOST_MONTHS = 120
_FOR_THE_KEEPER: Final = (Why.FOLDER, Why.OTHER)


@dataclass(frozen=True)
class Draft:
    """The edition as it would be published, or the sentence that says why there is none."""

    first: str
    last: str
    edition: Edition | None
    refusal: str
    refusal_in_english: str = ""


def draft_figures(seat: Seat, untrusted_first: str = "", untrusted_last: str = "") -> Draft:
    """Draft the next edition for these months, or for the usual ones: since the last edition's first month."""
    require_line_action(LineAction.DRAFT_FIGURES, seat.role)
    first, last = _usual_months(seat)
    try:
        first = parse_month(untrusted_first) if untrusted_first else first
        last = parse_month(untrusted_last) if untrusted_last else last
        if len(months_between(first, last)) > MOST_MONTHS:
            last = first.plus(MOST_MONTHS - 1)
        return Draft(str(first), str(last), _draft(seat, first, last), "")
    except TallyError as error:
        return Draft(str(first), str(last), None, *refusal_words(error))


def approve_figures(seat: Seat, untrusted_first: str, untrusted_last: str, number: int) -> int:
    """Publish the draft that was looked at; the edition's number. Raises TallyError when it is another one by now."""
    require_line_action(LineAction.APPROVE_FIGURES, seat.role)
    edition = _draft(seat, parse_month(untrusted_first), parse_month(untrusted_last))
    if edition.number != number:
        raise TallyError("Another edition was published meanwhile.", Why.PUBLISHED_ALREADY)
    publish_edition(_folder(), edition)
    return edition.number


def refusal_words(error: TallyError) -> tuple[str, str]:
    """Why counting refused, in the reader's language; and in English what only whoever keeps the server can mend."""
    return _refusals()[error.why], str(error) if error.why in _FOR_THE_KEEPER else ""


def _refusals() -> dict[Why, str]:
    return {
        Why.MONTH_MISSPELT: _("A month is written as a year and two digits, such as 2023-11."),
        Why.MONTHS_TURNED_ROUND: _("The first month lies after the last."),
        Why.MONTH_RUNNING: _("The last month has not ended: it can be published from the first day of the next one."),
        Why.NO_FIGURE: _("There is no figure to publish: the pack defines none."),
        Why.CONTRADICTS: _("Nothing was published: this edition and the earlier ones contradict each other."),
        Why.EXPOSES: _("Nothing was published: a hidden number could be worked out from this edition."),
        Why.PUBLISHED_ALREADY: _("Another edition was published meanwhile. Look at the draft again."),
        Why.FOLDER: _("The editions’ folder cannot be written. Tell whoever keeps the server."),
        Why.OTHER: _("The figures cannot be counted as they are defined. Tell whoever keeps the server."),
    }


def _draft(seat: Seat, first: Month, last: Month) -> Edition:
    months = months_between(first, last)
    return draft_edition(
        store.tally_rows(seat.line_id, str(first), str(last)),
        seat.pack,
        _folder(),
        line=seat.line.slug,
        titles={code: title_of(seat.line, code) for code in seat.pack.languages},
        first=first,
        last=last,
        today=seat.today,
        unconfirmed=sum(store.count_unconfirmed(seat.line_id, str(month), sorted(UNCOUNTED)) for month in months),
    )


def _usual_months(seat: Seat) -> tuple[Month, Month]:
    last = Month(seat.today.year, seat.today.month).plus(-1)
    earlier = read_earlier(_folder(), seat.line.slug)
    first = min((edition.months[0] for edition in earlier), default=last.plus(1 - USUAL_MONTHS), key=str)
    return (first if str(first) <= str(last) else last), last


def _folder() -> Path:
    return Path(settings.LEESIDE_DIR) / "editions"

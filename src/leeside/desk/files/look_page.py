"""The page of one file as a value: its pictures by their one-time addresses, its warnings, its download."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.files.looking import Looked
from leeside.desk.files.words import pages_words, refusal_words
from leeside.desk.held_files import Origin
from leeside.desk.permissions import CaseAction, may
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import by, day_of
from leeside.sealing.attachments import PDF
from leeside.web.dates import write_short_day
from leeside.web.file_words import file_words

_HEIC_TYPES: Final = ("image/heic", "image/heif")
_HEIC_NAMES: Final = (".heic", ".heif")


@dataclass(frozen=True)
class Picture:
    """One page: where its pixels are, what it is called, and the shape of the room it takes."""

    address: str
    title: str
    width: int
    height: int


@dataclass(frozen=True)
class LookPage:
    """Everything the template shows."""

    slug: str
    case_name: str
    key: str
    name: str
    what: str
    whose: str
    pictures: tuple[Picture, ...]
    reason: str
    pages_line: str
    save: str
    may_erase: bool


def look_page(seat: Seat, looked: Looked) -> LookPage:
    """The page of a file that was looked at."""
    row, held, attachment = looked.file.row, looked.held, looked.attachment
    day = write_short_day(day_of(seat, held.entry), seat.language, seat.today)
    whose = _("from the writer") if held.origin is Origin.WRITER else by(seat, held.entry)
    pages = looked.measured.pages if looked.measured else 0
    return LookPage(
        slug=write_slug(row.code_name),
        case_name=write_code_name(row.code_name, seat.language),
        key=held.key,
        name=attachment.name or _("without a name"),
        what=file_words(attachment.shape, attachment.size),
        whose=f"{whose} · {day}",
        pictures=_pictures(looked),
        reason=refusal_words(_reason(looked)) if looked.reason else "",
        pages_line=pages_words(len(looked.pages), pages) if attachment.shape == PDF else "",
        save=looked.save,
        may_erase=may(CaseAction.ERASE_ENTRY, looked.file.standing),
    )


def _reason(looked: Looked) -> str:
    """A photo in an iPhone's own format is the one other kind of file whose sender can mend it."""
    says_heic = looked.attachment.said in _HEIC_TYPES or looked.attachment.name.lower().endswith(_HEIC_NAMES)
    return "heic" if looked.reason == "other" and says_heic else looked.reason


def _pictures(looked: Looked) -> tuple[Picture, ...]:
    if looked.measured is None:
        return ()
    is_pdf = looked.attachment.shape == PDF
    size = (looked.measured.width, looked.measured.height)
    return tuple(
        Picture(address, _("Page %(number)d") % {"number": number} if is_pdf else _("The picture"), *size)
        for number, address in enumerate(looked.pages, 1)
    )

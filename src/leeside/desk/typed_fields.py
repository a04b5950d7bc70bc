"""Reading one field that somebody typed: a line, a day. What they mean together is the flow's own."""

from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError
from leeside.desk.limits import LIMITS
from leeside.packs.answers import clean_text


def read_line(untrusted: str, field: str, limit: int = LIMITS.line_characters, *, wanted: str = "") -> str:
    """One line; empty unless `wanted` says what is asked for. Raises InputError beside the field."""
    line = " ".join(clean_text(untrusted).split())
    if not line and wanted:
        raise InputError(field, wanted)
    if len(line) > limit:
        raise InputError(field, _("One line is enough: at most %(limit)d letters.") % {"limit": limit})
    return line


def read_day(untrusted: str, field: str) -> date | None:
    """The day of a date field, or None when it is empty. Raises InputError beside the field."""
    if not untrusted:
        return None
    try:
        return date.fromisoformat(untrusted)
    except ValueError:
        raise InputError(field, _("This is not a day. Please choose one.")) from None

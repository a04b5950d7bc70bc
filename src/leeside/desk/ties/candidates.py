"""Which case is meant by the code name that somebody typed, in any of the line's languages.

Nothing is proposed by likeness of what people wrote: a machine that says "these two are one person" would be believed.
What proposes is the writer: *I wrote before* stands on the card, and the panel then asks for the code name.
"""

from functools import cache

from django.utils.translation import gettext as _

from leeside.desk.code_names import read_slug, word_lists
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.limits import LIMITS
from leeside.desk.opening import find_case
from leeside.desk.seat import Seat
from leeside.sealing.words import fold


def find_typed(seat: Seat, untrusted_name: str) -> bytes:
    """The case of a typed code name. Raises InputError; whether it is for this person is asked on opening."""
    slug = slug_of(untrusted_name[: LIMITS.line_characters])
    try:
        return find_case(seat, slug)
    except NotAllowedError:
        raise InputError("other", _("No case that you may link has this code name.")) from None


def slug_of(untrusted_name: str) -> str:
    """`Тихий Клён 2`, `quiet maple`, `quiet-maple-2`: the slug they mean, or an empty text."""
    parts = fold(untrusted_name).replace("-", " ").split()
    if len(parts) not in (2, 3):
        return ""
    first, second = _spellings()
    for one in first.get(parts[0], ()):
        for other in second.get(parts[1], ()):
            slug = "-".join((one, other, *parts[2:]))
            if read_slug(slug) is not None:
                return slug
    return ""


@cache
def _spellings() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Every folded spelling of either list's words, in all languages and genders, with the slug words it stands for."""
    lists = word_lists()
    return _by_spelling(lists.first), _by_spelling(lists.second)


def _by_spelling(rows: tuple[dict[str, str], ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        slug = row["en"].lower()
        for column, spelled in row.items():
            if spelled and not column.endswith("gender"):
                key = fold(spelled)
                if slug not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), slug)
    return found

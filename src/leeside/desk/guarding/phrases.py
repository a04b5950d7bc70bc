"""The code phrase both ways: what the person says, and what we say, so that neither side has to trust a voice.

Sealed in `work`; shown by a tap that goes on record; asked when a device comes back and when words are renewed.
"""

import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.code_names import drawn_counts, write_code_name
from leeside.desk.errors import InputError
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into, put_reading
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.packs.answers import clean_text
from leeside.vault.store import CodeName

PHRASE_READING = "phrase"


@dataclass(frozen=True)
class Phrases:
    """Both phrases, by whom agreed, and on which day."""

    they: str
    we: str
    by: bytes | None
    day: str


def phrases_of(file: CaseFile) -> Phrases | None:
    """The newest pair, or None."""
    written = file.of_kind("phrase")
    if not written:
        return None
    newest = written[-1]
    return Phrases(newest.text("they"), newest.text("we"), newest.author.reader_id, newest.body.at[:10])


def draw_phrases(language: str) -> tuple[str, str]:
    """Two pairs of words by chance, as a page proposes them; neither is a case's name in use, nor the other."""
    first_count, second_count = drawn_counts()
    codes: set[CodeName] = set()
    while len(codes) < 2:
        codes.add(CodeName(secrets.randbelow(first_count), secrets.randbelow(second_count)))
    they, we = (write_code_name(code, language).lower() for code in codes)
    return they, we


def set_phrases(seat: Seat, case_id: bytes, untrusted_they: str, untrusted_we: str) -> int:
    """Agree on phrases, or replace them. Raises InputError beside the field."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_SAFETY)
    they, we = _read(untrusted_they, "they"), _read(untrusted_we, "we")
    if they.casefold() == we.casefold():
        raise InputError("we", _("Two different phrases, please: whoever hears one must not know the other."))
    change.add("phrase", {"they": they, "we": we})
    return change.commit()


def show_phrases(seat: Seat, case_id: bytes) -> Phrases | None:
    """The phrases, with a reading on record before they are shown."""
    return phrases_of(put_reading(seat, case_id, PHRASE_READING))


def _read(untrusted: str, field: str) -> str:
    phrase = " ".join(clean_text(untrusted).split())
    if not phrase:
        raise InputError(field, _("Nothing is written yet."))
    if len(phrase) > LIMITS.phrase_characters:
        raise InputError(
            field, _("A short phrase is enough: at most %(limit)d letters.") % {"limit": LIMITS.phrase_characters}
        )
    return phrase

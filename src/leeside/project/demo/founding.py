"""The demo's line and its colleagues, with secrets derived from the published seed.

Key pairs are random even in a demo, for nothing needs to know them again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from leeside.desk import signing_in
from leeside.desk.identities import GivenSecrets
from leeside.desk.seat import Seat
from leeside.project import whole_line
from leeside.project.demo import seed, texts
from leeside.project.installation import Installation
from leeside.project.whole_line import Colleague
from leeside.sealing.passphrases import build_passphrase
from leeside.vault import store
from leeside.web.lines import LineSettings

SLUG = "refusal"
ADDRESS = "write"
TITLES = {"ru": "Мы слушаем", "en": "We listen", "uk": "Ми слухаємо"}
TIME_ZONE = "Europe/Moscow"
_PASSPHRASE_BITS = 66


def passphrase_of(key: str, language: str) -> str:
    """Return a colleague's six words; in the language of the demo, so that one may also type them."""
    number = int.from_bytes(seed.derive(f"passphrase of {key}", 16), "big") % (1 << _PASSPHRASE_BITS)
    return build_passphrase(number, language).reveal().decode()


def colleague_of(key: str, language: str) -> Colleague:
    """Return one of the demo's colleagues, with what they know by heart."""
    row = texts.row_of(key)
    if row is None:
        raise KeyError(key)
    given = GivenSecrets(passphrase_of(key, language), seed.code_secret_of(key))
    return Colleague(row["name"][language], row["role"], given, tuple(row.get("flags", ())))


def found_demo_line(installation: Installation, language: str, today: date) -> LineSettings:
    """Found the line, pin it, invite and admit everybody; return its settings as they then are."""
    line = whole_line.add_line(installation, SLUG, pack=SLUG, address=ADDRESS, titles=TITLES, time_zone=TIME_ZONE)
    colleagues = [colleague_of(one["key"], language) for one in texts.colleagues()]
    return whole_line.found_whole_line(installation, line, colleagues, language, today)


def attempt_of(line: LineSettings, key: str, language: str) -> signing_in.Attempt:
    """Return what a colleague would type now."""
    return whole_line.attempt_of(line, colleague_of(key, language), language)


def seats(line: LineSettings, language: str) -> Mapping[str, Seat]:
    """Return everybody's seat, by key."""
    keys = [one["key"] for one in texts.colleagues()]
    return {key: whole_line.sit_down(line, colleague_of(key, language), language) for key in keys}


def at(seat: Seat, moment: datetime) -> Seat:
    """Return the same seat on another day: the demo's months passed before it was made."""
    return replace(seat, now=moment)


def leave_seats(all_seats: Mapping[str, Seat]) -> None:
    """End every session that filling opened."""
    for seat in all_seats.values():
        store.end_sessions_of(seat.reader_id)

"""Founds the demo's line and seats its colleagues, through the flows that a real line uses.

What a real line draws at random and shows once (passphrases, secrets of one-time codes) is handed in here, derived
from the published seed; key pairs are random even in a demo, for nothing needs to know them again.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings

from leeside.desk import admission, founding, invitations, signing_in
from leeside.desk.code_names import drawn_counts
from leeside.desk.identities import GivenSecrets
from leeside.desk.seat import Seat
from leeside.packs.reader import shipped_pack
from leeside.project.configuration import read_configuration
from leeside.project.demo import seed, texts
from leeside.project.installation import Installation
from leeside.project.upkeep.toml_edit import add_table, set_value
from leeside.sealing.one_time_codes import code_at
from leeside.sealing.passphrases import build_passphrase
from leeside.vault import store
from leeside.web.clock import real_now
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


def given_secrets(key: str, language: str) -> GivenSecrets:
    """Return what a colleague of the demo knows by heart."""
    return GivenSecrets(passphrase_of(key, language), seed.code_secret_of(key))


def add_demo_line(installation: Installation) -> None:
    """Write the line into settings and store. The settings of this process follow the file."""
    values = {"pack": SLUG, "address": ADDRESS, "time_zone": TIME_ZONE}
    add_table(installation.directory, f"lines.{SLUG}", {**values, "titles": TITLES})
    store.add_line(SLUG, shipped_pack(SLUG).name, secrets.token_bytes(16), *drawn_counts())
    _read_lines_again(installation)


def found_demo_line(installation: Installation, language: str, today: date) -> LineSettings:
    """Found the line, pin it, invite and admit everybody; return its settings as they then are."""
    colleagues = texts.colleagues()
    founder = colleagues[0]
    line = settings.LEESIDE_LINES[SLUG]
    founded = founding.found_line(
        line, founder["name"][language], language, today=today, given=given_secrets(founder["key"], language)
    )
    set_value(installation.directory, f"lines.{SLUG}", "fingerprint", founded.line_fingerprint.hex())
    line = _read_lines_again(installation)
    for colleague in colleagues[1:]:
        address = invitations.put_invitation(line, founded.line_fingerprint, real_now())
        given = given_secrets(colleague["key"], language)
        way_in = invitations.accept_invitation(
            address, colleague["name"][language], language, now=real_now(), given=given
        )
        seat = sit_down(line, founder["key"], language)
        admission.admit(seat, way_in.reader_id, colleague["role"])
    return line


def sit_down(line: LineSettings, key: str, language: str) -> Seat:
    """Sign a colleague in through the real flow; a code that was used already is taken once more."""
    return signing_in.sign_in(attempt_of(line, key, language), takes_used_codes=True).seat


def attempt_of(line: LineSettings, key: str, language: str) -> signing_in.Attempt:
    """Return what the colleague would type now."""
    name = next(one["name"][language] for one in texts.colleagues() if one["key"] == key)
    given = given_secrets(key, language)
    code = code_at(given.code_secret, int(time.time()))
    return signing_in.Attempt(line, name, given.passphrase, code, language)


def seats(line: LineSettings, language: str) -> Mapping[str, Seat]:
    """Return everybody's seat, by key."""
    return {one["key"]: sit_down(line, one["key"], language) for one in texts.colleagues()}


def at(seat: Seat, moment: datetime) -> Seat:
    """Return the same seat on another day: the demo's months passed before it was made."""
    return replace(seat, now=moment)


def leave_seats(all_seats: Mapping[str, Seat]) -> None:
    """End every session that filling opened."""
    for seat in all_seats.values():
        store.end_sessions_of(seat.reader_id)


def _read_lines_again(installation: Installation) -> LineSettings:
    """Let this process's settings follow `leeside.toml`; a served installation is restarted instead."""
    settings.LEESIDE_LINES = read_configuration(installation.directory, {}).lines
    line: LineSettings = settings.LEESIDE_LINES[SLUG]
    return line

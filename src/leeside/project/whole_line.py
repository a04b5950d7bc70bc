"""Founds a whole line at once: line, founder, fingerprint pinned, colleagues invited and admitted.

For a demo and for measurements, where one program plays everybody; every step goes through the flows of a real line.
On a real line these are different people in different browsers, and nobody holds all of this at once.
"""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

from django.conf import settings

from leeside.desk import founding, signing_in
from leeside.desk.code_names import drawn_counts
from leeside.desk.conduct import accept_conduct
from leeside.desk.identities import GivenSecrets
from leeside.desk.seat import Seat
from leeside.desk.team import admission, invitations
from leeside.packs.reader import shipped_pack
from leeside.project.configuration import read_configuration
from leeside.project.installation import Installation
from leeside.project.upkeep.toml_edit import add_table, set_value
from leeside.sealing.one_time_codes import code_at
from leeside.vault import store
from leeside.web.clock import real_now
from leeside.web.lines import LineSettings

MORNING = time_of_day(9)


@dataclass(frozen=True)
class Colleague:
    """One person of the line: name and role on the roster, and what they know by heart."""

    name: str
    role: str
    given: GivenSecrets = field(repr=False)
    flags: tuple[str, ...] = ()


def add_line(
    installation: Installation, slug: str, *, pack: str, address: str, titles: Mapping[str, str], time_zone: str
) -> LineSettings:
    """Write a line into settings and store; this process's settings follow the file."""
    values = {"pack": pack, "address": address, "time_zone": time_zone}
    add_table(installation.directory, f"lines.{slug}", {**values, "titles": titles})
    store.add_line(slug, shipped_pack(pack).name, secrets.token_bytes(16), *drawn_counts())
    return read_line_again(installation, slug)


def found_whole_line(
    installation: Installation, line: LineSettings, colleagues: Sequence[Colleague], language: str, today: date
) -> LineSettings:
    """Found and open a line; the first colleague is its founder. Returns the line with its fingerprint pinned."""
    founder = colleagues[0]
    founded = founding.found_line(line, founder.name, language, today=today, given=founder.given)
    set_value(installation.directory, f"lines.{line.slug}", "fingerprint", founded.line_fingerprint.hex())
    line = read_line_again(installation, line.slug)
    for colleague in colleagues[1:]:
        address = invitations.put_invitation(line, founded.line_fingerprint, real_now())
        way_in = invitations.accept_invitation(address, colleague.name, language, now=real_now(), given=colleague.given)
        welcome = admission.Welcome(way_in.reader_id, colleague.role, colleague.flags)
        seat = replace(
            sit_down(line, founder, language), now=datetime.combine(today, MORNING, ZoneInfo(line.time_zone))
        )
        admission.admit_all(seat, (welcome,))
    for colleague in colleagues:
        accept_conduct(sit_down(line, colleague, language))
    return line


def sit_down(line: LineSettings, colleague: Colleague, language: str) -> Seat:
    """Sign a colleague in through the real flow; a code that was used already is taken once more."""
    return signing_in.sign_in(attempt_of(line, colleague, language), takes_used_codes=True).seat


def attempt_of(line: LineSettings, colleague: Colleague, language: str) -> signing_in.Attempt:
    """Return what the colleague would type now."""
    code = code_at(colleague.given.code_secret, int(time.time()))
    return signing_in.Attempt(line, colleague.name, colleague.given.passphrase, code, language)


def read_line_again(installation: Installation, slug: str) -> LineSettings:
    """Let this process's settings follow `leeside.toml`; what is served is restarted instead."""
    settings.LEESIDE_LINES = read_configuration(installation.directory, {}).lines
    line: LineSettings = settings.LEESIDE_LINES[slug]
    return line

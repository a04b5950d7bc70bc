"""Which lines take letters now, and to whose keys: the roster verified up to the fingerprint in the settings.

The database may be somebody else's. A role key is used only when the signed roster that names it leads back to the
line's fingerprint, which stands in the settings, and when its number is not lower than the last one this door has
seen; that number lies in a small file outside the database. Whatever fails here closes the line for letters, with
one line for the operator.
"""

import logging
import secrets
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from leeside.door.errors import ClosedLineError
from leeside.packs.pack import Pack
from leeside.packs.reader import load_pack, shipped_pack
from leeside.sealing.context import LEAD
from leeside.sealing.errors import SealingError
from leeside.sealing.roster import Roster, verify_roster
from leeside.vault import store
from leeside.web.lines import LineSettings

_LOG = logging.getLogger("leeside.door")
_FRESH_SECONDS: Final = 2.0
_SEEN_FOLDER: Final = "door-seen"


@dataclass(frozen=True)
class OpenLine:
    """A line that takes letters: its settings, its id, its pack, and the verified roster."""

    settings: LineSettings
    line_id: bytes
    pack: Pack
    roster: Roster


@dataclass(frozen=True)
class KnownLine:
    """A line as it was found: `roster` is None while none verifies, `is_open` whether the line takes letters."""

    settings: LineSettings
    line_id: bytes
    pack: Pack
    roster: Roster | None
    is_open: bool


@dataclass(frozen=True)
class _Kept:
    """What was found at `moment` (of the process's own clock); None stands for a line the store does not have."""

    moment: float
    line: KnownLine | None


# Public keys and numbers only, read anew every two seconds: a new role key is used within that time.
_kept: dict[str, _Kept] = {}
_told: set[str] = set()


def open_line(line: LineSettings) -> OpenLine:
    """The line, ready to seal to. ClosedLineError when it takes no letters, VaultError when the store fails."""
    known = known_line(line)
    if known.roster is None or not known.is_open:
        raise ClosedLineError
    return OpenLine(known.settings, known.line_id, known.pack, known.roster)


def known_line(line: LineSettings) -> KnownLine:
    """The line as it is, open or not: for its mailbox. ClosedLineError when the store has no such line."""
    kept = _kept.get(line.slug)
    moment = time.monotonic()
    if kept is None or moment - kept.moment > _FRESH_SECONDS:
        kept = _Kept(moment, _look_up(line, kept.line if kept else None))
        _kept[line.slug] = kept
    if kept.line is None:
        raise ClosedLineError
    return kept.line


def forget_lines() -> None:
    """Look all lines up anew at the next request: for tests, and for whoever changes lines in this process."""
    _kept.clear()
    _told.clear()


@cache
def pack_of(line: LineSettings) -> Pack:
    """The line's pack: a shipped one by its name, or a folder of the keeper's."""
    folder = Path(line.pack)
    return load_pack(folder) if folder.is_absolute() else shipped_pack(line.pack)


def _look_up(line: LineSettings, before: KnownLine | None) -> KnownLine | None:
    try:
        row = store.fetch_line(line.slug)
    except store.GoneError:
        return None
    is_open = row.state == store.LineState.OPEN
    if before is not None and before.roster is not None and before.roster.number == row.roster_number:
        return replace(before, is_open=is_open)
    roster = _verified(line, row.id) if row.roster_number else None
    return KnownLine(line, row.id, pack_of(line), roster, is_open)


def _verified(line: LineSettings, line_id: bytes) -> Roster | None:
    """The roster, when all of it holds; else None, and a line for the operator."""
    if not line.fingerprint:
        return _refused(line, "has no fingerprint in the settings")
    seen = _seen_number(line.slug)
    try:
        roster = verify_roster(store.fetch_roster(line_id), bytes.fromhex(line.fingerprint), seen)
    except SealingError:
        return _refused(line, "has a roster that does not lead back to its fingerprint, or is older than one seen")
    needed = {LEAD, *(circle.name for circle in pack_of(line).circles)}
    if roster.line_id != line_id or not needed <= {key.circle for key in roster.role_keys}:
        return _refused(line, "has a roster of another line, or one without a key for each circle of its pack")
    if roster.number > seen:
        _keep_number(line.slug, roster.number)
    _told.discard(line.slug)
    return roster


def _refused(line: LineSettings, why: str) -> Roster | None:
    """One line for the operator each time a line closes, not one a request."""
    if line.slug not in _told:
        _told.add(line.slug)
        _LOG.error("line %s takes no letters: it %s", line.slug, why)
    return None


def _seen_path(slug: str) -> Path:
    return Path(settings.LEESIDE_DIR) / _SEEN_FOLDER / slug


def _seen_number(slug: str) -> int:
    """The highest roster number that this door has verified; 0 before the first. Unreadable counts as very high."""
    try:
        return int(_seen_path(slug).read_text(encoding="ascii"))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError):
        _LOG.error("the file %s/%s cannot be read; remove it only if you know the roster is right", _SEEN_FOLDER, slug)
        return 2**63


def _keep_number(slug: str, number: int) -> None:
    """Write the number beside the old file and exchange them, so that a crash leaves one whole file."""
    path = _seen_path(slug)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Several threads may look a line up at the same moment, each with a file of its own.
    new = path.with_name(f"{slug}.{secrets.token_hex(8)}")
    new.write_text(str(number), encoding="ascii")
    new.replace(path)

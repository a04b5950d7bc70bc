"""Which lines take letters now, and to whose keys: the roster verified up to the fingerprint in the settings.

The database may be somebody else's. A role key is used only when the signed roster that names it leads back to the
line's fingerprint, which stands in the settings, and when its number is not lower than the last one this door has
seen; that number lies in a small file outside the database. Whatever fails here closes the line for letters, with
one line for the operator.
"""

import logging
import os
import time
from dataclasses import dataclass
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
class _Kept:
    """What was found at `moment` (of the process's own clock); None stands for a closed line."""

    moment: float
    line: OpenLine | None


# Public keys and numbers only, read anew every two seconds: a new role key is used within that time.
_kept: dict[str, _Kept] = {}
_told: set[str] = set()


def open_line(line: LineSettings) -> OpenLine:
    """The line, ready to seal to. ClosedLineError when it takes no letters, VaultError when the store fails."""
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


def _look_up(line: LineSettings, before: OpenLine | None) -> OpenLine | None:
    row = store.fetch_line(line.slug)
    if row is None or row.state != store.LineState.OPEN:
        return None
    if not line.fingerprint:
        _tell(line, "has no fingerprint in the settings")
        return None
    if before is not None and before.roster.number == row.roster_number:
        return before
    seen = _seen_number(line.slug)
    try:
        roster = verify_roster(store.fetch_roster(row.id), bytes.fromhex(line.fingerprint), seen)
    except SealingError:
        _tell(line, "has a roster that does not lead back to its fingerprint, or is older than one seen before")
        return None
    pack = pack_of(line)
    needed = {LEAD, *(circle.name for circle in pack.circles)}
    if roster.line_id != row.id or not needed <= {key.circle for key in roster.role_keys}:
        _tell(line, "has a roster of another line, or one without a key for each circle of its pack")
        return None
    if roster.number > seen:
        _keep_number(line.slug, roster.number)
    _told.discard(line.slug)
    return OpenLine(line, row.id, pack, roster)


def _tell(line: LineSettings, why: str) -> None:
    """One line for the operator each time a line closes, not one a request."""
    if line.slug not in _told:
        _told.add(line.slug)
        _LOG.error("line %s takes no letters: it %s", line.slug, why)


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
    new = path.with_name(f"{slug}.{os.getpid()}")
    new.write_text(str(number), encoding="ascii")
    new.replace(path)

"""`tick`: all work that falls due by time. Every part may run at any moment, any number of times."""

import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from leeside.desk.errors import NotAllowedError
from leeside.desk.lines import configured_lines
from leeside.desk.queues.returning import return_silent
from leeside.packs.errors import PackError
from leeside.project.installation import Installation
from leeside.project.upkeep.backups import copy_shred_keys
from leeside.project.upkeep.machine_checks import LAST_TICK
from leeside.vault import store
from leeside.web.clock import domain_clock, real_now

_SHUFFLED = "last-shuffle"
_NIGHT = timedelta(hours=20)
# Half a day less than a day: a copy made by yesterday's tick is made anew by today's, whatever the minute.
_SHRED_COPY_AGE = timedelta(hours=12)

_SWEPT_WORDS = {
    "keys_without_case": "shred keys without a case removed",
    "cases_without_key": "erased cases cleared away",
    "erased_lookups": "erased lookup ids forgotten",
    "look_by_moves": "cases moved to a nearer look-by",
    "grants_ended": "grants ended",
    "releases": "releases forgotten",
    "sessions": "sessions ended",
    "holds": "holds ended",
    "one_time": "one-time addresses ended",
    "files": "files that never came whole swept",
    "shifts": "shifts ended",
}


def tick(installation: Installation) -> Iterator[tuple[str, int]]:
    """Do everything; yields what was done and how often, leaving out what there was nothing of."""
    now = domain_clock().now()
    chained = 0
    while batch := store.chain_audit(now):
        chained += batch
    yield "readings chained", chained
    for name, count in asdict(store.sweep(now, latest_today(now), real_now())).items():
        yield _SWEPT_WORDS.get(name, name.replace("_", " ")), count
    yield from _return_silent(now)
    yield "tally rows shuffled", _shuffle(installation.directory)
    yield "copy of the shred keys made anew", _renew_shred_copy(installation)
    yield "write-ahead logs emptied", int(store.checkpoint())
    _touch(installation.directory / "run" / LAST_TICK)


def latest_today(now: datetime) -> date:
    """The day it is at the line where it is latest: a case never moves too late."""
    zones = {line.time_zone for line in configured_lines()} or {"UTC"}
    clock = domain_clock()
    return max(clock.today(zone) for zone in zones)


def _return_silent(now: datetime) -> Iterator[tuple[str, int]]:
    """Cases of silent owners come back, line by line; what was refused is said with its reason."""
    back = 0
    for line in configured_lines():
        try:
            done = return_silent(line, now, domain_clock().today(line.time_zone))
        except (NotAllowedError, PackError):
            continue  # not in the store yet, or a pack that `doctor` complains of
        if done.refusal:
            yield f"NOT DONE for {line.slug}: {done.refusal}", done.count
        else:
            back += done.count
    yield "cases of silent owners came back to the coordinators", back


def _shuffle(directory: Path) -> int:
    mark = directory / "run" / _SHUFFLED
    if mark.exists() and _age(mark) < _NIGHT:
        return 0
    shuffled = store.shuffle_tally()
    _touch(mark)
    return shuffled


def _renew_shred_copy(installation: Installation) -> int:
    """Keep the one copy of the shred keys young, where a keeper makes one at all."""
    copies = list(installation.shred_backup_folder.glob("shred.*"))
    if not copies or all(_age(path) < _SHRED_COPY_AGE for path in copies):
        return 0
    copy_shred_keys(installation)
    return 1


def _age(path: Path) -> timedelta:
    return datetime.now(UTC) - datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _touch(path: Path) -> None:
    path.touch(mode=0o600)
    os.utime(path)

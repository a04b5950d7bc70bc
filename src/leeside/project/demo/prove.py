"""`leeside demo prove`: look for every sentence of the demo's people on the disk, in the logs and in living memory.

The texts are read from the project's own files, by this process, which is not one of those searched. What could not be
searched is said with a command that would help; it is never counted as clean.
"""

import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from leeside.project.canaries import Canaries, Findings
from leeside.project.demo import seed, texts
from leeside.project.demo.marker import read_marker
from leeside.project.errors import InstallationError
from leeside.project.installation import directory_of_environment, open_installation
from leeside.project.serving.processes import serving_processes

_SHOWN = ("quiet", "maple")
_MEGABYTE = 1_000_000


def run(*, as_json: bool) -> int:
    """Search, print, and return 1 when anything was found on the disk."""
    begun = time.monotonic()
    directory = directory_of_environment()
    language = read_marker(directory).language
    # The chairs show the receipts on the demo's first page, so memory is searched for what people wrote only.
    written = Canaries(texts.sentences(language))
    canaries = Canaries([*written.sentences, *_secrets(language)])
    disk = canaries.search_folder(directory)
    processes = serving_processes(directory)
    memory = written.search_memory(processes)
    seconds = time.monotonic() - begun
    if as_json:
        print(json.dumps(_as_json(canaries, disk, memory, processes, seconds), ensure_ascii=False))
    else:
        _print(directory, canaries, disk, memory, processes)
        _print_case()
        print(f"\n{seconds:.1f} s")
    return 1 if disk.total or disk.not_searched else 0


def _secrets(language: str) -> list[str]:
    """Receipts and passphrases of the demo: they must lie nowhere either."""
    from leeside.project.demo.founding import passphrase_of

    receipts = [
        " ".join(seed.receipt_of((person["code"][0], person["code"][1])).words(language)) for person in texts.people()
    ]
    everybody = list(texts.colleagues())
    for slug in texts.further_slugs():
        everybody += texts.further_line(slug)["colleague"]
        told = texts.further_said(slug)["person"]
        receipts += [" ".join(seed.receipt_of((slug, person["id"])).words(language)) for person in told]
    return receipts + [passphrase_of(one["key"], language) for one in everybody]


def _print(directory: Path, canaries: Canaries, disk: Findings, memory: Findings, processes: Mapping[int, str]) -> None:
    print(f"Looked for {len(canaries.sentences)} sentences, receipts and passphrases, each in four spellings.\n")
    print(f"Disk    {directory}")
    print(
        f"        {disk.places} files, {disk.searched_bytes / _MEGABYTE:.0f} MB: databases, logs of writes, editions,"
    )
    print("        settings, passing files. Servers write their log to the terminal only; no file holds one.")
    print(f"        found: {disk.total}")
    for place, count in sorted(disk.hits_by_place.items()):
        print(f"          {count} in {place}")
    _print_refused(disk)
    if not processes:
        print("\nMemory  NOT SEARCHED: no server of this folder is running. Start it in another terminal:")
        print(f"        ./leeside demo --dir {directory}")
        return
    print(f"\nMemory  {memory.places} processes, {memory.searched_bytes / _MEGABYTE:.0f} MB")
    print(f"        found: {memory.total}" + ("" if memory.total else "  (nobody is reading just now)"))
    for place, count in sorted(memory.hits_by_place.items()):
        print(f"          {count} in {place}")
    if memory.total:
        print("        A process holds what somebody reads while they read it; it is replaced a minute after the last.")
    _print_refused(memory)


def _print_refused(findings: Findings) -> None:
    for place, reason in sorted(findings.not_searched.items()):
        print(f"        NOT SEARCHED {place}: {reason}")
    if findings.not_searched and os.geteuid() != 0:
        print(f"        As its own user or as root:  sudo ./leeside demo prove --dir {directory_of_environment()}")


def _print_case() -> None:
    """One case as a thief has it: row by row, straight from the database."""
    from leeside.project.demo import thief

    with open_installation():
        rows = thief.read_rows(_SHOWN)
        if not rows:
            raise InstallationError("the case that is shown here is gone: was it erased?")
        print(f"\nThe case “{' '.join(_SHOWN).title()}” as a thief has it:")
        for row in rows:
            print(f"\n  {row.table}")
            for cell in row.cells:
                size = f"  ({cell.size} bytes)" if cell.size else ""
                print(f"    {cell.name:<18} {cell.text}{size}")
    sys.stdout.flush()


def _as_json(
    canaries: Canaries, disk: Findings, memory: Findings, processes: Mapping[int, str], seconds: float
) -> dict[str, Any]:
    return {
        "sentences": len(canaries.sentences),
        "disk": {"files": disk.places, "bytes": disk.searched_bytes, "found": disk.total,
                 "places": dict(disk.hits_by_place), "not_searched": dict(disk.not_searched)},
        "memory": {"processes": memory.places, "bytes": memory.searched_bytes, "found": memory.total,
                   "places": dict(memory.hits_by_place), "not_searched": dict(memory.not_searched),
                   "running": len(processes)},
        "seconds": round(seconds, 1),
    }  # fmt: skip

"""Seals many parcels as a browser would, in a process of its own: the line's roster is read from its installation."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from leeside.project.errors import ProjectError

_LENGTH_BYTES = 4


def make_parcels(folder: Path, count: int, say: Callable[[str], None]) -> list[bytes]:
    """Return `count` encoded parcels for the measured line, each of its own receipt."""
    say(f"sealing {count} parcels")
    command = [sys.executable, "-P", "-m", "leeside.project.bench.parcels", str(count)]
    environment = {**os.environ, "LEESIDE_DIR": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise ProjectError("no parcels could be sealed to measure")
    parcels, rest = [], done.stdout
    while rest:
        size = int.from_bytes(rest[:_LENGTH_BYTES], "big")
        parcels.append(rest[_LENGTH_BYTES : _LENGTH_BYTES + size])
        rest = rest[_LENGTH_BYTES + size :]
    return parcels


def main(words: list[str]) -> int:
    """Write that many parcels to standard output, each behind its length."""
    from datetime import UTC, datetime

    from leeside.project.installation import open_installation

    with open_installation():
        from django.conf import settings

        from leeside.door.open_lines import open_line
        from leeside.packs.sealing_answers import Arrival, seal_answers
        from leeside.project.bench.installations import SLUG
        from leeside.project.bench.measured import PARCEL
        from leeside.sealing.parcels import Maker, encode_parcel
        from leeside.sealing.receipts import make_receipt

        line = open_line(settings.LEESIDE_LINES[SLUG])
        today = datetime.now(UTC).date()
        said = {fact: [option] for fact, option in PARCEL.items()}
        read = line.pack.read_answers({**said, "text": ["Письмо " * 180]})
        arrival = Arrival(Maker.BROWSER, "ru", "form", today)
        for _ in range(int(words[0])):
            encoded = encode_parcel(seal_answers(line.pack, line.roster, read, make_receipt(), arrival))
            sys.stdout.buffer.write(len(encoded).to_bytes(_LENGTH_BYTES, "big") + encoded)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

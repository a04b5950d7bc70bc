"""What a demo's folder says of itself: that it is a demo, in which language and on which day."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from leeside.project.errors import InstallationError
from leeside.project.installation import write_private

NAME = "demo.json"
FORMAT = 1


@dataclass(frozen=True)
class Marker:
    """`language` is that of the people and of the staff's pages; `today` the demo's day."""

    language: str
    today: str
    format: int = FORMAT

    @property
    def day(self) -> date:
        return date.fromisoformat(self.today)


def write_marker(folder: Path, marker: Marker) -> None:
    """Written last of all: a folder without it was not filled to the end."""
    write_private(folder / NAME, json.dumps(asdict(marker)) + "\n")


def read_marker(folder: Path) -> Marker:
    """Raises InstallationError when the folder is no demo."""
    try:
        marker = Marker(**json.loads((folder / NAME).read_text(encoding="utf-8")))
        _ = marker.day
    except (OSError, ValueError, TypeError):
        raise InstallationError(f"{folder} is no demo; `./leeside demo` makes one") from None
    return marker


def is_demo(folder: Path) -> bool:
    """Whether a demo was filled here, whole."""
    return (folder / NAME).exists()

"""The process that fills a demo's folder: `python -m leeside.project.demo.fill LANGUAGE DATE`, then it ends.

It has every sentence of the demo's people in its memory; the serving processes are started after it has gone.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import date

from leeside.project.configuration import CONFIGURATION_NAME
from leeside.project.demo.marker import Marker, write_marker
from leeside.project.errors import ProjectError
from leeside.project.installation import (
    Installation,
    directory_of_environment,
    make_folders,
    make_secret,
    open_installation,
    write_private,
)
from leeside.project.progress import with_progress
from leeside.web.lines import LineSettings

_FIRST_MONTH = "2023-04"
_SETTINGS = """\
# A demo. Everybody in it is invented and its secrets are published: never let anybody write to it in earnest.
demo = true

[clock]
offset_seconds = 0
"""


def make_folder() -> None:
    """Make the folder with its settings: localhost only, the demo's own clock."""
    directory = directory_of_environment()
    make_folders(directory)
    make_secret(directory)
    write_private(directory / CONFIGURATION_NAME, _SETTINGS)


def write_without_waiting() -> None:
    """Let this process's SQLite connections hand their writes to the system without waiting for the disk.

    Nobody waits for an acknowledgement here, and a demo that loses power while it is filled is filled again. A served
    demo opens its own connections, with every wait.
    """
    from django.db import connections

    for connection in connections.all():
        connection.close()
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


def fill(installation: Installation, language: str, today: date, tell: Callable[[str], None]) -> None:
    """Found the line, play the twelve and the months around them, publish the editions of the months that ended."""
    from leeside.project.demo import founding, texts
    from leeside.project.demo.filling import Filler, finish, name_the_twelve
    from leeside.project.demo.further import fill_further
    from leeside.project.demo.stories.told import STORIES

    line = founding.found_demo_line(installation, language, today)
    tell(f"founded the line: {len(texts.colleagues())} colleagues, two of them coordinators")
    seats = founding.seats(line, language)
    filler = Filler(line, seats, language, today)
    requests = list(filler.requests())
    for request in with_progress(requests, "  short requests", len(requests)):
        filler.handle(request)
    named = dict(filler.play(person) for person in texts.people())
    waiting = sum(1 for _ in filler.wait_in_queue())
    cases = {"-".join(words): case_id for case_id, words in named.items()}
    for story in STORIES:
        story.play(filler, cases)
    name_the_twelve(named)
    further = [fill_further(installation, slug, language, today) for slug in texts.further_slugs()]
    finish()
    tell(f"{len(requests)} short requests, the twelve, and {waiting} that wait")
    editions = _publish(installation, line, today, _FIRST_MONTH)
    for one in (each for each in further if texts.further_line(each.slug)["months"]):
        editions += _publish(installation, one, today, min(texts.further_line(one.slug)["months"]))
    tell(f"{len(further)} further lines, {editions} editions of the figures")
    founding.leave_seats(seats)


def _publish(installation: Installation, line: LineSettings, today: date, first_month: str) -> int:
    """Publish an edition for each month that has ended, on the first day of the next."""
    from leeside.project.figures_of_line import draft_of_line
    from leeside.tally.months import months_between, parse_month
    from leeside.tally.publishing import publish_edition

    first = parse_month(first_month)
    ended = months_between(first, parse_month(f"{today:%Y-%m}").plus(-1))
    for month in ended:
        made = date.fromisoformat(f"{month.plus(1)}-01")
        publish_edition(
            installation.directory / "editions", draft_of_line(installation.directory, line, first, month, made)
        )
    return len(ended)


def main(words: list[str]) -> int:
    """Fill the folder that LEESIDE_DIR names."""
    parser = argparse.ArgumentParser(prog="leeside demo fill")
    parser.add_argument("language", choices=["ru", "en", "uk"])
    parser.add_argument("today", type=date.fromisoformat)
    arguments = parser.parse_args(words)

    def tell(line: str) -> None:
        print(f"  {line}", file=sys.stderr, flush=True)

    try:
        make_folder()
        with open_installation(migrated=False) as installation:
            from leeside.project.upkeep.upgrading import migrate_all

            migrate_all()
            write_without_waiting()
            fill(installation, arguments.language, arguments.today, tell)
            write_marker(installation.directory, Marker(arguments.language, arguments.today.isoformat()))
    except ProjectError as error:
        print(f"leeside demo: {error}", file=sys.stderr)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

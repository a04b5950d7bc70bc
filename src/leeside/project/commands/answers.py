"""`answers export`: a pack's or a line's public answers as one file of HTML, to hand on where there is no network.

The file is the one that the answers' page offers; `leeside pack digests` says which answers wait to be read again.
"""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from leeside.packs.errors import PackError
from leeside.packs.pack import Pack
from leeside.project.errors import ConfigurationError, ProjectError
from leeside.project.named_packs import pack_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("action", choices=["export"])
    of = parser.add_mutually_exclusive_group(required=True)
    of.add_argument("--pack", metavar="PACK", help="a folder, or the name of a shipped pack")
    of.add_argument("--line", metavar="LINE", help="a line of the installation")
    parser.add_argument("--to", metavar="FILE", required=True, type=Path, help="where the file goes; it may not exist")
    parser.add_argument("--answer", metavar="ID", help="one answer alone (default: all of them)")
    parser.add_argument("--language", default="ru", help="one of the pack's (default: ru)")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="as read on this day (default: today)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the file."""
    from leeside.door.along import write_along

    pack, today = _of_line(arguments.line) if arguments.line else (pack_of(arguments.pack), datetime.now(UTC).date())
    if arguments.language not in pack.languages:
        raise ConfigurationError(f"--language: the pack speaks {', '.join(pack.languages)}")
    on = arguments.on or today
    answers = tuple(one for one in pack.public_answers.shown_on(on) if arguments.answer in (None, one.id))
    if not answers:
        wanted = f"no answer `{arguments.answer}`" if arguments.answer else "no answers"
        raise ProjectError(f"the pack {pack.name} has {wanted} to show on {on}")
    text = write_along(pack, answers, arguments.language, on)
    try:
        with arguments.to.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise ProjectError(f"{arguments.to} is there already; nothing was written") from None
    except OSError as wrong:
        raise ProjectError(f"{arguments.to}: {wrong.strerror}") from None
    print(
        f"{arguments.to}: {len(answers)} answer{'s' if len(answers) > 1 else ''}, {len(text.encode()) / 1024:.0f} KiB"
    )
    return 0


def _of_line(slug: str) -> tuple[Pack, date]:
    """The pack of a line, and the line's own day."""
    from leeside.project.commands.line import line_settings
    from leeside.project.installation import open_installation

    with open_installation() as installation:
        from leeside.door.open_lines import pack_of as pack_of_line
        from leeside.web.clock import domain_clock

        line = line_settings(installation, slug)
        try:
            return pack_of_line(line), domain_clock().today(line.time_zone)
        except PackError as wrong:
            raise ProjectError(str(wrong)) from wrong

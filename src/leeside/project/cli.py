"""The command line: finds the command, reads the installation, and turns every known error into one line.

Exit codes: 0 done; 1 the thing asked for failed or a check found something; 2 wrong usage or a wrong setting;
3 (test) something could not run on this machine; 130 interrupted. Every command is a module of `commands` with three
names: `SUMMARY`, `add_arguments(parser)` and `run(arguments) -> exit code`. Nothing is imported before it is needed,
so that `--help` answers at once.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from leeside.project.errors import ProjectError
from leeside.project.faults import tell_fault

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("leeside.project.commands.demo", "fill and serve an invented line, on this machine only"),
    "test": ("leeside.project.commands.test", "run every test and say how each promise was attacked"),
    "serve": ("leeside.project.commands.serve", "serve an installation: door, mailbox, desk, public figures"),
    "init": ("leeside.project.commands.init", "make a new installation"),
    "line": ("leeside.project.commands.line", "add, list, pin and open lines"),
    "staff": ("leeside.project.commands.staff", "invite, lock out and list the people of a line"),
    "import": ("leeside.project.commands.import_", "seal the rows of a table, on standard input, as cases"),
    "tick": ("leeside.project.commands.tick", "do all work that falls due by time"),
    "backup": ("leeside.project.commands.backup", "copy the data, and apart from them the newest shred keys"),
    "restore": ("leeside.project.commands.restore", "bring the data of a backup back"),
    "upgrade": ("leeside.project.commands.upgrade", "back up, migrate, check, and roll back on failure"),
    "doctor": ("leeside.project.commands.doctor", "look at time, disk, permissions, keys and backups"),
    "verify": ("leeside.project.commands.verify", "check the chains of audit and roster, and the databases"),
    "figures": ("leeside.project.commands.figures", "print a line's figures, or publish an edition"),
    "guide": ("leeside.project.commands.guide", "ask the law of a pack what it offers, and check that law"),
    "letter": ("leeside.project.commands.letter", "check the papers of a pack, and draft one from invented facts"),
    "pack": ("leeside.project.commands.pack", "check a pack"),
    "answers": ("leeside.project.commands.answers", "write public answers into one file to take along"),
    "bench": ("leeside.project.commands.bench", "measure speed against the bars of the design"),
}

DEFAULT_DIRECTORY = "leeside-data"
EXIT_CODES = (
    "Exit codes: 0 done; 1 it failed, or a check found something bad; 2 wrong usage or a wrong setting; "
    "3 (test) something could not run on this machine; 130 interrupted."
)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never lets a known error become a traceback."""
    words = list(sys.argv[1:] if words is None else words)
    words, directory = take_directory(words)
    parser = _make_parser(words)
    arguments = parser.parse_args(words)
    if not hasattr(arguments, "run"):
        parser.print_help()
        return 2
    arguments.directory = directory
    _point_at(directory)
    sys.excepthook = tell_fault
    try:
        return int(arguments.run(arguments))
    except ProjectError as error:
        print(f"leeside {arguments.command}: {error}", file=sys.stderr)
        return error.exit_status
    except PermissionError as error:
        # Paths that we open are the installation's own, or were typed by whoever runs this.
        print(f"leeside {arguments.command}: {error.filename}: this user may not read or write it", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); Python must not complain once more while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def take_directory(words: Sequence[str]) -> tuple[list[str], Path | None]:
    """Take `--dir DIR` out of the words, wherever it stands before `--`: also behind an action such as `line add`."""
    end = list(words).index("--") if "--" in words else len(words)
    left, directory = [], None
    waiting = iter(words[:end])
    for word in waiting:
        if word == "--dir":
            directory = Path(next(waiting, ""))
        elif word.startswith("--dir="):
            directory = Path(word.removeprefix("--dir="))
        else:
            left.append(word)
    if directory == Path():
        print("leeside: --dir needs the path of a folder", file=sys.stderr)
        sys.exit(2)
    return left + list(words[end:]), directory


def _make_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Make the parser; only the module of the command that was named is imported."""
    parser = argparse.ArgumentParser(prog="leeside", description="A sealed help line.", epilog=EXIT_CODES)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    named = next((word for word in words if not word.startswith("-")), None)
    for name, (module_name, summary) in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == named:
            # Only for --help: `take_directory` has taken it out of the words by now.
            subparser.add_argument(
                "--dir",
                dest="directory",
                metavar="DIR",
                help=f"the installation's folder (default: $LEESIDE_DIR, else ./{DEFAULT_DIRECTORY})",
            )
            module = importlib.import_module(module_name)
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    return parser


def _point_at(directory: Path | None) -> None:
    """Make the chosen folder the one that settings and every child process read."""
    if directory is not None:
        os.environ["LEESIDE_DIR"] = str(directory.absolute())
    elif "LEESIDE_DIR" in os.environ:
        os.environ["LEESIDE_DIR"] = str(Path(os.environ["LEESIDE_DIR"]).absolute())


if __name__ == "__main__":
    sys.exit(main())

"""`serve`: all roles of an installation, until a signal. It refuses to start on what is not whole."""

import argparse

from leeside.project.installation import Installation, open_installation
from leeside.project.serving.starting import make_supervisor, prepare_to_serve
from leeside.project.upkeep.locks import being_served


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("--port", type=int, help="the door's port; mailbox, desk and public take the next three")
    parser.add_argument("--bind", help="the address to listen on (default: the setting `bind`, 127.0.0.1)")
    parser.add_argument(
        "--readable-memory",
        action="store_true",
        help="leave the processes' memory readable for their own user: only for the memory search of tests",
    )
    parser.add_argument("--no-tick", action="store_true", help="another machine of this installation runs `tick`")
    parser.add_argument("--idle-seconds", type=int, help="replace a worker after so many idle seconds (default: 60)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    with open_installation() as installation:
        prepare_to_serve()
    with being_served(installation.directory):
        return _supervise(installation, arguments)


def _supervise(installation: Installation, arguments: argparse.Namespace) -> int:
    supervisor = make_supervisor(
        installation,
        port=arguments.port,
        bind=arguments.bind,
        readable=arguments.readable_memory,
        idle_seconds=arguments.idle_seconds,
        ticks=not arguments.no_tick,
    )
    return supervisor.run()

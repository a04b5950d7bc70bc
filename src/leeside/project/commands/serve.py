"""`serve`: all roles of an installation, until a signal. It refuses to start on what is not whole."""

import argparse
import os
import sys

from leeside.project.installation import Installation, open_installation
from leeside.project.serving import hardening
from leeside.project.serving.ports import require_free_port
from leeside.project.serving.roles import configure_roles
from leeside.project.serving.supervisor import Supervisor
from leeside.project.upkeep.locks import being_served

SETTINGS_PACKAGE = "leeside.project.settings"


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


def prepare_to_serve() -> None:
    """Read every line's pack, and collect static files under the names of their hashes.

    Each role would read the packs too; here what is wrong with one is told once, before anything is started. Django
    must be set up under the role `all`.
    """
    from django.conf import settings
    from django.core.management import call_command

    from leeside.door.open_lines import pack_of

    for line in settings.LEESIDE_LINES.values():
        pack_of(line)
    call_command("collectstatic", interactive=False, verbosity=0)


def make_supervisor(
    installation: Installation,
    *,
    port: int | None = None,
    bind: str | None = None,
    settings_package: str = SETTINGS_PACKAGE,
    readable: bool = False,
    idle_seconds: int | None = None,
    ticks: bool = True,
) -> Supervisor:
    """Check every port and return a supervisor that is ready to run; the caller must hold no database connection."""
    configuration = installation.configuration
    first_port = port if port is not None else configuration.number("port")
    address = bind or configuration.text("bind")
    roles = configure_roles(configuration, first_port)
    for role in roles:
        require_free_port(address, role.port, role.name)
    hardening.forbid_dumps()
    # Addresses that nobody wrote down follow the port, in every role's settings.
    os.environ["LEESIDE_PORT"] = str(first_port)
    return Supervisor(
        roles=roles,
        bind=address,
        settings_package=settings_package,
        say=lambda line: print(line, file=sys.stderr, flush=True),
        readable=readable or configuration.is_set("demo"),
        idle_seconds=idle_seconds,
        periodic=[sys.executable, "-P", "-m", "leeside.project.cli", "tick", "--quiet"] if ticks else [],
    )

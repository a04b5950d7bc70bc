"""What stands between an installation and its running roles: one look at the packs, every port, the supervisor.

Whoever serves comes through here: `serve`, and a demo with settings of its own.
"""

import os
import sys
from typing import Final

from leeside.project.installation import Installation
from leeside.project.serving import hardening
from leeside.project.serving.ports import require_free_port
from leeside.project.serving.roles import configure_roles
from leeside.project.serving.supervisor import Supervisor

SETTINGS_PACKAGE: Final = "leeside.project.settings"


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

"""What the four roles' processes look like: how many, how many requests they live for, and why."""

from dataclasses import dataclass

from leeside.project.configuration import Configuration
from leeside.project.settings_table import ROLES


@dataclass(frozen=True)
class RoleConfiguration:
    """One role's processes.

    `max_requests` is the number of requests after which a worker is replaced, at the latest; 0 means never.
    `idle_seconds` is how long a worker that has served anything may stand idle before it is replaced; 0 is for ever.
    """

    name: str
    port: int
    workers: int
    threads: int
    max_requests: int
    idle_seconds: int


# What unseals is replaced after 200 requests or a minute idle, forked anew from a parent that has seen no request.
# The door holds a text for one request and no key: its count is a setting found by measurement (docs/performance.md).
# The public role holds nothing worth forgetting.
_UNSEALING_REQUESTS = 200
_IDLE_SECONDS = 60
# More than the desk's pool lets wait for a slow hash (8 of unknown browsers): a flood there leaves threads to others.
_UNSEALING_THREADS = 16
_PUBLIC_THREADS = 8


def configure_role(configuration: Configuration, role: str, port: int) -> RoleConfiguration:
    """Return how `role` is to be run on `port`."""
    unseals = role in {"mailbox", "desk"}
    is_door = role == "door"
    return RoleConfiguration(
        name=role,
        port=port,
        workers=configuration.number(f"{role}.workers"),
        threads=_UNSEALING_THREADS if unseals else configuration.number("door.threads") if is_door else _PUBLIC_THREADS,
        max_requests=_UNSEALING_REQUESTS if unseals else configuration.number("door.max_requests") if is_door else 0,
        idle_seconds=0 if role == "public" else _IDLE_SECONDS,
    )


def configure_roles(configuration: Configuration, first_port: int) -> tuple[RoleConfiguration, ...]:
    """All four roles, the door on `first_port` and the others on the ports after it."""
    return tuple(configure_role(configuration, role, first_port + place) for place, role in enumerate(ROLES))

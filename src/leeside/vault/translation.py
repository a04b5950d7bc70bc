"""Turns what a database driver raises into the vault's few errors, and tells the operator in one line.

The line names the verb and the cause and nothing else: messages of drivers may quote values, so none is passed on,
and the driver's error is not kept as the cause of ours.
"""

import functools
import logging
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from django.db.utils import DatabaseError, InterfaceError

from leeside.vault.errors import BusyError, DamagedError, FullError, UnreadyError, VaultError

logger = logging.getLogger("leeside.vault")

P = ParamSpec("P")
R = TypeVar("R")

_BUSY: Final = "the database is locked or out of reach; nothing was changed"
_FULL: Final = "the disk of the database is full; nothing was changed"
_UNREADY: Final = "a table or column is missing: run the upgrade; nothing was changed"
_DAMAGED: Final = "the database file is damaged: restore the newest backup"

_SQLITE_SIGNS: Final[tuple[tuple[str, type[VaultError], str], ...]] = (
    ("is locked", BusyError, _BUSY),
    ("is busy", BusyError, _BUSY),
    ("unable to open", BusyError, _BUSY),
    ("readonly", BusyError, "the database may not be written to: check the owner of its folder; nothing was changed"),
    ("is full", FullError, _FULL),
    ("disk I/O", FullError, "the disk of the database fails; nothing was changed"),
    ("no such table", UnreadyError, _UNREADY),
    ("no such column", UnreadyError, _UNREADY),
    ("has no column", UnreadyError, _UNREADY),
    ("malformed", DamagedError, _DAMAGED),
    ("not a database", DamagedError, _DAMAGED),
)
_POSTGRES_SIGNS: Final[tuple[tuple[str, type[VaultError], str], ...]] = (
    ("53100", FullError, _FULL),
    ("53", BusyError, _BUSY),
    ("08", BusyError, _BUSY),
    ("40", BusyError, _BUSY),
    ("55", BusyError, _BUSY),
    ("57", BusyError, _BUSY),
    ("25006", BusyError, "the database may not be written to; nothing was changed"),
    ("42P01", UnreadyError, _UNREADY),
    ("42703", UnreadyError, _UNREADY),
    ("3D000", UnreadyError, "the database does not exist; nothing was changed"),
    ("XX", DamagedError, _DAMAGED),
)


def translate(error: DatabaseError | InterfaceError) -> VaultError | None:
    """The vault's error for a driver's, or None when it is nobody's circumstance but our bug."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None)
    if state:
        for sign, kind, line in _POSTGRES_SIGNS:
            if state.startswith(sign):
                return kind(line)
        return None
    text = str(error)
    for sign, kind, line in _SQLITE_SIGNS:
        if sign in text:
            return kind(line)
    if isinstance(error, InterfaceError) or type(cause).__module__.startswith("psycopg"):
        return BusyError(_BUSY)
    return None


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a verb of the store: drivers' errors leave it as the vault's, with one line for the operator."""

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except (DatabaseError, InterfaceError) as error:
            translated = translate(error)
            if translated is None:
                raise
            logger.error("%s: %s", function.__name__, translated)
        raise translated from None

    return call

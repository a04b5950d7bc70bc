"""Checks of the databases and of what is chained in them."""

from collections.abc import Iterator

from leeside.project.installation import ALIASES, Installation, pending_migrations
from leeside.project.progress import working
from leeside.project.upkeep.findings import Finding, bad, care, fine
from leeside.project.upkeep.upgrading import what_is_gone
from leeside.vault import store


def check_databases(installation: Installation) -> Iterator[Finding]:
    """Whether each database can be reached, is of this version, and lies where it should."""
    gone = what_is_gone()
    for name, alias in ALIASES.items():
        missing, begun = pending_migrations(alias)
        if gone and not begun and name != "fleeting":
            yield bad(name, gone)
        elif missing:
            state = "is half-migrated" if begun else "has no tables"
            yield bad(name, f"{state}; run `upgrade`")
        else:
            yield fine(name, "is of this version")
    yield check_shred_store(installation)


def check_shred_store(installation: Installation) -> Finding:
    """The shred keys must not lie where copies of the data are made."""
    databases = installation.configuration.databases()
    if installation.is_sqlite:
        apart = installation.database_path("shred").parent != installation.database_path("data").parent
        return fine("shred store", "is a file of its own") if apart else bad("shred store", "lies among the data")
    if _same_server(databases["default"], databases["shred"]):
        return care("shred store", "is on the data's server: its log and snapshots must not be archived")
    return _check_archiving()


def _same_server(one: dict[str, object], other: dict[str, object]) -> bool:
    return (one["HOST"], one["PORT"]) == (other["HOST"], other["PORT"])


def _check_archiving() -> Finding:
    from django.db import connections

    with connections["shred"].cursor() as cursor:
        cursor.execute("SHOW archive_mode")
        (mode,) = cursor.fetchone()
    if mode != "off":
        return bad(
            "shred store", "its server archives its log: erased keys can be read from there; set archive_mode=off"
        )
    return fine("shred store", "is on a server of its own, without an archive")


def verify_chains() -> Iterator[Finding]:
    """Compute the chain of readings of every line again. Shortening is seen by a coordinator's ring, not here."""
    for row in store.list_lines():
        try:
            with working(f"Computing the chain of {row.slug} again"):
                report = store.verify_chain(row.id)
        except store.ChainBrokenError as error:
            yield bad(row.slug, str(error))
            continue
        waiting = f", {report.waiting} waiting for the next `tick`" if report.waiting else ""
        yield fine(row.slug, f"{report.head.count} readings in {report.head.number} links{waiting}")


def verify_files() -> Iterator[Finding]:
    """Let the databases check their own files."""
    try:
        with working("Checking the databases' files"):
            store.check_integrity()
    except store.DamagedError as error:
        yield bad("databases", str(error))
    else:
        yield fine("databases", "are whole")

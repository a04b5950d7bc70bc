"""Numbered checks of dangerous database settings. They run at every start and refuse it.

vault.E001  a store is missing, or two of the three share a database
vault.E002  SQLite would not keep what it acknowledged, or would leave erased bytes behind
vault.E003  the router is not installed: tables would land in the wrong store
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from leeside.vault.writing import ALIASES

NEEDED_PRAGMAS = ("journal_mode=wal", "synchronous=full", "secure_delete=on", "temp_store=memory")


@register
def check_stores(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Data, shred keys and fleeting things each have a database of their own."""
    databases = settings.DATABASES
    missing = [alias for alias in ALIASES if alias not in databases]
    if missing:
        return [Error(f"DATABASES has no store {missing[0]}", id="vault.E001")]
    places = {
        (databases[alias].get("HOST"), databases[alias].get("PORT"), databases[alias]["NAME"]) for alias in ALIASES
    }
    if len(places) != len(ALIASES):
        return [Error("two of the stores share a database: erasing would not reach every backup", id="vault.E001")]
    return []


@register
def check_sqlite(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """SQLite is told to be durable and to overwrite what it frees."""
    found: list[CheckMessage] = []
    for alias in ALIASES:
        database: dict[str, Any] = settings.DATABASES.get(alias, {})
        if "sqlite" not in str(database.get("ENGINE")):
            continue
        options = database.get("OPTIONS", {})
        told = str(options.get("init_command", "")).lower().replace(" ", "")
        lacking = [pragma for pragma in NEEDED_PRAGMAS if pragma not in told]
        if str(options.get("transaction_mode", "")).upper() != "IMMEDIATE":
            lacking.append("transaction_mode=immediate")
        found += [Error(f"store {alias}: {one} is not set", id="vault.E002") for one in lacking]
    return found


@register
def check_router(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Each table is in its own store only."""
    if "leeside.vault.router.VaultRouter" in getattr(settings, "DATABASE_ROUTERS", []):
        return []
    return [Error("DATABASE_ROUTERS lacks the vault's router", id="vault.E003")]

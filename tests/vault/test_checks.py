"""Dangerous database settings are refused at start, each by its number."""

from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from leeside.vault import checks

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        " PRAGMA temp_store=MEMORY;",
    },
}
FIT = {alias: {**deepcopy(SQLITE), "NAME": alias} for alias in ("default", "shred", "fleeting")}


def found(databases: dict[str, Any], routers: object = ("leeside.vault.router.VaultRouter",)) -> list[str | None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(checks, "settings", SimpleNamespace(DATABASES=databases, DATABASE_ROUTERS=routers))
        every = [*checks.check_stores(None), *checks.check_sqlite(None), *checks.check_router(None)]
    return [message.id for message in every]


def test_the_projects_own_settings_are_fit() -> None:
    assert found(settings.DATABASES) == found(FIT) == []


def test_a_missing_store_and_a_shared_one_are_refused() -> None:
    assert found({"default": FIT["default"]}) == ["vault.E001"]
    assert found({**FIT, "shred": FIT["default"]}) == ["vault.E001"]


@pytest.mark.parametrize("word", ["journal_mode", "synchronous", "secure_delete", "temp_store"])
def test_sqlite_that_forgets_or_remembers_too_much_is_refused(word: str) -> None:
    unfit = deepcopy(FIT)
    unfit["shred"]["OPTIONS"]["init_command"] = unfit["shred"]["OPTIONS"]["init_command"].replace(word, "other")
    assert found(unfit) == ["vault.E002"]


def test_transactions_that_take_their_lock_late_are_refused() -> None:
    unfit = deepcopy(FIT)
    del unfit["default"]["OPTIONS"]["transaction_mode"]
    assert found(unfit) == ["vault.E002"]


def test_a_missing_router_is_refused() -> None:
    assert found(FIT, routers=[]) == ["vault.E003"]

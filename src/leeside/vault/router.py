"""Which of the three databases a table lives in. A table is in one of them only, and so is each migration's work."""

from typing import Any

from django.db.models import Model

SHRED_MODELS = frozenset({"shredkey", "erasedlookup"})
FLEETING_MODELS = frozenset({"session", "hold", "onetime", "release", "shift", "ping"})


def alias_of(model_name: str) -> str:
    """The database of a vault model, by its lower-case name."""
    if model_name in SHRED_MODELS:
        return "shred"
    return "fleeting" if model_name in FLEETING_MODELS else "default"


class VaultRouter:
    """Routes the vault's own tables; every other app's tables live in `default`."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The database that has the model's table."""
        return self._alias(model._meta.app_label, model._meta.model_name)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The same: no table has a copy."""
        return self._alias(model._meta.app_label, model._meta.model_name)

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Relations stay within one database."""
        return self.db_for_read(type(one)) == self.db_for_read(type(other))

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """Create each table in its own database only."""
        return db == self._alias(app_label, model_name)

    @staticmethod
    def _alias(app_label: str, model_name: str | None) -> str:
        return alias_of(model_name or "") if app_label == "vault" else "default"

"""The vault as a Django app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Registers the tables of the blind store and their checks."""

    name = "leeside.vault"
    label = "vault"
    verbose_name = "Vault"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the numbered checks of dangerous database settings."""
        from leeside.vault import checks  # noqa: F401, PLC0415 -- registers itself when apps are ready

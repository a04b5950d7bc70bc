"""Each table is routed to its own store, whatever asks."""

from django.apps import apps

from leeside.vault import models
from leeside.vault.router import FLEETING_MODELS, SHRED_MODELS, VaultRouter

router = VaultRouter()


def test_shred_and_fleeting_tables_are_nowhere_else() -> None:
    names = {model._meta.model_name for model in apps.get_app_config("vault").get_models()}
    assert names >= SHRED_MODELS | FLEETING_MODELS
    for model in apps.get_app_config("vault").get_models():
        name = model._meta.model_name
        wanted = "shred" if name in SHRED_MODELS else "fleeting" if name in FLEETING_MODELS else "default"
        assert router.db_for_read(model) == router.db_for_write(model) == wanted
        allowed = [alias for alias in ("default", "shred", "fleeting") if router.allow_migrate(alias, "vault", name)]
        assert allowed == [wanted]


def test_other_apps_live_in_the_data() -> None:
    assert router.allow_migrate("default", "auth", "user")
    assert not router.allow_migrate("shred", "auth", "user")
    assert router.allow_migrate("default", "vault")
    assert not router.allow_migrate("fleeting", "vault")


def test_relations_do_not_cross_stores() -> None:
    assert router.allow_relation(models.Case(), models.Line())
    assert not router.allow_relation(models.Case(), models.ShredKey())

"""Every app at once: for migrations, the command line, the type checker and tests. It never serves strangers."""

from leeside.project.settings.base import *

LEESIDE_ROLE = "all"
INSTALLED_APPS = [*FRAME_APPS, "leeside.vault", "leeside.door", "leeside.desk", "leeside.figures"]
MIDDLEWARE = [*FRAME_MIDDLEWARE, *COOKIE_MIDDLEWARE]
ROOT_URLCONF = "leeside.project.urls.all"

import importlib.util  # noqa: E402  TEMPORARY while zones are being written

INSTALLED_APPS = [
    app for app in INSTALLED_APPS if importlib.util.find_spec(app) and importlib.util.find_spec(app).origin
]
DATABASE_ROUTERS = [
    r
    for r in DATABASE_ROUTERS
    if "leeside.vault" in INSTALLED_APPS and importlib.util.find_spec("leeside.vault.router")
]

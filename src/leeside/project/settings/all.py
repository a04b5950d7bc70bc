"""Every app at once: for migrations, the command line, the type checker and tests. It never serves strangers."""

from leeside.project.settings.base import *

LEESIDE_ROLE = "all"
INSTALLED_APPS = [*FRAME_APPS, "leeside.vault", "leeside.door", "leeside.desk", "leeside.figures"]
MIDDLEWARE = [*FRAME_MIDDLEWARE, *COOKIE_MIDDLEWARE]
ROOT_URLCONF = "leeside.project.urls.all"

"""The public figures. This role has no database at all: it reads edition folders."""

from leeside.project.settings.base import *

LEESIDE_ROLE = "public"
ALLOWED_HOSTS = CONFIGURATION.hosts(LEESIDE_ROLE)
INSTALLED_APPS = [*FRAME_APPS, "leeside.figures"]
MIDDLEWARE = FRAME_MIDDLEWARE
ROOT_URLCONF = "leeside.project.urls.public"
DATABASES = {}
DATABASE_ROUTERS = []

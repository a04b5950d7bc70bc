"""The public figures. This role has no database at all: it reads edition folders."""

from leeside.project.settings.base import *

LEESIDE_ROLE = "public"
INSTALLED_APPS = [*FRAME_APPS, "leeside.figures"]
MIDDLEWARE = FRAME_MIDDLEWARE
ROOT_URLCONF = "leeside.project.urls.public"
FORCE_SCRIPT_NAME = CONFIGURATION.path_of(LEESIDE_ROLE)
DATABASES = {}
DATABASE_ROUTERS = []

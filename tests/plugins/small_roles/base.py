"""Settings of the small roles: the real ones, with no zone but the frame."""

from leeside.project.settings.base import *  # noqa: F403
from leeside.project.settings.base import FRAME_APPS, FRAME_MIDDLEWARE

ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "plugins.small_roles.urls"
INSTALLED_APPS = FRAME_APPS
MIDDLEWARE = FRAME_MIDDLEWARE
DATABASES: dict[str, dict[str, object]] = {}
DATABASE_ROUTERS: list[str] = []

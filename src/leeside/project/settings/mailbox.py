"""The mailbox: words in, conversation out. It unseals for one writer at a time, in processes that are replaced."""

from leeside.project.settings.base import *

LEESIDE_ROLE = "mailbox"
INSTALLED_APPS = [*FRAME_APPS, "leeside.vault", "leeside.door"]
MIDDLEWARE = [*FRAME_MIDDLEWARE, *COOKIE_MIDDLEWARE]
ROOT_URLCONF = "leeside.project.urls.mailbox"
FORCE_SCRIPT_NAME = CONFIGURATION.path_of(LEESIDE_ROLE)
CSRF_COOKIE_NAME = "__Host-mailbox-csrf"

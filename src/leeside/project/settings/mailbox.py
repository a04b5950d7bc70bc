"""The mailbox: words in, conversation out. It unseals for one writer at a time, in processes that are replaced."""

from leeside.project.settings.base import *

LEESIDE_ROLE = "mailbox"
ALLOWED_HOSTS = CONFIGURATION.hosts(LEESIDE_ROLE)
INSTALLED_APPS = [*FRAME_APPS, "leeside.vault", "leeside.door"]
# The mailbox checks itself where a post comes from, and a token of its session: Django's check needs another cookie.
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", "leeside.web.middleware.FrameMiddleware"]
ROOT_URLCONF = "leeside.project.urls.mailbox"

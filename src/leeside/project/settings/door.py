"""The door: form and intake. It can seal and never unseal; it sets no cookie and has no session."""

from leeside.project.settings.base import *

LEESIDE_ROLE = "door"
ALLOWED_HOSTS = CONFIGURATION.hosts(LEESIDE_ROLE)
INSTALLED_APPS = [*FRAME_APPS, "leeside.vault", "leeside.door"]
# Without Django's common middleware: nothing of it is used here, and the door is measured in microseconds.
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", "leeside.web.middleware.FrameMiddleware"]
ROOT_URLCONF = "leeside.project.urls.door"

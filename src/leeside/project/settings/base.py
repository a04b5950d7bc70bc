"""What every role has in common. No secret stands here, and nothing is decided by `if`.

Values of one installation come from `LEESIDE_DIR/leeside.toml` and the environment, through `configuration`.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from leeside.project.configuration import read_configuration
from leeside.project.logs import LOGGING as PLAIN_LOGGING
from leeside.web.clock import ClockSettings
from leeside.web.lines import LineSettings

CONFIGURATION = read_configuration(Path(os.environ.get("LEESIDE_DIR", "leeside-data")).absolute(), os.environ)

LEESIDE_DIR: Path = CONFIGURATION.directory
LEESIDE_LINES: Mapping[str, LineSettings] = CONFIGURATION.lines
LEESIDE_DOOR_URL: str = CONFIGURATION.address_of("door")
LEESIDE_MAILBOX_URL: str = CONFIGURATION.address_of("mailbox")
LEESIDE_DESK_URL: str = CONFIGURATION.address_of("desk")
LEESIDE_PUBLIC_URL: str = CONFIGURATION.address_of("public")
LEESIDE_FILES_URL: str = CONFIGURATION.files_address()
LEESIDE_EXIT_URL: str = CONFIGURATION.text("exit_url")
LEESIDE_CLOCK: ClockSettings = CONFIGURATION.clock
LEESIDE_DEMO: bool = CONFIGURATION.is_set("demo")

DEBUG = False
SECRET_KEY = CONFIGURATION.secret
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
USE_X_FORWARDED_HOST = False

DATABASES = CONFIGURATION.databases()
DATABASE_ROUTERS = ["leeside.vault.router.VaultRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FRAME_APPS = ["django.contrib.staticfiles", "leeside.web"]
FRAME_MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leeside.web.middleware.FrameMiddleware",
    "django.middleware.common.CommonMiddleware",
]
# Pages behind a cookie have Django's cross-site check besides their own same-origin check.
COOKIE_MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "leeside.web.context.frame"],
        },
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [("ru", "Русский"), ("en", "English"), ("uk", "Українська")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = CONFIGURATION.directory / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Django spools large uploads to disk in clear; none of its handlers is installed, and a request body is refused
# before it is read when it is longer than any form of ours.
FILE_UPLOAD_HANDLERS: list[str] = []
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 0

CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_TRUSTED_ORIGINS = sorted(
    {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in (LEESIDE_MAILBOX_URL, LEESIDE_DESK_URL)},
)

# Nothing about a request is logged: an error is told to stderr by its kind and place only.
LOGGING = PLAIN_LOGGING

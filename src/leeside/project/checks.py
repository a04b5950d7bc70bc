"""Numbered checks of settings that would break a promise. They run at every start of a role and of a command.

project.E001  an upload handler is installed: Django's write what people send to disk, in clear
project.E002  DEBUG is on: error pages would show what was typed
project.E003  an app of Django's that keeps people, sessions or messages is installed
project.E004  logging is not ours: paths and values would reach the log
project.E005  a middleware compresses every page: lengths would tell what stands in them
project.E006  the frame's middleware is missing: pages would be kept by browsers and proxies
project.E007  the door has a middleware that reads or sets cookies
project.E008  the demo's app is installed in an installation that is no demo
project.E009  files are answered under a name that the desk has itself: what is in a file could read the desk's pages
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks.registry import registry
from django.core.exceptions import ImproperlyConfigured

from leeside.project.logs import LOGGING

KEEPERS_OF_PEOPLE = {
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admindocs",
}
FRAME = "leeside.web.middleware.FrameMiddleware"
DEMO = "leeside.project.demo"


@register
def check_settings(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every check of this module, in the order of their numbers."""
    return [Error(text, id=f"project.{number}") for number, text in _find_faults()]


def _find_faults() -> Iterator[tuple[str, str]]:
    middleware = [str(name) for name in settings.MIDDLEWARE]
    role = getattr(settings, "LEESIDE_ROLE", "")
    if settings.FILE_UPLOAD_HANDLERS:
        yield "E001", "FILE_UPLOAD_HANDLERS is not empty: uploads would touch the disk in clear"
    if settings.DEBUG:
        yield "E002", "DEBUG is on"
    if kept := KEEPERS_OF_PEOPLE.intersection(settings.INSTALLED_APPS):
        yield "E003", f"INSTALLED_APPS has {min(kept)}"
    if settings.LOGGING is not LOGGING:
        yield "E004", "LOGGING is not leeside.project.logs.LOGGING"
    if any("GZip" in name for name in middleware):
        yield "E005", "a middleware compresses every page"
    if FRAME not in middleware:
        yield "E006", f"MIDDLEWARE lacks {FRAME}"
    if role == "door" and any("Csrf" in name or "Session" in name for name in middleware):
        yield "E007", "the door has a middleware that reads or sets cookies"
    if settings.LEESIDE_FILES_URL and _shares_a_name(urlsplit(settings.LEESIDE_FILES_URL)):
        yield "E009", "desk.files_url is the desk's own name, or another role's address: it must be a name of its own"
    if DEMO in settings.INSTALLED_APPS and not settings.LEESIDE_DEMO:
        yield "E008", "the demo's app is installed, and the setting demo is false"


def _shares_a_name(files: SplitResult) -> bool:
    """The desk's own name under another port would share its cookies; another role's address, its pages."""
    roles = (settings.LEESIDE_DOOR_URL, settings.LEESIDE_MAILBOX_URL, settings.LEESIDE_PUBLIC_URL)
    is_desks = files.hostname == urlsplit(settings.LEESIDE_DESK_URL).hostname
    return is_desks or files.netloc in {urlsplit(url).netloc for url in roles}


def require_sound_settings() -> None:
    """Run our own checks (not Django's, which import every page); raise ImproperlyConfigured with the first fault."""
    ours = (check for check in registry.get_checks() if check.__module__.startswith("leeside."))
    for check in ours:
        for message in check(app_configs=None, databases=None):
            raise ImproperlyConfigured(f"{message.id}: {message.msg}")

"""All roles of a demo in one: only for collecting static files, the demo's own among them."""

from leeside.project.settings.all import *

INSTALLED_APPS = [*INSTALLED_APPS, "leeside.project.demo"]

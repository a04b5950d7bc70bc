"""The door of a demo: the real one, and the demo's own pages besides."""

from leeside.project.settings.door import *

INSTALLED_APPS = [*INSTALLED_APPS, "leeside.project.demo"]
ROOT_URLCONF = "leeside.project.demo.urls.door"

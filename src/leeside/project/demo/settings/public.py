"""The public of a demo is the real one."""

from leeside.project.settings.public import *

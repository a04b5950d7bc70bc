"""The mailbox of a demo is the real one."""

from leeside.project.settings.mailbox import *

"""The small mailbox."""

from plugins.small_roles.base import *  # noqa: F403

LEESIDE_ROLE = "mailbox"

"""The small public."""

from plugins.small_roles.base import *  # noqa: F403

LEESIDE_ROLE = "public"

"""Django's name for the desk, so that its templates, style, script and languages are found; it joins the parts."""

from django.apps import AppConfig
from django.conf import settings


class DeskConfig(AppConfig):
    """The staff side."""

    name = "leeside.desk"
    label = "desk"

    def ready(self) -> None:
        """Join the parts of the work, once all apps are there."""
        from leeside.desk.parts import join_parts  # noqa: PLC0415 -- parts import what needs the apps to be ready

        join_parts()

    def begin(self) -> None:
        """Called once in each worker of a role before its first request, while it has one thread and no memory."""
        if settings.LEESIDE_ROLE == "desk":
            from leeside.desk.lines import read_packs  # noqa: PLC0415 -- it needs the apps to be ready
            from leeside.desk.searching.lanes import LANES  # noqa: PLC0415 -- only the role that searches loads it

            # Read once for the worker and its lanes, and not by every search anew.
            read_packs()
            LANES.prepare()

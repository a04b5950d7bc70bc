"""Django's name for the door, so that its templates, styles and languages are found."""

from django.apps import AppConfig
from django.conf import settings


class DoorConfig(AppConfig):
    """The door has no models and starts nothing."""

    name = "leeside.door"
    label = "door"

    def warm(self) -> None:
        """Called once in the parent of a role's workers, before it forks; only what that role shows is imported."""
        if settings.LEESIDE_ROLE == "door":
            from leeside.door.warming import warm_door  # noqa: PLC0415 -- only the role that shows it may load it

            warm_door()
        elif settings.LEESIDE_ROLE == "mailbox":
            from leeside.door.mailbox_warming import warm_mailbox  # noqa: PLC0415 -- likewise

            warm_mailbox()

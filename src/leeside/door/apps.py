"""Django's name for the door, so that its templates, styles and languages are found."""

from django.apps import AppConfig


class DoorConfig(AppConfig):
    """The door has no models and starts nothing."""

    name = "leeside.door"
    label = "door"

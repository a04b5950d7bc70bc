"""Django's name for the desk, so that its templates, style, script and languages are found."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk has no models and starts nothing."""

    name = "leeside.desk"
    label = "desk"

"""Django's name for the frame, so that its templates, style and languages are found."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The frame has no models and starts nothing."""

    name = "leeside.web"
    label = "web"

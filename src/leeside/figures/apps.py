"""The Django application of the public figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Templates, styles and words of the public pages; no models."""

    name = "leeside.figures"

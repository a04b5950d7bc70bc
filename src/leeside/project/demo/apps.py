"""The Django app of the demo. It stands in the settings of `project.demo.settings` and in no others."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Only templates and style: the demo has no tables of its own."""

    name = "leeside.project.demo"
    label = "demo"

"""Shared by all tests: one installation a process, promises on record, requirements that are never skipped silently."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from plugins.installations import Installation

pytest_plugins = [
    "plugins.installations",
    "plugins.requirements",
    "plugins.promises",
    "plugins.servers",
    "plugins.lines",
    "plugins.browsers",
    "plugins.statements",
]


@pytest.fixture(autouse=True)
def nobodys_language() -> Iterator[None]:
    """Every test begins in English: a page that one of them asked for leaves its language to its thread."""
    from django.utils import translation

    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture
def client_of(installation: "Installation") -> Iterator[Callable[..., "Client"]]:
    """Make a test client of one role: its addresses and its middleware, in this process.

    `client_of("desk", HTTP_HOST="desk.example")`: further words become headers of every request. Cross-site checks
    are on. Tests of what is loaded, of memory and of kills start real processes instead (`plugins.servers`).
    """
    from contextlib import ExitStack
    from importlib import import_module

    from django.test import Client, override_settings

    with ExitStack() as stack:

        def make(role: str, **headers: str) -> Client:
            settings = import_module(f"leeside.project.settings.{role}")
            names = ("LEESIDE_ROLE", "MIDDLEWARE", "ROOT_URLCONF", "CSRF_COOKIE_NAME", "LEESIDE_WEB_OWN_SCRIPTS")
            changed = {name: getattr(settings, name) for name in names if hasattr(settings, name)}
            stack.enter_context(override_settings(**changed))
            return Client(enforce_csrf_checks=True, **headers)

        yield make

"""What tests of the door share: a founded line with keys the test knows, and a client of each role."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.test import Client, override_settings

from door.founded import FoundedLine, found_line

ROLE_SETTINGS = ("LEESIDE_ROLE", "MIDDLEWARE", "ROOT_URLCONF", "CSRF_COOKIE_NAME")


class RoleClient(Client):
    """A browser at one role's address; unlike `client_of`, two roles may be asked in turn."""

    def __init__(self, role: str, **headers: str) -> None:
        super().__init__(enforce_csrf_checks=True, **headers)
        settings = import_module(f"leeside.project.settings.{role}")
        self._settings = {name: getattr(settings, name) for name in ROLE_SETTINGS if hasattr(settings, name)}

    def request(self, **request: Any) -> Any:
        """One request under the role's own settings."""
        with override_settings(**self._settings):
            return super().request(**request)


@pytest.fixture
def line(installation: object) -> Iterator[FoundedLine]:
    """An open line whose role keys, people and receipts the test can open."""
    from leeside.door.open_lines import forget_lines

    with found_line() as founded:
        forget_lines()
        yield founded
    forget_lines()


@pytest.fixture
def door(line: FoundedLine) -> Client:
    """The door as a browser of our own page sees it."""
    return RoleClient("door", HTTP_HOST="localhost", HTTP_SEC_FETCH_SITE="same-origin")


@pytest.fixture
def mailbox(line: FoundedLine) -> Client:
    """The mailbox as a browser of our own page sees it."""
    return RoleClient("mailbox", HTTP_HOST="localhost", HTTP_SEC_FETCH_SITE="same-origin")

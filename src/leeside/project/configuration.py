"""Reads one installation: its folder, `leeside.toml` and the environment, into one immutable value.

Wrong or unknown keys are refused by their name before anything starts. Environment variables win over the file.
No passphrase and no key of a person is ever a setting; the database's password comes from PGPASSFILE or PGPASSWORD,
which PostgreSQL's own client reads.
"""

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from leeside.project.errors import ConfigurationError
from leeside.project.settings_table import (
    LINE_SETTINGS,
    OTHER_VARIABLES,
    ROLES,
    SETTINGS,
    Setting,
    UnfitValueError,
    read_slug,
)
from leeside.web.clock import ClockSettings
from leeside.web.lines import LineSettings

CONFIGURATION_NAME = "leeside.toml"
_OWN_NAMES = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}
SECRET_NAME = "secret.key"  # noqa: S105 -- the name of a file, not what is in it


@dataclass(frozen=True)
class Configuration:
    """One installation's settings. `values` holds every row of the table by its dotted name."""

    directory: Path
    values: Mapping[str, object]
    lines: Mapping[str, LineSettings]
    secret: str

    def text(self, name: str) -> str:
        """Return a setting that is text."""
        return cast("str", self.values[name])

    def number(self, name: str) -> int:
        """Return a setting that is a whole number."""
        return cast("int", self.values[name])

    def is_set(self, name: str) -> bool:
        """Return a setting that is yes or no."""
        return cast("bool", self.values[name])

    @property
    def clock(self) -> ClockSettings:
        """The domain clock's settings."""
        return ClockSettings(
            offset=timedelta(seconds=self.number("clock.offset_seconds")),
            stands_still_at=cast("datetime | None", self.values["clock.stands_still_at"]),
        )

    def address_of(self, role: str) -> str:
        """The absolute address of a role: as written, else localhost with the role's port."""
        written = self.text(f"{role}.url")
        return written or f"http://localhost:{self.port_of(role)}"

    def files_address(self) -> str:
        """The desk's second name, for files only: as written, else on a machine of one's own its other name.

        Empty for a desk that has a real name and no second one.
        """
        written, desk = self.text("desk.files_url"), urlsplit(self.address_of("desk"))
        if written or desk.hostname not in _OWN_NAMES:
            return written
        return f"{desk.scheme}://{_OWN_NAMES[desk.hostname]}:{desk.port}"

    def port_of(self, role: str) -> int:
        """The port of a role: the door's is `port`, the others follow in order."""
        return self.number("port") + ROLES.index(role)

    def hosts(self, role: str) -> list[str]:
        """Every host name that a role may be asked by: its own, the others that were written, and this machine."""
        own = urlsplit(self.address_of(role)).hostname or "localhost"
        names = [own, *cast("tuple[str, ...]", self.values[f"{role}.other_names"]), "localhost", "127.0.0.1", "[::1]"]
        if role == "desk" and (files := urlsplit(self.files_address()).hostname):
            names.append(files)
        return names

    def databases(self) -> dict[str, dict[str, object]]:
        """Django's DATABASES: data, shred keys and fleeting things apart."""
        make = self._sqlite if self.text("database.kind") == "sqlite" else self._postgresql
        return {"default": make("data"), "shred": make("shred"), "fleeting": make("fleeting")}

    def _sqlite(self, name: str) -> dict[str, object]:
        files = {"data": "leeside.sqlite3", "shred": "shred.sqlite3", "fleeting": "fleeting.sqlite3"}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(self.directory / name / files[name]),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A transaction that will write takes its lock at once: two readers that both wish to write would
                # otherwise fail instead of wait.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
                ),
            },
        }

    def _postgresql(self, name: str) -> dict[str, object]:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.text(f"database.{name}.name"),
            "HOST": self.text(f"database.{name}.host"),
            "PORT": str(self.number(f"database.{name}.port")),
            "USER": self.text(f"database.{name}.user"),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            # Nothing here runs for long; compiling a statement costs more than the statement.
            "OPTIONS": {"options": "-c jit=off"},
        }


def read_configuration(directory: Path, environment: Mapping[str, str]) -> Configuration:
    """Read the installation in `directory`; a folder without `leeside.toml` has every default and no line.

    Raises ConfigurationError whose text begins with the name of the setting at fault.
    """
    document = _read_document(directory / CONFIGURATION_NAME)
    untrusted_lines = document.pop("lines", {})
    written = _flatten(document)
    known = {setting.name for setting in SETTINGS}
    for name in written:
        if name not in known:
            raise ConfigurationError(f"{name}: there is no setting of this name (see docs/operate/settings.md)")
    _refuse_unknown_variables(environment)
    values = {setting.name: _read_setting(setting, written, environment) for setting in SETTINGS}
    return Configuration(directory, values, _read_lines(untrusted_lines), _read_secret(directory))


def _read_document(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path.name}: is not TOML: {error}") from None
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None


def _flatten(document: Mapping[str, object], before: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in document.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{before}{key}.")
        else:
            flat[before + key] = value
    return flat


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    known = {setting.variable for setting in SETTINGS} | set(OTHER_VARIABLES)
    for variable in sorted(environment):
        if variable.startswith("LEESIDE_") and variable not in known:
            raise ConfigurationError(f"{variable}: there is no setting of this name (see docs/operate/settings.md)")


def _read_setting(setting: Setting, written: Mapping[str, object], environment: Mapping[str, str]) -> object:
    name, untrusted = setting.name, written.get(setting.name, setting.default)
    if setting.variable in environment:
        name, untrusted = setting.variable, environment[setting.variable]
    elif setting.name not in written:
        return setting.default
    try:
        return setting.read(untrusted)
    except UnfitValueError as error:
        raise ConfigurationError(f"{name}: {error}") from None


def _read_lines(untrusted_lines: object) -> dict[str, LineSettings]:
    if not isinstance(untrusted_lines, dict):
        raise ConfigurationError("lines: must be tables such as [lines.refusal]")
    lines = {slug: _read_line(slug, untrusted) for slug, untrusted in untrusted_lines.items()}
    taken: dict[str, str] = {}
    for line in lines.values():
        for address in {line.slug, line.address}:
            if address in taken:
                raise ConfigurationError(f"lines.{line.slug}.address: is taken by the line {taken[address]}")
            taken[address] = line.slug
    return lines


def _read_line(slug: str, untrusted: object) -> LineSettings:
    if not isinstance(untrusted, dict):
        raise ConfigurationError(f"lines.{slug}: must be a table")
    values: dict[str, object] = {}
    known = {setting.name for setting in LINE_SETTINGS}
    for key in untrusted:
        if key not in known:
            raise ConfigurationError(f"lines.{slug}.{key}: there is no setting of this name")
    try:
        read_slug(slug)
    except UnfitValueError as error:
        raise ConfigurationError(f"lines.{slug}: the name {error}") from None
    for setting in LINE_SETTINGS:
        try:
            values[setting.name] = (
                setting.read(untrusted[setting.name]) if setting.name in untrusted else setting.default
            )
        except UnfitValueError as error:
            raise ConfigurationError(f"lines.{slug}.{setting.name}: {error}") from None
    return LineSettings(
        slug=slug,
        pack=cast("str", values["pack"]),
        address=cast("str", values["address"]) or slug,
        titles=cast("Mapping[str, str]", values["titles"]),
        fingerprint=cast("str", values["fingerprint"]),
        time_zone=cast("str", values["time_zone"]),
    )


def _read_secret(directory: Path) -> str:
    """Return the installation's own secret for Django's signatures; a folder without one gets a passing one."""
    try:
        return (directory / SECRET_NAME).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(48)
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"{SECRET_NAME}: cannot be read") from None

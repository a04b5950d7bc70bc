"""Every setting a keeper can write, in one table: name, what it may be, what it is without being written.

`configuration.py` reads an installation by this table, `docs/operate/settings.md` explains each row, and a test
holds the two together. A reader takes what TOML or the environment gave and returns a value of the right type;
whatever it refuses it refuses with a reason, and the caller puts the setting's name in front.
"""

import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from leeside.packs.usual import usual_name

ROLES = ("door", "mailbox", "desk", "public")


class UnfitValueError(ValueError):
    """The value does not fit its setting. The text says what would."""


@dataclass(frozen=True)
class Setting:
    """One row: a dotted name in `leeside.toml`, its reader and its value when nobody wrote it."""

    name: str
    read: Callable[[object], object]
    default: object

    @property
    def variable(self) -> str:
        """The environment variable that overrides the file."""
        return "LEESIDE_" + self.name.replace(".", "_").upper()


def read_text(untrusted: object) -> str:
    """Read one line of text."""
    if not isinstance(untrusted, str) or "\n" in untrusted:
        raise UnfitValueError("must be one line of text")
    return untrusted.strip()


def read_yes_no(untrusted: object) -> bool:
    """Read true or false, also as the environment spells them."""
    spelled = {"true": True, "false": False, "1": True, "0": False}
    if isinstance(untrusted, bool):
        return untrusted
    if isinstance(untrusted, str) and untrusted.lower() in spelled:
        return spelled[untrusted.lower()]
    raise UnfitValueError("must be true or false")


def read_whole_number(least: int, most: int) -> Callable[[object], int]:
    """Make a reader of whole numbers from `least` to `most`."""

    def read(untrusted: object) -> int:
        if isinstance(untrusted, str) and untrusted.lstrip("-").isascii() and untrusted.lstrip("-").isdigit():
            untrusted = int(untrusted)
        if not isinstance(untrusted, int) or isinstance(untrusted, bool) or not least <= untrusted <= most:
            raise UnfitValueError(f"must be a whole number from {least} to {most}")
        return untrusted

    return read


def read_one_of(*choices: str) -> Callable[[object], str]:
    """Make a reader of a closed list of words."""

    def read(untrusted: object) -> str:
        if untrusted not in choices:
            raise UnfitValueError("must be one of " + ", ".join(choices))
        return str(untrusted)

    return read


def read_address(untrusted: object) -> str:
    """Read an absolute web address without path or query; no slash at its end. Empty is allowed."""
    address = read_text(untrusted).rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
        raise UnfitValueError("must be an address such as https://desk.example.org")
    return address


def read_origin(untrusted: object) -> str:
    """Read the address of a role: a name of its own, because cookies do not keep apart what shares a name."""
    address = read_address(untrusted)
    if urlsplit(address).path:
        raise UnfitValueError("must be a name of its own, without a path: roles that share a name share cookies")
    return address


def read_names(untrusted: object) -> tuple[str, ...]:
    """Read host names: a list in TOML, separated by commas in the environment."""
    names = untrusted.split(",") if isinstance(untrusted, str) else untrusted
    if not isinstance(names, list):
        raise UnfitValueError("must be a list of host names")
    read = tuple(read_text(name) for name in names if name != "")
    if not all(name.replace(".", "").replace("-", "").isalnum() and name.isascii() for name in read):
        raise UnfitValueError("must be a list of host names such as mirror.example.org, without https:// and port")
    return read


def read_moment(untrusted: object) -> datetime | None:
    """Read an ISO moment with its offset from UTC; empty means none."""
    text = untrusted.isoformat() if isinstance(untrusted, datetime) else read_text(untrusted)
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        moment = None
        text = "unreadable"
    if text and (moment is None or moment.tzinfo is None):
        raise UnfitValueError("must be a moment with its offset, such as 2023-12-05T23:59:00+03:00")
    return moment


def read_time_zone(untrusted: object) -> str:
    """Read the name of a time zone that this machine knows."""
    name = read_text(untrusted)
    if name not in zoneinfo.available_timezones():
        raise UnfitValueError("must be a time zone such as Europe/Moscow")
    return name


def read_fingerprint(untrusted: object) -> str:
    """Read 32 bytes in hexadecimal, or nothing."""
    text = read_text(untrusted).lower()
    if text and (len(text) != 64 or not set(text) <= set("0123456789abcdef")):
        raise UnfitValueError("must be 64 hexadecimal digits, as `line pin` writes them")
    return text


def read_slug(untrusted: object) -> str:
    """Read a short name fit for a web address."""
    text = read_text(untrusted)
    plain = text.replace("-", "")
    if not (1 <= len(text) <= 40 and plain.isascii() and plain.isalnum() and text == text.lower()):
        raise UnfitValueError("must be 1 to 40 small Latin letters, digits or hyphens")
    return text


def read_titles(untrusted: object) -> Mapping[str, str]:
    """Read a table of titles by language code."""
    if not isinstance(untrusted, dict):
        raise UnfitValueError("must be a table of titles by language")
    return {read_slug(language): read_text(title) for language, title in untrusted.items()}


def _make_settings() -> tuple[Setting, ...]:
    rows = [
        Setting("bind", read_text, "127.0.0.1"),
        Setting("port", read_whole_number(1, 65532), 8000),
        Setting("exit_url", read_address, "https://www.wikipedia.org"),
        Setting("demo", read_yes_no, False),
        Setting("clock.offset_seconds", read_whole_number(-(10**10), 10**10), 0),
        Setting("clock.stands_still_at", read_moment, None),
        Setting("backup.folder", read_text, ""),
        Setting("backup.shred_folder", read_text, ""),
        Setting("database.kind", read_one_of("sqlite", "postgresql"), "sqlite"),
    ]
    for role in ROLES:
        rows.append(Setting(f"{role}.url", read_origin, ""))
        rows.append(Setting(f"{role}.other_names", read_names, ()))
        rows.append(Setting(f"{role}.workers", read_whole_number(1, 64), 2))
    rows.append(Setting("desk.files_url", read_origin, ""))
    rows.append(Setting("door.threads", read_whole_number(1, 64), 8))
    rows.append(Setting("door.max_requests", read_whole_number(100, 10**9), 20_000))
    for database in ("data", "shred", "fleeting"):
        rows.append(Setting(f"database.{database}.name", read_text, f"leeside_{database}"))
        rows.append(Setting(f"database.{database}.host", read_text, ""))
        rows.append(Setting(f"database.{database}.port", read_whole_number(1, 65535), 5432))
        rows.append(Setting(f"database.{database}.user", read_text, ""))
    return tuple(rows)


SETTINGS = _make_settings()

LINE_SETTINGS = (
    Setting("pack", read_text, usual_name()),
    Setting("address", read_slug, ""),
    Setting("titles", read_titles, {}),
    Setting("fingerprint", read_fingerprint, ""),
    Setting("time_zone", read_time_zone, "Europe/Moscow"),
)

# Variables that begin with LEESIDE_ and are not settings: where the installation lies, which role a process plays,
# and the switches of the test runner.
OTHER_VARIABLES = ("LEESIDE_DIR", "LEESIDE_PYTHON", "LEESIDE_TEST_REPORT", "LEESIDE_TEST_CLUSTER")

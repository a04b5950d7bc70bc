"""One line of an installation, as its keeper configured it: plain data that pages and flows read."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class LineSettings:
    """What `leeside.toml` says of one line. Nothing of it is secret.

    `address` is the neutral part of the web address (`/ru/<address>/`); the slug opens the same page.
    `titles` holds the neutral title of the page by language. `fingerprint` is the hexadecimal hash of the
    line's first roster version, or empty until a coordinator has founded the line and the keeper pinned it.
    """

    slug: str
    pack: str
    address: str
    titles: Mapping[str, str]
    fingerprint: str
    time_zone: str

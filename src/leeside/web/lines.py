"""What the settings say about one help line, and how a line is found by the address a visitor typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings


@dataclass(frozen=True)
class LineSettings:
    """One line's row in the settings.

    `slug` is its name for the keeper, `address` the neutral word in its web address, `titles` its title by
    language, `fingerprint` the hexadecimal pin of its roster (empty until the line is founded).
    """

    slug: str
    pack: str
    address: str
    titles: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    time_zone: str = "Europe/Moscow"

    def __hash__(self) -> int:
        """By the slug alone: pages are kept by line, and looked up several times a visit."""
        return hash(self.slug)

    def title(self, language: str) -> str | None:
        """The line's title in `language`, or None when the keeper left it to the pack."""
        return self.titles.get(language) or None


def all_lines() -> tuple[LineSettings, ...]:
    """Every line of this installation, in the order of the settings."""
    return tuple(getattr(settings, "LEESIDE_LINES", {}).values())


def find_line(untrusted_address: str) -> LineSettings | None:
    """The line at this address; its slug is an address too, so that a keeper's link always works."""
    lines = all_lines()
    by_address = [line for line in lines if line.address == untrusted_address]
    by_slug = [line for line in lines if line.slug == untrusted_address]
    return next(iter(by_address + by_slug), None)

"""The lines of this installation as the desk sees them: settings, the store's row and the pack."""

from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

from leeside.desk.errors import NotAllowedError
from leeside.packs.errors import PackError
from leeside.packs.pack import Pack
from leeside.packs.reader import load_pack, shipped_pack
from leeside.vault import store
from leeside.vault.store import LineRow
from leeside.web.lines import LineSettings


def configured_lines() -> tuple[LineSettings, ...]:
    """Every line of the settings, by slug."""
    return tuple(settings.LEESIDE_LINES[slug] for slug in sorted(settings.LEESIDE_LINES))


def line_named(untrusted_slug: str) -> LineSettings:
    """One configured line. Raises NotAllowedError."""
    line = settings.LEESIDE_LINES.get(untrusted_slug)
    if line is None:
        raise NotAllowedError
    found: LineSettings = line
    return found


def line_row(line: LineSettings) -> LineRow:
    """What the store knows of the line. Raises NotAllowedError when nothing does yet."""
    try:
        return store.fetch_line(line.slug)
    except store.GoneError:
        raise NotAllowedError from None


@cache
def _pack_at(name: str) -> Pack:
    folder = Path(name)
    return load_pack(folder) if folder.is_absolute() else shipped_pack(name)


def pack_of(line: LineSettings) -> Pack:
    """The line's pack, read once a process."""
    return _pack_at(line.pack)


def read_packs() -> None:
    """Read every line's pack now, for this process and those that are forked from it. One that is broken is told by
    whatever needs it."""
    for line in configured_lines():
        with suppress(PackError):
            pack_of(line)


def title_of(line: LineSettings, language: str) -> str:
    """The line's neutral title in a language, or the nearest there is."""
    return line.titles.get(language) or next(iter(line.titles.values()), line.slug)

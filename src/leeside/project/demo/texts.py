"""Reads what the demo's people wrote. Loaded by the process that fills the demo and by `demo prove`, never by a server.

A serving process that had read these files would hold every sentence in its memory, and `demo prove` would find them
there for a reason that is not the line's.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

_SAID = ".said.toml"
_SENTENCE_END = re.compile(r"(?<=[.?!:;])\s+")


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def people() -> tuple[Mapping[str, Any], ...]:
    """The twelve, in order, as `cast.toml` has them."""
    return tuple(_read("cast.toml")["person"])


def colleagues() -> tuple[Mapping[str, Any], ...]:
    """The demo's staff, coordinators first: the first of them founds the line."""
    return tuple(_read("staff.toml")["colleague"])


def further_slugs() -> tuple[str, ...]:
    """The demo's further lines, by name."""
    folder = files(__package__).joinpath("lines")
    names = (one.name for one in folder.iterdir())
    return tuple(sorted(name.removesuffix(_SAID) for name in names if name.endswith(_SAID)))


def further_line(slug: str) -> Mapping[str, Any]:
    """What a further line is: nothing that somebody wrote, so serving processes may read it."""
    return _read(f"lines/{slug}.toml")


def further_said(slug: str) -> Mapping[str, Any]:
    """What the people of a further line write."""
    return _read(f"lines/{slug}{_SAID}")


def slug_of(key: str) -> str:
    """The further line on which this colleague works; empty for the first line."""
    for slug in further_slugs():
        if any(one["key"] == key for one in further_line(slug)["colleague"]):
            return slug
    return ""


def row_of(key: str) -> Mapping[str, Any] | None:
    """A colleague of any line, or None."""
    everybody = (*colleagues(), *(one for slug in further_slugs() for one in further_line(slug)["colleague"]))
    return next((one for one in everybody if one["key"] == key), None)


def newcomer(language: str) -> str:
    """The pseudonym of whoever waits to be admitted."""
    name: str = _read("staff.toml")["newcomer"]["name"][language]
    return name


def chorus() -> Mapping[str, Any]:
    """Sentences of the short requests, by need."""
    return _read("chorus.toml")


def story(name: str) -> Mapping[str, Any]:
    """What is said and written in one of the stories."""
    return _read(f"stories/{name}.toml")


def _all_stories() -> Iterator[Mapping[str, Any]]:
    folder = files(__package__).joinpath("stories")
    for one in sorted(each.name for each in folder.iterdir() if each.name.endswith(".toml")):
        yield _read(f"stories/{one}")


def _in_language(part: object, language: str) -> Iterator[str]:
    """Every text of this language, however deep it stands."""
    if isinstance(part, Mapping):
        said = part.get(language)
        if isinstance(said, str):
            yield said
        for each in part.values():
            yield from _in_language(each, language)
    elif isinstance(part, list):
        for each in part:
            yield from _in_language(each, language)


def written_texts(language: str) -> Iterator[str]:
    """Every text that somebody of the demo wrote in this language, whole: writers and colleagues."""
    for person in people():
        yield person["says"][language]
        for turn in person.get("turns", []):
            yield turn[language]
        if "next_step" in person:
            yield person["next_step"][language]
    for part in chorus().values():
        lists = [part] if language in part else part.values()
        for sentences in lists:
            yield from sentences[language]
    for told in (*_all_stories(), *(further_said(slug) for slug in further_slugs())):
        yield from _in_language(told, language)
    for slug in further_slugs():
        yield from further_said(slug)["short"][language]


def sentences(language: str) -> frozenset[str]:
    """Every sentence of `written_texts`, each once."""
    return frozenset(
        sentence.strip()
        for text in written_texts(language)
        for sentence in _SENTENCE_END.split(text)
        if sentence.strip()
    )


def day_of(person: Mapping[str, Any]) -> date:
    """The day on which one of the twelve wrote first."""
    opened = person["opened"]
    assert isinstance(opened, date)  # noqa: S101 (TOML has a type for days)
    return opened

"""What somebody searches for: words, phrases in quotation marks, and filters. Read from a post, and only from a post.

A query travels to the child as plain JSON (`as_json`, `from_json`): both ends are this file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError
from leeside.desk.limits import LIMITS

DRAWERS: Final = ("identity", "place")
KINDS: Final = ("messages", "notes", "facts", "papers", "files", "events")
"""As the chips of the timeline; readings are not searched."""
STATES: Final = ("", "open", "closed")
_QUOTED: Final = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]')
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_PLACE: Final = re.compile(r"(\d{1,4})\.(-|\d{1,19})\Z", re.ASCII)


@dataclass(frozen=True)
class Query:
    """One search. `words` must all occur in a case, each `phrase` as it stands in one entry."""

    words: tuple[str, ...] = field(repr=False)
    phrases: tuple[tuple[str, ...], ...] = field(repr=False)
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    is_mine: bool = False
    state: str = ""
    language: str = ""
    need: str = ""
    drawers: tuple[str, ...] = ()
    after: tuple[int, int | None] | None = None

    def as_json(self) -> dict[str, Any]:
        """For the pipe to the child."""
        return {
            **vars(self),
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }


def from_json(plain: Mapping[str, Any]) -> Query:
    """What `as_json` wrote."""
    after = plain["after"]
    return Query(
        **{
            **plain,
            "words": tuple(plain["words"]),
            "phrases": tuple(tuple(phrase) for phrase in plain["phrases"]),
            "kinds": tuple(plain["kinds"]),
            "drawers": tuple(plain["drawers"]),
            "since": date.fromisoformat(plain["since"]) if plain["since"] else None,
            "until": date.fromisoformat(plain["until"]) if plain["until"] else None,
            "after": (after[0], after[1]) if after else None,
        }
    )


def read_query(untrusted: Mapping[str, str], untrusted_kinds: list[str], untrusted_drawers: list[str]) -> Query:
    """The query of a post. Raises InputError, with the field it is about."""
    query = _read_words(untrusted.get("words", ""))
    since, until = _day(untrusted, "since"), _day(untrusted, "until")
    if since and until and until < since:
        raise InputError("until", _("The second day lies before the first."))
    state = untrusted.get("state", "")
    return replace(
        query,
        kinds=tuple(kind for kind in KINDS if kind in untrusted_kinds),
        since=since,
        until=until,
        is_mine=untrusted.get("mine", "") == "yes",
        state=state if state in STATES else "",
        language=_id(untrusted.get("language", "")),
        need=_id(untrusted.get("need", "")),
        drawers=tuple(drawer for drawer in DRAWERS if drawer in untrusted_drawers),
        after=_place(untrusted.get("after", "")),
    )


def _read_words(untrusted: str) -> Query:
    if len(untrusted) > LIMITS.search_characters:
        raise InputError("words", _("That is too long to search for: take a few words of it."))
    phrases: list[tuple[str, ...]] = []

    def keep(found: re.Match[str]) -> str:
        words = tuple(_WORD.findall(next(part for part in found.groups() if part is not None)))
        if words:
            phrases.append(words)
        return " "

    words = tuple(dict.fromkeys(_WORD.findall(_QUOTED.sub(keep, untrusted))))
    if not words and not phrases:
        raise InputError("words", _("Write a word to search for."))
    every = [*words, *(word for phrase in phrases for word in phrase)]
    if len(every) > LIMITS.search_words:
        raise InputError("words", _("That is too long to search for: take a few words of it."))
    if max(len(word) for word in every) < LIMITS.search_shortest:
        raise InputError("words", _("At least one word must have three letters or more."))
    return Query(words, tuple(phrases))


def _day(untrusted: Mapping[str, str], name: str) -> date | None:
    typed = untrusted.get(name, "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise InputError(name, _("That is not a day of the calendar.")) from None


def _id(untrusted: str) -> str:
    return untrusted if re.fullmatch(r"[a-z][a-z0-9_-]{0,40}", untrusted) else ""


def _place(untrusted: str) -> tuple[int, int | None] | None:
    found = _PLACE.match(untrusted)
    return (int(found[1]), None if found[2] == "-" else int(found[2])) if found else None

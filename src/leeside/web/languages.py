"""The interface languages: which one an address asks for, how it is written and in which direction.

The language stands in the address (`/ru/...`), never in a cookie: a cookie would be a trace.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Language:
    """One language of the interface.

    `name` is the language's own name, `short` fits a header at 360 px, `direction` is HTML's `dir`.
    """

    code: str
    name: str
    short: str
    direction: str


LANGUAGES: Final[dict[str, Language]] = {
    "ru": Language("ru", "Русский", "ру", "ltr"),
    "en": Language("en", "English", "en", "ltr"),
    "uk": Language("uk", "Українська", "укр", "ltr"),
}
DEFAULT_LANGUAGE: Final = "en"


def language_name(code: str) -> str:
    """The language's own name, as whoever speaks it knows it; the code itself for one that the interface has not."""
    return LANGUAGES[code].name if code in LANGUAGES else code


def language_of_path(path: str) -> str | None:
    """The language code that starts `path`, or None when the address names none that we have."""
    code = path[1:].partition("/")[0]
    return code if code in LANGUAGES else None


def path_in_language(path: str, code: str) -> str:
    """The same page in another language; an address without a language leads to that language's start."""
    if language_of_path(path) is None:
        return f"/{code}/"
    rest = path[1:].partition("/")[2]
    return f"/{code}/{rest}"


def preferred_language(accept_language: str) -> str:
    """The best language we have for an `Accept-Language` header, quality numbers respected; never raises."""
    best, best_quality = DEFAULT_LANGUAGE, 0.0
    for untrusted_part in accept_language[:200].split(","):
        tag, _, parameters = untrusted_part.strip().partition(";")
        code = tag.strip().lower()[:2]
        quality = _quality(parameters)
        if code in LANGUAGES and quality > best_quality:
            best, best_quality = code, quality
    return best


def _quality(parameters: str) -> float:
    """The `q=` number of one part of the header; 0 when it cannot be read."""
    text = parameters.strip()
    if not text:
        return 1.0
    if not text.startswith("q="):
        return 0.0
    try:
        return float(text[2:])
    except ValueError:
        return 0.0

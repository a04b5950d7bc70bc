"""What every template may count on: the language, its direction and the same page in the other languages."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation

from leeside.web.languages import DEFAULT_LANGUAGE, LANGUAGES, Language, path_in_language


def active_language() -> Language:
    """The language that this request is answered in."""
    return LANGUAGES.get(translation.get_language() or DEFAULT_LANGUAGE, LANGUAGES[DEFAULT_LANGUAGE])


def frame(request: HttpRequest) -> dict[str, Any]:
    """Django context processor. Links between languages carry the path only, never what was asked behind `?`."""
    # A role may stand below a path of its own behind a proxy: that part is no part of the page's address.
    below = request.path[: len(request.path) - len(request.path_info)]
    others = [
        {
            "code": one.code,
            "name": one.name,
            "short": one.short,
            "path": below + path_in_language(request.path_info, one.code),
        }
        for one in LANGUAGES.values()
    ]
    return {"language": active_language(), "languages": others}

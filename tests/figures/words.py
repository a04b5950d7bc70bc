"""Every text of an application that gettext is asked for, read from its templates and its Python files."""

import io
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS = {"gettext": None, "gettext_noop": None, "_": None}


def messages_of(application: Path) -> set[str]:
    """All message ids, as they stand in a `.po` file."""
    found: set[str] = set()
    for path in application.rglob("*.html"):
        source = templatize(path.read_text(encoding="utf-8"))
        found |= _messages(source)
    for path in application.rglob("*.py"):
        found |= _messages(path.read_text(encoding="utf-8"))
    return found


def _messages(source: str) -> set[str]:
    return {message for _, message, _, _ in extract("python", io.BytesIO(source.encode()), KEYWORDS) if message}

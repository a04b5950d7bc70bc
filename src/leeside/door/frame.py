"""What every page of one line in one language shares: its name, its ways and its style, at the door or the mailbox.

Pages are rendered once and kept; so nothing of a request may enter here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from leeside.packs.pack import Pack
from leeside.web.languages import LANGUAGES, Language
from leeside.web.lines import LineSettings
from leeside.web.styles import InlineStyle, frame_sheet, inline_style

_OWN_SHEET: Final = Path(__file__).parent / "static" / "door" / "door.css"


def style_with(rules: str = "") -> InlineStyle:
    """The style that all pages of the door carry inside themselves, and `rules` for one of them."""
    return inline_style(frame_sheet(), _OWN_SHEET, rules=rules)


@dataclass(frozen=True)
class DoorFrame:
    """A line, a language, and the role whose pages these are: `door` or `mailbox`."""

    line: LineSettings
    pack: Pack
    language: Language
    role: str

    @property
    def name(self) -> str:
        """The neutral title that the line chose, or else the form's own heading."""
        code = self.language.code
        return self.line.title(code) or self.pack.text("form.title", code)

    def path(self, name: str, *further: str, language: str = "") -> str:
        """The address of one of this role's pages of the line."""
        return reverse(f"{self.role}:{name}", args=[language or self.language.code, self.line.address, *further])

    def ways(self, name: str, *further: str) -> list[dict[str, str]]:
        """The same page in every language that the pack speaks."""
        return [
            {
                "code": one.code,
                "name": one.name,
                "short": one.short,
                "path": self.path(name, *further, language=one.code),
            }
            for one in LANGUAGES.values()
            if one.code in self.pack.languages
        ]

    def render(self, template: str, style: InlineStyle, values: Mapping[str, Any]) -> str:
        """The template in this frame's language. `values` may hold slots (see `pages`) and `ways`."""
        with translation.override(self.language.code):
            shared = {
                "language": self.language,
                "name": self.name,
                "style": style.css,
                "exit": reverse(f"{self.role}:exit"),
                "role": self.role,
                "mailbox": mailbox_address(self.line, self.language.code),
                "form": form_address(self.line, self.language.code),
            }
            return render_to_string(template, {**shared, **values})


def mailbox_address(line: LineSettings, language: str) -> str:
    """The whole address of a line's mailbox: another origin than the form's."""
    return f"{settings.LEESIDE_MAILBOX_URL}/{language}/{line.address}/"


def form_address(line: LineSettings, language: str) -> str:
    """The whole address of a line's form."""
    return f"{settings.LEESIDE_DOOR_URL}/{language}/{line.address}/"


def spoken_address(address: str) -> str:
    """An address as one tells it to somebody: without `https://` and the slash at its end."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path.rstrip('/')}"

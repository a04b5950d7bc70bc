"""Writes a filled paper as a Word file: our own form, filled by docxtpl in memory.

What somebody typed is never part of the form: docxtpl puts it in as escaped text after the form was read, and the form
is evaluated by Jinja's sandbox. The file tells no author, no program and no clock time.
"""

import io
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from docxtpl import DocxTemplate, RichText
from jinja2.sandbox import SandboxedEnvironment

from leeside.letters.archives import same_every_time
from leeside.letters.filling import Filled, Line
from leeside.letters.making_forms import FORMS
from leeside.letters.wording import PAPER_WORDS
from leeside.packs.letters.papers import Form, Kind

_BLANK_SHADE: Final = "FFF2A8"
_SMALL: Final = 16
"""Half points."""
_RULE: Final = "_" * 24
_SIGNS: Final = re.compile(r"(?<=[{}%])(?=_)|(?<=_)(?=[{}%])")
"""Where docxtpl would read a word of its own in what was typed: `{_{` is its spelling of `{{`."""


def write_docx(filled: Filled) -> bytes:
    """The paper as the bytes of a Word file; the same paper gives the same bytes."""
    words = PAPER_WORDS[filled.language]
    template = DocxTemplate(io.BytesIO(_form(filled.form)))
    template.render(
        {
            "is_draft": bool(filled.mark),
            "mark": _rich((filled.mark, words.drafted.format(day=words.write_day(filled.on)))),
            "notes": [_rich((note,)) for note in _with_title(words.notes, filled.notes)],
            "to": _all(filled.to),
            "sender": _all(filled.sender),
            "title": _line(filled.title),
            "subtitle": _line(filled.subtitle),
            "has_subtitle": bool(filled.subtitle),
            "body": [
                {"kind": block.kind.value, "line": _line(block.line, _number(block.kind, block.number))}
                for block in filled.body
            ],
            "enclosures": [_line(line, f"{number}.\t") for number, line in enumerate(filled.enclosures, 1)],
            "enclosures_title": _rich((words.enclosures,)),
            "day": _rich((f"{words.day} {_RULE}",)),
            "signature": _line(filled.signed_by, f"{words.signature} {_RULE} "),
        },
        jinja_env=SandboxedEnvironment(autoescape=True),
    )
    written = io.BytesIO()
    template.save(written)
    return same_every_time(written.getvalue())


@cache
def _form(form: Form) -> bytes:
    return (FORMS / f"{form.value}.docx").read_bytes()


def _with_title(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [title, *found] if found else []


def _number(kind: Kind, number: int) -> str:
    return f"{number})\t" if kind is Kind.LIST else ""


def _all(lines: Iterable[Line]) -> list[RichText]:
    return [_line(line) for line in lines]


def _rich(parts: Iterable[str]) -> RichText:
    return RichText(" · ".join(parts))


def _line(line: Line, before: str = "") -> RichText:
    """A line of pieces; a blank is a shaded rule with its label in small letters."""
    rich = RichText(before)
    for piece in line:
        if piece.is_blank:
            rich.add("________ ", highlight=_BLANK_SHADE)
            rich.add(f"[{piece.text}]", highlight=_BLANK_SHADE, size=_SMALL)
        else:
            for part in _SIGNS.split(piece.text):
                rich.add(part)
    return rich

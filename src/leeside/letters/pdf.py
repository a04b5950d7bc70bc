"""Writes a filled paper as a PDF: our own form, set by Typst in memory.

The paper comes to Typst as data, never as source, so that nothing somebody typed can be an order. The form needs no
file, no package and no font but those inside the library; the place where Typst may look for files is an empty name.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import typst

from leeside.letters.filling import Filled, Line
from leeside.letters.making_forms import FORMS
from leeside.letters.wording import PAPER_WORDS

_NOWHERE: Final = "/dev/null"
"""The root for files of a form: nothing lies below it."""
_LONG_WORD: Final = re.compile(r"\S{40}")
_WITH_A_BREAK: Final = "\\g<0>\u200b"
"""Where a word that is longer than a line may be broken: Typst would write it over the edge of the page."""


def write_pdf(filled: Filled) -> bytes:
    """The paper as the bytes of a PDF; the same paper gives the same bytes."""
    # The library's types tie the root's type to that of the source.
    written = typst.compile(  # type: ignore[call-overload]
        _form(),
        sys_inputs={"paper": json.dumps(_data(filled), ensure_ascii=False)},
        root=_NOWHERE,
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
        ignore_system_fonts=True,
        format="pdf",
        timestamp=0,
    )
    assert isinstance(written, bytes)  # noqa: S101 (a PDF is one file; the list is for pictures of pages)
    return written


@cache
def _form() -> bytes:
    return (FORMS / "paper.typ").read_bytes()


def _data(filled: Filled) -> dict[str, Any]:
    words = PAPER_WORDS[filled.language]
    return {
        "language": filled.language,
        "form": filled.form.value,
        "mark": f"{filled.mark} · {words.drafted.format(day=words.write_day(filled.on))}" if filled.mark else "",
        "notes": [words.notes, *filled.notes] if filled.notes else [],
        "to": _all(filled.to),
        "sender": _all(filled.sender),
        "title": _line(filled.title),
        "subtitle": _line(filled.subtitle),
        "body": [
            {"kind": block.kind.value, "number": block.number, "line": _line(block.line)} for block in filled.body
        ],
        "enclosures": _all(filled.enclosures),
        "enclosures_title": words.enclosures,
        "day": words.day,
        "signature": words.signature,
        "signed_by": _line(filled.signed_by),
    }


def _all(lines: Iterable[Line]) -> list[list[dict[str, Any]]]:
    return [_line(line) for line in lines]


def _line(line: Line) -> list[dict[str, Any]]:
    return [{"text": _LONG_WORD.sub(_WITH_A_BREAK, piece.text), "blank": piece.is_blank} for piece in line]

"""The pages of the line's public answers, each made once a line, language and day and then shown as it is.

Nothing on them depends on who reads: no name, no time of the visit, no word that somebody typed. Addresses of sources
are printed, not linked: one press would tell a stranger's server who reads here.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from leeside.door.frame import DoorFrame, style_with
from leeside.door.open_lines import pack_of
from leeside.door.shown_pages import frame_of
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.public_answers import PublicAnswer
from leeside.packs.guidebook.rules import Confidence
from leeside.web.dates import write_day
from leeside.web.lines import LineSettings
from leeside.web.policy import POLICY_HEADER

_PAGES_KEPT: Final = 256
"""Some five dozen answers in three languages, and the same once more around midnight."""
_SEEN: Final = frozenset({Confidence.OFFICIAL})
_RULES: Final = (
    ".asks{list-style:none;padding:0;margin:.5rem 0}"
    ".asks a{display:flex;align-items:center;min-block-size:var(--tap);padding-block:.35rem;line-height:1.3}"
    ".about{margin-block-start:2rem;font-size:var(--s0);color:var(--soft)}.about h2{font-size:var(--s1)}"
    ".about ul{padding-inline-start:1.2rem;margin:.3rem 0 1rem}.about li{overflow-wrap:anywhere;margin-block:.2rem}"
    "@media print{.about{break-inside:avoid}}"
)
"""What the style of these pages adds; the form does not carry it."""


@dataclass(frozen=True)
class _Page:
    """A finished page: its bytes as they are and compressed, and its policy. It holds no secret and nothing typed."""

    plain: bytes
    zipped: bytes
    policy: str

    def show(self, *, may_zip: bool) -> HttpResponse:
        response = HttpResponse(self.zipped if may_zip else self.plain)
        if may_zip:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers[POLICY_HEADER] = self.policy
        return response


def show_index_page(line: LineSettings, language: str, now: datetime, *, may_zip: bool) -> HttpResponse | None:
    """All questions by subject; None for a line without answers."""
    page = _index(line, language, _day_of(line, now))
    return page.show(may_zip=may_zip) if page else None


def show_answer_page(
    line: LineSettings, language: str, address: str, now: datetime, *, may_zip: bool
) -> HttpResponse | None:
    """One answer; None where there is none, or none yet."""
    day = _day_of(line, now)
    if all(one.address != address for one in pack_of(line).public_answers.shown_on(day)):
        return None
    return _answer(line, language, address, day).show(may_zip=may_zip)


def _day_of(line: LineSettings, now: datetime) -> date:
    return now.astimezone(ZoneInfo(line.time_zone)).date()


@lru_cache(_PAGES_KEPT)
def _index(line: LineSettings, language: str, day: date) -> _Page | None:
    frame, pack = frame_of(line, language), pack_of(line)
    shown = pack.public_answers.shown_on(day)
    subjects = [
        {
            "title": subject.titles[language],
            "answers": [
                {"path": frame.path("answer", one.address), "question": one.words[language].question}
                for one in shown
                if one.subject == subject.id
            ],
        }
        for subject in pack.public_answers.subjects
    ]
    values = {
        "subjects": [one for one in subjects if one["answers"]],
        "any_unchecked": any(one.checked_on is None for one in shown),
        "ways": frame.ways("answers"),
    }
    return _made(frame, "door/answers.html", values) if shown else None


@lru_cache(_PAGES_KEPT)
def _answer(line: LineSettings, language: str, address: str, day: date) -> _Page:
    frame, pack = frame_of(line, language), pack_of(line)
    answer = next(one for one in pack.public_answers.answers if one.address == address)
    changed = answer.changed_since(pack.guide, day)
    values = {
        "words": answer.words[language],
        "as_of": write_day(answer.as_of, language),
        "checked_by": answer.checked_by,
        "checked_on": write_day(answer.checked_on, language) if answer.checked_on else "",
        "changed": write_day(changed, language) if changed else "",
        "acts": _acts(answer, pack.guide, language),
        "sources": [_spoken(source.address) for source in answer.sources(pack.guide)],
        "index": frame.path("answers"),
        "ways": frame.ways("answer", address),
    }
    return _made(frame, "door/answer.html", values)


def _acts(answer: PublicAnswer, guide: Guidebook, language: str) -> list[dict[str, Any]]:
    """The acts under an answer, each once, and whether its official text was seen."""
    acts = {rule.words[language].act: rule.confidence in _SEEN for rule in answer.rules(guide)}
    return [{"name": name, "is_seen": is_seen} for name, is_seen in acts.items()]


def _spoken(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _made(frame: DoorFrame, template: str, values: Mapping[str, object]) -> _Page:
    style = style_with(_RULES)
    plain = frame.render(template, style, values).encode()
    return _Page(plain, gzip.compress(plain, 9, mtime=0), style.policy)


def forget_pages() -> None:
    """Make all pages anew: for tests, and for whoever changes a pack in this process."""
    _index.cache_clear()
    _answer.cache_clear()

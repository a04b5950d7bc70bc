"""The pages of the line's public answers, each made once a line, language and day and then shown as it is.

Nothing on them depends on who reads: no name, no time of the visit, no word that somebody typed. Addresses of sources
are printed, not linked: one press would tell a stranger's server who reads here. All pages have the length of a step,
so that whoever watches the network does not see which answer somebody opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from leeside.door.along import acts_under, file_name, spoken, write_along
from leeside.door.frame import DoorFrame, style_with
from leeside.door.open_lines import pack_of
from leeside.door.shown_pages import frame_of
from leeside.web.coding import code_page
from leeside.web.dates import write_day
from leeside.web.lines import LineSettings
from leeside.web.padding import PAGE_STEP_BYTES
from leeside.web.policy import POLICY_HEADER, content_policy

_PAGES_KEPT: Final = 256
"""Some five dozen answers in three languages, and the same once more around midnight."""
_RULES: Final = (
    ".asks{list-style:none;padding:0;margin:.5rem 0}"
    ".asks a{display:flex;align-items:center;min-block-size:var(--tap);padding-block:.35rem;line-height:1.3}"
    ".about{margin-block-start:2rem;font-size:var(--s0);color:var(--soft)}.about h2{font-size:var(--s1)}"
    ".about ul{padding-inline-start:1.2rem;margin:.3rem 0 1rem}.about li{overflow-wrap:anywhere;margin-block:.2rem}"
    "@media print{.about{break-inside:avoid}.row,.row+.how{display:none}}.sign{font-family:monospace}"
)
"""What the style of these pages adds; the form does not carry it."""


@dataclass(frozen=True)
class _Page:
    """A finished page: its bytes as they are and compressed, and its policy. It holds no secret and nothing typed."""

    plain: bytes
    zipped: bytes
    policy: str
    file_name: str = ""
    """The name under which a browser keeps it; empty for a page that is shown."""

    def show(self, *, may_zip: bool) -> HttpResponse:
        response = HttpResponse(self.zipped if may_zip else _filled_up(self.plain))
        if may_zip:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers[POLICY_HEADER] = self.policy
        if self.file_name:
            response.headers["Content-Disposition"] = f'attachment; filename="{self.file_name}"'
        return response


def _filled_up(plain: bytes) -> bytes:
    """The page as it is, up to the next step."""
    return plain.ljust(-(-len(plain) // PAGE_STEP_BYTES) * PAGE_STEP_BYTES, b" ")


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


def show_file(line: LineSettings, language: str, address: str, now: datetime, *, may_zip: bool) -> HttpResponse | None:
    """One answer to take along, or all of them for an empty `address`; None where there is none."""
    day = _day_of(line, now)
    shown = pack_of(line).public_answers.shown_on(day)
    if not shown or (address and all(one.address != address for one in shown)):
        return None
    return _file(line, language, address, day).show(may_zip=may_zip)


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
        "file": frame.path("answers_file"),
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
        "acts": [{"name": name, "is_seen": is_seen} for name, is_seen in acts_under(answer, pack, language).items()],
        "sources": [spoken(source.address) for source in answer.sources(pack.guide)],
        "sign": answer.sign(pack.guide, language),
        "file": frame.path("answer_file", address),
        "index": frame.path("answers"),
        "ways": frame.ways("answer", address),
    }
    return _made(frame, "door/answer.html", values)


@lru_cache(_PAGES_KEPT)
def _file(line: LineSettings, language: str, address: str, day: date) -> _Page:
    pack = pack_of(line)
    answers = tuple(one for one in pack.public_answers.shown_on(day) if address in ("", one.address))
    plain = write_along(pack, answers, language, day).encode()
    return _Page(plain, code_page(plain), content_policy(), file_name(answers))


def _made(frame: DoorFrame, template: str, values: Mapping[str, object]) -> _Page:
    style = style_with(_RULES)
    plain = frame.render(template, style, values).encode()
    return _Page(plain, code_page(plain), style.policy)


def forget_pages() -> None:
    """Make all pages anew: for tests, and for whoever changes a pack in this process."""
    _index.cache_clear()
    _answer.cache_clear()
    _file.cache_clear()

"""The door's pages other than the form, each rendered once a line and language and then filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from leeside.door.form_page import FormPage, make_form_page
from leeside.door.frame import DoorFrame, mailbox_address, spoken_address, style_with
from leeside.door.open_lines import pack_of
from leeside.door.pages import CompiledPage, compile_page, slot
from leeside.door.words_block import write_words
from leeside.sealing.receipts import Receipt
from leeside.web.dates import write_moment
from leeside.web.languages import LANGUAGES
from leeside.web.lines import LineSettings
from leeside.web.policy import POLICY_HEADER


def frame_of(line: LineSettings, language: str) -> DoorFrame:
    """The frame of the door's pages of a line."""
    return DoorFrame(line, pack_of(line), LANGUAGES[language], "door")


@cache
def form_page(line: LineSettings, language: str, voice: str) -> FormPage:
    """The line's form in one language and voice."""
    return make_form_page(pack_of(line), frame_of(line, language), voice)


def prepare(line: LineSettings, language: str) -> None:
    """Render the pages that depend on nothing but line and language."""
    for page in (_start, _safety, _closed, _kept_page):
        page(line, language)


def prepare_acknowledgement(line: LineSettings, language: str, voice: str) -> None:
    """Render the acknowledgement for one voice."""
    _acknowledgement(line, language, voice)


@dataclass(frozen=True)
class _Page:
    """A compiled page and its policy."""

    page: CompiledPage
    policy: str

    def show(self, values: dict[str, str], status: int = 200) -> HttpResponse:
        response = HttpResponse(self.page.fill(values), status=status)
        response.headers[POLICY_HEADER] = self.policy
        return response


def show_acknowledgement(
    line: LineSettings,
    language: str,
    voice: str,
    *,
    receipt: Receipt,
    answer_by: datetime | None,
    note: str,
    opened: date,
) -> HttpResponse:
    """The words once more, what happens next and by when.

    A repeated post gets equal bytes also on another day: nothing here depends on when it is shown. `opened` is the
    day of the first post.
    """
    page = _acknowledgement(line, language, voice)
    promise = ""
    if answer_by is not None:
        moment = write_moment(answer_by, language, line.time_zone, opened, is_near=False)
        promise = pack_of(line).text("sent.promise", language, voice, time=moment)
    return page.show(
        {
            "words": write_words(receipt, language),
            "promise": f"<p>{escape(promise)}</p>" if promise else "",
            "note": notice(note),
        }
    )


def show_start(line: LineSettings, language: str) -> HttpResponse:
    """A button a language, each in its own words; the page itself speaks `language`."""
    return _start(line, language).show({})


def show_safety(line: LineSettings, language: str) -> HttpResponse:
    """How to write more safely."""
    return _safety(line, language).show({})


def show_closed(line: LineSettings, language: str, kept_texts: tuple[str, ...]) -> HttpResponse:
    """The line takes no letters now. What somebody just sent stands on the page, whole."""
    return _closed(line, language).show({"kept": _kept(line, language, kept_texts)}, status=503)


def notice(sentence: str) -> str:
    """A sentence above a page's text, as HTML."""
    return f'<div class="notice amber" role="alert"><p>{escape(sentence)}</p></div>' if sentence else ""


@cache
def _acknowledgement(line: LineSettings, language: str, voice: str) -> _Page:
    frame, pack = frame_of(line, language), pack_of(line)
    address = spoken_address(mailbox_address(line, language))
    texts = {
        "heading": pack.text("sent.heading", language, voice),
        "lead": pack.text("sent.lead", language, voice),
        "words_heading": pack.text("sent.words_heading", language, voice),
        "words_lead": pack.text("sent.words_lead", language, voice),
        "ways_back": pack.text("words.ways_back", language, voice, address=address),
        "next": pack.text("sent.next", language, voice),
        "exit_note": pack.text("exit.note", language, voice),
    }
    return _rendered(frame, "door/acknowledgement.html", {"texts": texts}, ("words", "promise", "note"))


@cache
def _start(line: LineSettings, language: str) -> _Page:
    return _rendered(frame_of(line, language), "door/start.html", {}, ())


@cache
def _safety(line: LineSettings, language: str) -> _Page:
    frame, pack = frame_of(line, language), pack_of(line)
    texts = {key: pack.text(f"safety.{key}", language) for key in ("heading", "lead", "strengths")}
    parts = [
        {"title": pack.text(f"safety.{one}.title", language), "text": pack.text(f"safety.{one}.text", language)}
        for one in pack.safety
    ]
    values = {
        "texts": texts,
        "parts": parts,
        "back": frame.path("form"),
        "answers": frame.path("answers") if pack.public_answers.answers else "",
        "ways": frame.ways("safety"),
    }
    return _rendered(frame, "door/safety.html", values, ())


@cache
def _closed(line: LineSettings, language: str) -> _Page:
    return _rendered(frame_of(line, language), "door/closed.html", {}, ("kept",))


@cache
def _kept_page(line: LineSettings, language: str) -> _Page:
    return _rendered(frame_of(line, language), "door/kept.html", {}, ("texts",))


def _kept(line: LineSettings, language: str, texts: tuple[str, ...]) -> str:
    if not texts:
        return ""
    areas = "".join(f'<textarea rows="8" readonly>\n{escape(text)}</textarea>' for text in texts)
    return _kept_page(line, language).page.fill({"texts": areas}).decode()


def _rendered(frame: DoorFrame, template: str, values: Mapping[str, object], slots: tuple[str, ...]) -> _Page:
    style = style_with()
    marks = {name: mark_safe(slot(name)) for name in slots}  # noqa: S308 -- marks of ours, filled with escaped text
    shared = {"ways": frame.ways("form")}
    return _Page(compile_page(frame.render(template, style, {**shared, **values, **marks})), style.policy)

"""The mailbox's pages. None is compressed; each is filled up to a multiple of 8 KiB: its length tells little."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from secrets import token_hex
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from leeside.door.conversation import (
    days_of,
    held_of,
    known_answers,
    promise_text,
    state_text,
    steps_of,
    voice_of,
    waiting_questions,
)
from leeside.door.form_page import fill_questions
from leeside.door.forms import Fields
from leeside.door.frame import DoorFrame, style_with
from leeside.door.mailbox import OpenedMailbox
from leeside.door.open_lines import pack_of
from leeside.door.pages import CompiledPage, compile_page, slot
from leeside.door.questions import lay_out_waiting
from leeside.packs.answers import AnswerProblem
from leeside.web.file_words import ACCEPT
from leeside.web.languages import LANGUAGES
from leeside.web.lines import LineSettings
from leeside.web.padding import pad_page
from leeside.web.policy import POLICY_HEADER
from leeside.web.uploads import FILE_BYTES

_NO_FILE: Final = "0" * 32

PACKET_CHANNEL: Final = "referral"
"""The mark of a mailbox that is somebody's outside: the line wrote first, and asked for an answer."""
_KEYS: Final = ("heading", "lead", "reply_lead", "more_heading", "more_lead", "held_heading", "held_lead")


@dataclass(frozen=True)
class Draft:
    """What somebody has typed and not sent yet, and what is to be said beside it."""

    text: str = field(default="", repr=False)
    problem: str = ""
    note: str = ""
    fields: Fields = field(default_factory=dict, repr=False)
    problems: dict[str, AnswerProblem] = field(default_factory=dict)
    file_problem: str = ""


def frame_of(line: LineSettings, language: str) -> DoorFrame:
    """The frame of the mailbox's pages of a line."""
    return DoorFrame(line, pack_of(line), LANGUAGES[language], "mailbox")


def show_words(
    line: LineSettings,
    language: str,
    *,
    typed: str = "",
    problem: str = "",
    note: str = "",
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    """Where the words are written. `kept` is a message that was under way when a session ended."""
    page, policy = _words_page(line, language)
    values = {
        "typed": escape(typed),
        "problem": f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else "",
        "note": f'<div class="notice amber" role="status"><p>{escape(note)}</p></div>' if note else "",
        "kept": _kept_field(line, language).fill({"text": escape(kept)}).decode() if kept else "",
    }
    return _finish(page.fill(values), policy, status)


def prepare(line: LineSettings, language: str) -> None:
    """Render what depends on nothing but line and language, and read the other templates."""
    _words_page(line, language)
    _kept_field(line, language)
    for name in ("conversation", "erase", "erased"):
        get_template(f"door/mailbox/{name}.html")


def show_conversation(
    line: LineSettings, language: str, opened: OpenedMailbox, *, token: str, now: datetime, draft: Draft
) -> HttpResponse:
    """The conversation, with whatever was typed and not sent."""
    frame, pack = frame_of(line, language), pack_of(line)
    today = now.astimezone(ZoneInfo(line.time_zone)).date()
    voice = voice_of(opened.messages, pack)
    layout = lay_out_waiting(pack, language, voice, waiting_questions(pack, known_answers(opened.messages), voice))
    waiting = _render_waiting(frame, layout, draft) if layout.folded else ""
    is_packet = opened.box.channel == PACKET_CHANNEL
    if is_packet:
        waiting = SafeString("")
    values: dict[str, Any] = {
        "ways": frame.ways("conversation"),
        "texts": packet_texts() if is_packet else {key: pack.text(f"mailbox.{key}", language, voice) for key in _KEYS},
        "is_packet": is_packet,
        "note": draft.note,
        "steps": steps_of(opened.box.state),
        "state": "" if is_packet else state_text(opened.box.state, pack, language, voice),
        "promise": promise_text(opened.box, pack, language, line.time_zone, today),
        "days": days_of(opened, pack, language, today),
        "unproven": opened.unproven,
        "text": draft.text,
        "problem": draft.problem,
        "waiting": waiting,
        "is_waiting_open": bool(draft.problems),
        "held": held_of(opened, pack, language, today),
        "token": token,
        "page_sign": token_hex(16),
        "reply": frame.path("reply"),
        "send_file": frame.path("send_file"),
        "saved": frame.path("save", _NO_FILE).removesuffix(_NO_FILE),
        "file_problem": draft.file_problem,
        "file_lead": _file_lead(),
        "accept": ACCEPT,
        "answers": frame.path("answers"),
        "erase": frame.path("erase"),
    }
    style = style_with(layout.rules)
    return _finish(frame.render("door/mailbox/conversation.html", style, values).encode(), style.policy, 200)


def _file_lead() -> str:
    text = _(
        "A paper, a certificate, a photo: at most %(most)s MB. It is sealed while it arrives. What a camera writes into"
        " a photo is never shown to anybody; your own phone still keeps the photo."
    )
    return text % {"most": FILE_BYTES // 1_000_000}


def packet_texts() -> dict[str, str]:
    """What a packet's page says: neutral, and nothing of the line's people or of its own questions."""
    return {
        "heading": _("A packet for you"),
        "lead": "",
        "reply_lead": _("Your answer is sealed to those who sent you this."),
        "held_heading": _("Done with it?"),
        "held_lead": _("You can erase this packet, with all that was written here, for everybody."),
    }


def show_erase(line: LineSettings, language: str, token: str, problem: str) -> HttpResponse:
    """The second step of erasing."""
    pack, frame = pack_of(line), frame_of(line, language)
    texts = {key: pack.text(f"erase.{key}", language) for key in ("heading", "lead", "what_stays")}
    values = {
        "ways": frame.ways("erase"),
        "texts": texts,
        "token": token,
        "problem": problem,
        "action": frame.path("erase"),
        "back": frame.path("conversation"),
    }
    style = style_with()
    return _finish(frame.render("door/mailbox/erase.html", style, values).encode(), style.policy, 200)


def show_erased(line: LineSettings, language: str) -> HttpResponse:
    """Everything is erased."""
    pack, frame = pack_of(line), frame_of(line, language)
    style = style_with()
    values = {"ways": frame.ways("words"), "done": pack.text("erase.done", language)}
    return _finish(frame.render("door/mailbox/erased.html", style, values).encode(), style.policy, 200)


def _finish(body: bytes, policy: str, status: int) -> HttpResponse:
    response = HttpResponse(body, status=status)
    response.headers[POLICY_HEADER] = policy
    return pad_page(response)


def _render_waiting(frame: DoorFrame, layout: Any, draft: Draft) -> SafeString:
    """The open questions with what was typed into them, rendered apart from anything that people wrote."""
    rendered = frame.render("door/_questions.html", style_with(), {"questions": layout.folded})
    values = fill_questions(frame.pack, draft.fields, draft.problems)
    return mark_safe(compile_page(rendered).fill(values).decode())  # noqa: S308 -- slots are filled with escaped text


@cache
def _words_page(line: LineSettings, language: str) -> tuple[CompiledPage, str]:
    pack, frame, style = pack_of(line), frame_of(line, language), style_with()
    marks = {name: mark_safe(slot(name)) for name in ("typed", "problem", "note", "kept")}  # noqa: S308 -- our marks
    values = {
        "ways": frame.ways("words"),
        "heading": pack.text("mailbox.heading", language),
        "action": frame.path("words"),
        **marks,
    }
    return compile_page(frame.render("door/mailbox/words.html", style, values)), style.policy


@cache
def _kept_field(line: LineSettings, language: str) -> CompiledPage:
    values = {"text": mark_safe(slot("text"))}  # noqa: S308 -- a mark of ours
    return compile_page(frame_of(line, language).render("door/mailbox/kept.html", style_with(), values))

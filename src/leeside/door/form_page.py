"""The form of a line: laid out once a language and voice, then shown by joining ready pieces.

The empty form is the only page of the door that is compressed. The receipt stands in a block that is stored, not
compressed, and has one length, so that the length of the answer tells nothing of the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from leeside.door.forms import Fields
from leeside.door.frame import DoorFrame, style_with
from leeside.door.pages import CompiledPage, StoredGzip, compile_page, compress_around, slot
from leeside.door.problems import describe_problem
from leeside.door.questions import Layout, lay_out
from leeside.door.words_block import RECEIPT_FIELD, write_hidden, write_words
from leeside.packs.answers import VOICE_FIELD, AnswerProblem
from leeside.packs.pack import Pack
from leeside.packs.questions import Question
from leeside.sealing.receipts import Receipt
from leeside.web.policy import POLICY_HEADER

_TEMPLATE: Final = "door/form.html"
_WORDS: Final = "words"
_CHECKED: Final = " checked"
_SELECTED: Final = " selected"
_FORM_TEXTS: Final = (
    "heading",
    "lead",
    "server_seals",
    "trace",
    "safety_link",
    "voices_lead",
    "folded_title",
    "folded_lead",
    "again",
)


@dataclass(frozen=True)
class FormPage:
    """One line's form in one language and voice, ready to be shown any number of times."""

    pack: Pack
    language: str
    page: CompiledPage
    plain: tuple[bytes, bytes]
    zipped: StoredGzip
    policy: str

    def show_empty(self, request: HttpRequest, receipt: Receipt) -> HttpResponse:
        """The empty form with a fresh receipt, compressed if the browser says it can read that."""
        middle = self._words(receipt).encode()
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response = HttpResponse(self.zipped.with_middle(middle))
            response.headers["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(b"".join((self.plain[0], middle, self.plain[1])))
        # What is sent depends on this header, and nothing on the way may keep it anyway.
        response.headers["Vary"] = "Accept-Encoding"
        response.headers[POLICY_HEADER] = self.policy
        return response

    def show_again(
        self, fields: Fields, problems: Mapping[str, AnswerProblem], receipt: Receipt, note: str, status: int = 200
    ) -> HttpResponse:
        """The form with all that was typed, the problems beside their fields and `note` (a sentence) above.

        Never compressed: it holds both a secret and text that came from outside.
        """
        values = {_WORDS: self._words(receipt), "note": _notice(note), **fill_questions(self.pack, fields, problems)}
        if any(question.id in fields and any(fields[question.id]) for question in self.pack.folded):
            values["open"] = " open"
        response = HttpResponse(self.page.fill(values), status=status)
        response.headers[POLICY_HEADER] = self.policy
        return response

    def _words(self, receipt: Receipt) -> str:
        hidden = f'<input type="hidden" name="{RECEIPT_FIELD}" value="{write_hidden(receipt)}">'
        return f"<ol>{write_words(receipt, self.language)}</ol>{hidden}"


def fill_questions(pack: Pack, fields: Fields, problems: Mapping[str, AnswerProblem]) -> dict[str, str]:
    """What was typed and what was wrong with it, as escaped values of the questions' slots."""
    values: dict[str, str] = {}
    for question in pack.questions:
        posted = fields.get(question.id)
        if posted:
            values.update(_typed(question, posted))
        problem = problems.get(question.id)
        if problem is not None:
            values[f"problem:{question.id}"] = _problem(describe_problem(problem))
    return values


def _typed(question: Question, posted: Sequence[str]) -> dict[str, str]:
    """What was posted for one question, as values of its slots."""
    if question.options:
        known = {option.id for option in question.options}
        chosen = [value for value in posted if value in known]
        marks = {f"mark:{question.id}:{value}": _CHECKED for value in chosen}
        return marks | {f"pick:{question.id}:{value}": _SELECTED for value in chosen}
    return {f"value:{question.id}": escape("\n".join(posted))}


def _notice(sentence: str) -> str:
    return f'<div class="notice amber" role="alert"><p>{escape(sentence)}</p></div>' if sentence else ""


def _problem(sentence: str) -> str:
    return f'<p class="problem">{escape(sentence)}</p>'


def make_form_page(pack: Pack, frame: DoorFrame, voice: str) -> FormPage:
    """Render the form of a line once, in the language of `frame`, and cut it into pieces."""
    layout = lay_out(pack, frame.language.code, voice)
    style = style_with(layout.rules)
    rendered = frame.render(_TEMPLATE, style, _values_of(pack, frame, voice, layout))
    page = compile_page(rendered)
    before, after = page.around(_WORDS)
    return FormPage(pack, frame.language.code, page, (before, after), compress_around(before, after), style.policy)


def _values_of(pack: Pack, frame: DoorFrame, voice: str, layout: Layout) -> dict[str, Any]:
    code = frame.language.code
    return {
        "ways": frame.ways("form_as", voice) if voice != pack.default_voice else frame.ways("form"),
        "texts": {
            **{key: pack.text(f"form.{key}", code, voice) for key in _FORM_TEXTS},
            "words_heading": pack.text("words.heading", code, voice),
            "words_lead": pack.text("words.lead", code, voice),
        },
        "note": mark_safe(slot("note")),  # noqa: S308 -- a mark of ours, filled with escaped text only
        "open": mark_safe(slot("open")),  # noqa: S308 -- likewise
        "words": mark_safe(slot(_WORDS)),  # noqa: S308 -- likewise
        "safety": frame.path("safety"),
        "answers": frame.path("answers") if pack.public_answers.answers else "",
        "action": frame.path("form"),
        "voice": voice,
        "voice_field": VOICE_FIELD,
        "voices": [
            {
                "path": frame.path("form") if one.id == pack.default_voice else frame.path("form_as", one.id),
                "label": pack.text(f"form.voice_{one.id}", code),
                "is_here": one.id == voice,
            }
            for one in pack.voices
            if one.in_address
        ],
        "layout": layout,
    }

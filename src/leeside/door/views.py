"""The door's pages over HTTP: languages, form, letter in, safety, exit. Each view calls one flow."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.door import shown_pages
from leeside.door.errors import ClosedLineError, TooLargeError, UnreadableFormError
from leeside.door.forms import Fields, read_form
from leeside.door.intake import Note, Received, Returned, receive, words_of
from leeside.door.open_lines import OpenLine, open_line, pack_of
from leeside.door.shown_pages import form_page
from leeside.packs.answers import VOICE_FIELD, WHOLE_FORM
from leeside.sealing.receipts import make_receipt
from leeside.vault import store
from leeside.web.clock import domain_clock
from leeside.web.errors import error_page
from leeside.web.languages import preferred_language
from leeside.web.leaving import first_step, is_elsewhere, last_step
from leeside.web.lines import LineSettings, all_lines, find_line
from leeside.web.origin import is_same_origin

_READING = {"GET", "HEAD"}


def show_start(request: HttpRequest, language: str = "") -> HttpResponse:
    """The choice of languages of the only line; with several lines each has its own address, and none is listed."""
    if request.method not in _READING:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    lines = all_lines()
    if len(lines) != 1:
        raise Http404
    if language:
        return HttpResponseRedirect(reverse("door:form", args=[language, lines[0].address]))
    return shown_pages.show_start(lines[0], preferred_language(request.META.get("HTTP_ACCEPT_LANGUAGE", "")))


def add_slash(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """An address that somebody typed without its last sign."""
    return HttpResponseRedirect(reverse("door:form", args=[language, line_of(language, address).address]))


def show_health(request: HttpRequest) -> HttpResponse:
    """For the supervisor: this process answers. It looks at nothing."""
    return HttpResponse(b"ok\n", content_type="text/plain; charset=utf-8")


def leave(request: HttpRequest) -> HttpResponse:
    """The quick way out, its first step."""
    return first_step(reverse("door:left"))


def leave_for_good(request: HttpRequest) -> HttpResponse:
    """Its second step, and over the mailbox's if that is another origin."""
    elsewhere = is_elsewhere(settings.LEESIDE_DOOR_URL, settings.LEESIDE_MAILBOX_URL)
    return last_step(f"{settings.LEESIDE_MAILBOX_URL}/exit/last" if elsewhere else "")


def leave_at_last(request: HttpRequest) -> HttpResponse:
    """What the mailbox leads over on its way out."""
    return last_step()


def show_safety(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """How to write more safely."""
    if request.method not in _READING:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    return shown_pages.show_safety(line_of(language, address), language)


def form(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """The form, and the letter that it sends."""
    line = line_of(language, address)
    if request.method == "POST":
        return _take_letter(request, line, language)
    return _show_form(request, line, language, pack_of(line).default_voice)


def form_as(request: HttpRequest, language: str, address: str, voice: str) -> HttpResponse:
    """The form in the words of somebody who writes for another."""
    line = line_of(language, address)
    if voice not in {one.id for one in pack_of(line).voices if one.in_address}:
        raise Http404
    return _show_form(request, line, language, voice)


def line_of(language: str, address: str) -> LineSettings:
    """The line with that address, if it speaks the language; else there is no such page."""
    line = find_line(address)
    if line is None or language not in pack_of(line).languages:
        raise Http404
    return line


def _show_form(request: HttpRequest, line: LineSettings, language: str, voice: str) -> HttpResponse:
    if request.method not in _READING:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    try:
        open_line(line)
    except ClosedLineError:
        return shown_pages.show_closed(line, language, ())
    except store.VaultError:
        return error_page(request, 503)
    return form_page(line, language, voice).show_empty(request, make_receipt())


def _take_letter(request: HttpRequest, line: LineSettings, language: str) -> HttpResponse:
    try:
        fields = read_form(request)
    except TooLargeError:
        return error_page(request, 413)
    except UnreadableFormError:
        return error_page(request, 400)
    now = domain_clock().now()
    try:
        ready = open_line(line)
        outcome = receive(ready, fields, language=language, is_own_page=is_same_origin(request), now=now)
    except ClosedLineError:
        return shown_pages.show_closed(line, language, _texts_in(line, fields))
    except store.VaultError:
        return _hand_back_busy(request, line, language, fields)
    if isinstance(outcome, Returned):
        return _hand_back(ready, language, fields, outcome)
    return _acknowledge(line, language, outcome)


def _acknowledge(line: LineSettings, language: str, outcome: Received) -> HttpResponse:
    return shown_pages.show_acknowledgement(
        line,
        language,
        outcome.voice,
        receipt=outcome.receipt,
        answer_by=outcome.answer_by,
        note=_sentence(line, language, outcome.note),
        opened=outcome.opened,
    )


def _hand_back(line: OpenLine, language: str, fields: Fields, outcome: Returned) -> HttpResponse:
    note = _sentence(line.settings, language, outcome.note) or _why_not(line, language, outcome)
    page = form_page(line.settings, language, outcome.voice)
    return page.show_again(fields, outcome.problems, outcome.receipt, note)


def _why_not(line: OpenLine, language: str, outcome: Returned) -> str:
    if WHOLE_FORM in outcome.problems:
        return line.pack.text("form.nothing_written", language, outcome.voice)
    return _("Not sent yet: please look at what is marked below.")


def _hand_back_busy(request: HttpRequest, line: LineSettings, language: str, fields: Fields) -> HttpResponse:
    """Nothing was stored: the same words go back with the text, so that pressing Send again is the same letter."""
    note = _("Not sent: we are too busy at this moment. Your text is still here. Please press Send again in a minute.")
    voice = pack_of(line).read_answers({VOICE_FIELD: fields.get(VOICE_FIELD, [])}).voice
    receipt = words_of(fields, is_same_origin(request))[0]
    response = form_page(line, language, voice).show_again(fields, {}, receipt, note, status=503)
    response.headers["Retry-After"] = "30"
    return response


def _sentence(line: LineSettings, language: str, note: Note) -> str:
    if note is Note.NEW_WORDS:
        return pack_of(line).text("words.replaced", language)
    if note is Note.WAS_ERASED:
        return _(
            "This request was erased before, and its words open nothing any more. Your text was not sent. "
            "If you want to send it anew, press Send: the words below are new."
        )
    return ""


def _texts_in(line: LineSettings, fields: Fields) -> tuple[str, ...]:
    """What somebody wrote in their own words, to be handed back whole."""
    texts = [fields.get(one.id, [""])[0] for one in pack_of(line).questions if not one.is_closed]
    return tuple(text for text in texts if text.strip())

"""The way into a mailbox and out of it. Behind the words: `conversation_views`.

Refusals of words are equal bytes whatever their cause, and cost one derivation and one read: nothing here is slow and
nothing asks for a lock before the words have opened something.
"""

from contextlib import suppress
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from leeside.door.errors import ClosedLineError, TooLargeError, UnreadableFormError
from leeside.door.forms import Fields, one_value, read_form
from leeside.door.limits import LIMITS
from leeside.door.mailbox import derive_keys, open_conversation
from leeside.door.mailbox_pages import Draft, show_conversation, show_words
from leeside.door.mailbox_sessions import begin_session, end_session, forget_cookie
from leeside.door.mailbox_visits import TEXT_FIELD, find_line_or_404
from leeside.door.open_lines import known_line
from leeside.door.words_problems import describe_receipt_problem, describe_refusal
from leeside.sealing.errors import ReceiptError, RefusedError
from leeside.sealing.receipts import Receipt, read_receipt
from leeside.vault import store
from leeside.web.clock import domain_clock
from leeside.web.errors import error_page
from leeside.web.languages import preferred_language
from leeside.web.leaving import first_step, is_elsewhere, last_step
from leeside.web.lines import LineSettings, all_lines
from leeside.web.opening import say_nothing_was_opened
from leeside.web.origin import is_same_origin

WORDS_FIELD: Final = "words"
_READING: Final = frozenset({"GET", "HEAD"})


def show_start(request: HttpRequest, language: str = "") -> HttpResponse:
    """To the mailbox of the only line; with several lines each has its own address, and none is listed."""
    lines = all_lines()
    if len(lines) != 1:
        raise Http404
    code = language or preferred_language(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    return HttpResponseRedirect(reverse("mailbox:words", args=[code, lines[0].address]))


def add_slash(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """An address that somebody typed without its last sign."""
    line = find_line_or_404(language, address)
    return HttpResponseRedirect(reverse("mailbox:words", args=[language, line.address]))


def show_health(request: HttpRequest) -> HttpResponse:
    """For the supervisor: this process answers. It looks at nothing."""
    return HttpResponse(b"ok\n", content_type="text/plain; charset=utf-8")


def leave(request: HttpRequest) -> HttpResponse:
    """The quick way out. When the store does not answer, the cookie goes all the same and the session dies idle."""
    response = first_step(reverse("mailbox:left"))
    with suppress(store.VaultError):
        end_session(request)
    forget_cookie(response)
    return response


def leave_for_good(request: HttpRequest) -> HttpResponse:
    """The second step of the way out, and over the form's if that is another origin."""
    elsewhere = is_elsewhere(settings.LEESIDE_DOOR_URL, settings.LEESIDE_MAILBOX_URL)
    return last_step(f"{settings.LEESIDE_DOOR_URL}/exit/last" if elsewhere else "")


def leave_at_last(request: HttpRequest) -> HttpResponse:
    """What the form leads over on its way out: the browser may hold a conversation, and a session too."""
    with suppress(store.VaultError):
        end_session(request)
    response = last_step()
    forget_cookie(response)
    return response


@csrf_exempt
def words(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """Words in. The check against other sites is our own: there is no session yet that a token could stand for."""
    line = find_line_or_404(language, address)
    if request.method in _READING:
        return show_words(line, language)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    if not is_same_origin(request):
        note = _("The words came from another page and were not used. Please write them here.")
        return show_words(line, language, note=note, status=403)
    try:
        fields = read_form(request)
    except TooLargeError:
        return error_page(request, 413)
    except UnreadableFormError:
        return error_page(request, 400)
    return _take_words(request, line, language, fields)


def _take_words(request: HttpRequest, line: LineSettings, language: str, fields: Fields) -> HttpResponse:
    typed, kept = one_value(fields, WORDS_FIELD), one_value(fields, TEXT_FIELD)
    try:
        receipt = read_receipt(typed, language)
    except ReceiptError as wrong:
        say_nothing_was_opened(request)
        problem = describe_receipt_problem(wrong)
        return show_words(
            line, language, typed=typed[: LIMITS.words_characters], problem=problem, kept=kept, status=400
        )
    try:
        return _open(line, language, receipt, kept)
    except RefusedError:
        say_nothing_was_opened(request)
        # The typed words are not shown again: so all refusals are the same bytes.
        return show_words(line, language, problem=describe_refusal(), kept=kept, status=403)
    except (store.VaultError, ClosedLineError):
        note = _("Not possible at this moment: we are too busy. Please write your words again in a minute.")
        return show_words(line, language, note=note, kept=kept, status=503)


def _open(line: LineSettings, language: str, receipt: Receipt, kept: str) -> HttpResponse:
    known, now = known_line(line), domain_clock().now()
    keys = derive_keys(known, receipt)
    opened = open_conversation(known, keys, now, now.astimezone(ZoneInfo(line.time_zone)).date())
    response = HttpResponseRedirect(reverse("mailbox:conversation", args=[language, line.address]))
    response.status_code = 303
    token = begin_session(response, known.line_id, keys)
    if not kept:
        return response
    # A message was under way when the last session ended: no address can carry it, so the page is shown at once.
    note = _("Your text is still here, not sent yet. Please press Send.")
    page = show_conversation(line, language, opened, token=token, now=now, draft=Draft(text=kept, note=note))
    page.cookies = response.cookies
    return page

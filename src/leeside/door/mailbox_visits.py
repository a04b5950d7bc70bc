"""A visit to an opened mailbox: what every page behind the words needs, and what stops one that may not go on.

The rules, in the order in which they are kept:
1. A post must come from our own page.
2. A browser without a living session is asked for its words; a message that was under way stays on the page.
3. A session whose conversation opens no more (erased meanwhile) ends.
4. A post must carry the session's token; without it nothing is done, and what was typed is shown again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import wraps
from typing import Final
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from leeside.door.errors import ClosedLineError, TooLargeError, UnreadableFormError
from leeside.door.forms import Fields, one_value, read_form
from leeside.door.mailbox import OpenedMailbox, open_conversation, open_session_keys
from leeside.door.mailbox_pages import Draft, show_conversation, show_words
from leeside.door.mailbox_sessions import (
    TOKEN_FIELD,
    SealedSession,
    end_session,
    find_session,
    forget_cookie,
    is_token_of,
)
from leeside.door.open_lines import KnownLine, known_line, pack_of
from leeside.door.words_problems import describe_refusal
from leeside.sealing.errors import RefusedError
from leeside.vault import store
from leeside.web.clock import domain_clock
from leeside.web.errors import error_page
from leeside.web.lines import LineSettings, find_line
from leeside.web.origin import is_same_origin

TEXT_FIELD: Final = "text"
_READING: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Visit:
    """One request of somebody whose words opened a mailbox."""

    request: HttpRequest
    line: LineSettings
    language: str
    session: SealedSession
    opened: OpenedMailbox
    fields: Fields = field(repr=False)
    now: datetime
    named: Mapping[str, str] = field(default_factory=dict)
    """What else the address names."""

    @property
    def today(self) -> date:
        """The line's day."""
        return self.now.astimezone(ZoneInfo(self.line.time_zone)).date()

    @property
    def text(self) -> str:
        """The message that was typed, as it was typed."""
        return one_value(self.fields, TEXT_FIELD)

    def show(self, draft: Draft, status: int = 200) -> HttpResponse:
        """The conversation, with what was typed."""
        response = show_conversation(
            self.line, self.language, self.opened, token=self.session.token, now=self.now, draft=draft
        )
        response.status_code = status
        return response


View = Callable[..., HttpResponseBase]


def find_line_or_404(language: str, address: str) -> LineSettings:
    """The line at an address that speaks this language."""
    line = find_line(address)
    if line is None or language not in pack_of(line).languages:
        raise Http404
    return line


def visited(view: Callable[[Visit], HttpResponseBase]) -> View:
    """Make a view of a flow for somebody inside; Django's own cookie check is left out for rules 1 and 4."""

    @csrf_exempt
    @wraps(view)
    def visit(request: HttpRequest, language: str, address: str, **named: str) -> HttpResponseBase:
        line = find_line_or_404(language, address)
        if request.method not in {*_READING, "POST"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        fields = _fields_of(request)
        if isinstance(fields, HttpResponse):
            return fields
        kept = one_value(fields, TEXT_FIELD)
        try:
            found = _enter(request, line, language, fields)
            return found if isinstance(found, HttpResponse) else view(replace(found, named=named))
        except (store.VaultError, ClosedLineError):
            return show_too_busy(line, language, kept)

    return visit


def show_too_busy(line: LineSettings, language: str, kept: str = "") -> HttpResponse:
    """The store does not answer; the words are asked for again."""
    note = _("Not possible at this moment: we are too busy. Please write your words again in a minute.")
    return show_words(line, language, note=note, kept=kept, status=503)


def _fields_of(request: HttpRequest) -> Fields | HttpResponse:
    """Rule 1, and the limits of a form."""
    if request.method in _READING:
        return {}
    if not is_same_origin(request):
        return error_page(request, 403)
    try:
        return read_form(request)
    except TooLargeError:
        return error_page(request, 413)
    except UnreadableFormError:
        return error_page(request, 400)


def _enter(request: HttpRequest, line: LineSettings, language: str, fields: Fields) -> Visit | HttpResponse:
    """Rules 2 to 4."""
    visit = find_visit(request, line, language, fields)
    if request.method != "POST" or isinstance(visit, HttpResponse):
        return visit
    if not is_token_of(visit.session, one_value(fields, TOKEN_FIELD)):
        note = _("Not sent yet: this page was opened anew meanwhile. Please press Send once more.")
        return visit.show(Draft(text=visit.text, note=note, fields=fields))
    return visit


def find_visit(request: HttpRequest, line: LineSettings, language: str, fields: Fields) -> Visit | HttpResponse:
    """Rules 2 and 3. Whoever reads the fields later than this keeps rule 4 themselves (files)."""
    known = known_line(line)
    now = domain_clock().now()
    session = find_session(request, known.line_id)
    kept = one_value(fields, TEXT_FIELD)
    if session is None:
        is_posting = request.method == "POST"
        note = _("Time passed, and the mailbox closed by itself. Please write your words again.") if is_posting else ""
        return show_words(line, language, note=note, kept=kept)
    opened = _open(known, session, now, ZoneInfo(line.time_zone))
    if opened is None:
        end_session(request)
        response = show_words(line, language, problem=describe_refusal(), kept=kept, status=403)
        forget_cookie(response)
        return response
    return Visit(request, line, language, session, opened, fields, now)


def _open(known: KnownLine, session: SealedSession, now: datetime, zone: ZoneInfo) -> OpenedMailbox | None:
    try:
        keys = open_session_keys(session.wrapping_key, session.line_id, session.sealed)
        return open_conversation(known, keys, now, now.astimezone(zone).date())
    except RefusedError:
        return None

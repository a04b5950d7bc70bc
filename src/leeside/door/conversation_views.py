"""Behind the words: read, answer, erase. Each view calls one flow."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.door.conversation import known_answers
from leeside.door.forms import one_value
from leeside.door.limits import LIMITS
from leeside.door.mailbox_pages import Draft, show_erase, show_erased
from leeside.door.mailbox_sessions import end_session, forget_cookie
from leeside.door.mailbox_visits import Visit, visited
from leeside.door.open_lines import pack_of
from leeside.door.problems import describe_problem
from leeside.door.replies import erase_everything, send_answers, send_message
from leeside.packs.answers import AnswerProblem, clean_text
from leeside.vault import store
from leeside.web.errors import error_page

PAGE_SIGN_FIELD = "page_sign"


@visited
def conversation(visit: Visit) -> HttpResponse:
    """The conversation."""
    if visit.request.method == "POST":
        return visit.show(Draft(text=visit.text))
    note = _("Your message is with us, sealed.") if "sent" in visit.request.GET else ""
    note = _("Your file is with us, sealed.") if "sent-file" in visit.request.GET else note
    return visit.show(Draft(note=note))


@visited
def reply(visit: Visit) -> HttpResponse:
    """A message from the writer. Whatever cannot be sent stands in the page again."""
    if visit.request.method != "POST":
        return _back(visit)
    text = clean_text(visit.text)
    if not text:
        return visit.show(Draft(problem=_("There is nothing written yet.")))
    if len(text) > LIMITS.reply_characters:
        problem = describe_problem(AnswerProblem("too_long", LIMITS.reply_characters))
        return visit.show(Draft(text=visit.text, problem=problem))
    try:
        send_message(
            visit.opened,
            pack_of(visit.line),
            text,
            page_sign=one_value(visit.fields, PAGE_SIGN_FIELD),
            now=visit.now,
            today=visit.today,
        )
    except store.VaultError:
        return visit.show(Draft(text=visit.text, problem=_busy()), status=503)
    return _back(visit, sent=True)


@visited
def answers(visit: Visit) -> HttpResponse:
    """Answers to questions that were left open."""
    if visit.request.method != "POST":
        return _back(visit)
    pack = pack_of(visit.line)
    read = pack.read_answers(visit.fields, known=known_answers(visit.opened.messages))
    if read.problems:
        return visit.show(Draft(fields=visit.fields, problems=dict(read.problems), note=_not_sent()))
    if not read.answers:
        return _back(visit)
    try:
        send_answers(
            visit.opened,
            pack,
            read,
            page_sign=one_value(visit.fields, PAGE_SIGN_FIELD),
            now=visit.now,
            today=visit.today,
        )
    except store.VaultError:
        return visit.show(Draft(fields=visit.fields, note=_busy()), status=503)
    return _back(visit, sent=True)


@visited
def erase(visit: Visit) -> HttpResponse:
    """Erasing asks once more, on a page of its own; then it ends the session too."""
    token = visit.session.token
    if visit.request.method != "POST":
        return show_erase(visit.line, visit.language, token, "")
    if one_value(visit.fields, "sure") != "yes":
        problem = _("Please tick the box if you are sure. Nothing was erased.")
        return show_erase(visit.line, visit.language, token, problem)
    try:
        erase_everything(visit.opened, visit.today)
    except store.GoneError:
        return error_page(visit.request, 404)
    except store.VaultError:
        return show_erase(
            visit.line, visit.language, token, _("Not erased yet: we are too busy. Please try once more.")
        )
    end_session(visit.request)
    response = show_erased(visit.line, visit.language)
    forget_cookie(response)
    return response


def _back(visit: Visit, *, sent: bool = False) -> HttpResponse:
    """303, so that going back or loading anew never posts twice."""
    address = reverse("mailbox:conversation", args=[visit.language, visit.line.address])
    response = HttpResponseRedirect(address + ("?sent" if sent else ""))
    response.status_code = 303
    return response


def _busy() -> str:
    return _("Not sent: we are too busy at this moment. Your text is still here. Please press Send again in a minute.")


def _not_sent() -> str:
    return _("Not sent yet: please look at what is marked below.")

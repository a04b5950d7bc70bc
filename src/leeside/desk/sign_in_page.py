"""The sign-in page: one page for name, passphrase and code, with whatever a timed-out page had typed carried along."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from leeside.desk.lines import configured_lines, title_of
from leeside.desk.pages import show_page
from leeside.web.context import active_language

CARRY: Final = "carry-"
_NEVER_CARRIED: Final = frozenset({"csrfmiddlewaretoken", "passphrase", "code", "name", "resume"})


def ask_to_sign_in(
    request: HttpRequest, *, problem: str = "", told: str = "", resume: str | None = None, status: int = 200
) -> HttpResponse:
    """The page. What a refused attempt typed is not shown again: names and passphrases are not echoed."""
    carried = carried_fields(request) if resume is not None else typed_fields(request)
    values = {
        "problem": problem,
        "told": told,
        "lines": [{"slug": line.slug, "title": title_of(line, active_language().code)} for line in configured_lines()],
        "chosen_line": str(request.POST.get("line", "")),
        "resume": safe_path(resume if resume is not None else request.get_full_path()),
        "carried": carried,
    }
    return show_page(request, "sign_in", values, status=status)


def say_untrusted_roster() -> str:
    """One sentence for a roster with a stranger in it, an exchanged key, or an end cut off."""
    return _("The list of this line’s people does not verify. Do not go on; ask a coordinator, not by this server.")


def carried_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a timed-out page had typed, as the sign-in form carries it."""
    return [
        (key.removeprefix(CARRY), str(value))
        for key, values in request.POST.lists()
        for value in values
        if key.startswith(CARRY) and key.removeprefix(CARRY) not in _NEVER_CARRIED
    ]


def safe_path(untrusted_path: str) -> str:
    """A path of this desk that a person was on, or an empty text."""
    if not untrusted_path.startswith("/") or not url_has_allowed_host_and_scheme(untrusted_path, allowed_hosts=None):
        return ""
    try:
        resolve(untrusted_path.partition("?")[0])
    except Resolver404:
        return ""
    return untrusted_path


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a page posted, without what is never shown again."""
    return [(key, str(value)) for key, values in request.POST.lists() for value in values if key not in _NEVER_CARRIED]

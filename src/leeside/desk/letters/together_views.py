"""One paper for several cases: choosing them, and what became of each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk.code_names import read_slug, write_code_name, write_slug
from leeside.desk.errors import InputError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.letters.drafting import find_text
from leeside.desk.letters.page import first_language, letters_to_draft, title_of_letter
from leeside.desk.letters.together import make_all, named_for, own_cases
from leeside.desk.limits import LIMITS
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat


@takes("GET", "HEAD", "POST")
@with_seat
def together(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Choose a paper and cases; posted, draft one for each."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    wanted = one(request, "letter") if request.method == "POST" else str(request.GET.get("letter", ""))
    marked = [str(each) for each in request.POST.getlist("case")]
    do = one(request, "do")
    if not wanted or not do:
        return _show(request, seat, wanted, marked)
    text = find_text(seat, wanted, first_language(seat, wanted))
    if do == "find":
        return _show(request, seat, wanted, sorted(named_for(seat, text)), looked=True)
    try:
        made = make_all(seat, text, marked, opens=one(request, "drawers") == "yes")
    except InputError as error:
        return _show(request, seat, wanted, marked, problem=error.reason, status=422)
    values = {"place": "queue", "title": title_of_letter(seat, text.id), "made": made, "letter": text.id}
    return show_page(request, "letters_made", values, seat=seat)


def _show(
    request: HttpRequest,
    seat: Seat,
    wanted: str,
    marked: list[str],
    *,
    problem: str = "",
    looked: bool = False,
    status: int = 200,
) -> HttpResponse:
    slugs = list(dict.fromkeys((*(write_slug(row.code_name) for row in own_cases(seat)), *marked)))
    codes = [(slug, code) for slug in slugs if (code := read_slug(slug)) is not None]
    told = ""
    if looked:
        told = _("The law gives this paper in the marked cases of yours.") if marked else _("In none of your cases.")
    values: dict[str, Any] = {
        "place": "queue",
        "letters": letters_to_draft(seat),
        "letter": wanted,
        "cases": tuple((slug, write_code_name(code, seat.language), slug in marked) for slug, code in codes),
        "most": LIMITS.letters_together,
        "told": told,
        "problem": problem,
    }
    return show_page(request, "letters_together", values, seat=seat, status=status)

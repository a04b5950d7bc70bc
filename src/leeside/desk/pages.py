"""How the desk's pages are made: one frame, coded and filled to steps of 8 KiB, never stored by anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leeside.desk.lines import title_of
from leeside.desk.permissions import LineAction, Role, may_on_line, role_of
from leeside.desk.seat import Seat
from leeside.packs.pack import Pack
from leeside.web.coding import finish_page


@dataclass(frozen=True)
class Frame:
    """What the head of every page of a signed-in person shows."""

    line_title: str
    name: str
    role_title: str
    may_see_queue: bool
    may_see_people: bool
    may_search: bool
    may_draft_figures: bool
    may_ask_guide: bool
    lacks_key: bool


def frame_of(seat: Seat) -> Frame:
    """The frame of a seat's pages."""
    return Frame(
        line_title=title_of(seat.line, seat.language),
        name=seat.person.name,
        role_title=role_title(seat.pack, seat.person.role, seat.language),
        may_see_queue=may_on_line(LineAction.SEE_QUEUE, seat.role),
        may_see_people=may_on_line(LineAction.SEE_PEOPLE, seat.role),
        may_search=may_on_line(LineAction.SEARCH, seat.role),
        may_draft_figures=may_on_line(LineAction.DRAFT_FIGURES, seat.role),
        may_ask_guide=may_on_line(LineAction.ASK_GUIDE, seat.role) and bool(seat.pack.guide.rules),
        lacks_key=seat.lacks_key,
    )


def role_title(pack: Pack, role: str, language: str) -> str:
    """A role in words: the pack's word for a circle, ours for the two roles that every line has."""
    kind = role_of(role)
    if kind is Role.LEAD:
        return _("Coordinator")
    if kind is Role.PUBLISHER:
        return _("Publisher")
    key = f"circle.{role}"
    return pack.text(key, language) if pack.has_text(key, language) else role


def circle_title(pack: Pack, circle: str, language: str) -> str:
    """Where a case lies, in words."""
    return _("Coordinators") if role_of(circle) is Role.LEAD else role_title(pack, circle, language)


def show_page(
    request: HttpRequest, template: str, values: Mapping[str, Any], *, seat: Seat | None = None, status: int = 200
) -> HttpResponse:
    """One page of the desk. With a seat it has the frame of a signed-in person."""
    frame = {"desk": frame_of(seat), "today": seat.today} if seat else {"desk": None}
    response = render(request, f"desk/{template}.html", {**frame, **values}, status=status)
    return finish_page(request, response)

"""Days written out in templates: `{{ day|written_day:today }}` in the language of the request."""

from datetime import date

from django import template

from leeside.web.context import active_language
from leeside.web.dates import write_day, write_near_day, write_short_day

register = template.Library()


@register.filter
def written_day(day: date, today: date | None = None) -> str:
    """`Monday 11 December`."""
    return write_day(day, active_language().code, today)


@register.filter
def short_day(day: date, today: date | None = None) -> str:
    """`Mon 11 December`."""
    return write_short_day(day, active_language().code, today)


@register.filter
def near_day(day: date, today: date) -> str:
    """`today, Monday 11 December`."""
    return write_near_day(day, active_language().code, today)

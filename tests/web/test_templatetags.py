from datetime import date

from django.template import Context, Template
from django.utils import translation

TODAY = date(2023, 12, 5)


def test_days_in_templates_are_written_in_the_language_of_the_request() -> None:
    source = "{% load leeside_dates %}{{ day|written_day:today }}/{{ day|short_day:today }}/{{ today|near_day:today }}"
    with translation.override("uk"):
        text = Template(source).render(Context({"day": date(2023, 12, 11), "today": TODAY}))
    assert text == "понеділок, 11 грудня/пн, 11 грудня/сьогодні, вівторок, 5 грудня"

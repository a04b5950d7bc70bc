"""The addresses of a case's law, below the case's own."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.guiding import views

case_patterns: list[URLPattern | URLResolver] = [
    path("law", views.law, name="law"),
    path("law/told", views.record, name="law_told"),
    path("law/days", views.days, name="law_days"),
]

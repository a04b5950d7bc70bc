"""The addresses of a case's papers, below the case's own."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.papers import views

case_patterns: list[URLPattern | URLResolver] = [
    path("paper/<slug:row>", views.paper, name="paper"),
    path("sent/<slug:row>", views.sent, name="sent_paper"),
]

"""The addresses of a case's papers, below the case's own."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.letters import views

case_patterns: list[URLPattern | URLResolver] = [
    path("letter/<slug:letter>/", views.letter, name="letter"),
    path("letter/<slug:entry>/ask", views.ask, name="letter_ask"),
    path("letter/<slug:entry>/back", views.hand_back, name="letter_back"),
    path("letter/<slug:entry>/checked", views.check, name="letter_checked"),
    path("letter/<slug:entry>/give", views.give, name="letter_give"),
]

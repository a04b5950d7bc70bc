"""The addresses of a case's papers, below the case's own."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.letters import together_views, views

case_patterns: list[URLPattern | URLResolver] = [
    path("letter/", views.letters, name="letters"),
    path("letter/<slug:letter>/", views.letter, name="letter"),
    path("letter/<slug:entry>/ask", views.ask, name="letter_ask"),
    path("letter/<slug:entry>/back", views.hand_back, name="letter_back"),
    path("letter/<slug:entry>/checked", views.check, name="letter_checked"),
    path("letter/<slug:entry>/give", views.give, name="letter_give"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("letters/", together_views.together, name="letters_together"),
]

"""The addresses of a case's ties, below the case's own."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.ties import views

case_patterns: list[URLPattern | URLResolver] = [
    path("link", views.link_case, name="link"),
    path("unlink", views.unlink_case, name="unlink"),
    path("one-owner", views.one_owner, name="one_owner"),
    path("told", views.told, name="told"),
    path("together", views.together, name="together"),
]

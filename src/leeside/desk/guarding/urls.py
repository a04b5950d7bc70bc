"""The addresses of a case's safety, below the case's own."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.guarding import views

case_patterns: list[URLPattern | URLResolver] = [
    path("contact", views.contact, name="contact"),
    path("check", views.check, name="check_writer"),
    path("silence", views.watch, name="watch"),
    path("silence/off", views.unwatch, name="unwatch"),
    path("write-first", views.write_first, name="write_first"),
    path("no-alarm", views.no_alarm, name="no_alarm"),
    path("phrases", views.phrases, name="phrases"),
    path("phrases/agree", views.agree, name="agree"),
    path("seized", views.seized, name="seized"),
    path("not-seized", views.not_seized, name="not_seized"),
    path("device-back", views.back, name="device_back"),
]

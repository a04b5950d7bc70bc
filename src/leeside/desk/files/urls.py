"""Addresses of a case's files."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.files import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("send-file", views.send_file, name="send_file"),
    path("file/<slug:file>/", views.look_at_file, name="look_at_file"),
    path("file/<slug:file>/erase", views.erase_file, name="erase_file"),
]

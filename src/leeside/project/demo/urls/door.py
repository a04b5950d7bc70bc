"""The door of a demo: the chairs on the first page, then the real door."""

from django.urls import path, re_path

from leeside.project.demo import chairs
from leeside.project.urls.door import handler400, handler403, handler404, handler500
from leeside.project.urls.door import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", chairs.first_page),
    re_path(r"^(?P<language>ru|en|uk)/demo/$", chairs.show),
    *real,
]

"""The door of a demo: the chairs on the first page, then the real door."""

from django.urls import path

from leeside.project.demo import chairs
from leeside.project.urls.door import handler400, handler403, handler404, handler500
from leeside.project.urls.door import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", chairs.first_page),
    path("<lang:language>/demo/", chairs.show),
    *real,
]

"""The desk of a demo: sign-in by one tap and one case as its counsellor sees it, then the real desk."""

from django.urls import re_path

from leeside.project.demo import sitting
from leeside.project.urls.desk import handler400, handler403, handler404, handler500
from leeside.project.urls.desk import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    re_path(r"^(?P<language>ru|en|uk)/demo/sit/(?P<key>[a-z]+)/$", sitting.sit),
    re_path(r"^(?P<language>ru|en|uk)/demo/as-counsellor/$", sitting.as_counsellor),
    *real,
]

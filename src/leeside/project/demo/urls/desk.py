"""The desk of a demo: sign-in by one tap and one case as its counsellor sees it, then the real desk."""

from django.urls import path

from leeside.project.demo import sitting
from leeside.project.urls.desk import handler400, handler403, handler404, handler500
from leeside.project.urls.desk import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("<lang:language>/demo/sit/<slug:key>/", sitting.sit, name="demo-sit"),
    path("<lang:language>/demo/as-counsellor/", sitting.as_counsellor, name="demo-as-counsellor"),
    *real,
]

"""The addresses of the queue."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.queues.views import load, many, pinging, queue

urlpatterns: list[URLPattern | URLResolver] = [
    path("queue/", queue.queue, name="queue"),
    path("queue/news", queue.news, name="news"),
    path("queue/assign", many.assign, name="assign_many"),
    path("queue/no-request", many.spam, name="spam_many"),
    path("case/<slug:slug>/take", queue.take_case, name="take"),
    path("load/", load.load, name="load"),
    path("pings/", pinging.pings, name="pings"),
    path("pings/make", pinging.make, name="ping_make"),
    path("pings/end", pinging.end, name="ping_end"),
    path("ping/<str:token>", pinging.ping, name="ping"),
]

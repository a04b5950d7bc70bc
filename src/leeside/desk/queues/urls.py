"""The addresses of the queue."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.queues import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("queue/", views.queue, name="queue"),
    path("case/<slug:slug>/take", views.take_case, name="take"),
]

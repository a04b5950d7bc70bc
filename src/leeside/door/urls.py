"""Addresses of the door: form, ciphertext, safety, exit. Nothing here may lead to what unseals."""

from django.urls import path

import leeside.door.converters  # noqa: F401 -- registers <language:...>
from leeside.door import answer_views, parcel_views, views

app_name = "door"
urlpatterns = [
    # In the order in which they are asked for most: each one before costs.
    path("<language:language>/<slug:address>/", views.form, name="form"),
    path("<language:language>/<slug:address>/parcel", parcel_views.receive_parcel, name="parcel"),
    path("", views.show_start, name="start"),
    path("exit", views.leave, name="exit"),
    path("exit/left", views.leave_for_good, name="left"),
    path("exit/last", views.leave_at_last, name="last"),
    path("health", views.show_health, name="health"),
    path("<language:language>/", views.show_start, name="start_in"),
    path("<language:language>/<slug:address>", views.add_slash),
    path("<language:language>/<slug:address>/safety", views.show_safety, name="safety"),
    path("<language:language>/<slug:address>/answers/", answer_views.show_index, name="answers"),
    path("<language:language>/<slug:address>/answers/file", answer_views.take_along, name="answers_file"),
    path("<language:language>/<slug:address>/answers/<slug:answer>/file", answer_views.take_along, name="answer_file"),
    path("<language:language>/<slug:address>/answers/<slug:answer>", answer_views.show_answer, name="answer"),
    path("<language:language>/<slug:address>/as-<slug:voice>", views.form_as, name="form_as"),
]

"""The addresses of what comes by telephone: one page of its own, and one below a case."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.by_hand import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("by-phone/", views.phone_case, name="phone_case"),
]
case_patterns: list[URLPattern | URLResolver] = [
    path("told-by-phone", views.told_by_phone, name="told_by_phone"),
]

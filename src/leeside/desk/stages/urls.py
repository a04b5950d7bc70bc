"""The addresses of what is due."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.stages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("due/", views.due, name="due"),
    path("due/fortnight", views.fortnight, name="fortnight"),
]

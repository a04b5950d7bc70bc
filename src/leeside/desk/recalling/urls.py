"""The addresses of the recall, below the language."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.recalling import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("recall/", views.recall_page, name="recall"),
    path("recall/send", views.send, name="recall_send"),
    path("recall/aside", views.aside, name="recall_aside"),
]

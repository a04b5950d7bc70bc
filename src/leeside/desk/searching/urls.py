"""The address of the search, below the language."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.searching import views

urlpatterns: list[URLPattern | URLResolver] = [path("search/", views.search_page, name="search")]

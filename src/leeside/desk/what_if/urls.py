"""The one address of the page; everything that is chosen on it is posted."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.what_if import views

urlpatterns: list[URLPattern | URLResolver] = [path("guide/", views.what_if, name="what_if")]

"""The addresses of the guide's rules."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.rules import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("rules/", views.all_rules, name="rules"),
    path("rules/make", views.make_rule, name="make_rule"),
    path("rules/try", views.try_rule, name="try_rule"),
    path("rules/of/<slug:rule_id>", views.one_rule, name="rule"),
    path("rules/of/<slug:rule_id>/sign", views.sign_review, name="sign_review"),
]

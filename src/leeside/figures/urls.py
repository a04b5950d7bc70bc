"""The addresses of the public figures."""

from django.urls import path, register_converter

from leeside.figures import views
from leeside.web.languages import LANGUAGES


class LanguageConverter:
    """One of the languages of the interface; everything else is no page of ours."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value


register_converter(LanguageConverter, "figures_language")

app_name = "figures"
urlpatterns = [
    path("", views.choose_language, name="start"),
    path("health", views.health, name="health"),
    path("<figures_language:language>/", views.show_lines, name="lines"),
    path("<figures_language:language>/<slug:address>/", views.show_latest, name="latest"),
    path("<figures_language:language>/<slug:address>/editions/", views.list_editions, name="editions"),
    path("<figures_language:language>/<slug:address>/edition/<int:number>/", views.show_one, name="edition"),
    path(
        "<figures_language:language>/<slug:address>/edition/<int:number>/<slug:series>.svg",
        views.send_chart,
        name="chart",
    ),
    path("<slug:address>/edition/<int:number>/<str:name>", views.send_file, name="file"),
]

from django.test import RequestFactory
from django.utils import translation

from leeside.web.context import active_language, frame


def test_links_between_languages_keep_the_page_and_drop_what_was_asked() -> None:
    with translation.override("ru"):
        values = frame(RequestFactory().get("/ru/help/safety?words=secret"))
    assert values["language"].code == "ru"
    assert [one["path"] for one in values["languages"]] == ["/ru/help/safety", "/en/help/safety", "/uk/help/safety"]


def test_below_a_path_of_a_proxy_the_links_stay_below_it() -> None:
    request = RequestFactory(SCRIPT_NAME="/desk").get("/ru/queue/")
    with translation.override("ru"):
        values = frame(request)
    assert values["languages"][2]["path"] == "/desk/uk/queue/"


def test_a_language_that_we_do_not_have_falls_back() -> None:
    with translation.override("de"):
        assert active_language().code == "en"

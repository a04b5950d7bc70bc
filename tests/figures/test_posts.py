"""The post ready to paste."""

from pathlib import Path

import pytest
from django.utils import translation

from figures.shelves import publish
from leeside.figures.posts import write_post
from tally.making import counts_of, edition

# The words come from gettext, which needs Django set up.
pytestmark = pytest.mark.usefixtures("installation")


def test_a_post_has_the_findings_what_is_counted_and_where_to_check(tmp_path: Path) -> None:
    with translation.override("ru"):
        post = write_post(publish(tmp_path), "ru", "https://example.org/ru/help/edition/1/")
    lines = post.replace("\N{NO-BREAK SPACE}", " ").split("\n")
    assert lines[0] == "Вопросы и ответы. ноябрь 2023"
    assert lines[2].startswith("С сентября по ноябрь — 577 обращений")
    assert [line[0] for line in lines[3:6]] == ["•"] * 3
    assert lines[-2].startswith("Что посчитано: Обращения")
    assert lines[-1] == "Цифры, определения и данные: https://example.org/ru/help/edition/1/"


def test_a_post_without_findings_or_address_is_short() -> None:
    with translation.override("en"):
        post = write_post(edition(counts_of(leave={"2023-04": 33}), last="2023-04"), "en", "")
    assert post == "The line. April 2023\n\nrequests, April 2023: 33\n\nWhat is counted: requests"

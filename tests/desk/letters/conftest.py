"""A kept case of the vetted circle, and whoever works it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from desk.stage import Sent, Stage
    from desk.test_pages import Browser


@pytest.fixture
def case(stage: "Stage") -> "Sent":
    """A case in the vetted circle, kept by Willow, with a next step: a file may go out."""
    from desk.letters.drafted import WOUNDED
    from desk.stage import send
    from leeside.desk import answering
    from leeside.desk.next_steps import Step
    from leeside.desk.opening import open_case

    sent = send(stage, WOUNDED, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    answering.answer(willow, sent.case_id, "Подайте рапорт.", Step("write", willow.reader_id, willow.today))
    return sent


@pytest.fixture
def browser(stage: "Stage", client_of: "Callable[..., Client]") -> "Iterator[Browser]":
    """Willow's browser."""
    from desk.test_pages import Browser

    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Willow")
    yield browser

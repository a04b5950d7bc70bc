"""One paper for each of several cases: kept in each, told what is missing, and nothing of anybody else's case."""

from collections.abc import Callable

import pytest
from django.test import Client

from desk.stage import HOT, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk import answering
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.letters.drafting import find_text, letters_of, typed_of
from leeside.desk.letters.together import make_all, named_for
from leeside.desk.limits import LIMITS
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case

PAPER = "report_commission"
WOUNDED = {**HOT, "serves": "mobilised", "commission": "no", "held": "no"}


def of_willow(stage: Stage, answers: dict[str, str] = WOUNDED) -> Sent:
    sent = send(stage, answers, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    answering.answer(willow, sent.case_id, "Good day.", Step("write", willow.reader_id, willow.today))
    return sent


@pytest.mark.promise(2, "a colleague's case marked for a collective matter")
def test_each_case_keeps_its_own_and_a_foreign_one_is_told_like_none(stage: Stage) -> None:
    """Broken on purpose: a reason of its own for a case that is somebody else's."""
    mine = [of_willow(stage), of_willow(stage)]
    foreign = send(stage, HOT, circle="first")
    open_case(stage.seat("Wren"), foreign.case_id)
    willow = stage.seat("Willow")
    text = find_text(willow, PAPER, "ru")
    made = make_all(willow, text, [*(one.slug for one in mine), foreign.slug, "otter-thimble"], opens=False)
    assert {slug for slug, _, _ in made.papers} == {one.slug for one in mine}
    assert all("Full name" in missing for _, _, missing in made.papers), made.papers
    assert len(made.report.failed) == 2
    assert len({reason for _, reason in made.report.failed}) == 1
    assert not letters_of(look_into(stage.seat("Wren"), foreign.case_id))
    for sent in mine:
        file = open_case(stage.seat("Willow"), sent.case_id, drawer="identity")
        (entry,) = letters_of(file)
        assert "full_name" not in typed_of(file, entry).values


def test_too_many_are_refused_before_the_first(stage: Stage) -> None:
    """Broken on purpose: `each_case` without its bound."""
    sent = of_willow(stage)
    willow = stage.seat("Willow")
    slugs = [sent.slug, *(f"case-{number}" for number in range(LIMITS.letters_together))]
    with pytest.raises(InputError):
        make_all(willow, find_text(willow, PAPER, "ru"), slugs, opens=False)
    assert not letters_of(look_into(willow, sent.case_id))
    with pytest.raises(NotAllowedError):
        make_all(stage.seat("Rowan"), find_text(willow, PAPER, "ru"), [sent.slug], opens=False)


def test_the_cases_are_marked_in_which_the_law_gives_the_paper(stage: Stage) -> None:
    sent, other = of_willow(stage), of_willow(stage, {**HOT, "wants": "summons", "wounded": "no"})
    willow = stage.seat("Willow")
    found = named_for(willow, find_text(willow, PAPER, "ru"))
    assert sent.slug in found
    assert other.slug not in found


def test_the_way_by_pages(stage: Stage, client_of: Callable[..., Client]) -> None:
    sent = of_willow(stage)
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Willow")
    assert sent.slug.encode() in browser.get("/en/letters/").content
    assert f"/en/case/{sent.slug}/letter/{PAPER}/".encode() in browser.get(f"/en/case/{sent.slug}/letter/").content
    found = browser.post("/en/letters/", {"do": "find", "letter": PAPER}, page="/en/letters/")
    assert f'value="{sent.slug}" checked' in found.content.decode()
    assert browser.post("/en/letters/", {"do": "make", "letter": PAPER}, page="/en/letters/").status_code == 422
    assert browser.post("/en/letters/", {"do": "make", "letter": "none"}, page="/en/letters/").status_code == 404
    fields = {"do": "make", "letter": PAPER, "case": sent.slug, "drawers": "yes"}
    made = browser.post("/en/letters/", fields, page="/en/letters/").content.decode()
    assert "Drafted and kept" in made
    assert "missing" in made

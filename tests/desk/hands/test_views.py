"""Hand-overs over HTTP: the card kept when it is not taken, what a page offers to whom, and a case erased meanwhile."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from desk.hands.conftest import answered
from desk.stage import PLAIN, STORY_TEXT, Sent, Stage
from desk.test_pages import Browser
from leeside.desk import answering
from leeside.desk.hands.card import Card
from leeside.desk.hands.offering import offer
from leeside.desk.hands.standing_in import name_stand_in
from leeside.desk.opening import look_into
from leeside.vault import store

ClientOf = Callable[..., Client]
IdOf = Callable[[str], bytes]


@pytest.fixture
def browser(stage: Stage, client_of: ClientOf) -> Iterator[Browser]:
    yield Browser(client_of("desk"))


def _post(browser: Browser, sent: Sent, action: str, **fields: str) -> Any:
    return browser.post(f"/en/case/{sent.slug}/{action}", fields, page="/en/handovers/")


def _typed(card: Card, **more: str) -> dict[str, str]:
    return {key: str(value) for key, value in card.content().items()} | more


def test_a_case_is_offered_with_a_card_read_and_accepted(
    stage: Stage, wrens: Sent, card: Card, id_of: IdOf, client_of: ClientOf
) -> None:
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Wren")
    page = browser.get(f"/en/case/{wrens.slug}/hand-over").content.decode()
    assert 'value="Help with a summons"' in page
    assert 'value="call the hospital"' in page
    offered = _post(browser, wrens, "hand-over", **_typed(card, reader=id_of("Finch").hex()))
    assert offered.headers["Location"] == f"/en/case/{wrens.slug}/"
    assert b"Offered to Finch" in browser.get(f"/en/case/{wrens.slug}/").content
    other = Browser(client_of("desk"))
    other.sign_in(stage, "Finch")
    assert b"from Wren" in other.get("/en/handovers/").content
    shown = other.get(f"/en/case/{wrens.slug}/").content
    assert b"Wren asks you to take this case over." in shown
    assert card.waiting.encode() in shown.replace(b"&#x27;", b"'")
    assert _post(other, wrens, "hand-over/accept").status_code == 302
    assert look_into(stage.seat("Finch"), wrens.case_id).row.owner == id_of("Finch")
    assert browser.get(f"/en/case/{wrens.slug}/").status_code == 404


def test_a_card_with_a_gap_comes_back_with_everything_that_was_typed(
    stage: Stage, browser: Browser, wrens: Sent, card: Card, id_of: IdOf
) -> None:
    browser.sign_in(stage, "Wren")
    typed = _typed(card, reader=id_of("Finch").hex(), waiting=" ")
    answer = _post(browser, wrens, "hand-over", **typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Your colleague needs this line." in page
    assert all(f'value="{typed[name]}"' in page for name in ("asked", "told", "next", "next_day", "do_not"))
    assert f'<option value="{typed["reader"]}" selected>' in page
    assert store.fetch_handover(wrens.case_id) is None


def test_saying_no_leads_to_the_list_and_needs_a_line(
    stage: Stage, browser: Browser, wrens: Sent, card: Card, id_of: IdOf
) -> None:
    offer(stage.seat("Wren"), wrens.case_id, id_of("Finch"), card)
    browser.sign_in(stage, "Finch")
    assert _post(browser, wrens, "hand-over/refuse", reason="").status_code == 422
    answer = _post(browser, wrens, "hand-over/refuse", reason="I am full")
    assert answer.headers["Location"] == "/en/handovers/?told=refused"
    assert b"you cannot open it any more" in browser.get("/en/handovers/?told=refused").content


def test_all_cases_go_with_a_card_each_or_none_when_one_has_a_gap(
    stage: Stage, browser: Browser, card: Card, id_of: IdOf
) -> None:
    sents = [answered(stage, "Wren", PLAIN, "first") for _ in range(2)]
    browser.sign_in(stage, "Wren")
    assert browser.get("/en/handovers/all").content.count(b'class="sheet one-card"') == 2
    typed = {f"{sent.slug}.{name}": value for sent in sents for name, value in _typed(card).items()}
    typed |= {f"{sent.slug}.take": "1" for sent in sents} | {"reader": id_of("Finch").hex()}
    gap = browser.post("/en/handovers/all", typed | {f"{sents[0].slug}.asked": ""}, page="/en/handovers/")
    assert gap.status_code == 422
    assert b"Nothing was offered yet" in gap.content
    assert store.count_handovers(stage.seat("Finch").line_id, id_of("Finch")) == 0
    done = browser.post("/en/handovers/all", typed, page="/en/handovers/")
    assert done.headers["Location"] == "/en/handovers/?told=offered"
    assert store.count_handovers(stage.seat("Finch").line_id, id_of("Finch")) == 2


def test_one_tap_takes_over_and_a_coordinator_moves_everything_of_one_who_fell_ill(
    stage: Stage, browser: Browser, wrens: Sent, id_of: IdOf, client_of: ClientOf
) -> None:
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    finch = Browser(client_of("desk"))
    finch.sign_in(stage, "Finch")
    assert b"Take over" in finch.get(f"/en/case/{wrens.slug}/").content
    assert _post(finch, wrens, "take-over").status_code == 302
    browser.sign_in(stage, "Heron")
    fields = {"owner": id_of("Finch").hex(), "reader": id_of("Larch").hex()}
    answer = browser.post("/en/handovers/reassign", fields, page="/en/handovers/")
    assert answer.headers["Location"] == "/en/handovers/?told=reassigned"
    assert look_into(stage.seat("Larch"), wrens.case_id).row.owner == id_of("Larch")
    same = browser.post("/en/handovers/reassign", fields | {"owner": fields["reader"]}, page="/en/handovers/")
    assert same.status_code == 422


def test_swapping_out_asks_for_no_reason_and_takes_none(stage: Stage, browser: Browser, wrens: Sent) -> None:
    browser.sign_in(stage, "Wren")
    page = browser.get(f"/en/case/{wrens.slug}/").content.decode()
    form = page[page.index(f"/en/case/{wrens.slug}/swap") :].partition("</form>")[0]
    assert "<textarea" not in form
    assert form.count("<input") == form.count('type="hidden"') == 1, "only the page's token"
    assert _post(browser, wrens, "swap", reason="unheard").headers["Location"] == "/en/queue/?told=swapped"
    assert b"unheard" not in Browser.get(browser, "/en/queue/?told=swapped").content


def test_erasing_an_entry_shows_what_goes_and_what_stays(stage: Stage, browser: Browser, wrens: Sent) -> None:
    answering.write_note(stage.seat("Wren"), wrens.case_id, "A note in the wrong case.")
    entry = look_into(stage.seat("Wren"), wrens.case_id).of_kind("note")[0].entry_id.hex()
    browser.sign_in(stage, "Wren")
    assert f"/erase/{entry}".encode() in browser.get(f"/en/case/{wrens.slug}/").content
    asked = browser.get(f"/en/case/{wrens.slug}/erase/{entry}")
    assert b"A note in the wrong case." in asked.content
    assert _post(browser, wrens, f"erase/{entry}").status_code == 302
    page = browser.get(f"/en/case/{wrens.slug}/").content
    assert b"A note in the wrong case." not in page
    assert b"Erased a note" in page
    assert browser.get(f"/en/case/{wrens.slug}/erase/{entry}").status_code == 404
    assert browser.get(f"/en/case/{wrens.slug}/erase/nothing").status_code == 404


def test_erasing_a_case_asks_for_its_name_first(stage: Stage, browser: Browser, wrens: Sent) -> None:
    browser.sign_in(stage, "Heron")
    wrong = _post(browser, wrens, "erase", name="Quiet Maple Tree")
    assert wrong.status_code == 422
    assert b"Nothing was erased" in wrong.content
    assert _post(browser, wrens, "erase", name=wrens.slug).headers["Location"] == "/en/queue/?told=erased"
    assert browser.get(f"/en/case/{wrens.slug}/").status_code == 404


STREAMED = {"send-file"}
"""What is read as it comes, and carries no sentence of anybody's."""


def _case_posts() -> list[str]:
    """Every address below a case, from the table of addresses itself, with its blanks filled."""
    blanks = {"key": "identity", "kind": "note", "way": "send", "entry": "00" * 16}
    found: list[str] = []

    def gather(patterns: list[URLPattern | URLResolver], path: str) -> None:
        for one in patterns:
            here = path + str(one.pattern)
            if isinstance(one, URLResolver):
                gather(one.url_patterns, here)
            elif "case/<slug:slug>/" in here:
                found.append(here.partition("case/<slug:slug>/")[2])

    gather(get_resolver("leeside.desk.urls").url_patterns, "")
    return [_filled(path, blanks) for path in found if path]


def _filled(path: str, blanks: dict[str, str]) -> str:
    import re

    return re.sub(r"<[a-z]+:([a-z_]+)>", lambda match: blanks.get(match[1], "00" * 16), path)


def test_a_case_erased_under_a_readers_hand_answers_every_post_alike_and_gives_the_text_back(
    stage: Stage, browser: Browser, wrens: Sent
) -> None:
    """Broken on purpose: `with_seat` that answers with an empty page, or lets the store's GoneError through."""
    browser.sign_in(stage, "Wren")
    assert STORY_TEXT.encode() in browser.get(f"/en/case/{wrens.slug}/").content
    store.erase_case(wrens.case_id, stage.seat("Heron").today)
    actions = _case_posts()
    assert len(actions) > 25
    fields = {"text": "A long, kind answer.", "reason": "one line of mine", "reader": "00" * 16, "circle": "closed"}
    for action in actions:
        answer = _post(browser, wrens, action, **fields)
        if answer.status_code == 405:
            continue
        assert answer.status_code == 404, action
        if action in STREAMED:
            continue
        assert b"A long, kind answer." in answer.content, action
        assert b"It was erased, or it is not for you." in answer.content, action


def test_a_case_erased_between_the_look_and_the_write_leaves_nothing_half_done(
    stage: Stage, browser: Browser, wrens: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(stage, "Wren")
    stale = look_into(stage.seat("Wren"), wrens.case_id)
    with monkeypatch.context() as patch:
        patch.setattr(answering, "look_into", lambda seat, case_id: stale)

        def find_and_erase(seat: object, slug: str) -> bytes:
            store.erase_case(wrens.case_id, stage.seat("Heron").today)
            return wrens.case_id

        from leeside.desk.views import case

        patch.setattr(case, "find_case", find_and_erase)
        answer = _post(browser, wrens, "note", text="A note that came too late.")
    assert answer.status_code == 404
    assert b"A note that came too late." in answer.content


@pytest.mark.parametrize("path", ["handovers/", "handovers/all"])
def test_a_publisher_has_no_hand_overs(stage: Stage, browser: Browser, path: str) -> None:
    browser.sign_in(stage, "Rowan")
    assert browser.get(f"/en/{path}").status_code == 404

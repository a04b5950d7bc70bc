"""The pages of rules: what they show, to whom, and that signing on them keeps what was typed."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from desk.rules.test_reviews import ALL, first_rule, forged, make_lawyer, said, signed_by_willow
from desk.stage import HOT, Stage, send
from desk.test_pages import Browser
from leeside.desk.opening import open_case
from leeside.desk.rules.listing import make_list
from leeside.desk.rules.signing import sign
from leeside.desk.rules.words import finding_words, look_title
from leeside.guide.auditing import Finding, Look
from leeside.web.dates import write_day


@pytest.fixture
def browser(stage: Stage, client_of: Callable[..., Client]) -> Iterator[Browser]:
    yield Browser(client_of("desk"))


def day_of(stage: Stage) -> str:
    today = stage.seat("Heron").today
    return write_day(today, "en", today)


def test_every_rule_stands_under_its_subject_and_every_filter_counts(stage: Stage) -> None:
    seat = stage.seat("Wren")
    page = make_list(seat, "")
    rows = [row.id for subject in page.subjects for row in subject.rows]
    assert sorted(rows) == sorted(rule.id for rule in seat.pack.guide.rules)
    assert {subject.key for subject in page.subjects} == {rule.subject for rule in seat.pack.guide.rules}
    assert "Health, commission, leave" in {subject.title for subject in page.subjects}
    for one in page.filters:
        assert make_list(seat, one.key).shown == one.number
    assert make_list(seat, "no-such-filter").shown == page.total


def test_a_page_has_all_words_the_drawing_and_the_examples_with_what_comes_out(stage: Stage, browser: Browser) -> None:
    browser.sign_in(stage, "Wren")
    seat = stage.seat("Wren")
    rule = next(one for one in seat.pack.guide.rules if one.terms and one.papers and one.sources)
    shown = browser.get(f"/en/rules/of/{rule.id}")
    text = shown.content.decode()
    assert text.count("<svg") == 1
    assert "<style" not in text.split("<svg")[1]
    assert 'id="sign"' not in text, "who is no lawyer is offered no signature"
    for example in rule.examples:
        assert example.name.split("'")[0].split("’")[0][:12] in text
    for words in rule.words.values():
        assert words.title.split("“")[0][:20] in text
    assert browser.get("/en/rules/").status_code == 200
    assert "Leans on weak pages" in look_title(Look.WEAK)
    day = finding_words(seat, Finding(Look.UNCONFIRMED, rule.id, ("from", "until")))
    assert day == "A day is not confirmed: First day, Last day"
    assert browser.get("/en/rules/of/no_such_rule").status_code == 404


def test_a_publisher_sees_no_rule_and_signs_none(stage: Stage, browser: Browser) -> None:
    """Broken on purpose: the guard of the flow alone left out, and of the page."""
    browser.sign_in(stage, "Rowan")
    rule = first_rule(stage.seat("Wren"))
    for address in ("/en/rules/", f"/en/rules/of/{rule.id}"):
        assert browser.get(address).status_code == 404
    assert browser.post(f"/en/rules/of/{rule.id}/sign", {"verdict": "holds"}, page="/en/people/").status_code == 404


def test_what_was_ticked_and_typed_stays_when_something_is_missing(stage: Stage, browser: Browser) -> None:
    make_lawyer(stage, "Willow")
    browser.sign_in(stage, "Willow")
    willow = stage.seat("Willow")
    rule = first_rule(willow)
    address = f"/en/rules/of/{rule.id}"
    typed = said(willow, rule)
    fields = {"wording": typed.wording, "verdict": "holds", "remark": "Kept words.", "line": "act"}
    answer = browser.post(f"{address}/sign", fields, page=address)
    assert answer.status_code == 422
    assert "Every line has to be ticked" in answer.content.decode()
    assert "Kept words." in answer.content.decode()
    assert 'value="act" checked' in answer.content.decode()
    changed = browser.post(f"{address}/sign", {**fields, "wording": "00" * 32}, page=address)
    assert changed.status_code == 409
    done = browser.post(f"{address}/sign", {**fields, "line": list(ALL)}, page=address)  # type: ignore[dict-item]
    assert done.status_code == 302
    assert f"Willow, {day_of(stage)}: It holds as it stands" in browser.get(address).content.decode()


def test_the_case_says_who_of_the_line_read_the_rule_and_when(stage: Stage, browser: Browser) -> None:
    sent = send(stage, {**HOT, "serves": "mobilised", "commission": "no"}, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    make_lawyer(stage, "Willow")
    willow = stage.seat("Willow")
    rule = willow.pack.guide.by_id["report_for_commission"]
    browser.sign_in(stage, "Wren")
    address = f"/en/case/{sent.slug}/law"
    assert "read by" not in browser.get(address).content.decode()
    sign(willow, rule, said(willow, rule))
    assert f"read by Willow on {day_of(stage)}" in browser.get(address).content.decode()
    sign(willow, rule, said(willow, rule, "change", "The section was renumbered."))
    text = browser.get(address).content.decode()
    assert "read by Willow" not in text
    assert f"Willow, {day_of(stage)}: It has to be corrected" in text


def test_a_forged_row_changes_nothing_on_a_case(stage: Stage, browser: Browser) -> None:
    """Broken on purpose: the page of the law takes rows without judging them."""
    sent = send(stage, {**HOT, "serves": "mobilised", "commission": "no"}, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    make_lawyer(stage, "Willow")
    forged(stage, stage.seat("Wren").pack.guide.by_id["report_for_commission"], by="Willow", key_of="Wren")
    browser.sign_in(stage, "Wren")
    assert "read by" not in browser.get(f"/en/case/{sent.slug}/law").content.decode()


def test_a_rule_that_willow_read_is_listed_as_read(stage: Stage) -> None:
    rule = signed_by_willow(stage)
    page = make_list(stage.seat("Heron"), "unreviewed")
    assert rule.id not in {row.id for subject in page.subjects for row in subject.rows}

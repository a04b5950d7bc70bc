"""Safety and papers over HTTP: forms lose nothing, the alarm is two taps, phrases stand on no page without one."""

from typing import Any

import pytest

from desk.stage import HOT, PLAIN, Sent, Stage, send
from desk.test_pages import Browser, ClientOf
from leeside.desk.guarding.seizing import seize
from leeside.desk.opening import look_into
from leeside.desk.papers.ledger import outgoing_of
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.writing.drafts import own_draft
from leeside.vault.store import DraftKind

PLAN = {"channel": "here", "zone": "Europe/Moscow", "starts": "19:00", "ends": "22:00", "stop_word": "лампа"}


@pytest.fixture
def browser(stage: Stage, client_of: ClientOf) -> Browser:
    return Browser(client_of("desk"))


@pytest.fixture
def case(stage: Stage, browser: Browser) -> Sent:
    sent = send(stage, {**PLAIN, "paper_passport": "unit", "contact_hours": "after seven"}, circle="first")
    browser.sign_in(stage, "Wren")
    return sent


def post(browser: Browser, case: Sent, action: str, **fields: str) -> Any:
    return browser.post(f"/en/case/{case.slug}/{action}", fields, page=f"/en/case/{case.slug}/")


def stranger_posts(browser: Browser, case: Sent, action: str, **fields: str) -> Any:
    """A post with a token of a page of their own."""
    return browser.post(f"/en/case/{case.slug}/{action}", fields, page="/en/people/")


def page(browser: Browser, case: Sent, action: str = "") -> str:
    answer = browser.get(f"/en/case/{case.slug}/{action}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_plan_is_set_on_its_own_page_and_shown_beside_the_facts(browser: Browser, case: Sent) -> None:
    assert "after seven" in page(browser, case, "contact")
    refused = post(browser, case, "contact", **{**PLAN, "ends": "", "cover": "recipes & weather"})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "recipes &amp; weather" in shown
    assert 'value="19:00"' in shown
    assert "Please give both hours" in shown
    done = post(browser, case, "contact", **{**PLAN, "cover": "recipes & weather"})
    assert done.headers["Location"] == f"/en/case/{case.slug}/#safety"
    shown = page(browser, case)
    assert "19:00–22:00, Moscow" in shown
    assert "лампа" in shown
    assert 'value="19:00"' in page(browser, case, "contact"), "the form begins with what is set"


def test_a_paper_and_what_went_out_lose_nothing_that_was_typed(stage: Stage, browser: Browser, case: Sent) -> None:
    assert "the unit, the commander" in page(browser, case)
    typed = {"paper": "passport", "holder": "unit", "since": "2999-01-01", "back": "a report", "source": "said"}
    refused = post(browser, case, "paper/passport", **typed)
    assert refused.status_code == 422
    assert 'value="a report"' in refused.content.decode()
    done = post(browser, case, "paper/passport", **{**typed, "since": "2023-11-02"})
    assert done.headers["Location"].endswith("#papers")
    assert "since" in page(browser, case)
    sent = {"paper": "report", "to": "commander", "way": "registered", "sent": "2023-12-01", "number": "4471 <08>"}
    assert post(browser, case, "sent/new", **{**sent, "way": "pigeon"}).status_code == 422
    assert post(browser, case, "sent/new", **sent).status_code == 302
    shown = page(browser, case)
    assert "4471 &lt;08&gt;" in shown
    assert "proposed, check it" in shown
    wren = stage.seat("Wren")
    row = outgoing_of(look_into(wren, case.case_id))[0].row
    assert 'value="2023-12-01"' in page(browser, case, f"sent/{row}")
    post(browser, case, f"sent/{row}", **sent, answered="2023-12-05", answer="refused")
    assert "refused" in page(browser, case)


def test_the_alarm_stands_folded_and_its_second_button_stops_everything(
    stage: Stage, browser: Browser, case: Sent
) -> None:
    shown = page(browser, case)
    assert "Yes: stop everything now" in shown
    assert post(browser, case, "seized").status_code == 302
    shown = page(browser, case)
    assert "Device seized. Assume that others have read it all since" in shown
    assert "I tapped by mistake" in shown
    assert "Yes: stop everything now" not in shown
    assert "The device is in other hands" in shown, "the composer says so before anybody writes in vain"
    assert "Device seized" in browser.get("/en/queue/?tab=all").content.decode()
    assert post(browser, case, "device-back", how="voice", phrase="yes").status_code == 422
    assert post(browser, case, "not-seized").status_code == 302
    assert seizure_of(look_into(stage.seat("Wren"), case.case_id)) is None


def test_phrases_stand_on_no_page_but_behind_the_tap(browser: Browser, case: Sent) -> None:
    page(browser, case)
    drawn = post(browser, case, "phrases")
    assert drawn.status_code == 200
    kept = post(browser, case, "phrases/agree", they="amber shore", we="still landing")
    assert "amber shore" in kept.content.decode()
    for action in ("", "contact", "check", "silence", "device-back"):
        assert "amber shore" not in page(browser, case, action)
    refused = post(browser, case, "phrases/agree", they="one", we="one")
    assert refused.status_code == 422
    assert 'value="one"' in refused.content.decode()
    assert browser.get(f"/en/case/{case.slug}/phrases").status_code == 405, "a link is no tap"


def test_check_and_silence_have_their_forms(browser: Browser, case: Sent) -> None:
    page(browser, case)
    assert post(browser, case, "check", level="confirmed", ground="").status_code == 422
    assert post(browser, case, "check", level="doubtful", ground="contradicts", line="two ages").status_code == 302
    assert "two ages" in page(browser, case)
    assert "Doubtful who writes" in browser.get("/en/queue/?tab=all").content.decode()
    assert post(browser, case, "silence", day="2001-01-01", then="ask the sister").status_code == 422
    assert post(browser, case, "silence", day="2199-01-01", then="ask the sister").status_code == 302
    assert "ask the sister" in page(browser, case)
    assert post(browser, case, "silence/off").status_code == 302
    assert "No day is set" in page(browser, case)


@pytest.mark.parametrize(
    "action",
    ["contact", "check", "silence", "paper/new", "sent/new", "device-back"],
)
def test_a_case_that_is_not_theirs_has_no_form(stage: Stage, browser: Browser, action: str) -> None:
    sent = send(stage, HOT, circle="closed")
    browser.sign_in(stage, "Wren")
    assert browser.get(f"/en/case/{sent.slug}/{action}").status_code == 404
    assert stranger_posts(browser, sent, action).status_code == 404


@pytest.mark.parametrize("action", ["seized", "not-seized", "phrases", "phrases/agree", "write-first", "no-alarm"])
def test_a_case_that_is_not_theirs_takes_no_tap(stage: Stage, browser: Browser, action: str) -> None:
    sent = send(stage, HOT, circle="closed")
    browser.sign_in(stage, "Wren")
    assert stranger_posts(browser, sent, action, they="a", we="b", reason="x").status_code == 404


def test_where_nothing_may_go_out_no_send_stands_and_the_text_becomes_a_note(
    stage: Stage, browser: Browser, case: Sent
) -> None:
    """Broken on purpose: a page that keeps its main button posts the words to the answer, which refuses them."""
    assert ">Send<" in page(browser, case)
    assert post(browser, case, "draft/answer", text="Are you there?").status_code == 302
    seize(stage.seat("Wren"), case.case_id)
    shown = page(browser, case)
    assert ">Send<" not in shown
    assert "Write it as a note" in shown
    assert "Are you there?" in shown, "the draft is still in the field"
    typed = {"text": "Are you there?", "from": "answer", "draft": "1"}
    missing = post(browser, case, "note", **typed)
    assert missing.status_code == 422
    assert missing.content.decode().count("Are you there?") == 1, "in the field it was typed in, and nowhere else"
    step = {"step_what": "wait", "step_day": "2023-12-07"}
    assert post(browser, case, "note", **typed, **step).status_code == 302
    seat = stage.seat("Wren")
    file = look_into(seat, case.case_id)
    assert [one.text("text") for one in file.of_kind("note")] == ["Are you there?"]
    assert file.of_kind("answer") == ()
    assert own_draft(seat, file, DraftKind.ANSWER) is None
    refused = post(browser, case, "answer", text="Send it all the same.", **step)
    assert refused.status_code == 422, "asked directly it is refused as before"

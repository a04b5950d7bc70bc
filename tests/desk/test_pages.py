"""The desk over HTTP: sign-in, queue, case, people, refusals, nothing typed lost, what every page has in common."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from desk.stage import HOT, PLAIN, STORY_TEXT, Stage, send
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.sessions import COOKIE
from leeside.vault import store
from leeside.web.clock import real_now

ClientOf = Callable[..., Client]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """A browser that posts as pages of our own origin do, with their token."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str) -> Any:
        return self.client.get(path, secure=True)

    def post(self, path: str, fields: dict[str, str], *, page: str = "/en/", site: str = "same-origin") -> Any:
        found = TOKEN.search(self.get(page).content)
        token = found[1].decode() if found else ""
        headers = {"Sec-Fetch-Site": site, "Referer": "https://testserver" + page}
        posted = {"csrfmiddlewaretoken": token, **fields}
        return self.client.post(path, posted, secure=True, headers=headers)

    def sign_in(self, stage: Stage, who: str, **fields: str) -> Any:
        attempt = stage.attempt(who)
        typed = {
            "line": "refusal",
            "name": attempt.untrusted_name,
            "passphrase": attempt.untrusted_passphrase,
            "code": attempt.untrusted_code,
        }
        return self.post("/en/", typed | fields)


@pytest.fixture
def browser(stage: Stage, client_of: ClientOf) -> Iterator[Browser]:
    yield Browser(client_of("desk"))


def _case(browser: Browser, slug: str, action: str, **fields: str) -> Any:
    return browser.post(f"/en/case/{slug}/{action}", fields, page=f"/en/case/{slug}/")


STEP = {"step_what": "call back", "step_who": "", "step_day": "2030-01-01"}


def test_a_volunteers_shift_from_sign_in_to_answer(stage: Stage, browser: Browser) -> None:
    sent = send(stage, PLAIN, circle="first")
    assert browser.sign_in(stage, "Wren").headers["Location"] == "/en/queue/"
    queue = browser.get("/en/queue/")
    assert b"Help with a summons" in queue.content
    assert _post_take(browser, sent.slug).headers["Location"] == f"/en/case/{sent.slug}/"
    assert STORY_TEXT.encode() in browser.get(f"/en/case/{sent.slug}/").content
    answered = _case(browser, sent.slug, "answer", text="We read you.", **STEP)
    page = browser.get(answered.headers["Location"].partition("#")[0])
    assert b"We read you." in page.content
    assert b"Take it back" in page.content
    file = look_into(stage.seat("Heron"), sent.case_id)
    assert file.row.state == store.CaseState.ANSWERED
    assert file.row.owner == stage.people["Wren"].reader_id


def _post_take(browser: Browser, slug: str) -> Any:
    return browser.post(f"/en/case/{slug}/take", {}, page="/en/queue/")


def test_a_counsellor_reads_answers_sets_facts_confirms_and_closes(stage: Stage, browser: Browser) -> None:
    sent = send(stage, HOT, circle="closed")
    browser.sign_in(stage, "Willow")
    assert _case(browser, sent.slug, "keep", **STEP).status_code == 302
    assert _case(browser, sent.slug, "note", text="Summary recommends it.").status_code == 302
    fact = {"fact": "commission", "value": "no", "source": "paper", "day": ""}
    assert _case(browser, sent.slug, "fact", **fact).status_code == 302
    assert _case(browser, sent.slug, "confirm", kind="leave_service").status_code == 302
    assert b"Identity" in _case(browser, sent.slug, "drawer/identity").content
    closed = _case(browser, sent.slug, "close", outcome="discharged", follow_up="2030-01-01")
    assert closed.status_code == 302
    page = browser.get(f"/en/case/{sent.slug}/")
    assert b"Discharged" in page.content
    readings = look_into(stage.seat("Heron"), sent.case_id).of_kind("reading")
    assert {entry.text("what") for entry in readings} == {"case", "identity"}


def test_the_head_of_a_case_says_why_it_is_urgent_and_by_when_we_promised(stage: Stage, browser: Browser) -> None:
    sent = send(stage, {**HOT, "where": "front"})
    browser.sign_in(stage, "Willow")
    row, case = (browser.get(path).content.decode() for path in ("/en/queue/", f"/en/case/{sent.slug}/"))
    head = case.split("</header>", 2)[1]
    assert "<b>At the front</b>" in row
    assert "<b>At the front</b>" in head
    assert "reply due" in head


def test_too_hot_goes_to_the_closed_circle_and_out_of_sight(stage: Stage, browser: Browser) -> None:
    sent = send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    moved = _case(browser, sent.slug, "move", circle="closed", reason="a lawyer, please")
    assert moved.headers["Location"] == "/en/queue/?told=moved"
    assert browser.get(f"/en/case/{sent.slug}/").status_code == 404


@pytest.mark.promise(10, "the bytes of refusals at sign-in, cause by cause", times=4)
def test_refusals_at_sign_in_have_equal_bytes(stage: Stage, browser: Browser) -> None:
    pages = []
    for changed in ({"name": "Nobody"}, {"passphrase": "wrong"}, {"code": "000000"}, {"name": "x" * 39}):
        response = browser.sign_in(stage, "Willow", **changed)
        assert response.status_code == 403
        pages.append(TOKEN.sub(b"token", response.content))
    assert len(set(pages)) == 1
    assert len({len(page) for page in pages}) == 1


def test_a_refused_sign_in_shows_nothing_that_was_typed(stage: Stage, browser: Browser) -> None:
    response = browser.sign_in(stage, "Willow", name="A-telling-name", passphrase="telling-words", code="123123")
    for typed in (b"A-telling-name", b"telling-words", b"123123"):
        assert typed not in response.content


def test_the_session_cookie_is_for_this_host_only_and_unseen_by_script(stage: Stage, browser: Browser) -> None:
    cookie = browser.sign_in(stage, "Willow").cookies[COOKIE]
    assert COOKIE.startswith("__Host-")
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert cookie["max-age"] == cookie["expires"] == ""


@pytest.mark.parametrize("path", ["/en/queue/", "/en/people/", "/en/figures/", "/en/case/quiet-maple/"])
def test_without_a_session_every_page_is_the_sign_in_page(stage: Stage, browser: Browser, path: str) -> None:
    response = browser.get(path)
    assert b'name="passphrase"' in response.content


def test_a_session_ends_after_half_an_hour_without_losing_what_was_typed(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leeside.desk import sessions

    sent = send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    browser.get(f"/en/case/{sent.slug}/")
    later = real_now() + timedelta(seconds=LIMITS.session_idle_seconds + 60)
    answer = {"text": "A long, kind answer.", **STEP}
    with monkeypatch.context() as patch:
        patch.setattr(sessions, "real_now", lambda: later)
        asked = browser.post(f"/en/case/{sent.slug}/answer", answer, page=f"/en/case/{sent.slug}/")
    assert b"A long, kind answer." in asked.content
    carried = {f"carry-{key}": value for key, value in answer.items()}
    again = browser.sign_in(stage, "Heron", resume=f"/en/case/{sent.slug}/answer", **carried)
    assert b"A long, kind answer." in again.content
    assert b"Go on with it" in again.content
    assert not look_into(stage.seat("Heron"), sent.case_id).of_kind("answer"), "nothing was sent by itself"


@pytest.mark.parametrize("resume", ["https://evil.example/", "//evil.example", "/nowhere/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(stage: Stage, browser: Browser, resume: str) -> None:
    assert browser.sign_in(stage, "Willow", resume=resume).headers["Location"] == "/en/queue/"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_post_from_elsewhere_changes_nothing(stage: Stage, browser: Browser, site: str) -> None:
    sent = send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    response = browser.post(f"/en/case/{sent.slug}/take", {}, page="/en/queue/", site=site)
    assert response.status_code == 403
    assert store.fetch_holds([sent.case_id], real_now()) == {}


def test_a_post_without_its_token_changes_nothing(stage: Stage, browser: Browser) -> None:
    sent = send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    headers = {"Sec-Fetch-Site": "same-origin"}
    response = browser.client.post(f"/en/case/{sent.slug}/take", secure=True, headers=headers)
    assert response.status_code == 403


def test_text_is_kept_beside_whatever_was_wrong(stage: Stage, browser: Browser) -> None:
    sent = send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    browser.get(f"/en/case/{sent.slug}/")
    refused = _case(browser, sent.slug, "answer", text="Kept words.", step_what="", step_day="")
    assert refused.status_code == 422
    assert b"Kept words.</textarea>" in refused.content
    refused = _case(browser, sent.slug, "note", text="Kept note.", step_what="call", step_day="never")
    assert b"Kept note.</textarea>" in refused.content
    assert b'value="call"' in refused.content


def test_a_store_out_of_reach_is_told_kindly_and_loses_no_text(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken on purpose to see it fail: `takes` without its `except` (a page about a fault, and the answer gone)."""
    sent = send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    browser.get(f"/en/case/{sent.slug}/")

    def out_of_reach(*_: object, **__: object) -> None:
        raise store.BusyError("out of reach")

    path, answer = f"/en/case/{sent.slug}/answer", {"text": "Kept words.", **STEP}
    found = TOKEN.search(browser.get(f"/en/case/{sent.slug}/").content)
    assert found is not None
    posted = {"csrfmiddlewaretoken": found[1].decode(), **answer}
    headers = {"Sec-Fetch-Site": "same-origin", "Referer": "https://testserver/en/queue/"}
    for verb in ("append_entries", "fetch_case", "fetch_session"):
        with monkeypatch.context() as patch:
            patch.setattr(store, verb, out_of_reach)
            kept = browser.client.post(path, posted, secure=True, headers=headers)
        assert kept.status_code == 503 and kept.headers["Retry-After"]
        assert b"Kept words.</textarea>" in kept.content and f'action="{path}"'.encode() in kept.content
    with monkeypatch.context() as patch:
        patch.setattr(store, "queue_page", out_of_reach)
        assert browser.get("/en/queue/").status_code == 503
        patch.setattr(store, "fetch_account", out_of_reach)
        browser.client.cookies.clear()
        assert browser.sign_in(stage, "Wren").status_code == 503


def test_a_held_case_is_read_only_for_the_second_person_who_loses_no_text(stage: Stage, browser: Browser) -> None:
    from leeside.desk import holding

    sent = send(stage, PLAIN, circle="first")
    holding.take(stage.seat("Finch"), sent.case_id)
    browser.sign_in(stage, "Wren")
    assert b"Finch is on it" in browser.get("/en/queue/").content
    page = browser.get(f"/en/case/{sent.slug}/")
    assert b"writing waits" in page.content
    assert b'id="answer-text"' not in page.content


@pytest.mark.promise(2, "lists, counters and direct posts, role by role", times=20)
@pytest.mark.parametrize("who", ["Wren", "Willow", "Heron", "Rowan"])
def test_lists_counters_and_posts_follow_the_role(stage: Stage, browser: Browser, who: str) -> None:
    plain, hot = send(stage, PLAIN, circle="first"), send(stage, HOT, circle="closed")
    sees = {"Wren": [plain], "Willow": [hot], "Heron": [plain, hot], "Rowan": []}[who]
    browser.sign_in(stage, who)
    queue = browser.get("/en/queue/?tab=all")
    assert queue.status_code == (404 if who == "Rowan" else 200)
    if who != "Rowan":
        assert queue.content.count(b'<li class="case') == len(sees)
        assert f"All I may see <b>{len(sees)}</b>".encode() in queue.content
    for sent in (plain, hot):
        expected = 200 if sent in sees else 404
        assert browser.get(f"/en/case/{sent.slug}/").status_code == expected
        if sent not in sees:
            for action in ("take", "answer", "note", "fact", "move", "confirm", "close", "drawer/identity"):
                posted = browser.post(f"/en/case/{sent.slug}/{action}", {"text": "x", **STEP}, page="/en/people/")
                assert posted.status_code == 404, action
    assert browser.get("/en/figures/").status_code == (200 if who in ("Heron", "Rowan") else 404)
    invited = browser.post("/en/people/invite", {}, page="/en/people/")
    assert invited.status_code == (200 if who == "Heron" else 404)


def test_missing_and_forbidden_cases_look_the_same(stage: Stage, browser: Browser) -> None:
    hot = send(stage, HOT, circle="closed")
    browser.sign_in(stage, "Wren")
    forbidden, missing = browser.get(f"/en/case/{hot.slug}/"), browser.get("/en/case/no-such/")
    assert forbidden.status_code == missing.status_code == 404
    assert forbidden.content.replace(hot.slug.encode(), b"X") == missing.content.replace(b"no-such", b"X")


def test_every_page_is_padded_not_stored_and_allows_no_inline_script(stage: Stage, browser: Browser) -> None:
    sent = send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    for path in ("/en/queue/", f"/en/case/{sent.slug}/", "/ru/queue/", "/uk/people/"):
        response = browser.get(path)
        assert len(response.content) % 8192 == 0
        assert "no-store" in response.headers["Cache-Control"]
        assert "Content-Encoding" not in response.headers
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert b"<script>" not in response.content
        assert b" style=" not in response.content


def test_locking_ends_the_session_and_comes_back(stage: Stage, browser: Browser) -> None:
    browser.sign_in(stage, "Willow")
    locked = browser.post("/en/lock", {"way": "lock"}, page="/en/people/")
    assert b'name="resume" value="/en/people/"' in locked.content
    assert b'name="passphrase"' in browser.get("/en/people/").content


def test_a_line_is_founded_and_joined_in_the_browser(stage: Stage, browser: Browser) -> None:
    from leeside.desk.team import admission, invitations

    address = invitations.make_invitation(stage.seat("Heron"))
    path = f"/en/invited/{address}"
    assert browser.get(path).status_code == 200
    taken = browser.post(path, {"name": "Willow"}, page=path)
    assert taken.status_code == 422
    made = browser.post(path, {"name": "Sparrow"}, page=path)
    assert made.content.count(b"<li>") == 6 + 12
    assert browser.get(path).status_code == 404
    browser.sign_in(stage, "Heron")
    people = browser.get("/en/people/")
    assert b"1 person waits for you to compare words" in people.content
    assert b"Sparrow" in browser.get("/en/people/admit").content
    (waiting,) = [row for row in store.list_accounts(stage.seat("Heron").line_id) if row.state.name == "INVITED"]
    key = waiting.reader_id.hex()
    (candidate,) = admission.list_candidates(stage.seat("Heron"))
    words = [candidate.words("en")[place] for place in admission.blanks_of(candidate.reader_id)]
    fields = {f"role-{key}": "first", f"grade-{key}": "3", f"first-{key}": words[0], f"second-{key}": "other"}
    refused = browser.post("/en/people/admit", fields, page="/en/people/")
    assert refused.status_code == 422
    assert b"The words of Sparrow are other ones here" in refused.content
    assert f"<li>{words[1]}</li>".encode() not in refused.content.partition(b"<fieldset")[2]
    admitted = browser.post("/en/people/admit", fields | {f"second-{key}": words[1]}, page="/en/people/")
    assert admitted.status_code == 302
    assert b"for you to compare words" not in browser.get("/en/people/").content


def test_a_removal_in_the_browser_lists_what_they_opened(stage: Stage, browser: Browser) -> None:
    sent = send(stage, PLAIN, circle="first")
    from leeside.desk.opening import open_case

    open_case(stage.seat("Finch"), sent.case_id)
    browser.sign_in(stage, "Heron")
    path = f"/en/people/{stage.people['Finch'].reader_id.hex()}/"
    removed = browser.post(path, {}, page=path)
    assert b"Not at this line any more" in removed.content
    assert b"<td>case</td>" in removed.content
    assert b"Not yet re-keyed" in browser.get("/en/people/").content
    browser.post("/en/people/renew", {}, page="/en/people/")
    assert b"Not yet re-keyed" not in browser.get("/en/people/").content


def test_a_publisher_drafts_and_publishes_and_sees_no_case(stage: Stage, browser: Browser) -> None:
    signed = browser.sign_in(stage, "Rowan")
    assert signed.headers["Location"] == "/en/figures/"
    page = browser.get("/en/figures/")
    found = re.search(rb'name="number" value="(\d+)"', page.content)
    first = re.search(rb'name="first" value="([\d-]+)"', page.content)
    last = re.search(rb'name="last" value="([\d-]+)"', page.content)
    assert found
    assert first
    assert last
    fields = {"first": first[1].decode(), "last": last[1].decode(), "number": found[1].decode()}
    done = browser.post("/en/figures/", fields, page="/en/figures/")
    assert b"is published" in done.content
    again = browser.post("/en/figures/", fields, page="/en/figures/")
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("first=2998-12&last=2999-01", "ещё не закончился"),
        ("first=2023-09&last=2023-04", "Первый месяц позже последнего"),
        ("first=2023-9&last=2023-11", "Месяц пишут годом"),
    ],
)
def test_a_refusal_of_figures_is_said_in_the_readers_language(
    stage: Stage, browser: Browser, asked: str, words: str
) -> None:
    browser.sign_in(stage, "Rowan")
    page = browser.get(f"/ru/figures/?{asked}").content.decode()
    assert words in page
    assert 'lang="en">' not in page.replace('lang="en" title', "").split("<main")[1].split("</main>")[0]


def test_the_drawer_of_nothing_and_hostile_addresses_are_not_found(stage: Stage, browser: Browser) -> None:
    sent = send(stage, PLAIN, circle="first")
    browser.sign_in(stage, "Wren")
    assert _case(browser, sent.slug, "drawer/attic").status_code == 404
    for path in ("/en/case/../queue", "/en/people/zz/", "/en/case/quiet/", "/en/found/x", "/en/invited/x.y"):
        assert browser.get(path).status_code == 404

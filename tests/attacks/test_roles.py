"""Promise 2 over HTTP: every address of the desk asked by everybody, from one table that must name them all.

The table is `attacks.addresses`; the tests of this file work on one line, in their order.
Broken on purpose to see it fail: `people.person` without its guard; the tab
`all` of the queue counted without the reader's circles; a new address in `desk.urls`; the frame without its list of
methods (Django then answered PUT with the page that gives typed text back, as 200).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver

from attacks.addresses import BEFORE, CASES, EVERYBODY, OTHERS, SEES, TABLE
from attacks.browser import HOT, PLAIN, Answer, Browser, desk_of, desk_post, send, sign_in, slugs_on
from attacks.life import STEP, text_of
from leeside.desk.permissions import CaseAction, Standing, may
from plugins.lines import ServedLine

pytestmark = pytest.mark.slow


class Stage:
    """The line, its four cases, and everybody's desk."""

    def __init__(self, line: ServedLine) -> None:
        self.line = line
        door = Browser(line.address("door"))
        for what in CASES:
            send(door, HOT if what.startswith("hot") else PLAIN, text=text_of(what))
        self.desks = {name: desk_of(line.address("desk"), line.people[name]) for name in EVERYBODY}
        self.slugs: dict[str, str] = {}
        for slug in slugs_on(self.desks["Heron"].get("/en/queue/?tab=all")):
            page = self.desks["Heron"].get(f"/en/case/{slug}/").text
            self.slugs |= {what: slug for what in CASES if text_of(what) in page}
        for what, name in (("taken", "Wren"), ("hot taken", "Willow")):
            path = f"/en/case/{self.slugs[what]}/"
            fields = {"text": text_of("note"), **STEP}
            assert desk_post(self.desks[name], path + "note", fields, self.desks[name].get(path)).status == 302

    def fill(self, text: str) -> str:
        """A path or a field of the table with its blanks filled in."""
        reader = self.line.people["Willow"].reader_id.hex()
        filled = text.replace("{case}", f"/en/case/{self.slugs['taken']}/").replace("{reader}", reader)
        return filled.replace("{hot}", self.slugs["hot taken"])

    def ask(self, browser: Browser, method: str, path: str, fields: Mapping[str, str]) -> Answer:
        """One request of the table, with a token of a page of theirs."""
        if method == "GET":
            return browser.get(self.fill(path))
        filled = {name: self.fill(value) for name, value in fields.items()}
        return desk_post(browser, self.fill(path), filled, browser.get("/en/people/"))


@pytest.fixture(scope="module")
def stage(shared_line: ServedLine) -> Stage:
    return Stage(shared_line)


def every_address() -> Iterator[str]:
    """The name of every address of the desk."""
    from leeside.desk.urls import urlpatterns

    waiting: list[Any] = list(urlpatterns)
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLResolver):
            waiting += one.url_patterns
        else:
            assert isinstance(one, URLPattern)
            yield str(one.name)


def test_the_table_names_every_address_of_the_desk() -> None:
    assert sorted(every_address()) == sorted(TABLE)


@pytest.mark.promise(2, "lists and counters asked role by role, over HTTP")
def test_rows_and_counters_are_what_each_may_see(stage: Stage, attacks: Callable[[int], None]) -> None:
    for name, sees in SEES.items():
        if not sees:
            continue
        page = stage.desks[name].get("/en/queue/?tab=all")
        assert set(slugs_on(page)) == {stage.slugs[what] for what in sees}, name
        told = re.findall(r'<a href="\?tab=(\w+)"[^>]*>[^<]* <b>(\d+)</b>', page.body.decode())
        counts = {tab: int(number) for tab, number in told}
        mine = {"Wren": 1, "Willow": 1}.get(name, 0)
        assert {"person", "mine", "all"} <= counts.keys()
        assert (counts["person"], counts["mine"], counts["all"]) == (len(sees & {"open", "hot"}), mine, len(sees)), name
        assert all(number <= len(sees) for number in counts.values()), (name, counts)
        for tab in counts:
            slugs = set(slugs_on(stage.desks[name].get(f"/en/queue/?tab={tab}")))
            assert slugs <= {stage.slugs[what] for what in sees}
            attacks(1)


@pytest.mark.promise(2, "every page crawled by everybody for the texts of others' cases")
def test_no_page_shows_a_text_of_a_case_that_is_not_theirs(stage: Stage, attacks: Callable[[int], None]) -> None:
    for name, sees in SEES.items():
        paths = {"/en/queue/", "/en/queue/?tab=all", "/en/people/", "/en/figures/"}
        paths |= {f"/en/case/{slug}/" for slug in stage.slugs.values()}
        paths |= {stage.fill(path) for asked in TABLE.values() for method, path, _, _ in asked if method == "GET"}
        for path in sorted(paths):
            text = stage.desks[name].get(path).text
            shown = {what for what in CASES if text_of(what) in text}
            assert shown <= sees, (name, path)
            attacks(1)


@pytest.mark.promise(2, "search asked by everybody for a word that stands in every letter")
def test_a_search_shows_and_counts_only_what_each_may_see(stage: Stage, attacks: Callable[[int], None]) -> None:
    for name, sees in SEES.items():
        page = stage.ask(stage.desks[name], "POST", "/en/search/", {"words": "Канарейка записано мелом"})
        assert page.status == (200 if sees else 404)
        assert set(slugs_on(page)) == {stage.slugs[what] for what in sees}, name
        assert not sees or f"of {len(sees)}." in page.text, (name, page.text[:4000])
        attacks(1)


@pytest.mark.promise(2, "a page that is refused, and one that is not there, told apart")
def test_a_refusal_says_the_same_as_a_page_that_is_not_there(stage: Stage, attacks: Callable[[int], None]) -> None:
    for name in ("Willow", "Finch", "Rowan"):
        desk = stage.desks[name]
        refused, missing = desk.get(f"/en/case/{stage.slugs['taken']}/"), desk.get("/en/case/otter-thimble/")
        assert refused.status == missing.status == 404
        assert refused.body.replace(stage.slugs["taken"].encode(), b"") == missing.body.replace(b"otter-thimble", b"")
        attacks(1)


@pytest.mark.promise(2, "every address of the desk without a session")
def test_without_a_session_every_address_asks_to_sign_in(stage: Stage, attacks: Callable[[int], None]) -> None:
    for name, asked in TABLE.items():
        for method, path, fields, _ in asked:
            browser = Browser(stage.line.address("desk"))
            token = browser.get("/en/").field("csrfmiddlewaretoken")
            filled = {key: stage.fill(value) for key, value in fields.items()}
            answer = (
                browser.get(stage.fill(path))
                if method == "GET"
                else browser.post(stage.fill(path), {"csrfmiddlewaretoken": token, **filled})
            )
            if name in {"language", "health", "start", "found", "invited", "lock", "news", "ping"}:
                assert answer.status in {200, 302, 404}, (name, answer.status)
            else:
                assert 'name="passphrase"' in answer.body.decode(), (name, answer.status)
            assert not any(text_of(what) in answer.text for what in CASES)
            attacks(1)


# What no flow would take, so that nothing changes however often it is asked.
REFUSED_POSTS: dict[CaseAction, tuple[str, Mapping[str, str]]] = {
    CaseAction.ANSWER: ("answer", {"text": ""}),
    CaseAction.NOTE: ("note", {"text": ""}),
    CaseAction.SET_FACT: ("fact", {"fact": "none"}),
    CaseAction.SET_STEP: ("step", {}),
    CaseAction.GIVE_BACK: ("give-back", {"reason": ""}),
    CaseAction.MOVE: ("move", {"reason": "", "circle": "closed"}),
    CaseAction.CONFIRM: ("confirm", {"kind": "none"}),
    CaseAction.CLOSE: ("close", {"outcome": "none"}),
    CaseAction.REOPEN: ("reopen", {}),
}
STANDINGS = {
    ("taken", "Heron"): Standing.LEAD,
    ("taken", "Wren"): Standing.OWNER,
    ("taken", "Willow"): Standing.READER,
    ("taken", "Finch"): Standing.STAND_IN,
    ("open", "Finch"): Standing.HOLDER,
    ("open", "Willow"): Standing.NOBODY,
    ("open", "Rowan"): Standing.NOBODY,
}


@pytest.mark.promise(2, "every action on a case, by every standing somebody can have to it")
def test_every_standing_gets_what_the_table_of_permissions_says(stage: Stage, attacks: Callable[[int], None]) -> None:
    """Broken on purpose to see it fail: `closing.close` that asked for the right to open."""
    granted = stage.ask(stage.desks["Heron"], "POST", "{case}grant", {"reader": "{reader}"})
    finch = {"reader": stage.line.people["Finch"].reader_id.hex()}
    named = stage.ask(stage.desks["Heron"], "POST", "{case}stand-in", finch)
    assert granted.status == named.status == 302, named.text[-2000:]
    assert set(STANDINGS.values()) == set(Standing)
    for (what, name), standing in STANDINGS.items():
        for action, (last, fields) in REFUSED_POSTS.items():
            answer = stage.ask(stage.desks[name], "POST", f"/en/case/{stage.slugs[what]}/{last}", fields)
            expected = 422 if may(action, standing) else 404
            assert answer.status == expected, (action, standing, answer.status, answer.text[-500:])
            attacks(1)
    assert stage.ask(stage.desks["Heron"], "POST", "{case}revoke", {"reader": "{reader}"}).status == 302
    assert stage.ask(stage.desks["Heron"], "POST", "{case}stand-in/end", {}).status == 302
    stage.ask(stage.desks["Heron"], "POST", "{case}revoke", finch)


@pytest.mark.promise(2, "every address of the desk, asked by every role")
@pytest.mark.parametrize("name", list(TABLE))
def test_everybody_gets_what_the_table_says(stage: Stage, name: str, attacks: Callable[[int], None]) -> None:
    for method, path, fields, allowed in TABLE[name]:
        # Whoever may act comes last: what they do might change what others are told.
        for who in sorted(EVERYBODY, key=lambda one: one in allowed):
            if name in BEFORE:
                assert stage.ask(stage.desks["Heron"], "POST", *BEFORE[name]).status == 302
            answer = stage.ask(stage.desks[who], method, path, fields)
            assert answer.status == allowed.get(who, 404), (who, method, path, answer.status, answer.text[-700:])
            attacks(1)


@pytest.mark.promise(2, "methods that no address takes, with a session")
def test_other_methods_are_refused_and_change_nothing(stage: Stage, attacks: Callable[[int], None]) -> None:
    """Also without Django's token: a refusal of the token would come before the one of the method."""
    heron = stage.desks["Heron"]
    if "csrfmiddlewaretoken" in heron.get("/en/queue/").text and not slugs_on(heron.get("/en/queue/?tab=all")):
        assert sign_in(heron, stage.line.people["Heron"]).status == 302
    rows = slugs_on(heron.get("/en/queue/?tab=all"))
    assert rows
    pages = {path for asked in TABLE.values() for method, path, _, _ in asked if method == "GET"}
    for asked in TABLE.values():
        for method, path, _, _ in asked:
            for other in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "CONNECT"):
                answer = heron.request(other, stage.fill(path), headers=heron.own_headers())
                assert answer.status == 405, (other, path, answer.status)
                attacks(1)
            if method == "POST" and path not in pages:
                answer = heron.get(stage.fill(path))
                assert answer.status in {404, 405}, (path, answer.status)
                attacks(1)
    for role, paths in OTHERS.items():
        visitor = Browser(stage.line.address(role))
        for path in paths:
            for other in ("PUT", "DELETE", "PATCH", "TRACE"):
                assert visitor.request(other, path, headers=visitor.own_headers()).status == 405, (other, role, path)
                attacks(1)
    assert slugs_on(heron.get("/en/queue/?tab=all")) == rows

"""The wordless ping: it says that something is new, once, and never of what; and whom it stops answering."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from desk.stage import PLAIN, Stage, send
from leeside.desk import holding
from leeside.desk.errors import NotAllowedError
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.permissions import LineAction, may_on_line
from leeside.desk.queues.pinging import end_pings, make_ping, read_feed
from leeside.desk.seat import Seat
from leeside.desk.team.admission import PUBLISHER
from leeside.desk.team.removal import remove
from leeside.desk.team.terms import Terms, set_terms
from leeside.vault import store
from leeside.vault.reading import rows_of

Clients = Callable[..., Client]


def red(stage: Stage) -> bytes:
    """A red case that nobody has, in the first line's circle."""
    sent = send(stage, PLAIN, circle="first")
    version = store.fetch_case(sent.case_id, stage.people["Heron"].reader_id, ["lead"]).version
    store.append_entries(sent.case_id, version, marks=store.MarksChange(urgency=store.Urgency.RED))
    return sent.case_id


def test_a_red_case_changes_the_feed_once(stage: Stage) -> None:
    token = make_ping(stage.seat("Wren"))
    quiet = read_feed(token)
    assert read_feed(token) == quiet
    red(stage)
    told = read_feed(token)
    assert (told.feed_id, told.entry_id != quiet.entry_id) == (quiet.feed_id, True)
    assert read_feed(token) == told
    red(stage)
    assert read_feed(token).entry_id not in (quiet.entry_id, told.entry_id)


def test_what_a_colleague_took_is_no_news(stage: Stage) -> None:
    """Broken on purpose: a feed whose id is a hash of all that waits."""
    token = make_ping(stage.seat("Wren"))
    first = red(stage)
    told = read_feed(token)
    holding.keep(open_by(stage, "Finch", first), first, step_of(stage, "Finch"))
    assert read_feed(token) == told


def open_by(stage: Stage, who: str, case_id: bytes) -> Seat:
    seat = stage.seat(who)
    open_case(seat, case_id)
    return seat


def step_of(stage: Stage, who: str) -> Step:
    seat = stage.seat(who)
    return Step("call", seat.reader_id, seat.today + timedelta(days=1))


def test_ones_own_case_at_half_of_its_promise_pings_its_owner_and_nobody_else(stage: Stage) -> None:
    case_id = send(stage, PLAIN, circle="first").case_id
    wren = open_by(stage, "Wren", case_id)
    version = holding.keep(wren, case_id, step_of(stage, "Wren"))
    tokens = {who: make_ping(stage.seat(who)) for who in ("Wren", "Finch")}
    before = {who: read_feed(token).entry_id for who, token in tokens.items()}
    half = wren.pack.promises.after(wren.now, 20)
    store.append_entries(case_id, version, marks=store.MarksChange(answer_by=half, urgency=store.Urgency.CALM))
    assert read_feed(tokens["Wren"]).entry_id != before["Wren"]
    assert read_feed(tokens["Finch"]).entry_id == before["Finch"]


def test_coordinators_are_pinged_when_three_quarters_are_gone_and_when_a_case_comes_back(stage: Stage) -> None:
    case_id = send(stage, PLAIN, circle="first").case_id
    token = make_ping(stage.seat("Larch"))
    quiet = read_feed(token).entry_id
    seat = stage.seat("Larch")
    row = look_into(stage.seat("Heron"), case_id).row
    nearly = seat.pack.promises.after(seat.now, 20)
    version = store.append_entries(
        case_id, row.version, marks=store.MarksChange(answer_by=nearly, urgency=store.Urgency.CALM)
    )
    told = read_feed(token).entry_id
    assert told != quiet
    store.append_entries(case_id, version, marks=store.MarksChange(circle="lead"))
    assert read_feed(token).entry_id != told


def test_the_feed_has_one_size_and_no_word_of_any_case(stage: Stage, client_of: Clients) -> None:
    client, token = client_of("desk"), make_ping(stage.seat("Wren"))
    quiet = client.get(f"/en/ping/{token}", secure=True)
    assert quiet.status_code == 200
    assert quiet["Content-Type"] == "application/atom+xml; charset=utf-8"
    red(stage)
    told = client.get(f"/en/ping/{token}", secure=True)
    assert told.content != quiet.content
    assert len(told.content) == len(quiet.content)
    assert told.content.count(b"<entry>") == 1
    assert told.content.startswith(b"<?xml")
    words = set(re.findall(r"[a-z]{3,}", re.sub(r"<[^>]*>|urn:uuid:[0-9a-f-]+", " ", told.content.decode()).lower()))
    assert words == {"please", "look"}


@pytest.mark.promise(2, "wrong, ended, locked, removed and demoted addresses of pings", times=7)
def test_every_wrong_address_is_refused_like_a_page_that_is_not_there(stage: Stage, client_of: Clients) -> None:
    """Broken on purpose: `read_feed` without the roster's role.

    That a lock takes the address away is `tests/vault/test_pings.py`; here the store refuses a locked reader too.
    """
    client = client_of("desk")
    nowhere = _without_its_path(client, "/en/no-such-page")
    tokens = {who: make_ping(stage.seat(who)) for who in ("Wren", "Finch", "Willow", "Larch")}
    assert all(client.get(f"/en/ping/{token}", secure=True).status_code == 200 for token in tokens.values())
    end_pings(stage.seat("Wren"))
    older = tokens["Larch"]
    demoted = make_ping(stage.seat("Larch"))
    heron = stage.seat("Heron")
    set_terms(heron, stage.people["Larch"].reader_id, Terms(PUBLISHER), heron.keyring.roster.number)
    store.set_account_state(stage.people["Willow"].reader_id, store.AccountState.LOCKED)
    remove(stage.seat("Heron"), stage.people["Finch"].reader_id)
    for token in (tokens["Wren"], tokens["Finch"], tokens["Willow"], older, demoted, "x", tokens["Wren"] + "x"):
        assert _without_its_path(client, f"/en/ping/{token}") == nowhere


def _without_its_path(client: Client, path: str) -> tuple[int, bytes]:
    """A refusal, without the asked path that the links to other languages repeat."""
    answer = client.get(path, secure=True)
    return answer.status_code, answer.content.replace(path.removeprefix("/en").encode(), b"")


def test_an_address_is_kept_as_a_hash_and_opens_nothing(stage: Stage, client_of: Clients) -> None:
    token = make_ping(stage.seat("Wren"))
    red(stage)
    read_feed(token)
    stored = b"".join(
        bytes(value) for row in rows_of("fleeting", "SELECT token_hash, known FROM leeside_ping") for value in row
    )
    assert token.encode() not in stored
    client = client_of("desk")
    answer = client.get(f"/en/ping/{token}", secure=True)
    assert not answer.cookies
    assert client.get("/en/queue/", secure=True).status_code != 200 or b"tabs" not in answer.content


def test_whoever_sees_no_queue_is_not_pinged(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        make_ping(stage.seat("Rowan"))
    assert not may_on_line(LineAction.BE_PINGED, stage.seat("Rowan").role)

"""Promise 12: nobody who can seal a parcel can break the pages of those who read it, or hide behind a broken page.

The door takes ciphertext from anybody and cannot look inside. So the staff's pages must stand whatever an enemy sealed.
Broken on purpose to see it fail: the queue with `card["need"]` looked up in a set without asking for its type (a list
there was a fault for everybody who opened the queue).
"""

from collections.abc import Callable
from typing import Any

import pytest

from attacks.browser import Browser, Sent, desk_of, enter_mailbox, send, slugs_on
from attacks.hostile import (
    AUTHORS,
    BAD_CARDS,
    BAD_KINDS,
    BAD_STORIES,
    BAD_TIMES,
    hostile_parcel,
    swap_keys,
)
from leeside.sealing.parcels import encode_parcel, parse_parcel
from leeside.sealing.receipts import make_receipt
from plugins.lines import ServedLine

PARCEL = "/ru/help/parcel"
BINARY = [("Content-Type", "application/octet-stream"), ("Sec-Fetch-Site", "cross-site")]
HONEST = "The honest letter that must be seen beside all others."


def post_parcel(line: ServedLine, parcel: bytes) -> int:
    return Browser(line.address("door")).request("POST", PARCEL, parcel, BINARY).status


@pytest.fixture(scope="module")
def poisoned(shared_line: ServedLine) -> tuple[ServedLine, Sent, dict[str, Any]]:
    """The line with one honest request among everything that an enemy could seal; the receipts of his by what."""
    honest = send(Browser(shared_line.address("door")), text=HONEST)
    directory, receipts = shared_line.directory, {}

    def deposit(what: str, **sealed: Any) -> None:
        receipts[what] = make_receipt()
        status = post_parcel(shared_line, hostile_parcel(directory, receipt=receipts[what], **sealed))
        assert status == 201, (what, status)

    for what, card in BAD_CARDS.items():
        deposit(f"card: {what}", card=card)
    for what, story in BAD_STORIES.items():
        deposit(f"story: {what}", story=story)
    for at in BAD_TIMES:
        deposit(f"time: {at}", at=at)
    for kind in BAD_KINDS:
        for author in AUTHORS:
            deposit(f"kind: {kind} by {author}", kind=kind, card_kind=kind, author=AUTHORS[author])
    for what, parcel in {
        "commitments": encode_parcel(swap_keys(parse_parcel(hostile_parcel(directory)))),
        "a circle's key to nothing": _with_broken_envelope(hostile_parcel(directory)),
    }.items():
        assert post_parcel(shared_line, parcel) == 201, what
        receipts[f"envelope: {what}"] = None
    return shared_line, honest, receipts


def _with_broken_envelope(encoded: bytes) -> bytes:
    from dataclasses import replace

    parcel = parse_parcel(encoded)
    keys = tuple(
        replace(one, sealed=one.sealed[:-1] + bytes([one.sealed[-1] ^ 1]))
        if one.recipient.startswith("circle:")
        else one
        for one in parcel.keys
    )
    return encode_parcel(replace(parcel, keys=keys))


@pytest.mark.slow
@pytest.mark.promise(12, "a parcel sealed by an enemy breaks nobody's queue")
@pytest.mark.parametrize("name", ["Heron", "Wren"])
def test_the_queue_stands_whatever_was_sealed(
    poisoned: tuple[ServedLine, Sent, dict[str, Any]], name: str, attacks: Callable[[int], None]
) -> None:
    line, _, receipts = poisoned
    browser = desk_of(line.address("desk"), line.people[name])
    slugs: list[str] = []
    path = "/en/queue/?tab=all"
    while path:
        page = browser.get(path)
        assert page.status == 200, page.text[-1500:]
        slugs += slugs_on(page)
        after = page.body.decode().partition("after=")[2].partition('"')[0]
        path = f"/en/queue/?tab=all&after={after}" if after else ""
    assert len(set(slugs)) == len(receipts) + 1
    seen, statuses = 0, set()
    for slug in dict.fromkeys(slugs):
        page = browser.get(f"/en/case/{slug}/")
        statuses.add(page.status)
        assert "<script>alert" not in page.body.decode() and "<img src=x" not in page.body.decode()
        seen += HONEST in page.text
    assert seen == 1, "the honest request could not be read"
    attacks(len(receipts))
    # A case whose keys do not fit their commitments is refused like one that is not there; no page is a fault.
    assert statuses <= {200, 404}, line.server.log
    assert "fault" not in line.server.log, line.server.log


@pytest.mark.slow
@pytest.mark.promise(12, "a parcel sealed by an enemy breaks no mailbox")
def test_the_mailbox_stands_whatever_was_sealed(
    poisoned: tuple[ServedLine, Sent, dict[str, Any]], attacks: Callable[[int], None]
) -> None:
    line, honest, receipts = poisoned
    mailbox = Browser(line.address("mailbox"))
    for what, receipt in receipts.items():
        if receipt is not None:
            mailbox.cookies.clear()
            answer = mailbox.post("/ru/help/", {"words": " ".join(receipt.words("ru"))})
            assert answer.status in {303, 403}, (what, answer.text[-600:])
            if answer.status == 303:
                assert mailbox.follow(answer).status == 200, what
            attacks(1)
    mailbox.cookies.clear()
    assert HONEST in enter_mailbox(mailbox, honest.words).text
    assert "fault" not in line.server.log, line.server.log

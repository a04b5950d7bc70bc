"""A writer's mailbox page, byte by byte: linked, allowed, forbidden, unlinked, erased over there, it is the same."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desk.stage import Stage
from desk.ties.hands import mailbox_of, two
from leeside.desk.opening import look_into
from leeside.desk.ties import links
from leeside.desk.ties.links import NewLink
from leeside.desk.ties.may_be_told import NewTold, set_told
from leeside.desk.ties.one_owner import share_owner
from leeside.desk.ties.reading import RELATIVE, SAME_PERSON, links_of
from leeside.desk.ties.traces import ITEMS
from leeside.sealing.receipts import Receipt
from leeside.vault import store

MOTHER = NewLink(RELATIVE, "person", "mother")


@pytest.fixture
def page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[[Receipt, datetime], bytes]:
    """The mailbox page that some words open, at one moment, without what is drawn for each showing."""
    from leeside.door import mailbox_pages
    from leeside.door.mailbox import derive_keys, open_conversation
    from leeside.door.mailbox_pages import Draft, show_conversation
    from leeside.door.open_lines import forget_lines, known_line

    monkeypatch.setattr(mailbox_pages, "token_hex", lambda _: "page")

    def show(receipt: Receipt, now: datetime) -> bytes:
        forget_lines()
        line = known_line(stage.line)
        today = now.astimezone(ZoneInfo(stage.line.time_zone)).date()
        opened = open_conversation(line, derive_keys(line, receipt), now, today)
        return bytes(show_conversation(stage.line, "ru", opened, token="token", now=now, draft=Draft()).content)

    return show


@pytest.mark.promise(2, "A relative learns from the mailbox that the person has a case, or what is allowed")
def test_a_relative_s_mailbox_is_the_same_whatever_happens_on_the_other_side(
    stage: Stage, page: Callable[[Receipt, datetime], bytes]
) -> None:
    """Broken on purpose: `ties.links.write_half` writing into `story`, with a direction that the mailbox shows."""
    person, relative = two(stage)
    now = stage.seat("Willow").now
    before = page(relative.receipt, now)
    willow = stage.seat("Willow")
    link = links.link(willow, person.case_id, relative.case_id, MOTHER)
    assert page(relative.receipt, now) == before
    for items in ((), ITEMS):
        set_told(stage.seat("Willow"), person.case_id, NewTold(items, "said", willow.today))
        assert page(relative.receipt, now) == before
    links.unlink(stage.seat("Willow"), relative.case_id, link)
    assert page(relative.receipt, now) == before
    links.link(stage.seat("Willow"), person.case_id, relative.case_id, MOTHER)
    store.erase_case(person.case_id, willow.today)
    assert page(relative.receipt, now) == before


def test_linking_two_cases_of_one_person_changes_neither_mailbox(
    stage: Stage, page: Callable[[Receipt, datetime], bytes]
) -> None:
    first, again = two(stage)
    now = stage.seat("Willow").now
    pages = [page(one.receipt, now) for one in (first, again)]
    boxes = [mailbox_of(stage, one.receipt) for one in (first, again)]
    links.link(stage.seat("Willow"), first.case_id, again.case_id, NewLink(SAME_PERSON, "first"))
    share_owner(stage.seat("Willow"), first.case_id)
    assert [page(one.receipt, now) for one in (first, again)] == pages
    for before, after in zip(boxes, (mailbox_of(stage, one.receipt) for one in (first, again)), strict=True):
        assert before is not None
        assert after is not None
        assert (before.entries, before.wraps, before.state, before.answer_by) == (
            after.entries, after.wraps, after.state, after.answer_by,
        )  # fmt: skip


@pytest.mark.promise(1, "The database says who is whose mother")
def test_no_column_of_the_store_holds_the_other_case_s_id_or_the_relation(stage: Stage) -> None:
    """Broken on purpose: `CaseChange.add` storing the content beside the seal."""
    from django.db import connections

    person, relative = two(stage)
    links.link(stage.seat("Willow"), person.case_id, relative.case_id, MOTHER)
    link = links_of(look_into(stage.seat("Willow"), person.case_id))[0].link
    entries = [entry.row for entry in look_into(stage.seat("Willow"), person.case_id).entries]
    assert entries
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT sealed FROM leeside_entry WHERE case_id = %s", [person.case_id])
        sealed = b"".join(bytes(row[0]) for row in cursor.fetchall())
    for told in (relative.case_id, relative.case_id.hex().encode(), link, link.hex().encode(), b"mother", b"relative"):
        assert told not in sealed

"""A linked case is erased or goes to another line: a mark stays where it was known, and nothing else of it."""

import pytest
from django.conf import settings

from desk.stage import HOT, Sent, Stage, found, send
from desk.ties.hands import keep, mailbox_of, read_mailbox, two
from leeside.desk import holding
from leeside.desk.code_names import write_code_name
from leeside.desk.hands.erasing import erase_case
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seams import settle
from leeside.desk.ties import links
from leeside.desk.ties.links import NewLink
from leeside.desk.ties.making import offer_token
from leeside.desk.ties.panel import make_panel
from leeside.desk.ties.reading import ERASED, RELATIVE, SAME_PERSON, fates_of, links_of
from leeside.desk.ties.transfer import READ_OUT, NewTransfer, transfer
from leeside.desk.timeline import make_timeline
from leeside.sealing.receipts import derive_receipt_keys
from leeside.vault import store
from leeside.web.lines import LineSettings

MOTHER = NewLink(RELATIVE, "person", "mother")


def linked(stage: Stage) -> tuple[Sent, Sent]:
    person, relative = two(stage)
    links.link(stage.seat("Willow"), person.case_id, relative.case_id, MOTHER)
    return person, relative


def told(stage: Stage, case: Sent, who: str = "Willow") -> list[str]:
    file = look_into(stage.seat(who), case.case_id)
    return [item.text for day in make_timeline(stage.seat(who), file).days for item in day.entries]


def test_a_mark_with_the_day_stays_in_the_linked_case_and_the_panel_tells_it(stage: Stage) -> None:
    person, relative = linked(stage)
    erase_case(stage.seat("Heron"), person.case_id, person.slug)
    willow = stage.seat("Willow")
    file = look_into(willow, relative.case_id)
    (mark,) = file.events(ERASED)
    assert (mark.text("day"), mark.text("link")) == (willow.today.isoformat(), links_of(file)[0].link.hex())
    panel = make_panel(willow, file)
    assert panel is not None
    (line,) = panel.lines
    assert line.fate.startswith("The linked case was erased on")
    assert (line.slug, line.name) == ("", "")
    assert line.relation == "the person whom this is about; here writes the mother"
    assert line.fate in told(stage, relative)


@pytest.mark.promise(5, "what stays of an erased case in those it was linked with, read for a word or a name of it")
def test_nothing_of_the_erased_case_stays_in_the_mark(stage: Stage) -> None:
    """Broken on purpose: a mark that keeps the code name, so that the timeline could say which case it was."""
    person, relative = linked(stage)
    row = look_into(stage.seat("Willow"), person.case_id).row
    erase_case(stage.seat("Heron"), person.case_id, person.slug)
    (mark,) = look_into(stage.seat("Willow"), relative.case_id).events(ERASED)
    assert set(mark.body.content) == {"event", "link", "day"}
    names = {write_code_name(row.code_name, language) for language in ("ru", "en", "uk")} | {person.slug}
    said = " ".join(str(value) for value in mark.body.content.values())
    assert not any(name in said for name in names)


def test_a_writer_who_erases_leaves_a_mark_that_the_next_reader_writes_once(stage: Stage) -> None:
    """Broken on purpose: without `mark_noticed` the link goes on as "a case that you cannot open"."""
    person, relative = linked(stage)
    keys = derive_receipt_keys(person.receipt, stage.seat("Willow").line_id)
    store.erase_by_writer(keys.lookup_hash, keys.erasing_secret.reveal(), stage.seat("Willow").today)
    for _ in range(2):
        settle(stage.seat("Willow"), open_case(stage.seat("Willow"), relative.case_id))
    file = look_into(stage.seat("Willow"), relative.case_id)
    (mark,) = file.events(ERASED)
    assert mark.body.content["noticed"] is True
    panel = make_panel(stage.seat("Willow"), file)
    assert panel is not None
    assert panel.lines[0].fate.startswith("The linked case was erased; seen on")


def test_a_case_that_is_only_closed_to_this_reader_is_not_called_erased(stage: Stage) -> None:
    """Broken on purpose: `gone_from` that took whatever `look` does not open for gone."""
    person, relative = linked(stage)
    willow = stage.seat("Willow")
    holding.give_back(willow, person.case_id, "for somebody else")
    open_case(stage.seat("Heron"), person.case_id)
    holding.keep(stage.seat("Heron"), person.case_id, Step("call", willow.reader_id, willow.today))
    file = open_case(stage.seat("Willow"), relative.case_id)
    settle(stage.seat("Willow"), file)
    file = look_into(stage.seat("Willow"), relative.case_id)
    assert not fates_of(file)
    panel = make_panel(stage.seat("Willow"), file)
    assert panel is not None
    assert (panel.lines[0].slug, panel.lines[0].fate) == ("", "")


def test_an_erased_case_is_not_counted_among_those_that_one_cannot_open(stage: Stage) -> None:
    from leeside.desk.ties.together import read_together

    first, again = two(stage)
    third = send(stage, HOT, circle="closed")
    keep(stage, "Willow", third)
    for other in (again, third):
        links.link(stage.seat("Willow"), first.case_id, other.case_id, NewLink(SAME_PERSON, "first"))
    erase_case(stage.seat("Heron"), again.case_id, again.slug)
    assert read_together(stage.seat("Willow"), first.case_id).hidden == 0


@pytest.mark.promise(2, "a relative's mailbox before and after the linked case was erased")
def test_the_mailbox_of_who_stays_does_not_change(stage: Stage) -> None:
    """Broken on purpose: a mark that goes to the writer."""
    person, relative = linked(stage)
    before = mailbox_of(stage, relative.receipt)
    texts = read_mailbox(stage, relative.receipt)
    erase_case(stage.seat("Heron"), person.case_id, person.slug)
    after = mailbox_of(stage, relative.receipt)
    assert before is not None and after is not None
    assert (before.entries, before.state, before.wraps) == (after.entries, after.state, after.wraps)
    assert read_mailbox(stage, relative.receipt) == texts


def test_a_case_that_went_to_another_line_leaves_a_mark_without_the_line(stage: Stage) -> None:
    line = LineSettings("second", "refusal", "second", {"en": "Second Help"})
    settings.LEESIDE_LINES = {**settings.LEESIDE_LINES, "second": line}
    found(("Larch", "lead"), slug="second")
    person, relative = linked(stage)
    seat = stage.seat("Willow")
    token = offer_token(seat, f"transfer {person.case_id.hex()}")
    transfer(seat, person.case_id, token, NewTransfer("second", ("where",), READ_OUT))
    file = look_into(stage.seat("Willow"), relative.case_id)
    (mark,) = file.events("link_moved")
    assert set(mark.body.content) == {"event", "link", "day"}
    settle(stage.seat("Willow"), file)
    assert len(look_into(stage.seat("Willow"), relative.case_id).events("link_moved")) == 1
    assert any(line.startswith("The linked case went to another line") for line in told(stage, relative))

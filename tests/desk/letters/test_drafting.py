"""Papers at the desk: nothing left behind by a look, sealed when kept, given only after a second pair of eyes."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from docx import Document

from desk.stage import HOT, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk import answering
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.facts import NewFact, set_fact
from leeside.desk.files.looking import look
from leeside.desk.guarding.seizing import seize
from leeside.desk.held_files import Origin, files_of
from leeside.desk.letters import drafting
from leeside.desk.letters.drafting import (
    Typed,
    checkers_of,
    draft,
    find_letter,
    find_text,
    give_letter,
    given_of,
    keep_letter,
    letters_of,
    typed_of,
)
from leeside.desk.letters.panel import letters_panel
from leeside.desk.letters.second_pair import ask_about_letter, check_letter, files_in, return_letter
from leeside.desk.letters.values import known_values
from leeside.desk.next_steps import Step
from leeside.desk.open_cases import all_open
from leeside.desk.opening import look_into, open_case
from leeside.desk.papers.keeping import NEW, TypedHolding, TypedOutgoing, keep_outgoing, keep_paper
from leeside.desk.taking_back import take_back
from leeside.desk.timeline import make_timeline
from leeside.letters.filling import Filled
from leeside.sealing.compartments import Compartment
from leeside.vault.store import Tab

WOUNDED = {**HOT, "serves": "mobilised", "commission": "no", "held": "no"}
PAPER = "report_commission"
NAME = "Вымышленный Пётр Петрович"
TYPED = Typed({"full_name": NAME, "unit": "00000", "diagnosis": "Осколочное ранение", "discharged_on": "2023-11-20"})


@pytest.fixture
def case(stage: Stage) -> Sent:
    """A case in the vetted circle, kept by Willow, with a next step: a file may go out."""
    sent = send(stage, WOUNDED, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    answering.answer(willow, sent.case_id, "Подайте рапорт.", Step("write", willow.reader_id, willow.today))
    return sent


@pytest.fixture
def browser(stage: Stage, client_of: Callable[..., Client]) -> Iterator[Browser]:
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Willow")
    yield browser


def kept(stage: Stage, case: Sent, typed: Typed = TYPED) -> str:
    willow = stage.seat("Willow")
    return keep_letter(willow, case.case_id, find_text(willow, PAPER, "ru"), typed)


def look_at(stage: Stage, case: Sent, entry: str, who: str = "Larch") -> None:
    seat = stage.seat(who)
    file = open_case(seat, case.case_id)
    look(stage.seat(who), case.case_id, bytes.fromhex(files_in(find_letter(file, entry))["pdf"]))


def read_and_check(stage: Stage, case: Sent, entry: str) -> None:
    look_at(stage, case, entry)
    check_letter(stage.seat("Larch"), case.case_id, entry)


def post(browser: Browser, case: Sent, address: str, fields: dict[str, str]) -> Any:
    return browser.post(f"/en/case/{case.slug}/{address}", fields, page=f"/en/case/{case.slug}/")


def words_in(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


# Where values come from


def test_names_come_from_an_opened_drawer_only(stage: Stage, case: Sent) -> None:
    kept(stage, case)
    willow = stage.seat("Willow")
    file = look_into(willow, case.case_id)
    text = find_text(willow, PAPER, "ru")
    assert "full_name" not in known_values(willow, file, {}, text)
    drawers = {Compartment.IDENTITY: look_into(willow, case.case_id, drawer="identity")}
    known = known_values(willow, file, drawers, text)
    assert known["full_name"].value == NAME
    assert "unit" not in known  # its drawer is the other one


def test_a_fact_of_the_story_stands_in_the_paper_and_its_absence_is_counted(stage: Stage, case: Sent) -> None:
    willow = stage.seat("Willow")
    file = look_into(willow, case.case_id)
    text = find_text(willow, PAPER, "ru")
    empty = draft(willow, file, text, Typed({}))
    assert "discharged_on" in {one.id for one in empty.missing}
    filled = draft(willow, file, text, TYPED)
    assert filled.blanks < empty.blanks


def test_the_ledger_and_what_went_out_fill_a_paper_in_its_language(stage: Stage, case: Sent) -> None:
    """Broken on purpose: the holder in the language of the desk; the number of the oldest paper."""
    willow = stage.seat("Willow")
    keep_paper(willow, case.case_id, "passport", TypedHolding("passport", "unit"))
    for days, number in ((3, "17"), (1, "4471")):
        sent = (willow.today - timedelta(days=days)).isoformat()
        keep_outgoing(willow, case.case_id, NEW, TypedOutgoing("report", "commander", "by_hand", sent, number=number))
    file = look_into(willow, case.case_id)
    assert known_values(willow, file, {}, find_text(willow, "report_papers_back", "ru"))["papers_holder"].value == (
        "в части, у командира"
    )
    known = known_values(willow, file, {}, find_text(willow, "complaint_prosecutor", "ru"))
    assert known["report_number"].value == "4471"


# Looked at


def test_a_download_leaves_nothing_behind_and_tells_no_name(stage: Stage, case: Sent, browser: Browser) -> None:
    browser.get(f"/en/case/{case.slug}/")  # the reading is on record, once
    willow = stage.seat("Willow")
    before = look_into(willow, case.case_id).row.version
    answer = post(browser, case, f"letter/{PAPER}/", {"do": "docx", "f-full_name": NAME})
    assert answer.status_code == 200
    assert NAME in words_in(answer.content)
    assert answer["Content-Disposition"] == f'attachment; filename="{stage.seat("Willow").today}.docx"'
    assert "no-store" in answer["Cache-Control"]
    after = look_into(willow, case.case_id)
    assert after.row.version == before
    assert not files_of(after)


def test_the_page_counts_what_is_missing_anew(stage: Stage, case: Sent, browser: Browser) -> None:
    first = browser.get(f"/en/case/{case.slug}/letter/{PAPER}/").content.decode()
    assert "things are missing" in first
    more = post(browser, case, f"letter/{PAPER}/", {"do": "count", "f-diagnosis": "X-ray shows it"})
    assert "X-ray shows it" in more.content.decode()
    assert first.count(' missing">') > more.content.decode().count(' missing">')


def test_drawers_open_by_a_tap_and_go_on_record(stage: Stage, case: Sent, browser: Browser) -> None:
    kept(stage, case)
    page = browser.get(f"/en/case/{case.slug}/letter/{PAPER}/").content.decode()
    assert NAME not in page
    opened = post(browser, case, f"letter/{PAPER}/", {"do": "open"}).content.decode()
    assert NAME in opened
    read = [one.text("what") for one in look_into(stage.seat("Willow"), case.case_id).of_kind("reading")]
    assert {"identity", "place"} <= set(read)


def test_a_paper_that_there_is_not_and_a_language_that_it_has_not(stage: Stage, case: Sent, browser: Browser) -> None:
    assert browser.get(f"/en/case/{case.slug}/letter/no_such_paper/").status_code == 404
    assert "Рапорт" in browser.get(f"/ru/case/{case.slug}/letter/{PAPER}/?language=xx").content.decode()


# Kept


def test_a_kept_paper_is_two_sealed_files_an_entry_and_facts_in_their_drawers(stage: Stage, case: Sent) -> None:
    kept(stage, case)
    willow = stage.seat("Willow")
    file = look_into(willow, case.case_id)
    (entry,) = letters_of(file)
    assert entry.text("letter") == PAPER
    assert entry.text("version") == find_text(willow, PAPER, "ru").digest
    assert {one.key for one in files_of(file) if one.origin is Origin.OURS} == set(entry.body.content["files"].values())  # type: ignore[union-attr]
    assert entry.body.content["missing"]
    assert not any(NAME in str(one.body.content) for one in file.entries)
    identity = look_into(willow, case.case_id, drawer="identity")
    assert identity.facts["full_name"][0].value == NAME
    assert "full_name" not in file.facts
    assert file.facts["discharged_on"][0].value == "2023-11-20"
    assert typed_of(identity, entry).values["diagnosis"] == "Осколочное ранение"


def test_an_unchanged_value_is_no_new_fact(stage: Stage, case: Sent) -> None:
    kept(stage, case)
    kept(stage, case, Typed(TYPED.values, frozenset({"full_name"})))
    identity = look_into(stage.seat("Willow"), case.case_id, drawer="identity")
    assert len(identity.facts["full_name"]) == 1


def test_a_first_liner_drafts_without_names_and_keeps_none(stage: Stage) -> None:
    sent = send(stage, WOUNDED, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    keep_letter(wren, sent.case_id, find_text(wren, PAPER, "ru"), Typed({"diagnosis": "x"}))
    larch = stage.seat("Larch")
    for drawer in ("identity", "place"):
        opened = look_into(larch, sent.case_id, drawer=drawer)
        assert not [one for one in opened.of_kind("fact") if one.compartment != Compartment.WORK]
        assert not opened.of_kind("letter_fields")


def test_the_timeline_tells_of_the_paper_and_never_what_stands_in_it(stage: Stage, case: Sent) -> None:
    kept(stage, case)
    willow = stage.seat("Willow")
    opened = look_into(willow, case.case_id, drawer="identity")
    told = "\n".join(item.text for day in make_timeline(willow, opened).days for item in day.entries)
    assert "Paper drafted and kept" in told
    assert NAME not in told


# Two pairs of eyes


def test_nobody_checks_their_own_paper(stage: Stage, case: Sent) -> None:
    entry = kept(stage, case)
    with pytest.raises(NotAllowedError):
        check_letter(stage.seat("Willow"), case.case_id, entry)


def test_only_a_paper_that_a_colleague_read_is_given(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `give_letter` without asking `checkers_of`."""
    entry = kept(stage, case)
    with pytest.raises(InputError):
        give_letter(stage.seat("Willow"), case.case_id, entry, "pdf")
    read_and_check(stage, case, entry)
    file_id = give_letter(stage.seat("Willow"), case.case_id, entry, "pdf")
    file = look_into(stage.seat("Willow"), case.case_id)
    given = next(one for one in files_of(file) if one.file_id == file_id)
    assert given.origin is Origin.GIVEN
    assert given.entry.text("name") == f"{stage.seat('Willow').today}.pdf"
    assert given_of(file, letters_of(file)[0]) == (file_id.hex(),)
    assert checkers_of(stage.seat("Willow"), file, letters_of(file)[0]) == (stage.people["Larch"].reader_id,)


def test_a_check_without_a_look_is_none(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `check_letter` that asks for no look."""
    entry = kept(stage, case)
    open_case(stage.seat("Larch"), case.case_id)
    with pytest.raises(InputError) as refused:
        check_letter(stage.seat("Larch"), case.case_id, entry)
    assert refused.value.reason.startswith("Look at it first")
    assert not checkers_of(
        stage.seat("Willow"),
        look_into(stage.seat("Willow"), case.case_id),
        letters_of(look_into(stage.seat("Willow"), case.case_id))[0],
    )


def test_a_paper_that_was_asked_about_waits_in_the_tab_to_check(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `_finish` that leaves the draft."""

    def waiting() -> set[bytes]:
        return {row.case_id for row in all_open(stage.seat("Larch"), Tab.TO_CHECK)}

    first, second = kept(stage, case), kept(stage, case, Typed({**TYPED.values, "rank": "рядовой"}))
    for entry in (first, second):
        ask_about_letter(stage.seat("Willow"), case.case_id, entry)
    with pytest.raises(InputError):
        ask_about_letter(stage.seat("Willow"), case.case_id, first)
    assert waiting() == {case.case_id}
    open_case(stage.seat("Larch"), case.case_id)
    with pytest.raises(InputError):
        return_letter(stage.seat("Larch"), case.case_id, first, " ")
    return_letter(stage.seat("Larch"), case.case_id, first, "name the ward")
    assert waiting() == {case.case_id}, "the other one still waits"
    read_and_check(stage, case, second)
    assert waiting() == set()
    seat = stage.seat("Willow")
    panel = letters_panel(seat, look_into(seat, case.case_id))
    assert panel is not None
    newest, oldest = panel.letters
    assert (newest.may_give, newest.may_ask, oldest.said, oldest.may_ask) == (True, False, "name the ward", True)
    with pytest.raises(NotAllowedError):
        ask_about_letter(stage.seat("Larch"), case.case_id, first)


def test_what_is_given_is_what_was_checked_whatever_the_case_learned_since(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `draft` with the facts of today for a kept paper."""
    entry = kept(stage, case)
    read_and_check(stage, case, entry)
    willow = stage.seat("Willow")
    text, file = find_text(willow, PAPER, "ru"), open_case(willow, case.case_id, drawer="identity")
    before = draft(willow, file, text, typed_of(file, find_letter(file, entry)))
    set_fact(willow, case.case_id, NewFact("commission", ("refused",), "said", willow.today))
    later = stage.seat("Willow", now=willow.now + timedelta(days=9))
    file = open_case(later, case.case_id, drawer="identity")
    assert draft(later, file, text, typed_of(file, find_letter(file, entry))) == before
    assert draft(later, file, text, TYPED) != before


def test_a_seized_case_gives_no_paper(stage: Stage, case: Sent) -> None:
    entry = kept(stage, case)
    read_and_check(stage, case, entry)
    seize(stage.seat("Willow"), case.case_id)
    with pytest.raises(InputError):
        give_letter(stage.seat("Willow"), case.case_id, entry, "pdf")
    assert not [one for one in files_of(look_into(stage.seat("Willow"), case.case_id)) if one.origin is Origin.GIVEN]


def test_a_stranger_reaches_no_address_of_it(stage: Stage, case: Sent, client_of: Callable[..., Client]) -> None:
    entry = kept(stage, case)
    wren = Browser(client_of("desk"))
    wren.sign_in(stage, "Wren")
    assert wren.get(f"/en/case/{case.slug}/letter/{PAPER}/").status_code == 404
    fields = {"do": "docx"}
    for address in (f"letter/{PAPER}/", f"letter/{entry}/checked", f"letter/{entry}/give"):
        assert wren.post(f"/en/case/{case.slug}/{address}", fields, page="/en/queue/").status_code == 404


def test_the_whole_way_by_pages(stage: Stage, case: Sent, browser: Browser, client_of: Callable[..., Client]) -> None:
    law = browser.get(f"/en/case/{case.slug}/").content.decode()
    assert f"/en/case/{case.slug}/letter/{PAPER}/" in law
    posted = {f"f-{name}": value for name, value in TYPED.values.items()}
    done = post(browser, case, f"letter/{PAPER}/", {"do": "keep", **posted})
    assert done.status_code == 302
    entry = letters_of(look_into(stage.seat("Willow"), case.case_id))[0].entry_id.hex()
    larch = Browser(client_of("desk"))
    larch.sign_in(stage, "Larch")
    assert "it may go out" in larch.get(f"/en/case/{case.slug}/").content.decode()
    assert post(larch, case, f"letter/{entry}/checked", {}).status_code == 422, "nobody has looked at it"
    look_at(stage, case, entry)
    assert post(larch, case, f"letter/{entry}/checked", {}).status_code == 302
    assert "Give it as PDF" in browser.get(f"/en/case/{case.slug}/").content.decode()
    sent = post(browser, case, f"letter/{entry}/give", {"form": "docx", "words": "Распечатайте."})
    assert sent.status_code == 302
    assert "?sent=" in sent["Location"]


def test_a_paper_of_the_same_size_is_another_paper(stage: Stage, case: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the checker looks at is the paper that is given. Broken on purpose: `attach` that takes a paper of the same
    length, kept minutes later, for a button pressed twice."""
    monkeypatch.setattr(drafting, "write", lambda filled, form: f"{form} {_text_of(filled)}".encode().ljust(200_000))
    entries = [kept(stage, case, Typed({**TYPED.values, "discharged_on": day})) for day in ("2023-11-20", "2023-11-21")]
    file = look_into(stage.seat("Willow"), case.case_id)
    first, second = (files_in(find_letter(file, entry)) for entry in entries)
    assert not set(first.values()) & set(second.values())
    for entry in entries:
        read_and_check(stage, case, entry)
    given = [give_letter(stage.seat("Willow"), case.case_id, entry, "pdf") for entry in entries]
    assert len(set(given)) == 2


def _text_of(filled: Filled) -> str:
    return "".join(piece.text for block in filled.body for piece in block.line)


def test_a_paper_is_given_once(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `give_letter` that does not look at what was given."""
    entry = kept(stage, case)
    read_and_check(stage, case, entry)
    willow = stage.seat("Willow")
    first = give_letter(willow, case.case_id, entry, "pdf")
    later = stage.seat("Willow", now=willow.now + timedelta(minutes=20))
    assert give_letter(later, case.case_id, entry, "pdf") == first
    assert sum(one.origin is Origin.GIVEN for one in files_of(look_into(later, case.case_id))) == 1


def test_a_form_of_paper_that_there_is_not_is_refused(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `give_letter` that looks the form up unasked."""
    entry = kept(stage, case)
    read_and_check(stage, case, entry)
    with pytest.raises(NotAllowedError):
        give_letter(stage.seat("Willow"), case.case_id, entry, "odt")


def test_whoever_hands_a_paper_back_takes_its_check_away(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `checkers_of` that does not look at what was handed back after a check."""
    entry = kept(stage, case)
    read_and_check(stage, case, entry)
    return_letter(stage.seat("Larch"), case.case_id, entry, "the day is wrong")
    with pytest.raises(InputError):
        give_letter(stage.seat("Willow"), case.case_id, entry, "pdf")
    seat = stage.seat("Willow")
    panel = letters_panel(seat, look_into(seat, case.case_id))
    assert panel is not None
    assert (panel.letters[0].may_give, panel.letters[0].said) == (False, "the day is wrong")
    read_and_check(stage, case, entry)
    assert give_letter(stage.seat("Willow"), case.case_id, entry, "pdf")


def test_what_is_too_long_for_a_case_is_said_before_anything_is_kept(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `keep_letter` that lets the seal refuse it, when its files are in the case already."""
    before = files_of(look_into(stage.seat("Willow"), case.case_id))
    with pytest.raises(InputError) as refused:
        kept(stage, case, Typed({**TYPED.values, "diagnosis": "ы" * 70_000}))
    assert refused.value.field == "letter"
    assert files_of(look_into(stage.seat("Willow"), case.case_id)) == before


def test_a_paper_that_was_taken_back_may_be_given_again(stage: Stage, case: Sent) -> None:
    """Broken on purpose: a panel that asks only whether it was ever given."""
    entry = kept(stage, case)
    read_and_check(stage, case, entry)
    given = give_letter(stage.seat("Willow"), case.case_id, entry, "pdf")
    take_back(stage.seat("Willow"), case.case_id, given)
    seat = stage.seat("Willow")
    panel = letters_panel(seat, look_into(seat, case.case_id))
    assert panel is not None
    assert (panel.letters[0].is_given, panel.letters[0].may_give) == (False, True)
    assert give_letter(seat, case.case_id, entry, "pdf") != given

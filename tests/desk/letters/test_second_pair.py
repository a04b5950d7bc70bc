"""A paper is given once, after a colleague looked at it, and exactly as it was checked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from desk.letters.drafted import PAPER, TYPED, kept, look_at, post, read_and_check
from desk.stage import Sent, Stage
from desk.test_pages import Browser
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.facts import NewFact, set_fact
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
    letters_of,
    typed_of,
)
from leeside.desk.letters.panel import letters_panel
from leeside.desk.letters.second_pair import ask_about_letter, check_letter, files_in, return_letter
from leeside.desk.open_cases import all_open
from leeside.desk.opening import look_into, open_case
from leeside.desk.taking_back import take_back
from leeside.letters.filling import Filled
from leeside.vault.store import Tab


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

"""A line whose pack wants every answer checked: nobody sends alone, whichever flow they come by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import answering
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.files import attaching
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import is_checker, sends_alone
from leeside.desk.writing import checking
from leeside.desk.writing.composers import make_composers
from leeside.desk.writing.drafts import Draft, Typed, own_draft
from leeside.vault.store import DraftKind

TEXT = "The term runs from the day on which you learned of it."


def step_of(seat: Seat) -> Step:
    return Step("see the reply", seat.reader_id, seat.today + timedelta(days=2))


@pytest.fixture
def line(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The stage, as if its pack said that those of `closed` check."""
    from leeside.desk import seat

    checked = replace(seat.pack_of(stage.line), checked_by="closed")
    monkeypatch.setattr(seat, "pack_of", lambda _: checked)
    return stage


@pytest.fixture
def case(line: Stage) -> Sent:
    sent = send(line, PLAIN, circle="first")
    open_case(line.seat("Wren"), sent.case_id)
    return sent


def drafted(line: Stage, case: Sent, who: str = "Wren", colleague: str = "") -> Draft:
    seat = line.seat(who)
    to = line.people[colleague].reader_id if colleague else b""
    checking.ask_for_check(seat, case.case_id, Typed(TEXT), 0, step=step_of(seat), colleague=to)
    draft = own_draft(seat, look_into(seat, case.case_id), DraftKind.ANSWER)
    assert draft is not None
    return draft


def answers(line: Stage, case: Sent) -> int:
    return len(look_into(line.seat("Heron"), case.case_id).of_kind("answer"))


@pytest.mark.promise(3, "an answer that nobody checked, by every colleague and by every flow", times=5)
@pytest.mark.parametrize("who", ["Wren", "Willow", "Heron"])
def test_nobody_sends_an_answer_that_nobody_else_has_read(line: Stage, case: Sent, who: str) -> None:
    """Broken on purpose: `require_seen` left out of `answering.send`, and `sends_alone` that asks the grade alone."""
    open_case(line.seat("Heron"), case.case_id)
    if who == "Willow":
        drafted(line, case, colleague="Willow")
    seat = line.seat(who)
    with pytest.raises(InputError):
        checking.send_own(seat, case.case_id, Typed(TEXT), 0, step_of(seat))
    with pytest.raises((InputError, NotAllowedError)):
        answering.answer(seat, case.case_id, TEXT, step_of(seat))
    assert answers(line, case) == 0


def test_what_one_of_the_circle_approved_goes_out_by_its_author_and_nothing_else(line: Stage, case: Sent) -> None:
    """Broken on purpose: `checker_of` that looks at no text."""
    draft = drafted(line, case, colleague="Willow")
    checking.approve(line.seat("Willow"), case.case_id, draft.author, draft.version, untrusted_text=TEXT)
    wren = line.seat("Wren")
    with pytest.raises(InputError):
        checking.send_own(wren, case.case_id, Typed(TEXT + " Do not go."), 0, step_of(wren))
    checking.send_own(wren, case.case_id, Typed(TEXT), 0, step_of(wren))
    assert answers(line, case) == 1


def test_one_of_the_circle_sends_what_a_colleague_drafted(line: Stage, case: Sent) -> None:
    """Broken on purpose: `require_seen` that looks for a check only."""
    draft = drafted(line, case, colleague="Willow")
    checking.send_checked(line.seat("Willow"), case.case_id, draft.author, draft.version, untrusted_text=TEXT)
    assert answers(line, case) == 1


def test_a_colleague_outside_the_circle_is_no_checker(line: Stage, case: Sent) -> None:
    """Broken on purpose: `is_checker` that asks the grade alone; and an approval counted whoever gave it."""
    draft = drafted(line, case, colleague="Willow")
    checking.approve(line.seat("Willow"), case.case_id, draft.author, draft.version, untrusted_text=TEXT)
    wren, finch = line.seat("Wren"), line.seat("Finch")
    file = look_into(wren, case.case_id)
    assert checking.waiting_for_me(line.seat("Willow"), file, (draft,)) == (draft,)
    assert checking.waiting_for_me(finch, file, (draft,)) == ()
    named = [one.name for one in checking.colleagues_to_ask(wren, file)]
    assert "Finch" not in named and "Willow" in named
    assert checking.checker_of(wren, file, TEXT) == line.people["Willow"].reader_id
    by_others = replace(wren, pack=replace(wren.pack, checked_by="first"))
    assert checking.checker_of(by_others, file, TEXT) == b"", "who checked is not of the circle that checks now"


def test_those_who_check_have_their_own_answers_read_too(line: Stage, case: Sent) -> None:
    """Broken on purpose: a checker whose own eyes are the second."""
    drafted(line, case, colleague="Willow")
    willow = line.seat("Willow")
    with pytest.raises(NotAllowedError):
        checking.approve(willow, case.case_id, willow.reader_id, 1, untrusted_text=TEXT)
    assert not sends_alone(willow) and is_checker(willow.pack, willow.person)
    assert not is_checker(willow.pack, line.seat("Wren").person)
    assert is_checker(willow.pack, line.seat("Heron").person)


def test_a_file_to_the_writer_goes_out_by_those_who_check(line: Stage, case: Sent) -> None:
    """Broken on purpose: `require_may_give` left out of `require_may_attach`."""
    draft = drafted(line, case, colleague="Willow")
    checking.send_checked(line.seat("Willow"), case.case_id, draft.author, draft.version, untrusted_text=TEXT)

    def no_byte() -> Iterator[bytes]:
        raise AssertionError("asked for a byte")
        yield b""

    with pytest.raises(InputError) as refused:
        new = attaching.NewFile("a", "", no_byte(), is_for_writer=True)
        attaching.attach(line.seat("Wren"), case.case_id, new)
    assert refused.value.field == "file"
    attaching.require_may_attach(line.seat("Willow"), case.case_id, is_for_writer=True)


@pytest.mark.parametrize("who", ["Wren", "Heron"])
def test_the_page_says_so_before_anybody_writes(line: Stage, case: Sent, who: str) -> None:
    """Broken on purpose: a page that offers *Send* by the grade alone."""
    open_case(line.seat("Heron"), case.case_id)
    seat = line.seat(who)
    made = make_composers(seat, look_into(seat, case.case_id), Typed(TEXT))
    assert not made.may_send
    assert "reads each one first" in made.grade_line

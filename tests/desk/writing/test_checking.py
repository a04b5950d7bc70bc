"""The second pair of eyes: in the order of the rules in `checking`, right and in every wrong order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import holding
from leeside.desk.casefile import CaseFile
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.grades import Grade
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seat import Seat
from leeside.desk.writing import checking
from leeside.desk.writing.checking import ask_for_check, colleagues_to_ask, waiting_for_me
from leeside.desk.writing.drafts import Draft, Typed, keep_draft, own_draft
from leeside.vault import store
from leeside.vault.store import DraftKind, DraftMark

ANSWER = DraftKind.ANSWER
TEXT = "Ask the hospital for the summary."


def step_of(seat: Seat) -> Step:
    return Step("call back", seat.reader_id, seat.today + timedelta(days=1))


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, PLAIN, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    return sent


@pytest.fixture
def grade(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> dict[bytes, Grade]:
    """Grades as if they stood on the roster, by reader."""
    from leeside.desk import grades, seat, second_eyes

    given: dict[bytes, Grade] = {}
    real = grades.grade_of
    for module in (seat, second_eyes):
        monkeypatch.setattr(module, "grade_of", lambda person: given.get(person.reader_id, real(person)))
    return given


def asked(stage: Stage, case: Sent, text: str = TEXT, colleague: str = "") -> Draft:
    wren = stage.seat("Wren")
    to = stage.people[colleague].reader_id if colleague else b""
    ask_for_check(wren, case.case_id, Typed(text), 0, step=step_of(wren), colleague=to)
    draft = mine(stage, case)
    assert draft is not None
    return draft


def mine(stage: Stage, case: Sent, who: str = "Wren") -> Draft | None:
    seat = stage.seat(who)
    return own_draft(seat, look_into(seat, case.case_id), ANSWER)


def opened(stage: Stage, who: str, case: Sent) -> CaseFile:
    return look_into(stage.seat(who), case.case_id)


def test_asking_keeps_the_case_and_wants_the_next_step(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    with pytest.raises(InputError) as caught:
        ask_for_check(wren, case.case_id, Typed(TEXT), 0, step=None)
    assert caught.value.field == "step_what"
    kept = mine(stage, case)
    assert kept is not None and kept.row.mark is DraftMark.OWN, "the text is kept, and asks nobody yet"
    ask_for_check(wren, case.case_id, Typed(TEXT), 1, step=step_of(wren))
    assert opened(stage, "Wren", case).row.owner == wren.reader_id
    assert mine(stage, case).row.mark is DraftMark.ASKED  # type: ignore[union-attr]


def test_a_named_colleague_is_let_in_as_far_as_their_circle_may_hold(stage: Stage, case: Sent) -> None:
    asked(stage, case, colleague="Finch")
    finch = stage.seat("Finch")
    (waiting,) = waiting_for_me(finch, look_into(finch, case.case_id))
    assert (waiting.typed.text, waiting.author) == (TEXT, stage.people["Wren"].reader_id)


@pytest.mark.parametrize("colleague", ["Rowan", "Wren"])
def test_nobody_is_let_in_who_may_not_check(stage: Stage, case: Sent, colleague: str) -> None:
    with pytest.raises(InputError):
        asked(stage, case, colleague=colleague)
    assert stage.people["Rowan"].reader_id not in opened(stage, "Wren", case).readers


def test_a_colleague_of_a_lower_grade_is_not_offered(stage: Stage, case: Sent, grade: dict[bytes, Grade]) -> None:
    wren = stage.seat("Wren")
    holding.keep(wren, case.case_id, step_of(wren))
    assert "Finch" in [one.name for one in colleagues_to_ask(wren, opened(stage, "Wren", case))]
    grade[stage.people["Finch"].reader_id] = Grade.CHECKED
    assert "Finch" not in [one.name for one in colleagues_to_ask(wren, opened(stage, "Wren", case))]


def test_a_checker_sends_it_and_the_case_remembers_who_drafted(stage: Stage, case: Sent) -> None:
    draft = asked(stage, case)
    heron = stage.seat("Heron")
    mended = TEXT + " Write down who keeps it."
    checking.send_checked(heron, case.case_id, draft.author, draft.version, untrusted_text=mended)
    file = opened(stage, "Wren", case)
    (answer,) = file.of_kind("answer")
    assert (answer.text("text"), answer.author.reader_id) == (mended, heron.reader_id)
    about = file.about_answers[answer.entry_id.hex()]
    assert about.text("drafted") == draft.author.hex() and about.body.content["mended"] is True
    assert set(answer.body.content) == {"text"}, "the writer, who holds this key, learns nothing of our rounds"
    assert mine(stage, case) is None
    assert file.row.owner == stage.people["Wren"].reader_id, "the case stays with whoever works it"


def test_nobody_checks_their_own(stage: Stage, case: Sent) -> None:
    """Broken on purpose: the comparison with one's own id left out of `_to_check`."""
    heron = stage.seat("Heron")
    ask_for_check(heron, case.case_id, Typed(TEXT), 0, step=step_of(heron))
    with pytest.raises(NotAllowedError):
        checking.approve(heron, case.case_id, heron.reader_id, 1, untrusted_text=TEXT)
    assert waiting_for_me(heron, opened(stage, "Heron", case)) == ()


@pytest.mark.parametrize("way", ["send", "approve", "back"])
def test_a_checker_acts_only_on_the_words_they_saw(stage: Stage, case: Sent, way: str) -> None:
    """Broken on purpose: the version left out of `_to_check` (the checker sent words over what was written on)."""
    draft = asked(stage, case)
    keep_draft(stage.seat("Wren"), case.case_id, ANSWER, Typed(TEXT + " More."), draft.version)
    ask_for_check(stage.seat("Wren"), case.case_id, Typed(TEXT + " More."), draft.version + 1, step=None)
    with pytest.raises(store.ConflictError):
        _check(stage, "Heron", case, draft, way=way)
    file = opened(stage, "Wren", case)
    assert not file.of_kind("answer") and not file.events("check_approved")
    assert mine(stage, case).typed.text == TEXT + " More."  # type: ignore[union-attr]


@pytest.mark.parametrize("way", ["send", "approve", "back"])
@pytest.mark.parametrize("low", [Grade.READ, Grade.DRAFT, Grade.CHECKED])
def test_a_lower_grade_checks_nothing(
    stage: Stage, case: Sent, grade: dict[bytes, Grade], way: str, low: Grade
) -> None:
    draft = asked(stage, case, colleague="Finch")
    grade[stage.people["Finch"].reader_id] = low
    with pytest.raises(NotAllowedError):
        _check(stage, "Finch", case, draft, way=way)


def _check(stage: Stage, who: str, case: Sent, draft: Draft, *, way: str, text: str = TEXT) -> None:
    seat = stage.seat(who)
    if way == "send":
        checking.send_checked(seat, case.case_id, draft.author, draft.version, untrusted_text=text)
    elif way == "approve":
        checking.approve(seat, case.case_id, draft.author, draft.version, untrusted_text=text)
    else:
        checking.hand_back(
            seat, case.case_id, draft.author, draft.version, untrusted_text="Mended.", untrusted_line="shorter"
        )


def test_handed_back_the_author_has_the_line_and_their_own_words_beside_the_mended(stage: Stage, case: Sent) -> None:
    draft = asked(stage, case)
    with pytest.raises(InputError) as caught:
        checking.hand_back(
            stage.seat("Heron"), case.case_id, draft.author, draft.version, untrusted_text=TEXT, untrusted_line=" "
        )
    assert caught.value.field == "line"
    with pytest.raises(InputError) as caught:  # and nothing half done: the event goes with the words
        checking.hand_back(
            stage.seat("Heron"),
            case.case_id,
            draft.author,
            draft.version,
            untrusted_text="я" * 30_001,
            untrusted_line="x",
        )
    assert caught.value.field == "text" and not opened(stage, "Heron", case).events("check_returned")
    _check(stage, "Heron", case, draft, way="back")
    back = mine(stage, case)
    assert back is not None
    assert (back.row.mark, back.said, back.typed.text, back.was) == (DraftMark.BACK, "shorter", "Mended.", TEXT)
    heron = stage.seat("Heron")
    assert waiting_for_me(heron, opened(stage, "Heron", case)) == ()


def test_who_may_only_draft_never_sends(stage: Stage, case: Sent, grade: dict[bytes, Grade]) -> None:
    grade[stage.people["Wren"].reader_id] = Grade.DRAFT
    draft = asked(stage, case)
    _check(stage, "Heron", case, draft, way="approve")
    wren = stage.seat("Wren")
    with pytest.raises(NotAllowedError):
        checking.send_own(wren, case.case_id, Typed(TEXT), draft.version + 1)


def test_who_sends_after_a_check_sends_exactly_the_checked_words(
    stage: Stage, case: Sent, grade: dict[bytes, Grade]
) -> None:
    """Broken on purpose: the hash left out of `checker_of` (any text went out after one check)."""
    grade[stage.people["Wren"].reader_id] = Grade.CHECKED
    wren = stage.seat("Wren")
    with pytest.raises(InputError):
        checking.send_own(wren, case.case_id, Typed(TEXT), 0, step_of(wren))
    draft = asked(stage, case)
    with pytest.raises(InputError):
        checking.send_own(wren, case.case_id, Typed(TEXT), draft.version)
    _check(stage, "Heron", case, draft, way="approve")
    with pytest.raises(InputError) as caught:
        checking.send_own(stage.seat("Wren"), case.case_id, Typed(TEXT + " And one more."), draft.version + 1)
    assert caught.value.field == "text"
    checking.send_own(stage.seat("Wren"), case.case_id, Typed(TEXT), draft.version + 1)
    file = opened(stage, "Wren", case)
    (answer,) = file.of_kind("answer")
    about = file.about_answers[answer.entry_id.hex()]
    assert (answer.author.reader_id, about.text("checked")) == (wren.reader_id, stage.people["Heron"].reader_id.hex())


def test_approvals_of_oneself_or_of_lower_grades_count_for_nothing(
    stage: Stage, case: Sent, grade: dict[bytes, Grade]
) -> None:
    """A colleague with another program writes the event; the flow still asks who signed it."""
    from leeside.desk.changes import CaseChange

    wren_id, finch_id = stage.people["Wren"].reader_id, stage.people["Finch"].reader_id
    asked(stage, case, colleague="Finch")
    for who in ("Wren", "Finch"):
        file = opened(stage, who, case)
        change = CaseChange(stage.seat(who), file.row, file.keys)
        change.add_event("check_approved", reader=wren_id.hex(), hash=checking.hash_of(TEXT))
        change.commit()
    grade[wren_id] = Grade.CHECKED
    grade[finch_id] = Grade.CHECKED
    with pytest.raises(InputError):
        checking.send_own(stage.seat("Wren"), case.case_id, Typed(TEXT), 1)


def test_what_is_handed_back_later_is_approved_no_more(stage: Stage, case: Sent, grade: dict[bytes, Grade]) -> None:
    """Broken on purpose: `checker_of` that finds the approval before the line that took it back."""
    grade[stage.people["Wren"].reader_id] = Grade.CHECKED
    draft, heron = asked(stage, case), stage.seat("Heron")
    checking.approve(heron, case.case_id, draft.author, draft.version, untrusted_text=TEXT)
    own = mine(stage, case)
    assert own is not None
    later = stage.seat("Wren", now=stage.seat("Wren").now + timedelta(minutes=1))
    ask_for_check(later, case.case_id, Typed(TEXT), own.version, step=step_of(later))
    again = mine(stage, case)
    assert again is not None
    heron = stage.seat("Heron", now=later.now + timedelta(minutes=1))
    checking.hand_back(
        heron, case.case_id, again.author, again.version, untrusted_text="", untrusted_line="The day is wrong."
    )
    own = mine(stage, case)
    assert own is not None
    with pytest.raises(InputError):
        checking.send_own(stage.seat("Wren", now=heron.now), case.case_id, Typed(TEXT), own.version)


def test_asking_waits_for_a_colleague_who_holds_the_case_and_keeps_the_text(stage: Stage, case: Sent) -> None:
    holding.take(stage.seat("Finch"), case.case_id)
    with pytest.raises(HeldByOtherError):
        asked(stage, case)


@example(steps=[("edit", 1), ("stale", 2)])
@example(steps=[("ask", 1), ("back", 0), ("edit", 2), ("send", 3)])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["edit", "ask", "back", "approve", "send", "check_send", "stale"]), st.integers(0, 9)
        ),
        max_size=9,
    )
)
def test_no_order_of_editing_asking_returning_and_sending_loses_the_last_words(
    stage: Stage, steps: list[tuple[str, int]]
) -> None:
    """Whatever happens, the newest words stand in the draft, in an answer, or beside what a checker made of them.

    Broken on purpose: `put` of a draft without its version's comparison; the deletion after sending without `<=`.
    """
    sent = send(stage, PLAIN, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    holding.keep(wren, sent.case_id, step_of(wren))
    last = ""
    for number, (what, word) in enumerate(steps):
        draft = mine(stage, sent)
        version = draft.version if draft else 0
        text = f"words {number} {word}" if what in {"edit", "ask", "send"} else ""
        try:
            if what == "edit":
                keep_draft(stage.seat("Wren"), sent.case_id, ANSWER, Typed(text), version)
            elif what == "stale":
                keep_draft(stage.seat("Wren"), sent.case_id, ANSWER, Typed("an older window"), max(0, version - 1))
                text = "" if draft else "an older window"
            elif what == "ask":
                ask_for_check(stage.seat("Wren"), sent.case_id, Typed(text), version, step=None)
            elif what == "send":
                checking.send_own(stage.seat("Wren"), sent.case_id, Typed(text), version)
            elif draft is not None:
                ways = {"check_send": "send"}
                _check(stage, "Heron", sent, draft, way=ways.get(what, what), text=draft.typed.text)
        except (store.ConflictError, NotAllowedError):
            text = ""
        last = text or last
        assert not last or last in _everywhere(stage, sent)


def _everywhere(stage: Stage, case: Sent) -> list[str]:
    draft = mine(stage, case)
    answers = [entry.text("text") for entry in opened(stage, "Wren", case).of_kind("answer")]
    return [*answers, *((draft.typed.text, draft.was) if draft else ())]

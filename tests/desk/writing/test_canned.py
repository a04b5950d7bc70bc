"""Canned answers: filled in the writer's language, mended, and remembered with what was changed."""

from datetime import timedelta

import pytest

from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import holding
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.writing import canned, checking
from leeside.desk.writing.drafts import Typed


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, PLAIN, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    holding.keep(wren, sent.case_id, Step("call", wren.reader_id, wren.today + timedelta(days=2)))
    return sent


def test_every_canned_answer_is_filled_whole_for_a_case(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    file = look_into(wren, case.case_id)
    for canned_id, title in canned.choices(wren):
        text = canned.fill(wren, file, canned_id)
        assert text and "{" not in text, title
        assert "Ваш" in text or "Ваше" in text or "вы" in text.lower(), "the writer's language, not the worker's"


def test_no_canned_answer_tells_one_case_from_another(stage: Stage, case: Sent) -> None:
    """Broken on purpose: the code name among the blanks of `fill`."""
    wren = stage.seat("Wren")
    file = look_into(wren, case.case_id)
    from leeside.desk.code_names import write_code_name

    for canned_id, _ in canned.choices(wren):
        text = canned.fill(wren, file, canned_id)
        assert write_code_name(file.row.code_name, "ru") not in text
        assert "Wren" not in text


def test_an_unknown_id_puts_nothing_in(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    file = look_into(wren, case.case_id)
    assert canned.add_to(wren, file, Typed("mine"), ("no_such",), ("no_such",)) == Typed("mine")


def test_put_in_twice_it_stands_there_once(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    file = look_into(wren, case.case_id)
    once = canned.add_to(wren, file, Typed("mine"), ("serves",), ("hours",))
    assert canned.add_to(wren, file, once, ("serves",), ("hours",)) == once


def test_what_was_changed_is_remembered_in_the_case_and_not_for_the_writer(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    typed = canned.add_to(wren, look_into(wren, case.case_id), Typed(""), (), ("greeting",))
    mended = Typed(typed.text.replace("Здравствуйте.", "Добрый вечер."), canned=typed.canned, asked=typed.asked)
    checking.send_own(wren, case.case_id, mended, 0)
    file = look_into(wren, case.case_id)
    (answer,) = file.of_kind("answer")
    assert set(answer.body.content) == {"text"}
    about = file.about_answers[answer.entry_id.hex()].body.content
    (used,) = about["canned"]  # type: ignore[misc]
    assert isinstance(used, dict)
    assert (used["id"], used["version"]) == ("greeting", wren.pack.version)
    assert isinstance(used["kept"], int) and 85 < used["kept"] < 100
    assert len(str(used["base"])) == 64
    assert about["asked"] == ["where", "presses"]
    assert [use.times for use in canned.uses_in(wren, file)] == [1]
    assert set(canned.asked_on(file)) == {"where", "presses"}


def test_a_canned_answer_that_was_written_over_whole_was_not_used(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    checking.send_own(wren, case.case_id, Typed("Words of my own", canned=("greeting",), asked=("where",)), 0)
    assert look_into(wren, case.case_id).about_answers == {}


@pytest.mark.parametrize(
    ("base", "text", "kept"), [("a b c d", "a b c d", 100), ("a b c d", "x a y d", 50), ("", "x", 0), ("a", "", 0)]
)
def test_the_share_of_kept_words(base: str, text: str, kept: int) -> None:
    assert canned.share_kept(base, text) == kept

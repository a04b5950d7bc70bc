from dataclasses import replace

import pytest

from leeside.door.questions import LaidQuestion, lay_out, lay_out_waiting
from leeside.packs.pack import Pack
from leeside.packs.reader import shipped_pack


@pytest.fixture
def pack() -> Pack:
    return shipped_pack("refusal")


def everything(questions: tuple[LaidQuestion, ...]) -> list[LaidQuestion]:
    """The questions of a part with all that stand below their choices."""
    found = []
    for question in questions:
        found.append(question)
        for option in question.options:
            found += everything(option.below)
    return found


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
@pytest.mark.parametrize("voice", ["self", "them", "him", "her", "son", "daughter"])
def test_every_question_that_this_voice_is_asked_is_laid_out_once(pack: Pack, language: str, voice: str) -> None:
    layout = lay_out(pack, language, voice)
    laid = [one.name for part in (layout.first, layout.folded, layout.at_words) for one in everything(part)]
    asked = [one.id for one in pack.questions if one.is_asked_in(voice)]
    assert sorted(laid) == sorted(asked)


def test_a_date_stands_right_below_the_choice_that_asks_for_it(pack: Pack) -> None:
    presses = next(one for one in lay_out(pack, "ru", "self").first if one.name == "presses")
    below = {option.value: [one.name for one in option.below] for option in presses.options}
    assert below["leave_ends"] == ["presses_leave_ends_by"]
    assert below["nothing"] == []
    assert presses.shape == "list"


def test_a_folded_question_stays_folded_though_the_first_minute_opens_it(pack: Pack) -> None:
    layout = lay_out(pack, "ru", "self")
    assert "abroad_since" in [one.name for one in layout.folded]
    number = [one.id for one in pack.questions].index("abroad_since")
    assert f"#c{number}{{display:none}}" in layout.rules


def test_a_question_that_opens_others_is_never_a_closed_list(pack: Pack) -> None:
    """A style rule sees radio buttons in every browser, and a choice inside a list only in some."""
    opening = {name for one in pack.questions for name, _ in one.opened_by}
    for one in everything(lay_out(pack, "ru", "self").folded):
        assert one.shape != "select" or one.name not in opening


def test_options_are_offered_to_the_voices_they_are_for(pack: Pack) -> None:
    def offered(voice: str) -> list[str]:
        (writer,) = [one for one in everything(lay_out(pack, "ru", voice).folded) if one.name == "writer"]
        return [option.value for option in writer.options]

    assert "self" in offered("self")
    assert "self" not in offered("him")


def test_what_could_tell_who_or_where_is_said_to_be_sealed_apart(pack: Pack) -> None:
    laid = {
        one.name: one for part in ("first", "folded") for one in everything(getattr(lay_out(pack, "ru", "self"), part))
    }
    assert "отдельно" in laid["name"].sealed
    assert "отдельно" in laid["place"].sealed
    assert laid["text"].sealed
    assert laid["where"].sealed == ""
    assert laid["stop_word"].sealed == ""


def test_a_waiting_question_whose_opener_is_answered_stands_alone(pack: Pack) -> None:
    question = pack.question("contact_address")
    assert question is not None
    layout = lay_out_waiting(pack, "ru", "self", [question])
    assert [one.name for one in layout.folded] == ["contact_address"]
    assert layout.rules == ""


def test_a_rule_needs_all_its_choices_on_the_page(pack: Pack) -> None:
    alone = replace(pack, first_screen=tuple(one for one in pack.first_screen if one.id != "presses"))
    assert "presses" not in lay_out(alone, "ru", "self").rules

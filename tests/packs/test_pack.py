"""A pack in use: what goes into which compartment, what the card holds, how answers are told."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from leeside.packs.describing import Described
from leeside.packs.pack import Pack
from leeside.packs.reader import load_pack
from leeside.sealing.compartments import Compartment

from .conftest import TINY

PACK = load_pack(TINY)
TODAY = date(2023, 12, 5)
FULL = {
    "need": ["repair"],
    "signs": ["letter", "visit"],
    "letter_by": ["2023-12-06"],
    "story": ["Cold."],
    "heated": ["no"],
    "door_number": ["12"],
    "full_name": ["A B"],
}


def test_answers_are_split_by_compartment() -> None:
    parts = PACK.split_by_compartment(PACK.read_answers(FULL).answers)
    assert parts == {
        Compartment.STORY: {
            "need": "repair",
            "signs": ["letter", "visit"],
            "letter_by": "2023-12-06",
            "story": "Cold.",
            "heated": "no",
        },
        Compartment.IDENTITY: {"full_name": "A B"},
        Compartment.PLACE: {"door_number": "12"},
    }
    assert json.loads(json.dumps(parts[Compartment.STORY])) == parts[Compartment.STORY]


def test_every_compartment_is_there_also_when_empty() -> None:
    assert PACK.split_by_compartment({}) == {
        Compartment.STORY: {},
        Compartment.IDENTITY: {},
        Compartment.PLACE: {},
    }


def test_what_no_question_asks_goes_where_fewest_may_look() -> None:
    assert PACK.split_by_compartment({"from_elsewhere": "x"})[Compartment.IDENTITY] == {"from_elsewhere": "x"}


def test_the_card_holds_closed_answers_and_nothing_typed() -> None:
    card = PACK.card(PACK.read_answers(FULL).answers, TODAY)
    assert card == {
        "pack": "tiny",
        "version": 3,
        "voice": "neighbour",
        "need": "repair",
        "answers": {"need": "repair", "signs": ["letter", "visit"], "letter_by": "2023-12-06"},
        "reasons": [["letter_soon", "2023-12-06"]],
        "flags": ["other"],
        "next_date": ["letter_by", "2023-12-06"],
    }


@given(st.text(alphabet="xyzñ", min_size=8, max_size=40))
def test_no_card_holds_free_text_whatever_is_typed(typed: str) -> None:
    posted = {**FULL, "story": [typed], "door_number": [typed[:10]], "full_name": [typed]}
    written = json.dumps(PACK.card(PACK.read_answers(posted).answers, TODAY), ensure_ascii=False)
    assert typed[:8] not in written


def test_answers_in_words_follow_the_form() -> None:
    described = PACK.describe(PACK.read_answers(FULL).answers, "en")
    assert [each.question for each in described] == list(FULL)
    assert described[0] == Described("need", "Words of question.need.label", ("Words of question.need.option.repair",))
    assert described[1].values == ("Words of question.signs.option.letter", "Words of question.signs.option.visit")
    assert described[2] == Described("letter_by", "Words of question.letter_by.label", ("2023-12-06",), is_day=True)
    assert described[3] == Described("story", "Words of question.story.label", ("Cold.",), is_text=True)
    assert described[4].values == ("Words of choice.yes_no.no",)


def test_ids_of_an_older_version_are_shown_as_they_are() -> None:
    described = PACK.describe({"need": "castle", "signs": ["owl", "visit"], "tower": "3", "wells": [1, 2]}, "ru")
    older = "Слова для pack.older_version {}"
    assert [(each.values, each.from_older_version) for each in described[:2]] == [
        ((older.format("castle"),), True),
        ((older.format("owl"), "Слова для question.signs.option.visit"), True),
    ]
    assert described[2] == Described("tower", older.format("tower"), ("3",), from_older_version=True)
    assert described[3].values == ("1", "2")


def test_questions_belong_below_the_choice_that_opens_them(tiny: Pack) -> None:
    assert [question.id for question in tiny.beneath("signs", "letter")] == ["letter_by"]
    assert tiny.beneath("signs", "visit") == ()
    heated = tiny.question("heated")
    assert heated is not None
    assert heated.opened_by == (("need", "repair"), ("signs", "visit"))
    assert heated.beneath is None
    assert tiny.option_text(heated, "yes", "en") == "Words of choice.yes_no.yes"


def test_circles_and_what_they_may_hold(tiny: Pack) -> None:
    desk = tiny.circle("desk")
    assert desk is not None
    assert desk.may_hold == (Compartment.STORY, Compartment.WORK)
    assert tiny.circle_for(Compartment.STORY).name == "desk"
    assert tiny.circle_for(Compartment.PLACE).name == "law"
    assert tiny.circle("lead") is None
    assert tiny.question("nothing") is None


def test_the_kind_is_suggested_by_the_need(tiny: Pack) -> None:
    assert tiny.suggested_kind({"need": "eviction"}) == "keep_home"
    assert tiny.suggested_kind({"need": "repair"}) == "question"
    assert tiny.suggested_kind({}) == "question"


def test_figures_are_read_from_answers(tiny: Pack) -> None:
    assert tiny.figures.main.id == "homes"
    assert tiny.figures.main.row_kinds == ("keep_home",)
    assert tiny.figures.series[1].row_kinds == ("answered",)
    assert tiny.figures.dims_of({"heated": "yes"}) == {"heat": "warm"}
    assert tiny.figures.dims_of({"heated": "perhaps"}) == {"heat": "unknown"}
    assert tiny.figures.dims_of({}) == {"heat": "unknown"}


def test_what_a_seized_database_could_show_of_a_case_is_counted(tiny: Pack) -> None:
    assert tiny.clear_combinations() == 2 * 4 * 4 * 2

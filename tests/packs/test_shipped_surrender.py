"""The application line for people who want to lay down arms: whom it sends where, what it says, what it never asks."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from leeside.packs.answers import Answer
from leeside.packs.guidebook.red_lines import tactical_in
from leeside.packs.guidebook.rules import Gives
from leeside.packs.marks import LookBy, Urgency
from leeside.packs.reader import SHIPPED, check_pack, shipped_pack
from leeside.sealing.compartments import Compartment

TODAY = date(2023, 12, 5)
PACK = shipped_pack("surrender")
Given = dict[str, Answer]
QUESTIONS = "texts/en/form.toml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped pack, to spoil."""
    return Path(shutil.copytree(SHIPPED / PACK.name, tmp_path / PACK.name))


def _spoil(folder: Path, name: str, old: str, new: str) -> list[str]:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(problem) for problem in check_pack(folder)]


@pytest.mark.parametrize(
    ("answers", "circle"),
    [
        ({}, "operators"),
        ({"seeks": "apply", "state": "serving"}, "operators"),
        ({"seeks": "find", "state": "no_news"}, "operators"),
        ({"seeks": "apply", "strain": ("violence",)}, "vetted"),
        ({"seeks": "rights", "state": "captive"}, "vetted"),
        ({"state": "returned"}, "vetted"),
        ({"seeks": "captive_kin"}, "vetted"),
        ({"seeks": "exchange"}, "vetted"),
    ],
)
def test_whoever_is_in_somebodys_hands_is_read_by_the_vetted_few(answers: Given, circle: str) -> None:
    """Broken on purpose: the routing without `state`."""
    assert PACK.routing(answers) == circle


@pytest.mark.parametrize(
    ("answers", "urgency", "look_by"),
    [
        ({}, Urgency.CALM, LookBy.WEEK),
        ({"seeks": "apply"}, Urgency.SOON, LookBy.THREE_DAYS),
        ({"seeks": "apply", "strain": ("contact_ends",)}, Urgency.RED, LookBy.TODAY),
        ({"strain": ("violence",)}, Urgency.RED, LookBy.TODAY),
        ({"seeks": "rights", "strain": ("nothing",)}, Urgency.LATER, LookBy.LATER),
        ({"needed_by": "2023-12-06"}, Urgency.RED, LookBy.TODAY),
        ({"needed_by": "2023-12-09"}, Urgency.SOON, LookBy.THREE_DAYS),
        ({"seeks": "find", "strain": ("nothing",)}, Urgency.SOON, LookBy.THREE_DAYS),
    ],
)
def test_how_urgent_and_by_when_to_look(answers: Given, urgency: Urgency, look_by: LookBy) -> None:
    """Broken on purpose: an application that is calm."""
    marks = PACK.marks(answers, TODAY)
    assert (marks.urgency, marks.look_by) == (urgency, look_by)


# Nothing tactical


def test_no_question_asks_for_a_place_a_unit_a_time_or_a_way() -> None:
    """Broken on purpose: the other pack's questions `where` and `unit` taken over."""
    assert PACK.asks_no_place
    assert not [one.id for one in PACK.all_questions if one.compartment is Compartment.PLACE]
    assert PACK.meanings.places == frozenset()
    asked = {one.id for one in PACK.all_questions}
    assert not asked & {"where", "place", "region", "unit", "front", "military_office", "hospital", "since", "route"}
    dates = {one.id for one in PACK.all_questions if one.kind == "date"}
    assert dates == {"needed_by", "captured_on", "report_registered_on", "birth_date"}
    free = {one.id for one in PACK.questions if one.kind in ("short", "text")}
    assert free == {"text", "reach_address", "reach_hours", "stop_word", "name", "safe_contact"}


def test_no_blank_of_a_paper_asks_for_a_unit_or_a_place() -> None:
    """Broken on purpose: the other pack's inquiry, which names the unit."""
    assert set(PACK.letters.fields) <= {
        "full_name", "birth_date", "rank", "personal_number", "reply_address", "relative_name", "relation",
        "captured_on", "last_contact", "what_is_known", "request", "detaining_power", "sender_name",
        "fear_in_own_words", "inquiry_addressee",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Пришлите координаты",
        "Укажите место, где вы стоите",
        "Назовите номер вашей части",
        "Идите с белым флагом",
        "Поднимите руки и ждите",
        "Вас встретит дрон",
        "Переход через линию фронта",
        "Точка встречи",
        "Надішліть геолокацію",
        "Чекайте на дрон",
        "Вкажіть частину",
        "Send your coordinates",
        "Raise your hands",
        "Follow the drone",
        "Cross the front line at night",
        "The meeting point is known",
        "Tell us your call sign",
        "Radio frequency",
    ],
)
def test_words_of_the_ground_are_found_wherever_they_stand(copy: Path, words: str) -> None:
    """Broken on purpose: each part of the pattern taken out in turn; and the check left out of the texts of a pack."""
    found = words if words != "Поднимите руки и ждите" else "поднимите руки"
    assert tactical_in(found)
    language = "en" if re.search("[a-z]", words) else "ru"
    problems = _spoil(copy, f"texts/{language}/canned.toml", 'title = "', f'title = "{words}. ')
    assert any("no text of a pack says or asks anything tactical" in one for one in problems)


@pytest.mark.parametrize(
    "plain", ["через координатора, голосом", "the coordinator", "Дней обмена не знаем", "Нейтральные слова", "rounds"]
)
def test_plain_words_are_left_alone(plain: str) -> None:
    """Broken on purpose: a pattern that takes every coordinator for a place on the map."""
    assert tactical_in(plain) == ""


def test_a_question_for_a_place_is_refused_by_the_check(copy: Path) -> None:
    """Broken on purpose: `_check_places` left out."""
    problems = _spoil(copy, "questions.toml", 'id = "name"\nkind = "short"\ncompartment = "identity"',
                      'id = "name"\nkind = "short"\ncompartment = "place"')  # fmt: skip
    assert any("asks for a place, and `asks_no_place` promises" in one for one in problems)


def test_a_rule_of_the_guide_with_tactical_words_is_refused(copy: Path) -> None:
    """Broken on purpose: rules that are not looked at."""
    name = "guide/rules/captivity/not_to_be_attacked.toml"
    problems = _spoil(copy, name, 'how = "', 'how = "Поднять руки. ')
    assert any("no rule says or asks anything tactical" in one for one in problems)


def test_an_answer_with_tactical_words_is_refused(copy: Path) -> None:
    """Broken on purpose: an answer that names red lines and may therefore name everything."""
    problems = _spoil(copy, "answers/what_we_never_ask.toml", 'short = "', 'short = "Ждите дрон. ')
    assert any("something of positions, signals or crossings" in one for one in problems)


# What it says


def test_nothing_is_promised_that_the_line_cannot_know() -> None:
    """Broken on purpose: a confirmation that speaks of safety as sure."""
    promised = re.compile(r"гарантир|вас встретят|we guarantee|you will be safe|гаранту", re.IGNORECASE)
    for language in PACK.languages:
        for key, wording in PACK.texts.wordings[language].items():
            parts = [wording] if isinstance(wording, str) else list(wording.values())
            assert not any(promised.search(part) for part in parts), (language, key)
    assert "обещать не можем" in PACK.canned_text("confirmation", "ru")
    assert "cannot promise" in PACK.canned_text("confirmation", "en")
    assert "обіцяти не можемо" in PACK.canned_text("confirmation", "uk")


def test_the_risk_is_named_to_whoever_applies_before_they_decide() -> None:
    """Broken on purpose: the rule only for those already in captivity."""
    rule = PACK.guide.by_id["voluntary_surrender"]
    assert rule.gives is Gives.RISK
    from leeside.packs.conditions import Truth

    assert rule.condition.evaluate({"seeks": "apply", "today": TODAY}) is Truth.YES


def test_every_statement_on_captivity_is_carried_by_a_rule() -> None:
    """Broken on purpose: the rule on article 7 left out."""
    carried = {number for rule in PACK.guide.rules for number in rule.research}
    assert {f"F-{number}" for number in range(90, 97)} <= carried


def test_claims_say_who_what_when_and_where() -> None:
    """Broken on purpose: 22,239 without its day."""
    by_id = {claim.id: claim for claim in PACK.claims}
    assert by_id["first_year"].numbers == (22239,)
    assert by_id["first_year"].published == date(2023, 8, 18)
    assert by_id["applications_a_day"].numbers == (70, 100)
    assert by_id["operators"].numbers == (10,)
    for claim in PACK.claims:
        assert claim.address.startswith("https://")
        assert claim.published is not None
        for language in PACK.languages:
            quote = (
                PACK.text(f"claim.{claim.id}.quote", language).replace(" ", "").replace(",", "").replace("\u00a0", "")
            )
            assert all(str(number) in quote for number in claim.numbers if number > 5), (claim.id, language)


@pytest.mark.parametrize("language", PACK.languages)
def test_canned_answers_are_whole_short_and_ask_nothing_of_the_ground(language: str) -> None:
    """Broken on purpose: an answer with a blank that nothing fills."""
    for canned_id in PACK.canned:
        for voice in (one.id for one in PACK.voices):
            text = PACK.canned_text(canned_id, language, voice, today="D", next_day="N", promise="P")
            assert text
            assert "{" not in text
            assert len(text) < 1200, canned_id


def test_what_a_seized_database_shows_of_the_pack_stays_small() -> None:
    """Broken on purpose: a third circle."""
    assert PACK.clear_combinations() == 96

from django.test import override_settings

from leeside.web.lines import LineSettings, all_lines, find_line

ONE = LineSettings("refusal", "refusal", "help", {"ru": "Вопросы"})
OTHER = LineSettings("help", "refusal", "other")


@override_settings(LEESIDE_LINES={"refusal": ONE})
def test_a_line_is_found_by_its_address_and_by_its_slug() -> None:
    assert all_lines() == (ONE,)
    assert find_line("help") is ONE
    assert find_line("refusal") is ONE
    assert find_line("nothing") is None


@override_settings(LEESIDE_LINES={"refusal": ONE, "help": OTHER})
def test_an_address_wins_over_the_slug_of_another_line() -> None:
    assert find_line("help") is ONE


def test_a_title_that_nobody_wrote_is_left_to_the_pack() -> None:
    assert ONE.title("ru") == "Вопросы"
    assert ONE.title("en") is None


def test_settings_of_a_line_can_be_a_key_of_a_cache() -> None:
    assert hash(ONE) == hash(LineSettings("refusal", "refusal", "help", {"ru": "Другое"}))

"""The sentences themselves."""

import pytest
from babel.dates import get_month_names
from hypothesis import given, settings
from hypothesis import strategies as st

from leeside.tally.cells import WITHHELD, PublishedSeries
from leeside.tally.comparisons import compare_periods
from leeside.tally.definitions import LANGUAGES
from leeside.tally.statements import WORDINGS, SumTold, state
from tally.making import definition, demo_series, months, series


def say(told: PublishedSeries, language: str) -> dict[str, str]:
    """The statements by kind, with plain spaces."""
    return {each.kind: each.texts[language].replace("\N{NO-BREAK SPACE}", " ") for each in state(told, definition())}


def test_the_demo_in_english() -> None:
    assert list(say(demo_series(), "en").values()) == [
        "577 requests to leave from September to November, 89 % more than the 305 from June to August.",
        "October was highest with 218 requests, June lowest with 54.",
        "175 requests in November, fewer than in September and October but more than in any other month.",
        "1,037 requests to leave since April, more than half of them in the autumn.",
    ]


def test_the_demo_in_russian() -> None:
    assert list(say(demo_series(), "ru").values()) == [
        "С сентября по ноябрь — 577 обращений об уходе, на 89 % больше, чем с июня по август (305).",
        "Больше всего обращений было в октябре — 218, меньше всего в июне — 54.",
        "В ноябре — 175 обращений: меньше, чем в сентябре и октябре, но больше, чем в любом другом месяце.",
        "С апреля — 1 037 обращений об уходе, больше половины из них — осенью.",
    ]


def test_the_demo_in_ukrainian() -> None:
    assert list(say(demo_series(), "uk").values()) == [
        "Від вересня до листопада — 577 звернень про відхід, на 89 % більше, ніж від червня до серпня (305).",
        "Найбільше звернень було в жовтні — 218, найменше в червні — 54.",
        "У листопаді — 175 звернень: менше, ніж у вересні та жовтні, але більше, ніж у будь-якому іншому місяці.",
        "Від квітня — 1 037 звернень про відхід, понад половину з них — восени.",
    ]


def test_a_statement_carries_the_sums_it_tells() -> None:
    by_kind = {statement.kind: statement.rests_on for statement in state(demo_series(), definition())}
    autumn, summer = months("2023-09", "2023-11"), months("2023-06", "2023-08")
    assert by_kind["period"] == (SumTold("requests", autumn, 577), SumTold("requests", summer, 305))
    assert [told.value for told in by_kind["extremes"]] == [218, 54]
    assert [told.value for told in by_kind["last"]] == [175]
    assert by_kind["since"] == (SumTold("requests", months("2023-04", "2023-11"), 1037),)


@pytest.mark.parametrize("values", [[], [70], [None, None, None], [WITHHELD, 7, 8, WITHHELD]])
def test_nothing_is_said_where_nothing_can_be_said(values: list[int | None]) -> None:
    assert state(series(values), definition()) == ()


CHANGES = [
    (
        [10, 10, 10, 5, 5, 5],
        "15 requests to leave from July to September, 50 % fewer than the 30 from April to June.",
        "С июля по сентябрь — 15 обращений об уходе, на 50 % меньше, чем с апреля по июнь (30).",
        "Від липня до вересня — 15 звернень про відхід, на 50 % менше, ніж від квітня до червня (30).",
    ),
    (
        [10, 10, 10, 9, 10, 11],
        "30 requests to leave from July to September, as many as from April to June.",
        "С июля по сентябрь — 30 обращений об уходе, столько же, сколько с апреля по июнь.",
        "Від липня до вересня — 30 звернень про відхід, стільки ж, скільки від квітня до червня.",
    ),
    (
        [400, 400, 400, 400, 401, 402],
        "1,203 requests to leave from July to September, slightly more than the 1,200 from April to June.",
        "С июля по сентябрь — 1 203 обращения об уходе, немногим больше, чем с апреля по июнь (1 200).",
        "Від липня до вересня — 1 203 звернення про відхід, трохи більше, ніж від квітня до червня (1 200).",
    ),
    (
        [10, 10, 10, 30, 31, 40],
        "101 requests to leave from July to September, 3.4 times the 30 from April to June.",
        "С июля по сентябрь — 101 обращение об уходе, в 3,4 раза больше, чем с апреля по июнь (30).",
        "Від липня до вересня — 101 звернення про відхід, у 3,4 раза більше, ніж від квітня до червня (30).",
    ),
    (
        [10, 10, 10, 50, 50, 50],
        "150 requests to leave from July to September, 5 times the 30 from April to June.",
        "С июля по сентябрь — 150 обращений об уходе, в 5 раз больше, чем с апреля по июнь (30).",
        "Від липня до вересня — 150 звернень про відхід, у 5 разів більше, ніж від квітня до червня (30).",
    ),
    (
        [10, 10, 10, 30, 30, 30],
        "90 requests to leave from July to September, 3 times the 30 from April to June.",
        "С июля по сентябрь — 90 обращений об уходе, в 3 раза больше, чем с апреля по июнь (30).",
        "Від липня до вересня — 90 звернень про відхід, у 3 рази більше, ніж від квітня до червня (30).",
    ),
    (
        [5, 5, 5, 105, 105, 105],
        "315 requests to leave from July to September, 21 times the 15 from April to June.",
        "С июля по сентябрь — 315 обращений об уходе, в 21 раз больше, чем с апреля по июнь (15).",
        "Від липня до вересня — 315 звернень про відхід, у 21 раз більше, ніж від квітня до червня (15).",
    ),
    (
        [10, None, 10, 30, 31, 40],
        "101 requests to leave from July to September.",
        "С июля по сентябрь — 101 обращение об уходе.",
        "Від липня до вересня — 101 звернення про відхід.",
    ),
]


@pytest.mark.parametrize(("values", "en", "ru", "uk"), CHANGES)
def test_changes_in_words(values: list[int | None], en: str, ru: str, uk: str) -> None:
    assert [say(series(values), language)["period"] for language in ("en", "ru", "uk")] == [en, ru, uk]


EXTREMES = [
    (
        [7, 9, 9],
        "April was lowest with 7 requests.",
        "Меньше всего обращений было в апреле — 7.",
        "Найменше звернень було в квітні — 7.",
    ),
    (
        [7, 7, 9],
        "June was highest with 9 requests.",
        "Больше всего обращений было в июне — 9.",
        "Найбільше звернень було в червні — 9.",
    ),
]


@pytest.mark.parametrize(("values", "en", "ru", "uk"), EXTREMES)
def test_one_record_alone(values: list[int], en: str, ru: str, uk: str) -> None:
    assert [say(series(values), language)["extremes"] for language in ("en", "ru", "uk")] == [en, ru, uk]


LAST = [
    (
        [9, 7, 8],
        "8 requests in June, fewer than in April but more than in May.",
        "В июне — 8 обращений: меньше, чем в апреле, но больше, чем в мае.",
        "У червні — 8 звернень: менше, ніж у квітні, але більше, ніж у травні.",
    ),
    (
        [20, 21, 7, 22, 8],
        "8 requests in August, more than in June but fewer than in any other month.",
        "В августе — 8 обращений: больше, чем в июне, но меньше, чем в любом другом месяце.",
        "У серпні — 8 звернень: більше, ніж у червні, але менше, ніж у будь-якому іншому місяці.",
    ),
    (
        [20, 21, 22, 23, 6, 7, 8, 9, 10],
        "10 requests in December: more than in 4 of the 8 other months.",
        "В декабре — 10 обращений: больше, чем в 4 из 8 остальных месяцев.",
        "У грудні — 10 звернень: більше, ніж у 4 з 8 інших місяців.",
    ),
]


@pytest.mark.parametrize(("values", "en", "ru", "uk"), LAST)
def test_the_last_month_among_the_others(values: list[int], en: str, ru: str, uk: str) -> None:
    assert [say(series(values), language)["last"] for language in ("en", "ru", "uk")] == [en, ru, uk]


def test_one_of_twenty_one_other_months_is_still_in_the_right_case() -> None:
    values = [*range(10, 20), *range(30, 41), 25]
    assert "больше, чем в 10 из 21 остального месяца." in say(series(values), "ru")["last"]
    assert "більше, ніж у 10 з 21 іншого місяця." in say(series(values), "uk")["last"]


SHARES = [
    ([90, 60, 0, 50, 50, 50], "half of them", "половина из них", "половина з них"),
    (
        [5, 5, 5, 10, 20, 20],
        "more than three quarters of them",
        "больше трёх четвертей из них",
        "понад три чверті з них",
    ),
    ([10, 10, 5, 20, 20, 20], "more than two thirds of them", "больше двух третей из них", "понад дві третини з них"),
    ([10, 10, 10, 5, 5, 6], "more than a third of them", "больше трети из них", "понад третину з них"),
    ([10, 10, 10, 4, 4, 4], "more than a quarter of them", "больше четверти из них", "понад чверть з них"),
    ([20, 20, 20, 5, 5, 5], "20 % of them", "20 % из них", "20 % з них"),
    ([5, 0, 0, 50, 50, 50], "97 % of them", "97 % из них", "97 % з них"),
]


@pytest.mark.parametrize(("values", "en", "ru", "uk"), SHARES)
def test_shares_in_words(values: list[int], en: str, ru: str, uk: str) -> None:
    said = {language: say(series(values, threshold=0), language)["since"] for language in LANGUAGES}
    assert f", {en} from July to September." in said["en"]
    assert f", {ru} — с июля по сентябрь." in said["ru"]
    assert f", {uk} — від липня до вересня." in said["uk"]


def test_a_share_that_rounds_to_nothing_is_not_named() -> None:
    values = [9000, 9000, 9000, 5, 5, 5]
    assert say(series(values), "en")["since"] == "27,015 requests to leave since April."
    assert say(series(values), "ru")["since"] == "С апреля — 27 015 обращений об уходе."
    assert say(series(values), "uk")["since"] == "Від квітня — 27 015 звернень про відхід."


def test_months_of_several_years_carry_their_years() -> None:
    values = [30, 20, 40, 10, 21, 31, 22, 26]
    told = series(values, "2022-09")
    assert say(told, "en") == {
        "period": "79 requests to leave from February to April 2023, "
        "11 % more than the 71 from November 2022 to January 2023.",
        "extremes": "November 2022 was highest with 40 requests, December 2022 lowest with 10.",
        "last": "26 requests in April 2023, fewer than in September, November 2022 and February 2023 "
        "but more than in any other month.",
        "since": "200 requests to leave since September 2022, more than a third of them from February to April 2023.",
    }
    assert say(told, "ru")["period"].startswith("С февраля по апрель 2023 года")
    assert "чем с ноября 2022 по январь 2023 года (71)" in say(told, "ru")["period"]
    assert "ніж від листопада 2022 до січня 2023 року (71)" in say(told, "uk")["period"]
    assert "чем в сентябре, ноябре 2022 года и феврале 2023 года" in say(told, "ru")["last"]


def test_months_of_one_year_among_several_carry_it_once() -> None:
    told = series([5, 6, 7, 8, 20, 21, 9], "2022-09")
    assert "fewer than in January and February 2023 but" in say(told, "en")["last"]


def test_a_season_is_named_with_its_year_or_years() -> None:
    winter = series([10, 10, 10, 20, 20, 20], "2022-09")
    assert say(winter, "en")["since"].endswith("in the winter of 2022–23.")
    assert say(winter, "ru")["since"].endswith("зимой 2022–2023 годов.")
    assert say(winter, "uk")["since"].endswith("взимку 2022–2023 років.")
    spring = series([10, 10, 10, 20, 20, 20], "2022-12")
    assert say(spring, "en")["since"].endswith("in the spring of 2023.")
    assert say(spring, "ru")["since"].endswith("весной 2023 года.")
    assert say(spring, "uk")["since"].endswith("навесні 2023 року.")


def test_a_period_of_one_month_is_named_by_that_month() -> None:
    found = compare_periods(series([10, 15]), 1)
    assert found is not None
    said = {
        language: WORDINGS[language].compare(found, definition().units[language], with_years=False)
        for language in LANGUAGES
    }
    assert said["en"].endswith("in May, 50\N{NO-BREAK SPACE}% more than the 10 in April.")
    assert said["ru"].startswith("В мае")
    assert said["ru"].endswith("чем в апреле (10).")
    assert said["uk"].startswith("У травні")
    assert said["uk"].endswith("ніж у квітні (10).")


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(5, 3000)), min_size=1, max_size=30), st.integers(1, 12))
def test_every_sentence_names_its_unit_and_begins_and_ends_as_a_sentence(values: list[int | None], first: int) -> None:
    nouns = {"en": "request", "ru": "обращени", "uk": "звернен"}
    for statement in state(series(values, f"2022-{first:02}"), definition()):
        for language in LANGUAGES:
            text = statement.texts[language]
            assert nouns[language] in text
            assert text.endswith(".")
            assert text[0].isdigit() or text[0].isupper()
            assert "  " not in text
            assert "None" not in text


@pytest.mark.parametrize(("language", "case"), [("ru", "С {name} "), ("uk", "Від {name} ")])
def test_the_genitive_is_that_of_cldr(language: str, case: str) -> None:
    for number, name in get_month_names("wide", context="format", locale=language).items():
        told = series([7, 8], f"2023-{number:02}")
        assert say(told, language)["since"].startswith(case.format(name=name))

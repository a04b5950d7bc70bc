"""The demo's people: written whole in three languages, within the red lines, and fitting the shipped pack."""

import re

import pytest

from leeside.desk.code_names import read_slug
from leeside.packs.guidebook.red_lines import tactical_in
from leeside.packs.reader import shipped_pack
from leeside.project.canaries import Canaries
from leeside.project.demo import months, texts
from leeside.project.demo.short_requests import short_requests, waiting_requests

LANGUAGES = ("ru", "en", "uk")


def test_there_are_twelve_people_and_each_has_a_code_name_of_the_lists() -> None:
    codes = [tuple(person["code"]) for person in texts.people()]
    assert len(set(codes)) == 12
    assert [code for code in codes if read_slug("-".join(code)) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_somebody_wrote_is_there_in_every_language(language: str) -> None:
    written = list(texts.written_texts(language))
    assert len(written) == len(list(texts.written_texts("en")))
    assert [text for text in written if not text.strip()] == []


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_no_sentence_was_left_in_english(language: str) -> None:
    assert texts.sentences(language) & texts.sentences("en") == set()
    assert [one for one in texts.written_texts(language) if not re.search("[а-яіїєґ]", one, re.IGNORECASE)] == []


def test_the_answers_of_the_twelve_fit_the_pack_and_route_them_where_their_stories_say() -> None:
    pack = shipped_pack("refusal")
    for person in texts.people():
        fields = {key: value if isinstance(value, list) else [value] for key, value in person["answers"].items()}
        read = pack.read_answers({**fields, "text": [person["says"]["ru"]], "voice": [person["voice"]]})
        assert read.is_complete, (person["code"], dict(read.problems))
        assert set(read.answers) >= set(fields), person["code"]
        assert pack.routing(read.answers) == person["circle"], person["code"]


def test_months_are_as_published_or_made_up_to_fit() -> None:
    counts = months.LEAVE_SERVICE
    assert sum(counts[month] for month in ("2023-09", "2023-10", "2023-11")) == 577
    assert sum(counts[month] for month in ("2023-06", "2023-07", "2023-08")) == 305
    assert sum(counts.values()) == 1037


def test_short_requests_and_the_twelve_make_the_published_months() -> None:
    counted: dict[str, int] = {}
    for request in short_requests("en"):
        if request.kind == "leave_service":
            counted[f"{request.day:%Y-%m}"] = counted.get(f"{request.day:%Y-%m}", 0) + 1
    for person in texts.people():
        month = f"{texts.day_of(person):%Y-%m}"
        if person["kind"] == "leave_service" and "owner" in person and month in months.LEAVE_SERVICE:
            counted[month] += 1
    assert counted == dict(months.LEAVE_SERVICE)


def test_short_requests_are_the_same_on_every_run_and_differ_among_themselves() -> None:
    first, again = list(short_requests("uk")), list(short_requests("uk"))
    assert [one.answers for one in first] == [one.answers for one in again]
    assert len({one.receipt.entropy.reveal() for one in first}) == len(first)
    assert len({one.answers["text"][0] for one in first}) > len(first) / 2


def test_the_requests_that_wait_have_receipts_of_their_own() -> None:
    day = texts.day_of(texts.people()[1])
    waiting = {one.receipt.entropy.reveal() for one in waiting_requests("en", day)}
    assert waiting.isdisjoint({one.receipt.entropy.reveal() for one in short_requests("en")})


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_writes_what_the_law_says_in_the_same_words(language: str) -> None:
    """A pack lies in clear, and so do its earlier wordings: a sentence of both would be found on the disk.

    Broken on purpose: a counsellor's letter that begins as a rule's title does.
    """
    law = "\n".join(
        "\n".join(vars(words).values()) for rule in shipped_pack("refusal").guide.rules for words in rule.words.values()
    )
    assert [one for one in Canaries(texts.sentences(language)).sentences if one in law] == []


@pytest.mark.parametrize("slug", texts.further_slugs())
def test_the_people_of_a_further_line_fit_its_pack_and_say_nothing_tactical(slug: str) -> None:
    """Broken on purpose: an option that the pack does not have; a letter that names a meeting point."""
    written, told = texts.further_line(slug), texts.further_said(slug)
    pack = shipped_pack(written["pack"])
    roles = {one["role"] for one in written["colleague"]}
    assert roles == {"lead", *(circle.name for circle in pack.circles)}
    assert texts.row_of(written["chair"]["sits"]) in written["colleague"]
    for person in told["person"]:
        given = {key: value if isinstance(value, list) else [value] for key, value in person["answers"].items()}
        read = pack.read_answers({**given, "text": ["x"], "voice": [person["voice"]]})
        assert not read.problems, person["id"]
        assert {key for key in given if key not in read.answers} == set(), person["id"]
        assert pack.routing(read.answers) == person.get("circle", pack.rules.default_circle), person["id"]
        if "kind" in person:
            assert person["kind"] == pack.suggested_kind(read.answers), person["id"]
    for language in pack.languages:
        said = [*told["short"][language], *([told["reply"][language]] if told["short"][language] else [])]
        said += [part[language] for one in told["person"] for key in ("says", "reply") if (part := one.get(key))]
        assert [tactical_in(text) for text in said if tactical_in(text)] == []

"""Answers to take along: one file that leads nowhere, holds every word, and tells what it cannot know."""

import dataclasses
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest

from leeside.door.along import file_name, write_along
from leeside.door.along_words import WORDS
from leeside.packs.guidebook.public_answers import Block
from leeside.packs.guidebook.red_lines import red_lines_in
from leeside.packs.pack import Pack
from leeside.packs.reader import shipped_names, shipped_pack
from leeside.web.coding import code_page
from leeside.web.dates import write_day

ON = date(2023, 12, 5)
PACKS = [pack for pack in map(shipped_pack, shipped_names()) if pack.public_answers.answers]
PACK = shipped_pack("refusal")
ALL = [pytest.param(pack, language, id=f"{pack.name}-{language}") for pack in PACKS for language in pack.languages]


class Elements(HTMLParser):
    """The elements of a file with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.mark.parametrize(("pack", "language"), ALL)
def test_nothing_in_the_file_leads_out_of_it(pack: Pack, language: str) -> None:
    """Broken on purpose: sources as links, a style sheet of the door's, and a form."""
    text = write_along(pack, pack.public_answers.answers, language, ON)
    elements = Elements(text).found
    assert not {tag for tag, _ in elements} & {"script", "form", "input", "img", "iframe", "object", "embed", "base"}
    for tag, attributes in elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), f"{tag} {name}"
            if name in ("href", "src", "action", "srcset", "data"):
                assert value == "data:," or re.fullmatch("#[0-9a-f]{8}", value or ""), f"{tag} {name}={value}"
    assert "://" not in text
    assert not re.search(r"url\(|@import|http-equiv=.refresh", text)
    assert "default-src 'none'" in unescape(text)


@pytest.mark.parametrize(("pack", "language"), ALL)
def test_every_word_of_every_answer_is_there(pack: Pack, language: str) -> None:
    """Broken on purpose: a file without its lists, and one without what to do next."""
    answers = pack.public_answers.answers
    said = " ".join("".join(Elements(write_along(pack, answers, language, ON)).said).split())
    for answer in answers:
        words = answer.words[language]
        for one in (words.question, words.short, words.next, *(line for block in words.rest for line in block.lines)):
            assert " ".join(one.split()) in said
        assert write_day(answer.as_of, language) in said
        assert answer.sign(pack.guide, language) in said
        for source in answer.sources(pack.guide):
            assert source.address.split("://")[-1].rstrip("/") in said
    assert write_day(ON, language) in said


@pytest.mark.parametrize(("pack", "language"), ALL)
def test_one_answer_alone_is_small_and_all_of_them_fit_a_slow_network(pack: Pack, language: str) -> None:
    """Broken on purpose: the door's whole style in each file."""
    answers = pack.public_answers.answers
    alone = [write_along(pack, [one], language, ON).encode() for one in answers]
    assert max(map(len, alone)) <= 10 * 1024
    assert {len(code_page(one)) for one in alone} == {8 * 1024}, "one of them would stand out on the wire"
    assert len(write_along(pack, answers, language, ON).encode()) <= 64 * 1024


@pytest.mark.parametrize("language", list(WORDS))
def test_what_the_file_says_itself_keeps_the_red_lines(language: str) -> None:
    """Broken on purpose: the number of somebody to call among the words of the file."""
    for text in dataclasses.astuple(WORDS[language]):
        assert list(red_lines_in(text, may_name_them=False)) == []


def test_the_file_says_when_it_was_read_and_that_the_law_may_have_changed() -> None:
    """Broken on purpose: the day of the law in place of the day of reading."""
    text = write_along(PACK, PACK.public_answers.answers[:1], "ru", date(2024, 2, 29))
    assert "Прочитано: четверг, 29 февраля 2024 года." in text
    assert "С тех пор закон мог измениться." in text
    assert "Как проверить:" in text
    assert "Юрист ещё не проверил." in text


def test_a_rule_that_changed_before_the_day_of_reading_is_told_above_the_answer() -> None:
    """Broken on purpose: a file that does not ask `changed_since`."""
    old = dataclasses.replace(PACK.public_answers.answers[0], rests_on={"report_for_commission": "0" * 16})
    text = write_along(PACK, [old], "ru", ON)
    assert text.index("Изменилось: пятница, 1 декабря 2023 года.") < text.index("<p><b>")


def test_a_lawyer_who_read_it_is_named() -> None:
    """Broken on purpose: a file that always says that nobody did."""
    checked = dataclasses.replace(PACK.public_answers.answers[0], checked_by="А. Лаврова", checked_on=date(2023, 12, 4))
    text = write_along(PACK, [checked], "ru", ON)
    assert "Проверка: А. Лаврова, понедельник, 4 декабря 2023 года." in text
    assert "Юрист ещё не проверил." not in text


def test_words_of_a_pack_cannot_become_elements() -> None:
    """Broken on purpose: each `escape` of an answer's words taken out in turn."""
    bad = "<script>1</script> & <b>\" '"
    first = PACK.public_answers.answers[0]
    words = dataclasses.replace(
        first.words["ru"], question=bad, short=bad, next=bad, rest=(Block((bad,)), Block((bad,), is_list=True))
    )
    hostile = dataclasses.replace(first, words={"ru": words}, checked_by=bad, checked_on=ON)
    text = write_along(PACK, [hostile, hostile], "ru", ON)
    assert "<script" not in text
    # Twice: in the contents, as a heading, and as short answer, paragraph, element, next step and name.
    assert "".join(Elements(text).said).count(bad) == 2 * 7


@pytest.mark.parametrize("language", PACK.languages)
def test_neither_title_nor_name_of_the_file_says_what_it_is_about(language: str) -> None:
    """Broken on purpose: the question as the title, and the answer's id as the name."""
    for answers in (PACK.public_answers.answers[:1], PACK.public_answers.answers):
        text = write_along(PACK, answers, language, ON)
        assert re.findall("<title>(.*?)</title>", text) in (["Записи"], ["Notes"], ["Нотатки"])
        assert re.fullmatch(r"page-[0-9a-f]{8}\.html|pages\.html", file_name(answers))


# The signs by which a text is compared


def test_the_signs_change_with_every_word_and_every_rule() -> None:
    """Broken on purpose: signs of the question alone; signs without the rules as they are now."""
    answer = PACK.public_answers.answers[0]
    rule = answer.rules(PACK.guide)[0]
    sign = answer.sign(PACK.guide, "ru")
    other = dataclasses.replace(rule, digest="0" * 16)
    book = dataclasses.replace(PACK.guide, rules=tuple(other if one is rule else one for one in PACK.guide.rules))
    words = dataclasses.replace(answer.words["ru"], next="Позвоните.")
    for changed, in_book in (
        (answer, book),
        (dataclasses.replace(answer, words={**answer.words, "ru": words}), PACK.guide),
        (dataclasses.replace(answer, as_of=date(2023, 12, 2)), PACK.guide),
        (dataclasses.replace(answer, checked_by="А. Лаврова", checked_on=ON), PACK.guide),
    ):
        assert changed.sign(in_book, "ru") != sign
    assert answer.sign(PACK.guide, "en") != sign
    assert re.fullmatch("[0-9a-f]{16}", sign)

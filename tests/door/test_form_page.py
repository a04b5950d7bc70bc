"""The form as bytes: how many, of what length, and how it looks from the wire."""

import gzip
import hashlib
import re
import zlib
from pathlib import Path

import pytest
from django.test import Client

from door.founded import hidden_on, words_on
from door.posting import FORM
from leeside.packs.reader import shipped_pack

FIRST_FLIGHT_BYTES = 14 * 1024
VOICES = ["", "as-him", "as-her", "as-them"]
ZIPPED = {"HTTP_ACCEPT_ENCODING": "gzip, br"}
HEADINGS = re.compile(r"<(h1|h2|legend|summary|button|label class=.q.)[^>]*>(.*?)</\w+>", re.DOTALL)
SNAPSHOT = Path(__file__).parent / "form_snapshot.txt"


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
@pytest.mark.parametrize("voice", VOICES)
def test_the_whole_form_fits_into_the_first_packets(door: Client, language: str, voice: str) -> None:
    answer = door.get(f"/{language}/help/{voice}", **ZIPPED)
    assert answer["Content-Encoding"] == "gzip"
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.items())
    # The server adds a status line, its name, a date and how the connection goes on.
    assert len(answer.content) + len(head) + 150 <= FIRST_FLIGHT_BYTES


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
@pytest.mark.parametrize("headers", [ZIPPED, {}])
def test_the_length_on_the_wire_is_the_same_for_all_words(door: Client, language: str, headers: dict[str, str]) -> None:
    lengths = {len(door.get(f"/{language}/help/", **headers).content) for _ in range(200)}
    assert len(lengths) == 1


def test_the_compressed_form_is_the_plain_form(door: Client) -> None:
    plain, zipped = door.get(FORM).content, gzip.decompress(door.get(FORM, **ZIPPED).content)
    without_words = re.compile(rb'<section class="words".*?<fieldset', re.DOTALL)
    assert without_words.sub(b"", plain) == without_words.sub(b"", zipped)
    assert words_on(zipped)


def test_nothing_of_the_words_is_compressed(door: Client) -> None:
    """The words stand letter by letter in the bytes on the wire: in a stored block, as DEFLATE has it."""
    answer = door.get(FORM, **ZIPPED).content
    words = words_on(gzip.decompress(answer)).words("ru")
    assert all(word.encode() in answer for word in words)
    assert hidden_on(gzip.decompress(answer)).encode() in answer


def test_a_careless_compression_would_tell_words_apart(door: Client) -> None:
    """The test above means something: the same pages, compressed as usual, have many lengths."""
    lengths = {len(zlib.compress(door.get(FORM).content, 6)) for _ in range(100)}
    assert len(lengths) > 5


def test_a_form_that_comes_back_is_never_compressed(door: Client) -> None:
    answer = door.post(FORM, b"text=", content_type="application/x-www-form-urlencoded", **ZIPPED)
    assert "Content-Encoding" not in answer


def test_style_opens_what_a_choice_asks_for(door: Client) -> None:
    """One rule a conditional question, and each names a question and choices that stand on the page."""
    page = door.get(FORM).content.decode()
    rules = re.findall(r"form:not\(:has\(([^{]*)\)\) #(c\d+)\{display:none\}", page)
    pack = shipped_pack("refusal")
    asked = [one for one in pack.questions if one.opened_by and one.is_asked_in("self")]
    assert len(rules) == len(asked)
    for choices, question in rules:
        assert f'id="{question}"' in page
        for choice in choices.split(","):
            assert f'id="{choice.removeprefix("#").removesuffix(":checked")}"' in page


def test_every_question_of_the_pack_stands_on_the_page_once(door: Client) -> None:
    page = door.get(FORM).content.decode()
    for question in shipped_pack("refusal").questions:
        if not question.is_asked_in("self"):
            continue
        expected = (
            len(question.options) if question.kind == "many" or f'type="radio" name="{question.id}"' in page else 1
        )
        assert page.count(f'name="{question.id}"') == expected, question.id


def test_the_policy_allows_the_style_of_the_page_and_nothing_else(door: Client) -> None:
    from base64 import b64encode

    for voice in VOICES:
        answer = door.get(f"{FORM}{voice}")
        css = answer.content.decode().partition("<style>")[2].partition("</style>")[0]
        token = b64encode(hashlib.sha256(css.encode()).digest()).decode()
        assert f"style-src 'sha256-{token}';" in answer["Content-Security-Policy"]
        assert 'style="' not in answer.content.decode()


def test_the_order_of_the_form_is_the_order_that_was_decided(door: Client) -> None:
    """Headings, questions and buttons in their order: whoever changes it looks at the page and at this file."""
    page = door.get(FORM).content.decode().partition("<main")[2]
    told = "".join(f"{tag.split()[0]}: {re.sub('<[^>]*>', '', text).strip()}\n" for tag, text in HEADINGS.findall(page))
    assert told == SNAPSHOT.read_text(encoding="utf-8")

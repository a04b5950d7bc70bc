"""Letters looked for in bytes: nothing may be passed over that the comparison of words would find."""

from hypothesis import given
from hypothesis import strategies as st

from leeside.desk.searching.matching import Term, fold
from leeside.desk.searching.sieve import Sieve

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґabcdefghijklmnopqrstuvwxyz0123456789"


@given(st.text(alphabet=LETTERS, min_size=1, max_size=12), st.data())
def test_capitals_and_letters_that_are_alike_are_let_through(word: str, data: st.DataObject) -> None:
    """Broken on purpose: a table that makes the first byte of a letter alike and not the second."""
    alike = {"е": "еёЕЁ", "ё": "еёЕЁ", "г": "гґГҐ", "ґ": "гґГҐ"}
    written = "".join(data.draw(st.sampled_from(alike.get(one, one + one.upper()))) for one in word)
    needles = Term((fold(word),)).needles
    assert Sieve([[needles]]).may_hold(f'{{"text": "до {written}, после"}}'.encode())


def test_what_holds_no_such_letters_is_passed_over() -> None:
    sieve = Sieve([[("кипре",)]])
    assert sieve.may_hold("У дома рос КИПРЕЙ.".encode())
    assert not sieve.may_hold("У дома росла крапива.".encode())


def test_every_group_is_needed_and_one_way_of_each_is_enough() -> None:
    sieve = Sieve([[("паспорт",), ('"passport"',)], [("забра",)]])
    assert sieve.may_hold('{"paper": "passport", "text": "Забрали вчера"}'.encode())
    assert not sieve.may_hold('{"paper": "passport", "text": "Вернули вчера"}'.encode())

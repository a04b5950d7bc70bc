import pytest
from django.utils import translation

from leeside.door.problems import describe_problem
from leeside.door.words_problems import describe_receipt_problem, describe_refusal
from leeside.packs.answers import PROBLEM_CODES, AnswerProblem
from leeside.sealing.errors import ReceiptError


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
def test_every_problem_has_a_sentence_of_its_own(language: str) -> None:
    with translation.override(language):
        sentences = {describe_problem(AnswerProblem(code, 30_000)) for code in PROBLEM_CODES}
    assert len(sentences) == len(PROBLEM_CODES)


def test_a_text_that_is_too_long_is_told_how_much_fits() -> None:
    with translation.override("ru"):
        assert "30\u00a0000" in describe_problem(AnswerProblem("too_long", 30_000))


def test_a_wrong_word_is_named_by_its_place_only() -> None:
    with translation.override("ru"):
        assert "7" in describe_receipt_problem(ReceiptError("word", 7))
        assert describe_receipt_problem(ReceiptError("count")) != describe_receipt_problem(ReceiptError("check"))
        assert "ничего не открывают" in describe_refusal()

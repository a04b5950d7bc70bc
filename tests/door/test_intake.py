"""The rules of the receipt, one by one, without HTTP around them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from door.founded import FoundedLine
from leeside.door.intake import Note, Received, Returned, receive, words_of
from leeside.door.open_lines import OpenLine, open_line
from leeside.door.words_block import write_hidden
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.vault import store

NOW = datetime(2023, 12, 5, 16, 5, tzinfo=UTC)


@pytest.fixture
def opened(line: FoundedLine) -> OpenLine:
    return open_line(line.settings)


def give(opened: OpenLine, receipt: Receipt, *, is_own_page: bool = True, **fields: str) -> Any:
    posted = {"receipt": [write_hidden(receipt)], **{name: [value] for name, value in fields.items()}}
    return receive(opened, posted, language="ru", is_own_page=is_own_page, now=NOW)


def test_rule_1_words_of_another_page_are_never_used(opened: OpenLine, line: FoundedLine) -> None:
    theirs = make_receipt()
    outcome = give(opened, theirs, is_own_page=False, text="Письмо")
    assert isinstance(outcome, Received)
    assert outcome.receipt.entropy != theirs.entropy
    assert outcome.note is Note.NEW_WORDS
    assert line.open_answers(outcome.receipt)["text"] == "Письмо"


def test_rule_2_words_that_were_cut_are_replaced(opened: OpenLine) -> None:
    receipt, note = words_of({"receipt": [write_hidden(make_receipt())[:-1]]}, True)
    assert note is Note.NEW_WORDS
    assert receipt is not None


def test_rule_3_a_letter_that_cannot_be_taken_goes_back_with_its_words(opened: OpenLine) -> None:
    receipt = make_receipt()
    outcome = give(opened, receipt, where="hospital")
    assert isinstance(outcome, Returned)
    assert outcome.receipt.entropy == receipt.entropy
    assert outcome.note is Note.NONE
    assert outcome.problems


def test_rule_4_the_same_letter_is_the_same_request(opened: OpenLine) -> None:
    receipt = make_receipt()
    assert give(opened, receipt, text="Письмо") == give(opened, receipt, text="Письмо")


def test_rule_5_another_letter_under_the_same_words_is_another_request(opened: OpenLine, line: FoundedLine) -> None:
    receipt = make_receipt()
    give(opened, receipt, text="Письмо")
    outcome = give(opened, receipt, text="Другое письмо")
    assert isinstance(outcome, Received)
    assert outcome.note is Note.NEW_WORDS
    assert line.open_answers(receipt)["text"] == "Письмо"
    assert line.open_answers(outcome.receipt)["text"] == "Другое письмо"


def test_rule_6_erased_words_bring_nothing_back(opened: OpenLine, line: FoundedLine) -> None:
    receipt = make_receipt()
    give(opened, receipt, text="Письмо")
    store.erase_case(line.case_of(receipt).case_id, NOW.date())
    outcome = give(opened, receipt, text="Письмо")
    assert isinstance(outcome, Returned)
    assert outcome.note is Note.WAS_ERASED
    assert outcome.receipt.entropy != receipt.entropy
    assert not outcome.problems


def test_what_the_server_may_see_of_a_case_is_what_the_pack_concludes(opened: OpenLine, line: FoundedLine) -> None:
    receipt = make_receipt()
    outcome = give(opened, receipt, where="held", text="Письмо")
    case = line.case_of(receipt)
    assert isinstance(outcome, Received)
    assert (case.circle, case.urgency, case.language, case.channel) == ("closed", store.Urgency.RED, "ru", "form")
    assert case.answer_by == outcome.answer_by
    assert case.opened == NOW.date()
    assert case.owner is None


def test_a_day_is_the_line_s_day_and_not_the_server_s(opened: OpenLine, line: FoundedLine) -> None:
    receipt = make_receipt()
    late = datetime(2023, 12, 5, 22, 30, tzinfo=UTC)
    posted = {"receipt": [write_hidden(receipt)], "text": ["Письмо"]}
    receive(opened, posted, language="ru", is_own_page=True, now=late)
    assert line.case_of(receipt).opened.isoformat() == "2023-12-06"


def test_a_promise_keeps_no_clock_time_of_the_visit(opened: OpenLine, line: FoundedLine) -> None:
    promises = set()
    for _ in range(40):
        outcome = give(opened, make_receipt(), text="Письмо")
        assert outcome.answer_by.minute % 15 == 0
        promises.add(outcome.answer_by)
    assert len(promises) > 1

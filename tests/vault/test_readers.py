"""What a leaving colleague held, and its end."""

import pytest

from leeside.vault import store
from vault.invented import NOW, TIMES, add_line, add_reader, case_id_of, deposit, take


def test_a_readers_cases_are_listed_open_and_closed(line_id: bytes, reader_id: bytes) -> None:
    one, other = deposit(line_id), deposit(line_id)
    deposit(line_id)
    cases = {take(one, reader_id), take(other, reader_id)}
    store.append_entries(case_id_of(other), 2, marks=store.MarksChange(state=store.CaseState.CLOSED))
    assert {case_id for case_id, _ in store.list_cases_of(line_id, reader_id)} == cases
    assert store.list_cases_of(add_line("other"), reader_id) == ()


def test_what_lies_in_a_circle_is_listed_up_to_a_limit(line_id: bytes, reader_id: bytes) -> None:
    waiting = {case_id_of(deposit(line_id)) for _ in range(3)}
    deposit(line_id, circle="closed")
    take(deposit(line_id), reader_id)
    assert {case_id for case_id, _ in store.list_cases_in(line_id, "first", 10)} == waiting
    assert len(store.list_cases_in(line_id, "first", 2)) == 2


@pytest.mark.promise(4, "everything a removed reader held", times=4)
def test_dropping_a_reader_takes_every_grant_and_gives_their_cases_back(line_id: bytes, reader_id: bytes) -> None:
    colleague = add_reader(line_id, "Anton")
    mine, theirs = deposit(line_id), deposit(line_id)
    case_id = take(mine, reader_id)
    store.keep_own_copy(case_id, reader_id, 15, 1, b"copy")
    take(theirs, colleague)
    assert store.drop_reader(line_id, reader_id) == 1
    assert store.drop_reader(line_id, reader_id) == 0
    with pytest.raises(store.GoneError):
        store.fetch_case(case_id, reader_id, ["first", "closed"])
    seen = store.fetch_case(case_id, colleague, ["lead"])
    assert seen.owner is None
    assert store.list_readers(case_id) == ()
    assert store.fetch_case(case_id_of(theirs), colleague, []).owner == colleague
    page = store.queue_page(line_id, reader_id, [], store.Tab.ALL_I_MAY_SEE, None, 10, TIMES)
    assert page.rows == ()


def test_no_holds_are_asked_of_no_cases(stores: object) -> None:
    assert store.fetch_holds([], NOW) == {}

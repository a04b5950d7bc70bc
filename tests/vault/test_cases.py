"""Who is handed a case. In the order of the rules in `cases`."""

import secrets

import pytest

from leeside.vault import cases as cases_module
from leeside.vault import store
from leeside.vault.writing import writing
from vault.invented import TODAY, add_line, add_reader, case_id_of, change, deposit, grant_to, sealed_entry, take


def sees(case_id: bytes, reader_id: bytes, circles: list[str]) -> bool:
    """Whether a reader may see a case; fetching the case and its entries must agree, and refuse alike."""
    answers = []
    for attempt in (
        lambda: store.fetch_case(case_id, reader_id, circles),
        lambda: store.fetch_entries(case_id, reader_id, circles, [1, 2, 3, 4]),
    ):
        try:
            attempt()  # type: ignore[no-untyped-call]
        except store.GoneError as error:
            assert str(error) == ""
            answers.append(False)
        else:
            answers.append(True)
    assert len(set(answers)) == 1
    return answers[0]


@pytest.mark.promise(2, "readers without account, locked, of another line, of another circle", times=9)
def test_who_may_see_an_untaken_case(line_id: bytes, reader_id: bytes) -> None:
    case_id = case_id_of(deposit(line_id))
    assert sees(case_id, reader_id, ["first"])
    assert sees(case_id, reader_id, ["closed", "first"])
    assert sees(case_id, reader_id, ["lead"])
    assert not sees(case_id, reader_id, [])
    assert not sees(case_id, reader_id, ["closed"])
    assert not sees(case_id, secrets.token_bytes(16), ["lead", "first"])
    assert not sees(secrets.token_bytes(16), reader_id, ["lead"])
    stranger = add_reader(add_line("other"), "Vera")
    assert not sees(case_id, stranger, ["lead", "first"])
    store.set_account_state(reader_id, store.AccountState.LOCKED)
    assert not sees(case_id, reader_id, ["lead", "first"])


@pytest.mark.promise(2, "a circle after somebody has taken the case", times=4)
def test_who_may_see_a_taken_case(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    colleague = add_reader(line_id, "Anton")
    case_id = take(one, reader_id)
    assert sees(case_id, reader_id, [])
    assert not sees(case_id, colleague, ["first", "closed"])
    assert sees(case_id, colleague, ["lead"])
    store.append_entries(case_id, 2, grants=[grant_to(case_id, colleague)])
    assert sees(case_id, colleague, [])
    store.append_entries(case_id, 3, drop_recipients=[f"reader:{colleague.hex()}"])
    assert not sees(case_id, colleague, ["first"])


def test_a_reader_is_handed_only_keys_that_are_theirs(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id = case_id_of(one)
    assert {wrap.recipient for wrap in store.fetch_case(case_id, reader_id, ["first"]).wraps} == {"circle:first"}
    both = store.fetch_case(case_id, reader_id, ["first", "closed"]).wraps
    assert {(wrap.recipient, wrap.mask) for wrap in both} == {("circle:first", 1), ("circle:closed", 6)}
    take(one, reader_id)
    granted = store.fetch_case(case_id, reader_id, ["first", "closed"]).wraps
    assert {wrap.recipient for wrap in granted} == {f"reader:{reader_id.hex()}", "circle:closed"}


def test_a_case_row_has_what_stands_in_clear_and_the_sealed_card(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    parcel = one.parcel
    row = store.fetch_case(case_id_of(one), reader_id, ["lead"])
    assert (row.case_number, row.writer_public, row.epoch) == (parcel.case_number, parcel.writer_public, parcel.epoch)
    assert (row.pack, row.pack_version, row.maker) == (parcel.pack, parcel.pack_version, parcel.maker)
    assert (row.language, row.channel, row.circle, row.owner) == ("ru", "form", "first", None)
    assert (row.urgency, row.look_by, row.look_by_day, row.opened) == (3, 3, TODAY, TODAY)
    assert (row.card, row.commitments, row.version, row.confirmed) == (parcel.card, parcel.commitments, 1, False)


def test_entries_are_handed_out_for_compartments_whose_keys_the_reader_holds(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id = case_id_of(one)
    store.append_entries(case_id, 1, [store.NewEntry(sealed_entry(4))], grants=[])

    def compartments(circles: list[str], wanted: list[int]) -> list[int]:
        return sorted(entry.compartment for entry in store.fetch_entries(case_id, reader_id, circles, wanted))

    assert compartments(["first"], [1, 2, 3, 4]) == [1]
    assert compartments(["first", "closed"], [1, 2, 3, 4]) == [1, 2, 3]
    assert compartments(["first", "closed"], [2]) == [2]
    assert compartments(["first"], [2, 3]) == []
    store.append_entries(case_id, 2, grants=[grant_to(case_id, reader_id)])
    assert compartments([], [4, 1]) == [1, 4]


def test_entries_come_alike_before_and_after_the_first_step_of_work(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id = case_id_of(one)

    def both() -> tuple[object, object]:
        entries = store.fetch_entries(case_id, reader_id, ["lead"], [1, 2, 3])
        return {entry.entry_id: entry for entry in entries}, store.fetch_case(case_id, reader_id, ["lead"]).wraps

    before = both()
    change(one, store.MarksChange(state=store.CaseState.READ))
    assert both() == before


def test_a_case_is_found_by_its_code_name_in_its_line_only(line_id: bytes, reader_id: bytes) -> None:
    case_id = case_id_of(deposit(line_id))
    name = store.fetch_case(case_id, reader_id, ["lead"]).code_name
    assert store.find_case(line_id, name) == case_id
    with pytest.raises(store.GoneError):
        store.find_case(add_line("other"), name)
    with pytest.raises(store.GoneError):
        store.find_case(line_id, store.CodeName(name.first, name.second + 1024))


def test_an_open_case_is_found_before_closed_ones_of_the_same_name(stores: object) -> None:
    line_id = add_line("tiny", 1, 1)
    name = store.CodeName(0, 0)
    closed = []
    for _ in range(2):
        one = deposit(line_id)
        closed.append(case_id_of(one))
        assert store.find_case(line_id, name) == closed[-1]
        change(one, store.MarksChange(state=store.CaseState.CLOSED))
        if len(closed) == 1:
            assert store.find_case(line_id, name) == closed[0]
    with pytest.raises(store.GoneError):
        store.find_case(line_id, name)
    newest = case_id_of(deposit(line_id))
    assert store.find_case(line_id, name) == newest


def test_readers_are_listed_with_who_granted_and_until_when(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id = take(one, reader_id)
    other = add_reader(line_id, "Anton")
    store.append_entries(case_id, 2, grants=[grant_to(case_id, other, granted_by=reader_id, until=TODAY)])
    rows = {row.reader_id: row for row in store.list_readers(case_id)}
    assert rows[other] == store.CaseReaderRow(other, reader_id, TODAY, 15)
    assert rows[reader_id] == store.CaseReaderRow(reader_id, None, None, 15)


@pytest.mark.promise(3, "sealed keys exchanged between rows, recipients and cases", times=3)
def test_a_sealed_key_moved_to_another_row_opens_nothing(line_id: bytes, reader_id: bytes) -> None:
    ones = [deposit(line_id) for _ in range(2)]
    cases = [take(one, reader_id) for one in ones]
    reader = f"reader:{reader_id.hex()}"
    for statement, values in (
        ("UPDATE leeside_wrap SET case_id = %s WHERE case_id = %s AND recipient = %s", [cases[1], cases[0], reader]),
        ("UPDATE leeside_wrap SET recipient = %s WHERE recipient = 'circle:lead' AND case_id = %s", [reader, cases[0]]),
        ("UPDATE leeside_wrap SET mask = 15 WHERE recipient = 'circle:lead' AND case_id = %s", [cases[1]]),
    ):
        with writing("default") as cursor:
            if "case_id = %s WHERE" in statement:
                cursor.execute("DELETE FROM leeside_wrap WHERE case_id = %s AND recipient = %s", [cases[1], reader])
            cursor.execute(statement, values)
    for case_id in cases:
        with pytest.raises(store.DamagedError):
            store.fetch_case(case_id, reader_id, ["lead"])


def test_a_case_erased_between_two_looks_is_gone(line_id: bytes, reader_id: bytes) -> None:
    case_id = case_id_of(deposit(line_id))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cases_module, "require_sight", lambda *words: store.erase_case(case_id, TODAY))
        with pytest.raises(store.GoneError):
            store.fetch_case(case_id, reader_id, ["lead"])
    case_id = case_id_of(deposit(line_id))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cases_module, "require_sight", lambda *words: store.erase_case(case_id, TODAY))
        with pytest.raises(store.GoneError):
            store.fetch_entries(case_id, reader_id, ["lead"], [1])


def test_which_cases_are_gone(line_id: bytes) -> None:
    """Broken on purpose: `find_gone` that answers with those that are there."""
    there, erased, never = case_id_of(deposit(line_id)), case_id_of(deposit(line_id)), secrets.token_bytes(16)
    store.erase_case(erased, TODAY)
    assert store.find_gone([there, erased, never]) == {erased, never}
    assert store.find_gone([]) == frozenset()

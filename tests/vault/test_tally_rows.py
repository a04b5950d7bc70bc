"""Rows that figures are counted from, without case or order."""

import secrets
from datetime import date
from typing import Any

import pytest

from leeside.vault import store
from leeside.vault.reading import rows_of
from vault.invented import add_line, change, deposit


def tally(month: str = "2023-11", kind: str = "leave", **dims: str) -> store.TallyRow:
    return store.TallyRow(secrets.token_bytes(16), month, kind, dims)


def test_rows_come_back_by_month_within_their_line(line_id: bytes) -> None:
    rows = [tally("2023-10"), tally("2023-11", service="mobilised"), tally("2023-11"), tally("2023-12")]
    store.add_tally_rows(line_id, rows)
    store.add_tally_rows(add_line("other"), [tally("2023-11")])
    found = list(store.tally_rows(line_id, "2023-10", "2023-11"))
    assert [row.month for row in found] == ["2023-10", "2023-11", "2023-11"]
    assert {row.key: dict(row.dims) for row in found} == {row.key: dict(row.dims) for row in rows[:3]}


@pytest.mark.promise(8, "the order of rows against the order of confirmations")
def test_the_order_of_rows_is_not_the_order_in_which_they_came(line_id: bytes, stores: Any) -> None:
    rows = [tally() for _ in range(60)]
    for row in rows:
        store.add_tally_rows(line_id, [row])
    moved = store.shuffle_tally()
    stored = [bytes(row[0]) for row in rows_of("default", "SELECT key FROM leeside_tally_row")]
    assert sorted(stored) == sorted(row.key for row in rows)
    assert stored != [row.key for row in rows]
    assert moved == (0 if stores.database_kind == "sqlite" else 60)
    names = [column[0] for column in columns_of_tally()]
    assert not {"case_id", "day", "opened", "at"} & set(names)


def columns_of_tally() -> list[Any]:
    from django.db import connections

    with connections["default"].cursor() as cursor:
        return list(connections["default"].introspection.get_table_description(cursor, "leeside_tally_row"))


def test_rows_are_added_all_or_none(line_id: bytes) -> None:
    first = tally()
    store.add_tally_rows(line_id, [first])
    with pytest.raises(store.ConflictError):
        store.add_tally_rows(line_id, [tally(), first])
    assert len(list(store.tally_rows(line_id, "2023-11", "2023-11"))) == 1


def test_a_row_is_corrected_or_taken_out_by_its_key_in_its_line(line_id: bytes) -> None:
    row = tally()
    store.add_tally_rows(line_id, [row])
    corrected = store.TallyRow(row.key, "2023-10", "treatment", {"service": "contract"})
    store.change_tally_row(line_id, row.key, corrected)
    assert list(store.tally_rows(line_id, "2023-01", "2023-12")) == [corrected]
    for line, key in ((add_line("other"), row.key), (line_id, b"?" * 16)):
        for new in (corrected, None):
            with pytest.raises(store.GoneError):
                store.change_tally_row(line, key, new)
    store.change_tally_row(line_id, row.key, None)
    assert list(store.tally_rows(line_id, "2023-01", "2023-12")) == []


def test_requests_nobody_confirmed_are_counted_by_the_month_they_were_opened(line_id: bytes) -> None:
    days = (date(2023, 11, 1), date(2023, 11, 30), date(2023, 12, 1), date(2023, 12, 31), date(2024, 1, 1))
    ones = [deposit(line_id, opened=day) for day in days]
    assert [store.count_unconfirmed(line_id, month) for month in ("2023-10", "2023-11", "2023-12", "2024-01")] == [
        0,
        2,
        2,
        1,
    ]
    change(ones[1], store.MarksChange(confirmed=True))
    assert store.count_unconfirmed(line_id, "2023-11") == 1
    assert store.count_unconfirmed(add_line("other"), "2023-11") == 0


@pytest.mark.parametrize(
    "row",
    [
        store.TallyRow(b"short", "2023-11", "leave", {}),
        store.TallyRow(b"k" * 16, "2023-1", "leave", {}),
        store.TallyRow(b"k" * 16, "2023/11", "leave", {}),
        store.TallyRow(b"k" * 16, "2023-ab", "leave", {}),
        store.TallyRow(b"k" * 16, "2023-11", "leave", {str(number): "x" for number in range(9)}),
    ],
)
def test_a_row_out_of_shape_is_our_own_mistake(line_id: bytes, row: store.TallyRow) -> None:
    with pytest.raises(store.MisuseError):
        store.add_tally_rows(line_id, [row])

"""Code names are numbers from nowhere."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.vault import codes, store
from leeside.vault.reading import rows_of
from leeside.vault.records import CodeName
from leeside.vault.writing import writing
from vault.invented import add_line, deposit


@given(st.integers(0, 8191), st.integers(0, 8192 * 64 - 1))
def test_a_code_name_comes_back_from_its_number(first: int, second: int) -> None:
    name = CodeName(first, second)
    assert codes.name_of(codes.code_of(name)) == name
    assert codes.code_of(name) < 1 << 63


def test_names_are_drawn_from_the_whole_of_both_lists(stores: object) -> None:
    line_id = add_line("wide", 8, 8)
    drawn: Counter[int] = Counter()
    with writing("default") as cursor:
        for _ in range(60):
            drawn.update(codes.draw_codes(cursor, line_id, (8, 8), 10))
    assert len(drawn) == 64
    assert max(drawn.values()) < 40


def test_names_drawn_together_are_all_different(stores: object) -> None:
    line_id = add_line("narrow", 4, 4)
    with writing("default") as cursor:
        found = codes.draw_codes(cursor, line_id, (4, 4), 16)
    assert len(set(found)) == 16


def test_when_nothing_at_all_is_free_the_line_is_full(stores: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr(codes, "LIMITS", replace(store.LIMITS, code_beyond=2))
    line_id = add_line("full", 1, 1)
    deposit(line_id)
    deposit(line_id)
    with pytest.raises(store.FullError):
        deposit(line_id)
    assert len(rows_of("default", "SELECT 1 FROM leeside_case")) == 2

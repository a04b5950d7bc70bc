"""The page of who may do what says every cell of both tables, in words of its own."""

import pytest
from django.utils import translation

from leeside.desk.permissions import CASE_TABLE, LINE_TABLE, Basis, CaseAction, LineAction, Role, Standing
from leeside.desk.team.permission_words import case_action_words, case_table, line_action_words, line_table

SIGNS = {
    (True, Basis.ARITHMETIC): "■",
    (True, Basis.SOFTWARE): "□",
    (False, Basis.ARITHMETIC): "✕",
    (False, Basis.SOFTWARE): "–",
}


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_action_has_a_sentence_of_its_own_in_every_language(language: str) -> None:
    """Broken on purpose: an action left out; two actions with one sentence."""
    with translation.override(language):
        cases = {case_action_words(action) for action in CaseAction}
        line = {line_action_words(action) for action in LineAction}
    assert len(cases) == len(CaseAction)
    assert len(line) == len(LineAction)
    if language != "en":
        assert not {action.value for action in CaseAction} & cases
        assert not {action.value for action in LineAction} & line


def test_every_cell_of_the_tables_stands_on_the_page() -> None:
    standings = (
        Standing.LEAD, Standing.OWNER, Standing.STAND_IN, Standing.READER, Standing.HOLDER, Standing.NOBODY
    )  # fmt: skip
    for row, action in zip(case_table().rows, CaseAction, strict=True):
        wanted = [CASE_TABLE[action, standing] for standing in standings]
        assert [cell.sign for cell in row.cells] == [SIGNS[one.allowed, one.basis] for one in wanted]
        assert row.grade
    for row, action in zip(line_table().rows, LineAction, strict=True):
        ruled = [LINE_TABLE[action, role] for role in (Role.LEAD, Role.COUNSEL, Role.PUBLISHER, Role.NOBODY)]
        assert [cell.sign for cell in row.cells] == [SIGNS[one.allowed, one.basis] for one in ruled]

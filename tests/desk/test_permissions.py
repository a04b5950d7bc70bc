"""The table of permissions is total, each cell is one thing, and arithmetic is claimed only where keys decide."""

import itertools

import pytest

from leeside.desk.errors import NotAllowedError
from leeside.desk.permissions import (
    CASE_TABLE,
    LINE_TABLE,
    Basis,
    CaseAction,
    LineAction,
    Role,
    Standing,
    find_standing,
    may,
    may_on_line,
    require_case_action,
    require_line_action,
    role_of,
)

CASE_CELLS = list(itertools.product(CaseAction, Standing))
LINE_CELLS = list(itertools.product(LineAction, Role))


def test_the_table_has_an_answer_for_every_action_and_standing() -> None:
    assert set(CASE_TABLE) == set(CASE_CELLS)
    assert set(LINE_TABLE) == set(LINE_CELLS)


@pytest.mark.parametrize(("action", "standing"), CASE_CELLS, ids=lambda part: part.name)
def test_guard_and_offer_follow_the_table_for_cases(action: CaseAction, standing: Standing) -> None:
    assert may(action, standing) is CASE_TABLE[action, standing].allowed
    if may(action, standing):
        require_case_action(action, standing)
    else:
        with pytest.raises(NotAllowedError):
            require_case_action(action, standing)


@pytest.mark.parametrize(("action", "role"), LINE_CELLS, ids=lambda part: part.name)
def test_guard_and_offer_follow_the_table_for_the_line(action: LineAction, role: Role) -> None:
    assert may_on_line(action, role) is LINE_TABLE[action, role].allowed
    if may_on_line(action, role):
        require_line_action(action, role)
    else:
        with pytest.raises(NotAllowedError):
            require_line_action(action, role)


def test_a_nobody_may_do_nothing_at_all() -> None:
    assert not any(may(action, Standing.NOBODY) for action in CaseAction)
    assert not any(may_on_line(action, Role.NOBODY) for action in LineAction)


def test_a_publisher_sees_no_queue_and_no_reading() -> None:
    allowed = {action for action in LineAction if may_on_line(action, Role.PUBLISHER)}
    assert allowed == {
        LineAction.SEE_PEOPLE,
        LineAction.DRAFT_FIGURES,
        LineAction.APPROVE_FIGURES,
        LineAction.RENEW_OWN_KEYS,
    }


def test_refusals_that_marks_in_clear_could_undo_are_not_called_arithmetic() -> None:
    assert CASE_TABLE[CaseAction.SEE_ROW, Standing.NOBODY].basis is Basis.SOFTWARE
    assert CASE_TABLE[CaseAction.OPEN, Standing.NOBODY].basis is Basis.ARITHMETIC


def test_somebody_who_holds_keys_and_is_refused_is_refused_by_software_only() -> None:
    holders = (Standing.LEAD, Standing.OWNER, Standing.READER, Standing.HOLDER)
    refused = [CASE_TABLE[cell] for cell in CASE_CELLS if cell[1] in holders and not CASE_TABLE[cell].allowed]
    assert {ruling.basis for ruling in refused} == {Basis.SOFTWARE}


def test_a_standing_is_the_first_that_fits() -> None:
    def standing(*facts: bool) -> Standing:
        names = ("is_lead", "is_owner", "has_grant", "holds_circle")
        return find_standing(**dict(zip(names, facts, strict=True)))

    assert standing(True, True, True, True) is Standing.LEAD
    assert standing(False, True, True, True) is Standing.OWNER
    assert standing(False, True, False, False) is Standing.NOBODY, "a mark without a grant is nothing"
    assert standing(False, False, True, True) is Standing.READER
    assert standing(False, False, False, True) is Standing.HOLDER
    assert standing(False, False, False, False) is Standing.NOBODY


def test_roles_on_the_roster_are_two_of_ours_and_the_packs_circles() -> None:
    assert [role_of(name) for name in ("lead", "publisher", "first", "")] == [
        Role.LEAD,
        Role.PUBLISHER,
        Role.COUNSEL,
        Role.NOBODY,
    ]

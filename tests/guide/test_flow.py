"""The way through a condition says the same as the condition itself, whatever is known."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from leeside.guide.flow import End, Flow, Group, GroupKind, flow_of, walk
from leeside.packs.conditions import All, AnyOf, Condition, Contains, IsIn, Not, Truth, leaves_of

A, B, C, D = (IsIn(fact, ("yes",)) for fact in "abcd")


def test_all_leads_out_at_the_first_no_and_any_past_the_rest_at_the_first_yes() -> None:
    flow = flow_of(All((A, AnyOf((B, C)), D)))
    assert [(box.yes, box.no) for box in flow.boxes] == [
        (1, End.FALLS),
        (3, 2),
        (3, End.FALLS),
        (End.APPLIES, End.FALLS),
    ]
    assert flow.groups == (Group(GroupKind.ALL, 0, 3, 0), Group(GroupKind.ANY, 1, 2, 1))
    assert flow.depth == 2


def test_not_turns_the_ways_of_what_it_covers_and_says_so_in_the_group() -> None:
    flow = flow_of(All((Not(A), Not(AnyOf((B, C))), Not(Not(D)))))
    assert [(box.yes, box.no) for box in flow.boxes] == [
        (End.FALLS, 1),
        (End.FALLS, 2),
        (End.FALLS, 3),
        (End.APPLIES, End.FALLS),
    ]
    assert [group.kind for group in flow.groups] == [GroupKind.ALL, GroupKind.NONE]
    assert flow_of(Not(All((A, B)))).groups[0].kind is GroupKind.NOT_ALL


def test_a_single_test_and_a_group_of_one_are_no_group() -> None:
    assert flow_of(All((AnyOf((A,)),))).groups == ()


def test_a_group_right_inside_one_of_its_kind_is_the_same_group() -> None:
    flow = flow_of(AnyOf((A, AnyOf((B, AnyOf((C, D)))))))
    assert flow.groups == (Group(GroupKind.ANY, 0, 3, 0),)
    assert len(flow_of(AnyOf((A, Not(AnyOf((B, C)))))).groups) == 2


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.builds(lambda number: IsIn(f"f{number}", ("yes",)), st.integers(0, 9)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=7,
)


@given(condition=CONDITIONS, data=st.data())
def test_the_ends_that_a_case_can_reach_are_what_the_condition_says(condition: Condition, data: st.DataObject) -> None:
    flow = flow_of(condition)
    values = {test.fact: data.draw(st.sampled_from(["yes", "no", None])) for test in leaves_of(condition)}
    ends = {
        Truth.YES if target is End.APPLIES else Truth.NO
        for number, box in enumerate(flow.boxes)
        for answer, target in ((True, box.yes), (False, box.no))
        if isinstance(target, End) and walk(flow, condition, values).goes(number, answer)
    }
    outcome = condition.evaluate(values)
    assert walk(flow, condition, values).outcome is outcome
    assert ends == ({Truth.YES, Truth.NO} if outcome is Truth.UNKNOWN else {outcome})


@given(condition=CONDITIONS)
def test_one_answer_of_every_box_leads_straight_down(condition: Condition) -> None:
    flow = flow_of(condition)
    for number, box in enumerate(flow.boxes):
        below = number + 1 if number + 1 < len(flow.boxes) else End.APPLIES
        other = [target for target in (box.yes, box.no) if target != below]
        assert len(other) == 1
        assert isinstance(other[0], End) or other[0] > number + 1


def test_boxes_that_no_longer_matter_have_no_answer() -> None:
    condition = AnyOf((A, Contains("b", "x")))
    found = walk(flow_of(condition), condition, {"a": "yes", "b": ("x",)})
    assert dict(found.answers) == {0: Truth.YES}
    assert not found.goes(0, False)
    assert not found.is_open_at(0)


def test_every_combination_of_a_small_condition_walks_to_its_end() -> None:
    condition = All((AnyOf((A, B)), Not(C)))
    flow: Flow = flow_of(condition)
    for values in product(["yes", "no"], repeat=3):
        facts = dict(zip("abc", values, strict=True))
        assert walk(flow, condition, facts).outcome is condition.evaluate(facts)

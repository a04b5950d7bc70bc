"""By when: the last day of each kind of term, every step that led to it, and where it stands."""

from bisect import bisect_left
from datetime import date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from guide.calendars import FIRST, WORKDAYS
from guide.making import TUESDAY, a_book, a_rule, a_term
from leeside.guide.deadlines import Standing, Step, StepKind, count, day_of, days_of, run_term, run_terms
from leeside.packs.guidebook.terms import Term, Unit

in_the_decreed_years = st.dates(FIRST, date(2026, 6, 30))
numbers = st.integers(1, 120)
FACTS = {"learned_on": "2023-11-28", "appear_on": "2023-12-01"}


def end_of(term: Term, event: str) -> str:
    return count(term, date.fromisoformat(event), term.count)[0].isoformat()


def kinds_of(term: Term, event: str) -> list[StepKind]:
    return [step.kind for step in count(term, date.fromisoformat(event), term.count)[1]]


class TestDays:
    def test_the_day_of_the_event_is_out_unless_the_act_counts_it(self) -> None:
        plain = a_term(count=15, moves_on=False)
        assert end_of(plain, "2023-11-28") == "2023-12-13"
        assert end_of(a_term(count=15, moves_on=False, counts_event_day=True), "2023-11-28") == "2023-12-12"
        assert kinds_of(plain, "2023-11-28")[1] is StepKind.EVENT_DAY_OUT

    def test_an_end_on_a_day_off_moves_to_the_next_working_day_and_every_step_is_told(self) -> None:
        end, steps = count(a_term(), date(2026, 2, 27), 15)
        assert end == date(2026, 3, 16)
        assert steps == (
            Step(StepKind.RUNS_FROM, date(2026, 2, 27), 15),
            Step(StepKind.EVENT_DAY_OUT, date(2026, 2, 28)),
            Step(StepKind.ENDS_ON, date(2026, 3, 14)),
            Step(StepKind.DAY_OFF, date(2026, 3, 14)),
            Step(StepKind.MOVES_TO, date(2026, 3, 16)),
        )

    def test_a_holiday_is_called_by_its_name(self) -> None:
        steps = count(a_term(), date(2024, 2, 8), 15)[1]
        assert Step(StepKind.DAY_OFF, date(2024, 2, 23), name="Defender of the Fatherland Day") in steps
        assert steps[-1] == Step(StepKind.MOVES_TO, date(2024, 2, 26))

    def test_an_end_on_a_day_off_stays_where_no_source_moves_it(self) -> None:
        assert end_of(a_term(moves_on=False), "2026-02-27") == "2026-03-14"

    @pytest.mark.parametrize(("event", "end"), [("2023-12-11", "2023-12-10"), ("2024-03-01", "2024-02-29")])
    def test_what_is_due_before_an_event_counts_back(self, event: str, end: str) -> None:
        assert end_of(a_term(count=1, is_before=True, moves_on=False), event) == end

    @given(event=in_the_decreed_years, number=numbers, counts=st.booleans())
    def test_calendar_days_are_those_of_an_independent_calendar(self, event: date, number: int, counts: bool) -> None:
        stays = a_term(count=number, counts_event_day=counts, moves_on=False)
        plain = event + relativedelta(days=number - (1 if counts else 0))
        assert count(stays, event, number)[0] == plain
        moves = a_term(count=number, counts_event_day=counts)
        assert count(moves, event, number)[0] == WORKDAYS[bisect_left(WORKDAYS, plain)]


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("event", "number", "end"),
        [
            ("2023-12-11", 5, "2023-12-18"),
            ("2023-12-29", 5, "2024-01-15"),
            ("2024-04-26", 1, "2024-04-27"),
            ("2024-04-27", 1, "2024-05-02"),
        ],
    )
    def test_days_off_do_not_count_and_saturdays_worked_by_decree_do(self, event: str, number: int, end: str) -> None:
        assert end_of(a_term(unit=Unit.WORKING_DAYS, count=number), event) == end

    def test_the_days_off_that_lie_between_are_told(self) -> None:
        steps = count(a_term(unit=Unit.WORKING_DAYS), date(2023, 12, 11), 5)[1]
        assert Step(StepKind.SKIPS, date(2023, 12, 18), 2) in steps
        assert StepKind.SKIPS not in kinds_of(a_term(unit=Unit.WORKING_DAYS, count=3), "2023-12-11")

    @given(event=in_the_decreed_years, number=numbers, counts=st.booleans())
    def test_working_days_are_those_of_an_independent_calendar(self, event: date, number: int, counts: bool) -> None:
        term = a_term(unit=Unit.WORKING_DAYS, count=number, counts_event_day=counts, moves_on=False)
        first = bisect_left(WORKDAYS, event if counts else event + timedelta(days=1))
        assert count(term, event, number)[0] == WORKDAYS[first + number - 1]

    @given(event=st.dates(date(2024, 1, 1), date(2026, 12, 31)), number=st.integers(1, 60))
    def test_working_days_before_an_event_are_those_of_an_independent_calendar(self, event: date, number: int) -> None:
        term = a_term(unit=Unit.WORKING_DAYS, count=number, is_before=True, moves_on=False)
        assert count(term, event, number)[0] == WORKDAYS[bisect_left(WORKDAYS, event) - number]


class TestMonths:
    @pytest.mark.parametrize(
        ("event", "number", "end", "is_short"),
        [
            ("2023-11-20", 3, "2024-02-20", False),
            ("2023-11-30", 3, "2024-02-29", True),
            ("2022-11-30", 3, "2023-02-28", True),
            ("2023-08-31", 1, "2023-09-30", True),
            ("2023-12-31", 2, "2024-02-29", True),
            ("2023-01-31", 12, "2024-01-31", False),
            ("2024-02-29", 12, "2025-02-28", True),
        ],
    )
    def test_months_end_on_the_day_of_the_same_number_or_the_last_of_a_shorter_month(
        self, event: str, number: int, end: str, is_short: bool
    ) -> None:
        term = a_term(unit=Unit.MONTHS, count=number, moves_on=False)
        assert end_of(term, event) == end
        assert (StepKind.NO_SUCH_DAY in kinds_of(term, event)) is is_short

    def test_months_may_be_counted_back(self) -> None:
        assert end_of(a_term(unit=Unit.MONTHS, count=1, is_before=True, moves_on=False), "2024-03-31") == "2024-02-29"

    @given(event=in_the_decreed_years, number=st.integers(1, 5))
    def test_months_are_those_of_an_independent_calendar(self, event: date, number: int) -> None:
        plain = event + relativedelta(months=number)
        assert count(a_term(unit=Unit.MONTHS, moves_on=False), event, number)[0] == plain
        assert count(a_term(unit=Unit.MONTHS), event, number)[0] == WORKDAYS[bisect_left(WORKDAYS, plain)]

    @given(event=in_the_decreed_years, number=st.integers(1, 12))
    def test_months_before_an_event_are_those_of_an_independent_calendar(self, event: date, number: int) -> None:
        term = a_term(unit=Unit.MONTHS, is_before=True, moves_on=False)
        assert count(term, event, number)[0] == event - relativedelta(months=number)


class TestWhatIsNotCounted:
    def test_at_once_means_the_day_itself(self) -> None:
        term = a_term(unit=Unit.AT_ONCE, count=0)
        found = run_term(term, TUESDAY, TUESDAY)
        assert found.day == TUESDAY
        assert found.steps == (Step(StepKind.AT_ONCE, TUESDAY),)

    def test_a_text_that_nobody_saw_proposes_no_day(self) -> None:
        found = run_term(a_term(may_compute=False), TUESDAY, TUESDAY)
        assert (found.standing, found.day, found.steps) == (Standing.NOT_COMPUTED, None, ())

    def test_a_term_without_its_event_proposes_no_day(self) -> None:
        found = run_term(a_term(), None, TUESDAY)
        assert (found.standing, found.day, found.steps) == (Standing.NO_EVENT, None, ())

    @pytest.mark.parametrize(("unit", "moves_on"), [(Unit.DAYS, True), (Unit.MONTHS, True), (Unit.WORKING_DAYS, False)])
    def test_a_country_without_calendar_proposes_no_day_where_days_off_count(self, unit: Unit, moves_on: bool) -> None:
        found = run_term(a_term(unit=unit, moves_on=moves_on, country="XX"), TUESDAY, TUESDAY)
        assert (found.standing, found.day, found.steps) == (Standing.NO_CALENDAR, None, ())

    @pytest.mark.parametrize("unit", [Unit.DAYS, Unit.MONTHS, Unit.AT_ONCE])
    def test_a_country_without_calendar_is_counted_where_no_day_off_counts(self, unit: Unit) -> None:
        found = run_term(a_term(unit=unit, moves_on=unit is Unit.AT_ONCE, country="XX"), TUESDAY, TUESDAY)
        assert found.day is not None

    def test_an_end_in_a_year_that_is_not_decreed_says_that_it_may_move(self) -> None:
        assert kinds_of(a_term(), "2031-02-03")[-1] is StepKind.NOT_DECREED
        assert kinds_of(a_term(unit=Unit.WORKING_DAYS, moves_on=False), "2031-02-03")[-1] is StepKind.NOT_DECREED
        assert StepKind.NOT_DECREED not in kinds_of(a_term(moves_on=False), "2031-02-03")
        assert StepKind.NOT_DECREED not in kinds_of(a_term(), "2026-02-03")

    @pytest.mark.parametrize(
        ("value", "day"),
        [
            ("2023-12-05", TUESDAY),
            (TUESDAY, TUESDAY),
            ("20231205", None),
            ("2023-W49-2", None),
            ("2023-02-30", None),
            ("0023-12-05", None),
            ("9999-12-31", None),
            ("1899-12-31", None),
            (datetime(2023, 12, 5), None),  # noqa: DTZ001 - what a facts file could carry
            (("2023-12-05",), None),
            (True, None),
            (None, None),
        ],
    )
    def test_a_day_has_one_spelling_and_lies_within_reach(self, value: object, day: date | None) -> None:
        assert day_of(value) == day

    @given(
        event=st.dates(date(1900, 1, 1), date(2199, 12, 31)), number=st.integers(1, 1000), unit=st.sampled_from(Unit)
    )
    def test_no_event_within_reach_leaves_the_calendar(self, event: date, number: int, unit: Unit) -> None:
        assume(unit is not Unit.WORKING_DAYS or number <= 60)
        for is_before in (False, True):
            end = count(a_term(unit=unit, is_before=is_before, moves_on=not is_before), event, number)[0]
            assert (end <= event) if is_before else (end >= event)


class TestStanding:
    @pytest.mark.parametrize(
        ("on", "is_duty", "standing"),
        [
            ("2023-12-12", True, Standing.AHEAD),
            ("2023-12-13", True, Standing.TODAY),
            ("2023-12-14", True, Standing.MISSED),
            ("2023-12-14", False, Standing.PASSED),
        ],
    )
    def test_a_term_is_ahead_due_today_missed_or_over(self, on: str, is_duty: bool, standing: Standing) -> None:
        term = a_term(is_duty=is_duty)
        assert run_term(term, date(2023, 11, 28), date.fromisoformat(on)).standing is standing

    @pytest.mark.parametrize(
        ("on", "restorable", "can"),
        [("2023-12-14", True, True), ("2023-12-14", False, False), ("2023-12-13", True, False)],
    )
    def test_only_a_missed_term_may_be_restored_and_only_where_the_act_says_so(
        self, on: str, restorable: bool, can: bool
    ) -> None:
        found = run_term(a_term(is_restorable=restorable), date(2023, 11, 28), date.fromisoformat(on))
        assert found.can_be_restored is can

    def test_a_term_between_two_numbers_has_a_first_end_and_a_last(self) -> None:
        found = run_term(a_term(count=10, longest=30, moves_on=False), date(2023, 12, 1), TUESDAY)
        assert (found.earliest, found.day) == (date(2023, 12, 11), date(2023, 12, 31))
        assert run_term(a_term(), date(2023, 12, 1), TUESDAY).earliest is None


class TestRunningTheTermsOfRules:
    def test_each_term_runs_once_with_the_rules_that_name_it_the_nearest_first_then_those_without_a_day(self) -> None:
        terms = (
            a_term("undated", events=("attestation_on",)),
            a_term("far", count=40),
            a_term("near", count=3),
        )
        rules = [a_rule("one", terms=("undated", "far", "near")), a_rule("two", terms=("near",))]
        found = run_terms(a_book(*rules, terms=terms), rules, FACTS, TUESDAY)
        assert [(one.term.id, one.rules) for one in found] == [
            ("near", ("one", "two")), ("far", ("one",)), ("undated", ("one",)),
        ]  # fmt: skip
        assert days_of(found) == {"near": date(2023, 12, 1), "far": date(2024, 1, 9)}

    def test_the_first_known_event_counts(self) -> None:
        rule = a_rule(terms=("term",))
        for events, event in (
            (("attestation_on", "appear_on", "learned_on"), date(2023, 12, 1)),
            (("learned_on", "appear_on"), date(2023, 11, 28)),
        ):
            book = a_book(rule, terms=(a_term(events=events),))
            assert run_terms(book, [rule], FACTS, TUESDAY)[0].event == event

    def test_the_wording_of_the_day_of_the_event_governs(self) -> None:
        """Appeals: ten days for a judgment up to 8 January 2023, fifteen from the 9th."""
        terms = (
            a_term(count=10, moves_on=False, until=date(2023, 1, 8)),
            a_term(count=15, moves_on=False, since=date(2023, 1, 9)),
        )
        rule = a_rule(terms=("term",))
        for event, end in (("2023-01-08", date(2023, 1, 18)), ("2023-01-09", date(2023, 1, 24))):
            found = run_terms(a_book(rule, terms=terms), [rule], {"learned_on": event}, TUESDAY)
            assert [one.day for one in found] == [end]

    def test_without_an_event_no_wording_is_shown_that_has_not_begun(self) -> None:
        terms = (a_term(count=10, until=date(2023, 1, 8)), a_term(count=15, since=date(2023, 1, 9)))
        rule = a_rule(terms=("term",))
        for on, number in ((date(2022, 12, 31), 10), (TUESDAY, 15)):
            assert [one.term.count for one in run_terms(a_book(rule, terms=terms), [rule], {}, on)] == [number]

    def test_a_term_that_did_not_exist_on_the_day_of_the_event_does_not_run(self) -> None:
        rule = a_rule(terms=("term",))
        book = a_book(rule, terms=(a_term(since=date(2023, 12, 11)),))
        assert run_terms(book, [rule], FACTS, date(2023, 12, 20)) == ()
        assert run_terms(book, [rule], FACTS, TUESDAY) == ()

    def test_a_term_that_the_pack_does_not_know_is_passed_over(self) -> None:
        rule = a_rule(terms=("gone",))
        assert run_terms(a_book(rule), [rule], FACTS, TUESDAY) == ()

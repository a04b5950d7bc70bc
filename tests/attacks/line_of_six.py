"""The line on which test_who_can_open works: six people, three cases, how a step goes, and what must hold after it.

A step is a page first, as everybody's browser does it, then the flow. What opens is tried by arithmetic
(`desk.arithmetic`) and compared with what `oracle` says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from hypothesis.stateful import RuleBasedStateMachine, invariant

from attacks.oracle import MAY_HOLD, Case, Keys, Oracle, S, W, parts
from desk.arithmetic import Copy, Person, copy_of
from desk.stage import HOT, PLAIN, Sent, Stage, found, send
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.opening import open_case
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.web.clock import domain_clock

ROLES = {"Heron": "lead", "Larch": "lead", "Willow": "closed", "Alder": "closed", "Wren": "first", "Finch": "first"}
REFUSED = (NotAllowedError, InputError, HeldByOtherError, store.ConflictError)
Flow = Callable[[Seat, bytes], object]


@dataclass
class Known:
    """What one case ever was, and what its people ever had in hand."""

    sent: Sent
    every_wrap: dict[bytes, store.KeyWrap]
    ever: dict[str, Keys]


class Ground(RuleBasedStateMachine):
    """A line of two coordinators, two of the closed circle and two of the first line, with three cases."""

    def __init__(self) -> None:
        super().__init__()
        self.stage: Stage | None = None

    def settle(self) -> None:
        """A plain case twice and a hot one, none of them read."""
        self.stage = found(*((name, role) for name, role in ROLES.items() if name != "Heron"))
        self.oracle = Oracle(ROLES)
        self.known: list[Known] = []
        for answers, circle in ((PLAIN, "first"), (HOT, "closed"), (PLAIN, "first")):
            sent = send(self.stage, answers, circle=circle)
            self.oracle.deposit(circle)
            self.known.append(Known(sent, {}, {name: set() for name in ROLES}))
        self.people = {name: Person(self.stage, name) for name in ROLES}

    # How a step goes: the page first, as everybody's browser does it, then the flow.

    def _case(self, which: int) -> Case:
        return self.oracle.cases[which]

    def _id(self, which: int) -> bytes:
        return self.known[which].sent.case_id

    def _reader(self, who: str) -> bytes:
        assert self.stage is not None
        return self.stage.people[who].reader_id

    def _seat(self, who: str) -> Seat:
        assert self.stage is not None
        now = domain_clock().now() + timedelta(days=self.oracle.day)
        return self.stage.seat(who, now=now)

    def _who(self, who: str, which: int) -> str:
        """The name behind a part that somebody plays in a case; whoever plays none is a coordinator."""
        case = self._case(which)
        parts_played = {
            "owner": case.owner,
            "stand-in": case.stand_in,
            "taker": case.offer.taker if case.offer is not None else "",
        }
        return parts_played.get(who, who) or "Heron"

    def _colleague(self, who: str, which: int) -> str:
        """Somebody who could work on the case, as a page's list offers them; a name is whoever it is."""
        if who not in ("one", "another"):
            return who
        case = self._case(which)
        needed = MAY_HOLD[case.circle if case.circle != "lead" else "closed"]
        fit = [
            name
            for name, role in sorted(ROLES.items(), reverse=who == "one")
            if needed <= MAY_HOLD[role] and name not in self.oracle.gone and name not in {case.owner, case.stand_in}
        ]
        return fit[which % len(fit)] if fit else "Heron"

    def _one_with(self, what: str, which: int) -> int:
        """A case that has an owner, a stand-in, or an offer, when there is one."""
        having = [number for number, case in enumerate(self.oracle.cases) if getattr(case, what) and not case.is_erased]
        return having[which % len(having)] if having else which

    def _look(self, who: str, which: int) -> bool:
        """Open the page; whether it opened. It must not, for somebody without the conversation's key."""
        if who in self.oracle.gone:
            return False
        can = S in parts(self.oracle.opens(who, self._case(which)))
        try:
            open_case(self._seat(who), self._id(which))
        except NotAllowedError:
            return False
        assert can, f"{who} opened a page without its key"
        self.oracle.look(who, self._case(which))
        return True

    def _do(self, who: str, which: int, flow: Flow, then: Callable[[Case], object], *, looks: bool = True) -> None:
        """One flow, and what the oracle says of it when it was not refused."""
        if who in self.oracle.gone or (looks and not self._look(who, which)):
            return
        can = {S} <= parts(self.oracle.opens(who, self._case(which)))
        try:
            flow(self._seat(who), self._id(which))
        except REFUSED:
            return
        assert can, f"{who} changed a case without its key"
        then(self._case(which))

    # What must hold after each of them.

    @invariant()
    def everybody_opens_what_the_oracle_says_and_nothing_else(self) -> None:
        if self.stage is None:
            return
        for number, (case, known) in enumerate(zip(self.oracle.cases, self.known, strict=True)):
            copy = None if case.is_erased else copy_of(known.sent.case_id)
            assert (copy is None) == case.is_erased
            if copy is not None:
                known.every_wrap |= {wrap.sealed: wrap for wrap in copy.wraps}
            for name, person in self.people.items():
                self._compare(f"{name}, case {number}", person, (case, known, copy), name)

    def _compare(self, what: str, person: Person, where: tuple[Case, Known, Copy | None], name: str) -> None:
        case, known, copy = where
        told = {(part.name.lower(), number) for part, number in person.opens(copy)}
        if name not in self.oracle.gone:
            expected = self.oracle.opens(name, case)
            assert told == expected, f"{what}: now {sorted(told ^ expected)}"
            known.ever[name] |= expected
        if copy is not None:
            whole = Copy(copy.context, tuple(known.every_wrap.values()))
            ever = {(part.name.lower(), number) for part, number in person.opens(whole)}
            assert ever == known.ever[name], f"{what}: ever {sorted(ever ^ known.ever[name])}"

    @invariant()
    def an_owner_can_work(self) -> None:
        """Whoever has a case opens its conversation and the staff's part of it."""
        if self.stage is None:
            return
        for case, known in zip(self.oracle.cases, self.known, strict=True):
            if not case.is_erased and case.owner:
                row = store.fetch_case(known.sent.case_id, self._reader("Heron"), ("lead",))
                assert row.owner == self._reader(case.owner)
                assert {S, W} <= parts(self.oracle.opens(case.owner, case))

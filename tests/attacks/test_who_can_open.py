"""Promises 2 and 4, attacked by everything at once: who can open what, after any order of what a desk does to cases.

Machines draw orders of opening, taking, keeping, giving back, moving, assigning, handing over, standing in, taking
over, swapping, granting, revoking, linking, erasing, seizing and removing. After each step every envelope that lies in
the database is tried with every key of every person, those who were removed included, and with all that ever lay there
(everybody keeps yesterday's database). What opens must be what `oracle` says, key by key: no more and no less. Nothing
here asks the table of permissions: a flow that is refused must have changed nothing.

Broken on purpose to see it fail: `holding.give_back` that keeps the giver's grant; `circles.move` that seals the new
keys to the mover too; `assigning.pass_to` that forgets to drop the owner before; `rekeying` that gives a reader all
that whoever re-keys holds; `changes.begin` that seals old keys anew after a removal; `offering.refuse` without new
keys.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from attacks.oracle import CIRCLES, Case, Keys, Offer, Oracle, S, W, parts
from desk.arithmetic import Copy, Person, copy_of
from desk.stage import HOT, PLAIN, Sent, Stage, found, send
from leeside.desk import answering, circles, grants, holding
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.guarding.seizing import seize
from leeside.desk.hands import assigning, erasing, offering, standing_in, swapping
from leeside.desk.hands.card import generated
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seat import Seat
from leeside.desk.team.removal import remove
from leeside.desk.ties import links
from leeside.desk.ties.reading import links_of
from leeside.vault import store
from plugins.installations import Installation

ROLES = {"Heron": "lead", "Larch": "lead", "Willow": "closed", "Alder": "closed", "Wren": "first", "Finch": "first"}
REMOVABLE = ("Larch", "Alder", "Willow", "Finch")
REFUSED = (NotAllowedError, InputError, HeldByOtherError, store.ConflictError)
WHO = st.sampled_from(("owner", "owner", "owner", "stand-in", "taker", "Heron", *sorted(ROLES)))
"""Most of what is done to a case is done by those who have it; the rest by anybody."""
SOMEBODY = st.sampled_from(sorted(ROLES))
EXAMPLES, STEPS = 10, 22
WHICH = st.integers(0, 2)
Flow = Callable[[Seat, bytes], object]


@dataclass
class Known:
    """What one case ever was, and what its people ever had in hand."""

    sent: Sent
    every_wrap: dict[bytes, store.KeyWrap]
    ever: dict[str, Keys]


class Desk(RuleBasedStateMachine):
    """A line of two coordinators, two of the closed circle and two of the first line, with three cases."""

    def __init__(self) -> None:
        super().__init__()
        self.stage: Stage | None = None

    @initialize()
    def begin(self) -> None:
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
        return self.stage.seat(who)

    def _who(self, who: str, which: int) -> str:
        """The name behind a part that somebody plays in a case; whoever plays none is a coordinator."""
        case = self._case(which)
        parts_played = {
            "owner": case.owner,
            "stand-in": case.stand_in,
            "taker": case.offer.taker if case.offer is not None else "",
        }
        return parts_played.get(who, who) or "Heron"

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

    # What people do.

    @rule(who=WHO, which=WHICH)
    def look(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._look(who, which)

    @rule(who=WHO, which=WHICH)
    def take(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, holding.take, lambda case: None)

    @rule(who=WHO, which=WHICH)
    def keep(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(
            who, which, lambda seat, one: holding.keep(seat, one, _step(seat)), lambda case: self.oracle.keep(who, case)
        )

    @rule(who=WHO, which=WHICH)
    def write_a_note(self, who: str, which: int) -> None:
        """The first entry of a circle's member keeps an untaken case."""
        who = self._who(who, which)
        case = self._case(which)
        keeps = not case.owner and ROLES[who] != "lead" and f"reader:{who}" not in case.places

        def then(case: Case) -> None:
            if keeps:
                self.oracle.keep(who, case)

        self._do(who, which, lambda seat, one: answering.write_note(seat, one, f"by {who}", _step(seat)), then)

    @rule(who=WHO, which=WHICH)
    def give_back(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(
            who,
            which,
            lambda seat, one: holding.give_back(seat, one, "why"),
            lambda case: self.oracle.give_back(who, case),
        )

    @rule(who=WHO, which=WHICH, circle=st.sampled_from((*CIRCLES, "lead")))
    def move(self, who: str, which: int, circle: str) -> None:
        who = self._who(who, which)
        self._do(
            who,
            which,
            lambda seat, one: circles.move(seat, one, circle, "too hot"),
            lambda case: self.oracle.move(who, case, circle),
        )

    @rule(who=WHO, which=WHICH)
    def swap(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, swapping.swap_out, lambda case: self.oracle.swap(who, case))

    @rule(who=WHO, which=WHICH, reader=SOMEBODY)
    def let_read(self, who: str, which: int, reader: str) -> None:
        who = self._who(who, which)
        reader_id = self._reader(reader)
        self._do(
            who,
            which,
            lambda seat, one: grants.grant(seat, one, reader_id),
            lambda case: self.oracle.grant(who, case, reader),
        )

    @rule(who=WHO, which=WHICH, reader=SOMEBODY)
    def let_read_no_more(self, who: str, which: int, reader: str) -> None:
        who = self._who(who, which)
        reader_id = self._reader(reader)
        self._do(
            who,
            which,
            lambda seat, one: grants.revoke(seat, one, reader_id),
            lambda case: self.oracle.revoke(who, case, reader),
        )

    @rule(who=st.sampled_from(("Heron", "Larch", "Willow")), which=WHICH, owner=SOMEBODY, stays=st.booleans())
    def assign(self, who: str, which: int, owner: str, *, stays: bool) -> None:
        """From a list, without a look."""
        who = self._who(who, which)
        reader_id = self._reader(owner)

        def then(case: Case) -> None:
            if case.owner != owner:
                self.oracle.pass_to(who, case, owner, stays={case.owner} if stays and case.owner else ())

        self._do(
            who,
            which,
            lambda seat, one: assigning.assign(seat, one, reader_id, owner_stays=stays),
            then,
            looks=False,
        )

    @rule(who=WHO, which=WHICH, taker=SOMEBODY, stays=st.booleans())
    def offer(self, who: str, which: int, taker: str, *, stays: bool) -> None:
        who = self._who(who, which)
        taker_id = self._reader(taker)
        self._do(
            who,
            which,
            lambda seat, one: offering.offer(seat, one, taker_id, generated(seat, look_into(seat, one)), stays=stays),
            lambda case: self.oracle.offer(who, case, taker, stays=stays),
        )

    @precondition(lambda self: any(case.offer for case in self.oracle.cases))
    @rule(which=WHICH, accepts=st.booleans())
    def answer_an_offer(self, which: int, *, accepts: bool) -> None:
        waiting = self._case(which).offer
        if waiting is not None and accepts:
            self._accept(which, waiting)
        elif waiting is not None:
            self._do(
                waiting.taker,
                which,
                lambda seat, one: offering.refuse(seat, one, "no"),
                lambda case: self.oracle.end_offer(waiting.taker, case),
            )

    def _accept(self, which: int, waiting: Offer) -> None:
        def then(case: Case) -> None:
            stays = {case.owner} if waiting.giver_stays else ()
            self.oracle.pass_to(waiting.taker, case, waiting.taker, stays=stays)

        self._do(waiting.taker, which, offering.accept, then)

    @precondition(lambda self: any(case.offer for case in self.oracle.cases))
    @rule(who=WHO, which=WHICH)
    def take_an_offer_back(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, offering.withdraw, lambda case: self.oracle.end_offer(who, case))

    @rule(who=WHO, which=WHICH, stand_in=SOMEBODY)
    def name_a_stand_in(self, who: str, which: int, stand_in: str) -> None:
        who = self._who(who, which)
        stand_in_id = self._reader(stand_in)

        def then(case: Case) -> None:
            if case.stand_in != stand_in:
                self.oracle.name_stand_in(who, case, stand_in)

        self._do(who, which, lambda seat, one: standing_in.name_stand_in(seat, one, stand_in_id), then)

    @rule(who=WHO, which=WHICH)
    def end_the_stand_in(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, standing_in.end_stand_in, lambda case: self.oracle.end_stand_in(who, case))

    @rule(who=WHO, which=WHICH)
    def take_over(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, standing_in.take_over, lambda case: self.oracle.pass_to(who, case, who))

    @rule(who=WHO, which=WHICH)
    def give_new_keys(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, circles.rekey_in_place, lambda case: self.oracle._renew_where_it_lies(who, case))

    @rule(who=WHO, which=WHICH)
    def say_the_device_was_seized(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, seize, lambda case: self.oracle.seize(who, case))

    @rule(who=WHO)
    def link_two(self, who: str) -> None:
        """A tie is a note in two cases and moves no key."""
        who = self._who(who, 0)
        if self.oracle.gone & {who} or not (self._look(who, 0) and self._look(who, 2)):
            return
        new = links.NewLink("relative", "person", "mother")
        try:
            links.link(self._seat(who), self._id(0), self._id(2), new)
        except REFUSED:
            return

    @rule(who=WHO)
    def unlink_two(self, who: str) -> None:
        who = self._who(who, 0)
        if who in self.oracle.gone or not self._look(who, 0):
            return
        file = look_into(self._seat(who), self._id(0))
        for one in links_of(file):
            try:
                links.unlink(self._seat(who), self._id(0), one.link)
            except REFUSED:
                return

    @rule(who=WHO, which=WHICH)
    def erase_an_entry(self, who: str, which: int) -> None:
        who = self._who(who, which)

        def flow(seat: Seat, one: bytes) -> None:
            notes = look_into(seat, one).of_kind("note")
            if not notes:
                raise NotAllowedError
            erasing.erase_entry(seat, one, notes[0].entry_id)

        self._do(who, which, flow, lambda case: None)

    @precondition(lambda self: sum(case.is_erased for case in self.oracle.cases) < 2)
    @rule(who=st.sampled_from(("Heron", "Willow", "Wren")), which=WHICH, really=st.integers(0, 3))
    def erase_a_case(self, who: str, which: int, really: int) -> None:
        who = self._who(who, which)
        if really:
            return
        slug = self.known[which].sent.slug
        self._do(who, which, lambda seat, one: erasing.erase_case(seat, one, slug), self.oracle.erase)

    @precondition(lambda self: len(self.oracle.gone) < 2)
    @rule(whom=st.sampled_from(REMOVABLE), really=st.integers(0, 2))
    def remove_somebody(self, whom: str, really: int) -> None:
        if really or whom in self.oracle.gone:
            return
        remove(self._seat("Heron"), self._reader(whom))
        self.oracle.remove(whom)
        assert self.stage is not None
        for name, person in self.people.items():
            if name not in self.oracle.gone:
                person.learn_role_keys(self.stage)

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


def _step(seat: Seat) -> Step:
    return Step("call back", seat.reader_id, seat.today + timedelta(days=1))


@pytest.fixture
def clean_lines(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Any]]:
    """Each machine begins with an installation of its own."""
    from django.conf import settings as configured

    from leeside.sealing import passphrases
    from plugins.installations import empty

    monkeypatch.setattr(passphrases, "ARGON2_MEMORY_KIB", 64)
    monkeypatch.setattr(passphrases, "ARGON2_PASSES", 1)
    before = configured.LEESIDE_LINES

    def make() -> Desk:
        empty(installation)
        configured.LEESIDE_LINES = before
        return Desk()

    yield make
    configured.LEESIDE_LINES = before


@pytest.mark.promise(2, "every envelope tried with every key after any order of work", times=EXAMPLES * STEPS)
@pytest.mark.promise(4, "removed people with every database that there ever was", times=EXAMPLES)
def test_who_can_open_what_is_what_the_rules_say_after_any_order_of_work(clean_lines: Callable[[], Any]) -> None:
    run_state_machine_as_test(
        clean_lines,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Promises 2 and 4, attacked by everything at once: who can open what, after any order of what a desk does to cases.

Machines draw orders of opening, taking, keeping, giving back, moving, assigning, handing over, standing in, taking
over, swapping, granting, revoking, linking, erasing, seizing and removing. After each step every envelope that lies in
the database is tried with every key of every person, those who were removed included, and with all that ever lay there
(everybody keeps yesterday's database). What opens must be what `oracle` says, key by key: no more and no less. Nothing
here asks the table of permissions: a flow that is refused must have changed nothing.

Broken on purpose to see it fail: `holding.give_back` that keeps the giver's grant; `circles.move` that seals the new
keys to the mover too; `assigning.pass_to` that forgets to drop the owner before; `rekeying` that gives a reader all
that whoever re-keys holds; `offering` that lets somebody who said no keep their keys; `opening` that ends an offer that
ran out without new keys.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from attacks.drawn_work import CHOICES, NAMES, SELDOM, Choice
from attacks.line_of_six import REFUSED, ROLES, Ground
from attacks.oracle import Case, Offer
from leeside.desk import answering, circles, grants, holding
from leeside.desk.errors import NotAllowedError
from leeside.desk.guarding.seizing import seize
from leeside.desk.hands import assigning, erasing, offering, standing_in, swapping
from leeside.desk.hands.card import generated
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into
from leeside.desk.seat import Seat
from leeside.desk.team.removal import remove
from leeside.desk.ties import links
from leeside.desk.ties.reading import links_of
from leeside.vault import store
from plugins.installations import Installation

EXAMPLES, STEPS = 30, 40


class Desk(Ground):
    """What the people of the line do to its three cases."""

    @initialize()
    def begin(self) -> None:
        """A plain case twice and a hot one; two of them are somebody's."""
        self.settle()
        self._keep("Wren", 0)
        self._keep("Willow", 1)

    @rule(data=st.data())
    def work(self, data: st.DataObject) -> None:
        """One piece of work, drawn evenly."""
        choice = data.draw(CHOICES)
        WORK[choice.work](self, choice)

    def let_days_pass(self, days: int, who: str, which: int, *, ticks: bool) -> None:
        """Offers run out, with a `tick` since or without; somebody opens a case that was offered."""
        which = self._one_with("offer", which)
        if ticks:
            self.oracle.tick(days)
            seat = self._seat("Heron")
            store.sweep(seat.now, seat.today, seat.real_now)
        else:
            self.oracle.day += days
        self._look(self._who(who, which), which)

    # What people do.

    def look(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._look(who, which)

    def take(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, holding.take, lambda case: None)

    def keep(self, who: str, which: int) -> None:
        self._keep(self._who(who, which), which)

    def keep_from_an_old_page(self, who: str, which: int) -> None:
        """The page was opened before something happened: a removal, say."""
        self._keep(self._colleague(who, which), which, looks=False)

    def _keep(self, who: str, which: int, *, looks: bool = True) -> None:
        self._do(
            who,
            which,
            lambda seat, one: holding.keep(seat, one, _step(seat)),
            lambda case: self.oracle.keep(who, case),
            looks=looks,
        )

    def write_a_note(self, who: str, which: int) -> None:
        """The first entry of a circle's member keeps an untaken case."""
        who = self._who(who, which)
        case = self._case(which)
        keeps = not case.owner and ROLES[who] != "lead" and f"reader:{who}" not in case.places

        def then(case: Case) -> None:
            if keeps:
                self.oracle.keep(who, case)

        self._do(who, which, lambda seat, one: answering.write_note(seat, one, f"by {who}", _step(seat)), then)

    def give_back(self, who: str, which: int) -> None:
        which = self._one_with("owner", which)
        who = self._who(who, which)
        self._do(
            who,
            which,
            lambda seat, one: holding.give_back(seat, one, "why"),
            lambda case: self.oracle.give_back(who, case),
        )

    def move(self, who: str, which: int, circle: str) -> None:
        which = self._one_with("owner", which)
        who = self._who(who, which)
        self._do(
            who,
            which,
            lambda seat, one: circles.move(seat, one, circle, "too hot"),
            lambda case: self.oracle.move(who, case, circle),
        )

    def swap(self, who: str, which: int) -> None:
        which = self._one_with("owner", which)
        who = self._who(who, which)
        self._do(who, which, swapping.swap_out, lambda case: self.oracle.swap(who, case))

    def let_read(self, who: str, which: int, reader: str) -> None:
        reader = self._colleague(reader, which)
        who = self._who(who, which)
        reader_id = self._reader(reader)
        self._do(
            who,
            which,
            lambda seat, one: grants.grant(seat, one, reader_id),
            lambda case: self.oracle.grant(who, case, reader),
        )

    def let_read_no_more(self, who: str, which: int, reader: str) -> None:
        which = self._one_with("owner", which)
        reader = self._colleague(reader, which)
        who = self._who(who, which)
        reader_id = self._reader(reader)
        self._do(
            who,
            which,
            lambda seat, one: grants.revoke(seat, one, reader_id),
            lambda case: self.oracle.revoke(who, case, reader),
        )

    def assign(self, who: str, which: int, owner: str, *, stays: bool) -> None:
        """From a list, without a look."""
        owner = self._colleague(owner, which)
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

    def offer(self, who: str, which: int, taker: str, *, stays: bool) -> None:
        which = self._one_with("owner", which)
        taker = self._colleague(taker, which)
        who = self._who(who, which)
        taker_id = self._reader(taker)
        self._do(
            who,
            which,
            lambda seat, one: offering.offer(seat, one, taker_id, generated(seat, look_into(seat, one)), stays=stays),
            lambda case: self.oracle.offer(who, case, taker, stays=stays),
        )

    def answer_an_offer(self, which: int, *, accepts: bool) -> None:
        which = self._one_with("offer", which)
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

    def take_an_offer_back(self, who: str, which: int) -> None:
        which = self._one_with("offer", which)
        who = self._who(who, which)
        self._do(who, which, offering.withdraw, lambda case: self.oracle.end_offer(who, case))

    def name_a_stand_in(self, who: str, which: int, stand_in: str) -> None:
        which = self._one_with("owner", which)
        stand_in = self._colleague(stand_in, which)
        who = self._who(who, which)
        stand_in_id = self._reader(stand_in)

        def then(case: Case) -> None:
            if case.stand_in != stand_in:
                self.oracle.name_stand_in(who, case, stand_in)

        self._do(who, which, lambda seat, one: standing_in.name_stand_in(seat, one, stand_in_id), then)

    def end_the_stand_in(self, who: str, which: int) -> None:
        which = self._one_with("stand_in", which)
        who = self._who(who, which)
        self._do(who, which, standing_in.end_stand_in, lambda case: self.oracle.end_stand_in(who, case))

    def take_over(self, who: str, which: int) -> None:
        which = self._one_with("owner", which)
        who = self._who(who, which)
        self._do(who, which, standing_in.take_over, lambda case: self.oracle.pass_to(who, case, who))

    def give_new_keys(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, circles.rekey_in_place, lambda case: self.oracle._renew_where_it_lies(who, case))

    def say_the_device_was_seized(self, who: str, which: int) -> None:
        who = self._who(who, which)
        self._do(who, which, seize, lambda case: self.oracle.seize(who, case))

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

    def erase_an_entry(self, who: str, which: int) -> None:
        who = self._who(who, which)

        def flow(seat: Seat, one: bytes) -> None:
            notes = look_into(seat, one).of_kind("note")
            if not notes:
                raise NotAllowedError
            erasing.erase_entry(seat, one, notes[0].entry_id)

        self._do(who, which, flow, lambda case: None)

    def erase_a_case(self, who: str, which: int) -> None:
        who = self._who(who, which)
        if sum(case.is_erased for case in self.oracle.cases):
            return
        slug = self.known[which].sent.slug
        self._do(who, which, lambda seat, one: erasing.erase_case(seat, one, slug), self.oracle.erase)

    def remove_somebody(self, whom: str) -> None:
        if whom in self.oracle.gone or len(self.oracle.gone) > 1:
            return
        remove(self._seat("Heron"), self._reader(whom))
        self.oracle.remove(whom)
        assert self.stage is not None
        for name, person in self.people.items():
            if name not in self.oracle.gone:
                person.learn_role_keys(self.stage)


WORK: Mapping[str, Callable[[Desk, Choice], None]] = {
    "look": lambda d, c: d.look(c.who, c.which),
    "let_days_pass": lambda d, c: d.let_days_pass(c.which + 2, c.who, c.which, ticks=c.flag),
    "take": lambda d, c: d.take(c.who, c.which),
    "keep_from_an_old_page": lambda d, c: d.keep_from_an_old_page(c.other, c.which),
    "keep": lambda d, c: d.keep(c.who, c.which),
    "write_a_note": lambda d, c: d.write_a_note(c.who, c.which),
    "give_back": lambda d, c: d.give_back(c.who, c.which),
    "move": lambda d, c: d.move(c.who, c.which, c.circle),
    "swap": lambda d, c: d.swap("owner", c.which),
    "let_read": lambda d, c: d.let_read(c.who, c.which, c.other),
    "let_read_no_more": lambda d, c: d.let_read_no_more(c.who, c.which, c.other),
    "assign": lambda d, c: d.assign(c.lead, c.which, c.other, stays=c.flag),
    "offer": lambda d, c: d.offer(c.who, c.which, c.other, stays=c.flag),
    "answer_an_offer": lambda d, c: d.answer_an_offer(c.which, accepts=c.flag),
    "take_an_offer_back": lambda d, c: d.take_an_offer_back(c.who, c.which),
    "name_a_stand_in": lambda d, c: d.name_a_stand_in(c.who, c.which, c.other),
    "end_the_stand_in": lambda d, c: d.end_the_stand_in(c.who, c.which),
    "take_over": lambda d, c: d.take_over(c.stand_in, c.which),
    "give_new_keys": lambda d, c: d.give_new_keys(c.who, c.which),
    "say_the_device_was_seized": lambda d, c: d.say_the_device_was_seized(c.who, c.which),
    "link_two": lambda d, c: d.link_two(c.who),
    "unlink_two": lambda d, c: d.unlink_two(c.who),
    "erase_an_entry": lambda d, c: d.erase_an_entry(c.who, c.which),
    "erase_a_case": lambda d, c: d.erase_a_case(c.lead, c.which),
    "remove_somebody": lambda d, c: d.remove_somebody(c.leaver),
}
"""Every piece of work, by the name under which it is drawn."""
assert set(WORK) == set(NAMES) | set(SELDOM)


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


@pytest.mark.slow
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

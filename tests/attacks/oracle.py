"""Who may hold which key of which case: the rules of DESIGN section 5 as sets, without a line of the desk's code.

A *place* is where an envelope lies: `lead`, `circle:NAME`, `reader:NAME`. What a place holds is a set of (compartment,
generation). A person opens the places whose keys they hold, and nothing else. The moves below say what each piece of
work does to the places; they know nothing of permissions, views or flows.

Rules:
1. A request is sealed to `lead`, to the circle it is routed to as far as that circle may hold, and the rest to the
   circle that may hold the rest.
2. The first reader makes `work`: for `lead`, for the circle while nobody has the case, for its readers.
3. Who keeps a case holds what they held; a circle's envelope falls away whose compartments they hold.
4. New keys: one generation more of all that whoever makes them holds. `lead` gets it, and each place that stays gets
   it of the compartments that it had.
5. Somebody who leaves by another's hand, or leaves a case as too hot, gets none of the new keys. Giving back makes no
   new keys: the circle may read on, and so may whoever belongs to it.
6. Somebody who is removed opens no key that is made later; a case that they could open gets new keys when it is next
   opened, or when it is given to somebody.
7. An offer that nobody answered in its days ends when somebody next opens the case who could take it back, with new
   keys by rule 5. Before that the envelope of whoever was asked lies there until `tick` deletes it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

S, I, P, W = "story", "identity", "place", "work"  # noqa: E741  # as in the other attacks
MAY_HOLD = {"first": {S, W}, "closed": {S, I, P, W}, "lead": {S, I, P, W}}
CIRCLES = ("first", "closed")
OFFER_DAYS = 3
Keys = set[tuple[str, int]]


def parts(keys: Iterable[tuple[str, int]]) -> set[str]:
    """The compartments among keys."""
    return {part for part, _ in keys}


def only(keys: Iterable[tuple[str, int]], wanted: Collection[str]) -> Keys:
    """The keys of these compartments."""
    return {(part, number) for part, number in keys if part in wanted}


@dataclass
class Offer:
    """A case offered to somebody."""

    giver: str
    taker: str
    giver_stays: bool
    read_before: bool
    day: int
    """The day of the machine's calendar on which it was made."""


@dataclass
class Case:
    """One case: whose it is, and what each place holds."""

    circle: str
    places: dict[str, Keys]
    owner: str = ""
    stand_in: str = ""
    stand_in_read_before: bool = False
    offer: Offer | None = None
    old: set[str] = field(default_factory=set)
    """Compartments whose newest key somebody removed could open."""
    read_by_strangers: set[str] = field(default_factory=set)
    """Compartments whose newest key is sealed to words that somebody seized."""
    is_seized: bool = False
    is_erased: bool = False


class Oracle:
    """The line: its people's roles, who was removed, and its cases."""

    def __init__(self, roles: dict[str, str]) -> None:
        self.roles = dict(roles)
        self.gone: set[str] = set()
        self.cases: list[Case] = []
        self.day = 0

    def opens(self, who: str, case: Case) -> Keys:
        """What somebody of the line opens of a case as it lies there now."""
        role = self.roles[who]
        mine = {f"reader:{who}", f"circle:{role}"}
        if role == "lead":
            mine |= {"lead", *(f"circle:{circle}" for circle in CIRCLES)}
        if who in self.gone or case.is_erased:
            return set()
        return set().union(*(keys for place, keys in case.places.items() if place in mine))

    def deposit(self, circle: str) -> None:
        """Rule 1."""
        writers = {S, I, P}
        places: dict[str, Keys] = {"lead": {(part, 1) for part in writers}}
        places[f"circle:{circle}"] = {(part, 1) for part in MAY_HOLD[circle] & writers}
        rest = writers - MAY_HOLD[circle]
        if rest:
            places["circle:closed"] = {(part, 1) for part in rest}
        self.cases.append(Case(circle, places))

    def look(self, who: str, case: Case) -> None:
        """A case is opened: rules 2, 6 and 7."""
        held = self.opens(who, case)
        is_old = parts(held) & (case.old | case.read_by_strangers)
        if W not in parts(case.places["lead"]):
            self._make_work(case, circle=case.circle if not case.owner else "lead")
        leaves: set[str] = set()
        ended = case.offer
        if ended is not None and self._has_run_out(ended) and (who in {case.owner, case.stand_in} or self._leads(who)):
            case.offer = None
            is_asked_only = not ended.read_before and ended.taker not in {case.owner, case.stand_in}
            leaves = {ended.taker} if is_asked_only else set()
        if is_old or leaves:
            self._renew_where_it_lies(who, case, leaves=leaves)

    def tick(self, days: int) -> None:
        """Days go by, and `tick` deletes what has ended: rule 7."""
        self.day += days
        for case in self.cases:
            waiting = case.offer
            if waiting is None or waiting.read_before or not self._has_run_out(waiting):
                continue
            if waiting.taker not in {case.owner, case.stand_in}:
                case.places.pop(f"reader:{waiting.taker}", None)

    def _has_run_out(self, waiting: Offer) -> bool:
        return self.day > waiting.day + OFFER_DAYS

    def _leads(self, who: str) -> bool:
        return self.roles[who] == "lead"

    def keep(self, who: str, case: Case) -> None:
        """Rule 3. Whoever had it goes on reading."""
        held = self.opens(who, case)
        self._uncover(case, held)
        case.places[f"reader:{who}"] = held
        case.owner, case.offer = who, None if case.owner != who else case.offer
        case.stand_in = "" if case.stand_in == who else case.stand_in

    def give_back(self, who: str, case: Case) -> None:
        """The circle holds again what the giver held and it may hold; rule 5."""
        held = self.opens(who, case)
        if case.circle != "lead":
            self._share(case, held, replace=False)
        for one in self._leaving(case) | {who}:
            case.places.pop(f"reader:{one}", None)
        case.owner = case.stand_in = ""
        case.offer = None

    def move(self, who: str, case: Case, circle: str) -> None:
        """Too hot: new keys for the new circle, none for who moves it."""
        known = self._renew(who, case, leaves=self._leaving(case) | {who}, without={case.circle, circle})
        case.places.pop(f"circle:{case.circle}", None)
        if circle != "lead":
            case.places.setdefault(f"circle:{circle}", set()).update(known)
        case.circle, case.owner, case.stand_in, case.offer = circle, "", "", None

    def swap(self, who: str, case: Case) -> None:
        """Back to the coordinators, with new keys."""
        self._renew(who, case, leaves=self._leaving(case))
        case.circle, case.owner, case.stand_in, case.offer = "lead", "", "", None

    def grant(self, who: str, case: Case, reader: str) -> None:
        """A colleague reads as far as their circle may hold and the giver holds."""
        case.places[f"reader:{reader}"] = only(self.opens(who, case), MAY_HOLD[self.roles[reader]])

    def revoke(self, who: str, case: Case, reader: str) -> None:
        """And reads no more: rule 5."""
        self._renew(who, case, leaves={reader})
        case.stand_in = "" if case.stand_in == reader else case.stand_in

    def pass_to(self, who: str, case: Case, owner: str, *, stays: Collection[str] = ()) -> None:
        """A new owner, by `who`'s hand: assigned, accepted, taken over."""
        if W not in parts(case.places["lead"]):
            self._make_work(case, circle="lead")
        leaves = self._leaving(case) - set(stays) - {owner}
        if leaves or parts(self.opens(who, case)) & case.old:
            self._renew(who, case, leaves=leaves)
        held = only(self.opens(who, case), MAY_HOLD[self.roles[owner]])
        self._uncover(case, held)
        case.places[f"reader:{owner}"] = held
        case.owner, case.stand_in, case.offer = owner, "", None
        if case.circle == "lead" and self.roles[owner] != "lead":
            case.circle = self.roles[owner]

    def offer(self, who: str, case: Case, taker: str, *, stays: bool) -> None:
        """The taker reads until they answer."""
        case.offer = Offer(case.owner, taker, stays, f"reader:{taker}" in case.places, self.day)
        self.grant_all(who, case, taker)

    def end_offer(self, who: str, case: Case) -> None:
        """Refused or taken back: rule 5, unless the taker read it before."""
        waiting, case.offer = case.offer, None
        assert waiting is not None
        if not waiting.read_before and waiting.taker not in {case.owner, case.stand_in}:
            self._renew(who, case, leaves={waiting.taker})

    def name_stand_in(self, who: str, case: Case, stand_in: str) -> None:
        """A stand-in reads; another one before them reads no more."""
        read_before = f"reader:{stand_in}" in case.places
        self.end_stand_in(who, case)
        self.grant_all(who, case, stand_in)
        case.stand_in, case.stand_in_read_before = stand_in, read_before

    def end_stand_in(self, who: str, case: Case) -> None:
        """Nobody stands in: rule 5, unless they read it before."""
        if case.stand_in and not case.stand_in_read_before:
            self._renew(who, case, leaves={case.stand_in})
        case.stand_in = ""

    def grant_all(self, who: str, case: Case, reader: str) -> None:
        """What somebody needs who works on the case: all that their circle may hold."""
        case.places[f"reader:{reader}"] = only(self.opens(who, case), MAY_HOLD[self.roles[reader]])

    def seize(self, who: str, case: Case) -> None:
        """New keys where the case lies; the writer's words, which are no place here, get none of them."""
        if case.is_seized:
            return
        case.is_seized = True
        case.read_by_strangers = {S, I, P}
        self._renew_where_it_lies(who, case)

    def remove(self, who: str) -> None:
        """Rule 6. Their cases come to the coordinators."""
        self.gone.add(who)
        for case in self.cases:
            case.places.pop(f"reader:{who}", None)
            if case.owner == who:
                case.owner, case.stand_in, case.circle = "", "", "lead"
            if case.stand_in == who:
                case.stand_in = ""
            if case.offer and who in {case.offer.taker, case.offer.giver}:
                case.offer = None
            case.old = parts(case.places["lead"])

    def erase(self, case: Case) -> None:
        """Nobody opens anything."""
        case.is_erased = True

    def _leaving(self, case: Case) -> set[str]:
        leaves = {one for one in (case.owner, case.stand_in) if one}
        if case.offer is not None and not case.offer.read_before:
            leaves.add(case.offer.taker)
        return leaves

    def _make_work(self, case: Case, circle: str) -> None:
        case.places["lead"].add((W, 1))
        for place, keys in case.places.items():
            if place.startswith("reader:") or place == f"circle:{circle}":
                keys.add((W, 1))

    def _uncover(self, case: Case, held: Keys) -> None:
        """Rule 3: circles' envelopes whose compartments are all in these hands."""
        for circle in CIRCLES:
            keys = case.places.get(f"circle:{circle}")
            if keys is not None and parts(keys) - {W} <= parts(held):
                del case.places[f"circle:{circle}"]

    def _share(self, case: Case, held: Keys, *, replace: bool) -> None:
        """Rule 1 once more, for a case that lies in a circle again."""
        shares = {case.circle: only(held, MAY_HOLD[case.circle])}
        rest = held - shares[case.circle]
        if rest:
            shares["closed"] = rest
        for circle, keys in shares.items():
            before = set() if replace else case.places.get(f"circle:{circle}", set())
            if keys:
                case.places[f"circle:{circle}"] = before | keys

    def _renew_where_it_lies(self, who: str, case: Case, *, leaves: Collection[str] = ()) -> None:
        untaken = not case.owner and case.circle != "lead"
        known = self._renew(who, case, leaves=leaves, without=set(CIRCLES) if untaken else set())
        if untaken:
            self._share(case, known, replace=True)

    def _renew(
        self,
        who: str,
        case: Case,
        *,
        leaves: Collection[str] = (),
        without: Collection[str] = (),
    ) -> Keys:
        """Rule 4; what `who` holds then. They see every circle's envelope as a coordinator, else their own circle's."""
        before = self.opens(who, case)
        newest = {part: max(number for one, number in case.places["lead"] if one == part) for part in parts(before)}
        after = before | {(part, number + 1) for part, number in newest.items()}
        case.places["lead"] |= after
        case.old -= parts(after)
        case.read_by_strangers -= parts(after)
        sees = CIRCLES if self.roles[who] == "lead" else (self.roles[who],)
        for place in list(case.places):
            kind, _, name = place.partition(":")
            if kind == "circle" and name in sees and name not in without:
                self._renew_place(case, place, after, MAY_HOLD[name])
            if kind == "reader" and (name in leaves or name in self.gone):
                del case.places[place]
            elif kind == "reader":
                self._renew_place(case, place, after, MAY_HOLD[self.roles[name]])
        return after

    def _renew_place(self, case: Case, place: str, after: Keys, may_hold: set[str]) -> None:
        had = case.places[place]
        wanted = parts(had) & may_hold
        covers = wanted <= parts(after)
        case.places[place] = only(after, wanted) | (set() if covers else had)

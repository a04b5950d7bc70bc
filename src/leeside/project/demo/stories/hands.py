"""Willow goes away: one case is offered to Alder with a card, and Alder stands in for another."""

from collections.abc import Mapping
from datetime import date

from leeside.desk.hands.card import Card
from leeside.desk.hands.offering import offer
from leeside.desk.hands.standing_in import name_stand_in
from leeside.desk.opening import open_case
from leeside.project.demo import founding, texts
from leeside.project.demo.filling import Filler

_TOLD = date(2023, 12, 4)
_NEXT = date(2023, 12, 7)


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Offer Long Shadow to Alder, who has not answered yet; name Alder as stand-in for Dry River."""
    willow = founding.at(filler.seats["willow"], filler.evening(filler.today, 18, 55))
    alder = filler.seats["alder"].reader_id
    said = {name: words[filler.language] for name, words in texts.story("hands")["card"].items()}
    card = Card(
        asked=said["asked"],
        told=said["told"],
        told_day=min(_TOLD, filler.today),
        waiting=said["waiting"],
        next_what=said["next"],
        next_day=max(_NEXT, filler.today),
        do_not=said["do_not"],
    )
    open_case(willow, cases["long-shadow"])
    offer(willow, cases["long-shadow"], alder, card)
    open_case(willow, cases["dry-river"])
    name_stand_in(willow, cases["dry-river"], alder)

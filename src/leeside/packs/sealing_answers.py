"""Turns the answers of one letter into a sealed parcel: the pack says what goes where, the roster to whose keys.

The one module of this package that seals. The door does it for whoever fills in the form, the desk for whoever
telephones, the command line for whoever comes in a file: one parcel, whoever made it.

Contents of the entries, as the desk reads them (they stand inside the seal, one a compartment, also when empty):
`answers`: pack, version, voice, language, answers by question id (ids of options, ISO dates, texts);
`card`: what `Pack.card` makes. Neither holds a text of the pack, so that old cases stay readable.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from leeside.packs.answers import AnswersRead
from leeside.packs.pack import Pack
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody
from leeside.sealing.parcels import CircleKey, Maker, Parcel, Request, seal_parcel
from leeside.sealing.plain_json import Json
from leeside.sealing.receipts import Receipt
from leeside.sealing.repeat import canonical_answers
from leeside.sealing.roster import Roster


@dataclass(frozen=True)
class Arrival:
    """How a letter came: who seals it, the language of its writer, the channel, and the day at the line."""

    maker: Maker
    language: str
    channel: str
    today: date


def seal_answers(
    pack: Pack, roster: Roster, read: AnswersRead, receipt: Receipt, arrival: Arrival, *, circle: str = ""
) -> Parcel:
    """Seal one letter to the circle that its answers route it to, to the coordinators and to its writer.

    `roster` has been verified up to the line's fingerprint by the caller: every key that is sealed to comes from it.
    `circle` is for the desk, where somebody who knows better may say where the case goes.
    """
    answers, today = read.answers, arrival.today
    circles = circle_keys(pack, roster)
    lead = next(circle for circle in circles if circle.circle == LEAD)
    marks = pack.marks(answers, today)
    card = cast("Mapping[str, Json]", pack.card(answers, today, read.voice, marks.reasons))
    request = Request(
        maker=arrival.maker,
        line_id=roster.line_id,
        epoch=lead.epoch,
        pack=pack.name,
        pack_version=pack.version,
        language=arrival.language,
        channel=arrival.channel,
        circle=circle or pack.routing(answers),
        urgency=marks.urgency,
        look_by=marks.look_by,
        bodies=answer_bodies(pack, read, arrival.language, today),
        card=EntryBody("card", WRITER_AUTHOR, today.isoformat(), card),
        canonical=canonical_answers(answers),
    )
    return seal_parcel(request, receipt, circles)


def answer_bodies(pack: Pack, read: AnswersRead, language: str, today: date) -> dict[Compartment, EntryBody]:
    """One body a compartment, all of one shape, so that an empty one looks like any other."""
    frame: dict[str, Json] = {
        "pack": pack.name,
        "version": pack.version,
        "voice": pack.voice_of(read.answers, read.voice),
        "language": language,
    }
    return {
        compartment: EntryBody("answers", WRITER_AUTHOR, today.isoformat(), {**frame, "answers": cast("Json", answers)})
        for compartment, answers in pack.split_by_compartment(read.answers).items()
    }


def circle_keys(pack: Pack, roster: Roster) -> tuple[CircleKey, ...]:
    """The pack's circles in its order, and the coordinators', each with its key from the verified roster."""
    circles = [
        CircleKey(circle.name, key.epoch, key.public, circle.may_hold)
        for circle in pack.circles
        for key in roster.role_keys
        if key.circle == circle.name
    ]
    lead = roster.role_key(LEAD)
    return (*circles, CircleKey(LEAD, lead.epoch, lead.public, ()))

"""Turns the answers of one letter into a sealed parcel: the pack says what goes where, the roster to whose keys.

Contents of the entries, as the desk reads them (they stand inside the seal, one a compartment, also when empty):
`answers`: pack, version, voice, language, answers by question id (ids of options, ISO dates, texts);
`card`: what `Pack.card` makes. Neither holds a text of the pack, so that old cases stay readable.
"""

from collections.abc import Mapping
from datetime import date
from typing import cast

from leeside.door.open_lines import OpenLine
from leeside.packs.answers import AnswersRead
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody
from leeside.sealing.parcels import CircleKey, Maker, Parcel, Request, seal_parcel
from leeside.sealing.plain_json import Json
from leeside.sealing.receipts import Receipt
from leeside.sealing.repeat import canonical_answers


def seal_answers(
    line: OpenLine, read: AnswersRead, receipt: Receipt, *, language: str, channel: str, today: date
) -> Parcel:
    """Seal one letter to the circle that its answers route it to, to the coordinators and to its writer."""
    pack, answers = line.pack, read.answers
    circles = circle_keys(line)
    lead = next(circle for circle in circles if circle.circle == LEAD)
    marks = pack.marks(answers, today)
    card = cast("Mapping[str, Json]", pack.card(answers, today, read.voice, marks.reasons))
    request = Request(
        maker=Maker.SERVER,
        line_id=line.line_id,
        epoch=lead.epoch,
        pack=pack.name,
        pack_version=pack.version,
        language=language,
        channel=channel,
        circle=pack.routing(answers),
        urgency=marks.urgency,
        look_by=marks.look_by,
        bodies=answer_bodies(line, read, language, today),
        card=EntryBody("card", WRITER_AUTHOR, today.isoformat(), card),
        canonical=canonical_answers(answers),
    )
    return seal_parcel(request, receipt, circles)


def answer_bodies(line: OpenLine, read: AnswersRead, language: str, today: date) -> dict[Compartment, EntryBody]:
    """One body a compartment, all of one shape, so that an empty one looks like any other."""
    pack = line.pack
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


def circle_keys(line: OpenLine) -> tuple[CircleKey, ...]:
    """The pack's circles in its order, and the coordinators', each with its key from the verified roster."""
    circles = [
        CircleKey(circle.name, key.epoch, key.public, circle.may_hold)
        for circle in line.pack.circles
        for key in line.roster.role_keys
        if key.circle == circle.name
    ]
    lead = line.roster.role_key(LEAD)
    return (*circles, CircleKey(LEAD, lead.epoch, lead.public, ()))

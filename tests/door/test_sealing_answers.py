"""What of a letter goes where, and to whom it is sealed."""

from datetime import date

from door.founded import FoundedLine
from leeside.door.open_lines import open_line
from leeside.packs.answers import AnswersRead
from leeside.packs.sealing_answers import Arrival, circle_keys, seal_answers
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD
from leeside.sealing.keys import CompartmentKey
from leeside.sealing.parcels import Maker, Parcel, encode_parcel, parse_parcel
from leeside.sealing.receipts import make_receipt
from leeside.sealing.unseal import open_bundle, open_entry

DAY = date(2023, 12, 5)
STORY = "Письмо о письме"


def make(line: FoundedLine, answers: dict[str, object]) -> Parcel:
    read = AnswersRead(answers, {}, "self")
    opened = open_line(line.settings)
    return seal_answers(opened.pack, opened.roster, read, make_receipt(), Arrival(Maker.SERVER, "ru", "form", DAY))


def keys_of(line: FoundedLine, parcel: Parcel, circle: str) -> dict[Compartment, CompartmentKey]:
    """What a circle can open of a parcel."""
    recipient = f"circle:{circle}"
    sealed = next((keys.sealed for keys in parcel.keys if keys.recipient == recipient), None)
    if sealed is None:
        return {}
    opened = open_bundle(line.role_seeds[circle], parcel.context, recipient, sealed)
    return {key.compartment: key for key in opened}


def test_a_parcel_is_one_that_its_own_parser_takes(line: FoundedLine) -> None:
    parcel = make(line, {"text": STORY})
    assert parse_parcel(encode_parcel(parcel)) == parcel
    assert parcel.maker is Maker.SERVER


def test_first_line_volunteers_get_the_story_and_the_closed_circle_the_rest(line: FoundedLine) -> None:
    parcel = make(line, {"text": STORY, "name": "И. И.", "place": "Палата 5"})
    assert parcel.circle == "first"
    assert set(keys_of(line, parcel, "first")) == {Compartment.STORY}
    assert set(keys_of(line, parcel, "closed")) == {Compartment.IDENTITY, Compartment.PLACE}
    assert set(keys_of(line, parcel, LEAD)) == {Compartment.STORY, Compartment.IDENTITY, Compartment.PLACE}


def test_what_is_too_hot_goes_past_the_first_circle(line: FoundedLine) -> None:
    parcel = make(line, {"where": "held", "text": STORY})
    assert parcel.circle == "closed"
    assert keys_of(line, parcel, "first") == {}


def test_every_compartment_is_there_also_when_empty_and_tells_nothing_by_its_size(line: FoundedLine) -> None:
    empty, full = make(line, {"text": STORY}), make(line, {"text": STORY, "name": "И. И.", "place": "Палата 5"})
    assert [len(one.sealed) for one in empty.entries] == [len(one.sealed) for one in full.entries]
    assert [one.compartment for one in empty.entries] == [Compartment.STORY, Compartment.IDENTITY, Compartment.PLACE]


def test_each_answer_lies_in_the_compartment_of_its_question(line: FoundedLine) -> None:
    parcel = make(line, {"text": STORY, "name": "И. И.", "place": "Палата 5"})
    keys = keys_of(line, parcel, LEAD)
    found = {}
    for entry in parcel.entries:
        body = open_entry(keys[entry.compartment], parcel.context, entry.entry_id, entry.sealed).body
        found[entry.compartment] = body.content["answers"]
        assert body.at == "2023-12-05"
        assert (body.content["pack"], body.content["version"]) == ("refusal", 1)
    assert found == {
        Compartment.STORY: {"text": STORY},
        Compartment.IDENTITY: {"name": "И. И."},
        Compartment.PLACE: {"place": "Палата 5"},
    }


def test_the_card_holds_no_word_that_somebody_wrote(line: FoundedLine) -> None:
    parcel = make(line, {"wants": "commission", "text": STORY, "name": "И. И.", "stop_word": "дождь"})
    key = keys_of(line, parcel, LEAD)[Compartment.STORY]
    card = open_entry(key, parcel.context, parcel.card.entry_id, parcel.card.sealed).body
    told = str(card.content)
    assert card.content["need"] == "commission"
    assert not any(one in told for one in (STORY, "И. И.", "дождь"))


def test_every_circle_s_key_comes_from_the_verified_roster(line: FoundedLine) -> None:
    opened = open_line(line.settings)
    stated = {key.circle: key.public for key in opened.roster.role_keys}
    assert {key.circle: key.public for key in circle_keys(opened.pack, opened.roster)} == stated

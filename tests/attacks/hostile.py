"""Parcels sealed by an enemy: the door cannot look inside a seal, so what stands there reaches the staff's pages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from attacks.rows import roster_of
from leeside.packs.reader import shipped_pack
from leeside.sealing.compartments import WRITER_COMPARTMENTS, Compartment
from leeside.sealing.context import LEAD
from leeside.sealing.entries import SYSTEM_AUTHOR, WRITER_AUTHOR, Author, EntryBody
from leeside.sealing.parcels import CircleKey, LookBy, Maker, Parcel, Request, Urgency, encode_parcel, seal_parcel
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.sealing.repeat import canonical_answers
from leeside.sealing.roster import Roster

PACK = shipped_pack("refusal")
TODAY = datetime.now(UTC).date()


def hostile_parcel(
    directory: Path,
    *,
    card: Mapping[str, Any] | None = None,
    story: Mapping[str, Any] | None = None,
    kind: str = "answers",
    card_kind: str = "card",
    at: str = "",
    author: Author = WRITER_AUTHOR,
    receipt: Receipt | None = None,
    roster: Roster | None = None,
    **changed: Any,
) -> bytes:
    """A parcel as a browser seals it, with any content where the form's own would stand."""
    roster = roster or roster_of(directory)
    day = at or date.isoformat(TODAY)
    frame = {"pack": PACK.name, "version": PACK.version, "voice": "self", "language": "ru"}
    said = {"where": "home", "wants": "summons"}
    contents = {one: {**frame, "answers": {}} for one in WRITER_COMPARTMENTS}
    contents[Compartment.STORY] = dict(story) if story is not None else {**frame, "answers": said}
    request = Request(
        maker=Maker.BROWSER,
        line_id=roster.line_id,
        epoch=roster.role_key(LEAD).epoch,
        pack=PACK.name,
        pack_version=PACK.version,
        language="ru",
        channel="form",
        circle="first",
        urgency=Urgency.RED,
        look_by=LookBy.TODAY,
        bodies={one: EntryBody(kind, author, day, content) for one, content in contents.items()},
        card=EntryBody(card_kind, author, day, dict(card) if card is not None else PACK.card(said, TODAY, "self")),
        canonical=canonical_answers(said),
    )
    keys = [CircleKey(one.name, roster.role_key(one.name).epoch, roster.role_key(one.name).public, one.may_hold)
            for one in PACK.circles]  # fmt: skip
    lead = roster.role_key(LEAD)
    recipients = [*keys, CircleKey(LEAD, lead.epoch, lead.public, ())]
    # Our own encoder would refuse a time that no entry may have; an enemy's does not.
    with patch("leeside.sealing.entries.is_time", return_value=True):
        sealed = seal_parcel(request, receipt or make_receipt(), recipients)
    return encode_parcel(replace(sealed, **changed) if changed else sealed)


def swap_keys(parcel: Parcel) -> Parcel:
    """The same parcel with two commitments exchanged: its keys open, and do not fit what they were committed to."""
    first, second, *rest = parcel.commitments
    exchanged = (replace(first, value=second.value), replace(second, value=first.value), *rest)
    return replace(parcel, commitments=exchanged)


BAD_CARDS: dict[str, Mapping[str, Any]] = {
    "nothing": {},
    "a list where the need should be": {"need": ["x"]},
    "a table where the need should be": {"need": {"a": 1}},
    "numbers everywhere": {"need": 7, "voice": 7, "answers": 7, "reasons": 7, "flags": 7, "next_date": 7},
    "a reason without its day": {"reasons": [["soon"]]},
    "an empty reason": {"reasons": [[]]},
    "reasons of texts": {"reasons": ["soon"]},
    "a reason nobody knows": {"reasons": [["no-such-reason", "2023-12-05"]]},
    "a reason with a day that is none": {"reasons": [["leave_ends", "5 December"]]},
    "a reason on the last day there is": {"reasons": [["leave_ends", "9999-12-31"]]},
    "answers nobody asked for": {"answers": {"no_such_question": ["a", {"b": ["c"]}], "where": {"x": 1}}},
    "an option nobody has": {"need": "no-such-option", "answers": {"where": "no-such-option"}},
    "a nested answer": {"answers": {"where": [[["home"]]]}},
    "flags of tables": {"flags": [{"a": 1}, ["b"], 3, None]},
    "a next date of numbers": {"next_date": [1, 2]},
    "a next date of tables": {"next_date": [{"a": 1}, {"b": 2}]},
    "a voice nobody has": {"voice": "no-such-voice", "need": "summons"},
    "a voice of a table": {"voice": {"a": 1}},
    "markup": {"need": "<script>alert(1)</script>", "answers": {"where": "<img src=x onerror=alert(1)>"}},
}

BAD_STORIES: dict[str, Mapping[str, Any]] = {
    "nothing": {},
    "answers that are a list": {"answers": ["x"]},
    "answers of numbers": {"answers": {"where": 7, "wants": 7, "text": 7}},
    "answers of tables": {"answers": {"where": {"a": 1}, "wants": {"b": [1]}, "text": {"c": None}}},
    "nested lists": {"answers": {"where": [["home"]], "wants": [[1, 2]]}},
    "dates that are none": {"answers": {"leave_ends": "tomorrow", "hearing_day": "9999-99-99"}},
    "dates at the ends of the calendar": {"answers": {"leave_ends": "0001-01-01", "hearing_day": "9999-12-31"}},
    "dates in lists": {"answers": {"leave_ends": ["2023-12-05"], "hearing_day": {"day": "2023-12-05"}}},
    "questions nobody asked": {"answers": {"a" * 60: "x", "__class__": "y", "pk": "z"}},
    "a voice of a table": {"voice": {"a": 1}, "answers": {"where": "home"}},
    "a voice of a list": {"voice": ["self"], "answers": {"where": "home"}},
    "a pack from the future": {"pack": "other", "version": 10**9, "answers": {"where": "home"}},
    "text that is markup": {"answers": {"text": "<script>alert(1)</script></textarea>{{ 7*7 }}{% debug %}"}},
    "text that turns the line round": {"answers": {"text": "\u202e\u2066\u200f\ufeff\u0000\ue000words\ue001"}},
    "the longest text": {"answers": {"text": "я" * 30_000}},
    "an event as an answer": {"event": "closed", "outcome": "answered", "follow_up": "never", "answers": {}},
    "a number of entries seen": {"seen": 10**15, "text": "x", "answers": {}},
}

BAD_TIMES = ("0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2023-12-05T10:00")

BAD_KINDS = ("answers", "message", "answer", "note", "fact", "next_step", "event", "reading", "card", "correction",
             "attachment", "check", "link", "paper", "never_heard_of")  # fmt: skip

AUTHORS = {"writer": WRITER_AUTHOR, "system": SYSTEM_AUTHOR}

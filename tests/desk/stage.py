"""A founded line with its people and requests, made through the flows of the desk itself: what its tests stand on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.conf import settings

from leeside.desk import founding, signing_in
from leeside.desk.lines import pack_of
from leeside.desk.queue_times import times_of
from leeside.desk.rosters import forget_rosters
from leeside.desk.seat import Seat
from leeside.desk.team import admission, invitations
from leeside.packs.marks import Urgency
from leeside.packs.promise_times import promised_by
from leeside.sealing.context import LEAD
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody
from leeside.sealing.one_time_codes import code_at
from leeside.sealing.parcels import CircleKey, Maker, Parcel, Request, seal_parcel
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.sealing.repeat import canonical_answers
from leeside.sealing.secrets import Secret, make_secret
from leeside.vault import store
from leeside.web.clock import domain_clock, real_now
from leeside.web.lines import LineSettings

TODAY = date(2023, 12, 5)
HOT = {"where": "hospital", "wants": "leave_service", "writer": "self", "region": "volga", "wounded": "twice"}
PLAIN = {"where": "home", "wants": "summons", "writer": "self", "region": "northwest"}
STORY_TEXT = "A letter that nobody but its readers may see."


@dataclass
class Colleague:
    """A person of the line and what they type."""

    name: str
    role: str
    reader_id: bytes
    passphrase: str
    code_secret: Secret

    def code(self) -> str:
        """The code of this moment."""
        return code_at(self.code_secret, int(real_now().timestamp()))


@dataclass
class Stage:
    """The line, its people by name, and seats for them."""

    line: LineSettings
    fingerprint: bytes
    people: dict[str, Colleague] = field(default_factory=dict)
    rings: dict[str, object] = field(default_factory=dict)

    def attempt(self, who: str, **changed: str) -> signing_in.Attempt:
        """What the person types; `changed` replaces a part."""
        person = self.people[who]
        typed = {"name": person.name, "passphrase": person.passphrase, "code": person.code()} | changed
        return signing_in.Attempt(self.line, typed["name"], typed["passphrase"], typed["code"])

    def seat(self, name: str, now: datetime | None = None) -> Seat:
        """A fresh seat: signed in once, then taken again for each call, as each request does."""
        from leeside.desk.seat import take_seat

        if name not in self.rings:
            signed = signing_in.sign_in(self.attempt(name), takes_used_codes=True)
            self.rings[name] = signed.seat.keyring.ring
        return take_seat(self.line, self.rings[name], now=now)  # type: ignore[arg-type]

    def copy(self) -> "Stage":
        """The same stage for another test, whose changes stay its own."""
        people = {name: replace(person) for name, person in self.people.items()}
        return Stage(self.line, self.fingerprint, people, dict(self.rings))


def found(*others: tuple[str, str], slug: str = "refusal") -> Stage:
    """Found a line of the settings with the coordinator Heron, then admit the others (name, role)."""
    forget_rosters()
    line = settings.LEESIDE_LINES[slug]
    line_id = make_secret(16).reveal()
    from leeside.desk.code_names import drawn_counts

    store.add_line(line.slug, line.pack, line_id, *drawn_counts())
    today = domain_clock().today(line.time_zone)
    first = founding.found_line(line, "Heron", "en", today=today)
    pinned = LineSettings(line.slug, line.pack, line.address, line.titles, first.line_fingerprint.hex(), line.time_zone)
    pin(pinned)
    stage = Stage(pinned, first.line_fingerprint)
    stage.people["Heron"] = _colleague(first, LEAD)
    store.accept_conduct(first.reader_id, pack_of(pinned).conduct.version)
    for name, role in others:
        admit(stage, name, role)
    return stage


def pin(line: LineSettings) -> None:
    """Name the line in the settings, by its fingerprint."""
    settings.LEESIDE_LINES = {**settings.LEESIDE_LINES, line.slug: line}


def admit(stage: Stage, name: str, role: str) -> Colleague:
    """Invite, accept and admit one person."""
    address = invitations.make_invitation(stage.seat("Heron"))
    accepted = invitations.accept_invitation(address, name, "en", now=real_now())
    admission.admit(stage.seat("Heron"), accepted.reader_id, role)
    store.accept_conduct(accepted.reader_id, pack_of(stage.line).conduct.version)
    stage.people[name] = _colleague(accepted, role)
    return stage.people[name]


def _colleague(way_in: founding.NewWayIn, role: str) -> Colleague:
    passphrase = way_in.passphrase.reveal().decode()
    return Colleague(way_in.name, role, way_in.reader_id, passphrase, way_in.code_secret)


@dataclass(frozen=True)
class Sent:
    """A request that was deposited."""

    receipt: Receipt
    parcel: Parcel
    case_id: bytes
    slug: str


def send(
    stage: Stage,
    answers: Mapping[str, str] = HOT,
    *,
    circle: str = "",
    text: str = STORY_TEXT,
    opened: date | None = None,
) -> Sent:
    """Seal and deposit one request as the door does."""
    from leeside.desk.code_names import write_slug

    pack = pack_of(stage.line)
    roster = stage.seat("Heron").keyring.roster.current
    today = opened or domain_clock().today(stage.line.time_zone)
    said = {**answers, "text": text}
    frame = {"pack": pack.name, "version": pack.version, "voice": "self", "language": "ru"}
    bodies = {
        compartment: EntryBody("answers", WRITER_AUTHOR, today.isoformat(), {**frame, "answers": part})
        for compartment, part in pack.split_by_compartment(said).items()
    }
    request = Request(
        maker=Maker.SERVER,
        line_id=roster.line_id,
        epoch=roster.role_key(LEAD).epoch,
        pack=pack.name,
        pack_version=pack.version,
        language="ru",
        channel="web",
        circle=circle or pack.routing(said),
        urgency=pack.marks(said, today).urgency,
        look_by=pack.marks(said, today).look_by,
        bodies=bodies,
        card=EntryBody("card", WRITER_AUTHOR, today.isoformat(), pack.card(said, today, "self")),
        canonical=canonical_answers(said),
    )
    keys = [
        CircleKey(one.name, roster.role_key(one.name).epoch, roster.role_key(one.name).public, one.may_hold)
        for one in pack.circles
    ]
    lead = roster.role_key(LEAD)
    receipt = make_receipt()
    parcel = seal_parcel(request, receipt, [*keys, CircleKey(LEAD, lead.epoch, lead.public, ())])
    promised = promised_by(pack, Urgency(request.urgency), domain_clock().now(), receipt.entropy)
    assert store.deposit(parcel, today, promised).outcome == store.Outcome.ACCEPTED
    seat = stage.seat("Heron")
    page = store.queue_page(
        seat.line_id, seat.reader_id, seat.circles, store.Tab.ALL_I_MAY_SEE, None, 200, times_of(seat)
    )
    row = next(row for row in page.rows if row.case_number == parcel.case_number)
    return Sent(receipt, parcel, row.case_id, write_slug(row.code_name))

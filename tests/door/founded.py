"""Founds a line in the test's installation, with every secret in the test's own hand."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from django.test import override_settings

from leeside.packs.reader import shipped_pack
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD, CaseContext, hash_writer_key
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody, staff_author
from leeside.sealing.keys import make_seed, make_signing_seed, public_key_of, verify_key_of
from leeside.sealing.parcels import SealedEntry
from leeside.sealing.receipts import Receipt, derive_receipt_keys, read_receipt
from leeside.sealing.roster import NO_HASH, Person, RoleKey, RosterVersion, fingerprint_of, sign_roster
from leeside.sealing.seal import new_entry_id, seal_entry
from leeside.sealing.secrets import Secret
from leeside.sealing.unseal import OpenedEntry, open_bundle, open_entry
from leeside.vault import store
from leeside.web.clock import domain_clock
from leeside.web.lines import LineSettings

LINE_ID = bytes(range(16))
ANNA, BELA = b"a" * 16, b"b" * 16
DAY = date(2023, 12, 1)
FORM = "/ru/help/"


@dataclass(frozen=True)
class FoundedLine:
    """The line, its people's signing seeds and its circles' role seeds."""

    settings: LineSettings
    line_id: bytes
    role_seeds: dict[str, Secret]
    signing_seeds: dict[bytes, Secret]
    signed: bytes

    def open_answers(self, receipt: Receipt, compartment: Compartment = Compartment.STORY) -> dict[str, object]:
        """The answers of a case as a coordinator opens them."""
        for opened in self.open_entries(receipt, compartment):
            if opened.body.kind == "answers":
                return dict(opened.body.content["answers"])
        raise AssertionError("no answers")

    def open_entries(self, receipt: Receipt, compartment: Compartment) -> list[OpenedEntry]:
        """Every entry of a compartment, opened with the coordinators' role key."""
        case = self.case_of(receipt)
        wrap = next(one for one in case.wraps if one.recipient == "circle:lead")
        context = CaseContext(case.line_id, case.epoch, case.case_number, hash_writer_key(case.writer_public))
        keys = open_bundle(self.role_seeds[LEAD], context, wrap.recipient, wrap.sealed)
        by_place = {(key.compartment, key.generation): key for key in keys}
        return [
            open_entry(by_place[row.compartment, row.generation], context, row.entry_id, row.sealed)
            for row in store.fetch_entries(case.case_id, ANNA, ["lead"], [compartment])
        ]

    def case_of(self, receipt: Receipt) -> store.CaseRow:
        """The case that these words made."""
        box = store.open_mailbox(derive_receipt_keys(receipt, self.line_id).lookup_hash, domain_clock().now())
        assert box is not None, "no case for these words"
        return store.fetch_case(box.case_id, ANNA, ["lead", "first", "closed"])

    def answer(
        self, receipt: Receipt, text: str, *, author: bytes = ANNA, seed: Secret | None = None, as_writer: bool = False
    ) -> bytes:
        """An answer by one of the staff, sealed and stored as the desk would; returns its entry id."""
        case = self.case_of(receipt)
        wrap = next(one for one in case.wraps if one.recipient == "circle:lead")
        context = CaseContext(case.line_id, case.epoch, case.case_number, hash_writer_key(case.writer_public))
        key = next(
            one
            for one in open_bundle(self.role_seeds[LEAD], context, wrap.recipient, wrap.sealed)
            if one.compartment == Compartment.STORY
        )
        entry_id = new_entry_id()
        at = domain_clock().now().isoformat(timespec="microseconds")
        signing = None if as_writer else seed or self.signing_seeds[author]
        body = EntryBody("answer", WRITER_AUTHOR if as_writer else staff_author(author), at, {"text": text})
        sealed = seal_entry(key, context, entry_id, body, signing)
        entry = SealedEntry(entry_id, key.compartment, key.generation, sealed)
        store.append_entries(
            case.case_id,
            case.version,
            [store.NewEntry(entry, store.Direction.TO_WRITER)],
            store.MarksChange(state=store.CaseState.ANSWERED),
        )
        return entry_id


@contextmanager
def found_line() -> Iterator[FoundedLine]:
    """Found the configured line, pin it in the settings, and open it."""
    from django.conf import settings

    written = settings.LEESIDE_LINES["refusal"]
    pack = shipped_pack(written.pack)
    role_seeds = {name: make_seed() for name in (LEAD, *(circle.name for circle in pack.circles))}
    signing_seeds = {reader: make_signing_seed() for reader in (ANNA, BELA)}
    people = tuple(
        Person(reader, name, public_key_of(make_seed()), verify_key_of(signing_seeds[reader]), LEAD)
        for reader, name in ((ANNA, "Ива"), (BELA, "Цапля"))
    )
    keys = tuple(RoleKey(name, 1, public_key_of(seed)) for name, seed in role_seeds.items())
    signed = sign_roster(RosterVersion(LINE_ID, 1, NO_HASH, people, keys, ANNA, DAY), signing_seeds[ANNA])
    store.add_line(written.slug, written.pack, LINE_ID)
    store.append_roster(LINE_ID, 1, signed)
    store.open_line(LINE_ID)
    for reader in (ANNA, BELA):
        store.add_account(
            LINE_ID, reader, reader.hex(), b"salt", b"proof" * 7, b"sealed ring", store.AccountState.ACTIVE
        )
    pinned = replace(written, fingerprint=fingerprint_of(signed).hex())
    with override_settings(LEESIDE_LINES={pinned.slug: pinned}):
        yield FoundedLine(pinned, LINE_ID, role_seeds, signing_seeds, signed)


def words_on(page: bytes) -> Receipt:
    """The receipt whose twelve words stand on a page."""
    words = re.findall(r"<li>([^<\s]+)", page.decode().partition('class="words"')[2])
    return read_receipt(" ".join(words[:12]))


def hidden_on(page: bytes) -> str:
    """The value of the form's hidden field."""
    found = re.search(r'name="receipt" value="([0-9a-f]+)"', page.decode())
    assert found is not None
    return found[1]

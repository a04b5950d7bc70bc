"""Our own known answers, run as another implementation would: a changed byte of the format fails here first."""

import json
from pathlib import Path

import pytest

from leeside.sealing import unseal, unseal_streams
from leeside.sealing.audit import verify_head
from leeside.sealing.context import CaseContext, Purpose, hash_writer_key
from leeside.sealing.entries import encode_body
from leeside.sealing.errors import ReceiptError
from leeside.sealing.keys import Commitment, CompartmentKey, public_key_of, verify
from leeside.sealing.parcels import encode_parcel, parse_parcel
from leeside.sealing.receipts import read_receipt, receipt_from_entropy
from leeside.sealing.roster import fingerprint_of, verify_roster
from leeside.sealing.secrets import Secret
from leeside.sealing.words import LANGUAGES
from sealing import make_vectors, making

VECTORS = Path(__file__).parent.parent / "vectors"


def load(name: str):
    """One file of vectors."""
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def hexed(text: str) -> bytes:
    """Bytes of a vector."""
    return bytes.fromhex(text)


def hidden(text: str) -> Secret:
    """A secret of a vector."""
    return Secret(hexed(text))


RECEIPTS, SHAPES, PARCEL, ROSTER = load("receipts"), load("shapes"), load("parcel"), load("roster")
PLACE = SHAPES["context"]
CONTEXT = CaseContext(
    hexed(PLACE["line"]), PLACE["epoch"], hexed(PLACE["case_number"]), hash_writer_key(hexed(PLACE["writer_public"]))
)
KEYS = tuple(CompartmentKey(row["compartment"], row["generation"], hidden(row["key"])) for row in SHAPES["keys"])
OPENS = SHAPES["opens"]


@pytest.mark.parametrize("name", ["receipts", "roster"])
def test_what_is_fixed_is_made_again(name: str) -> None:
    made = getattr(make_vectors, name)()
    assert {key: value for key, value in load(name).items() if key != "source"} == made


def test_what_is_fixed_of_shapes_and_parcel_is_made_again() -> None:
    for name, drawn in (("shapes", {"opens"}), ("parcel", {"parcel"})):
        made = getattr(make_vectors, name)()
        kept = {key: value for key, value in load(name).items() if key not in {"source", *drawn}}
        assert kept == {key: value for key, value in made.items() if key not in drawn}


@pytest.mark.parametrize("row", RECEIPTS["typed"], ids=lambda row: row["text"][:30])
def test_typed_receipts(row) -> None:
    if "entropy" in row:
        assert read_receipt(row["text"], "ru").entropy == hidden(row["entropy"])
    else:
        with pytest.raises(ReceiptError) as caught:
            read_receipt(row["text"], "ru")
        assert (caught.value.code, caught.value.position) == (row["error"], row["position"])


@pytest.mark.parametrize("row", RECEIPTS["words"], ids=lambda row: row["entropy"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_words(row, language: str) -> None:
    assert " ".join(receipt_from_entropy(hexed(row["entropy"])).words(language)) == row["words"][language]


def test_keys_and_commitments() -> None:
    commitments = [
        Commitment(row["compartment"], row["generation"], hexed(row["commitment"])) for row in SHAPES["keys"]
    ]
    unseal.check_commitments(KEYS, commitments, CONTEXT)
    assert CONTEXT.writer_key_hash == hexed(PLACE["writer_key_hash"])


@pytest.mark.parametrize("row", SHAPES["entries"])
def test_entries(row) -> None:
    opened = unseal.open_entry(KEYS[0], CONTEXT, hexed(row["entry"]), hexed(row["sealed"]))
    assert encode_body(opened.body).decode() == row["body"]
    if row["signature"]:
        assert opened.signature == hexed(row["signature"])
        assert opened.signed == hexed(row["signed"])
        verify(hexed(row["verify_key"]), opened.signed, opened.signature)
        unseal.verify_author(opened, hexed(row["verify_key"]))


def test_symmetric_shapes() -> None:
    row = SHAPES["first_envelope"]
    assert unseal.open_bundle_symmetric(hidden(row["first_key"]), CONTEXT, hexed(row["sealed"])) == KEYS
    row = SHAPES["own_copy"]
    assert unseal.open_own_copy(hidden(row["seed"]), CONTEXT, hexed(row["reader"]), hexed(row["sealed"])) == KEYS
    row = SHAPES["mailbox_session"]
    opened = unseal.open_mailbox(hidden(row["wrapping_key"]), CONTEXT.line_id, hexed(row["sealed"]))
    assert opened == making.receipt_keys()
    row = SHAPES["attachment"]
    opener = unseal_streams.StreamOpener(hidden(row["key"]), hexed(row["stream"]), 1000)
    assert opener.update(hexed(row["sealed"])) + opener.finish() == hexed(row["plain"])
    row = SHAPES["audit_chain"]
    verify_head(hexed(row["verify_key"]), CONTEXT.line_id, 3, hexed(row["head"]), hexed(row["signature"]))


def test_envelopes() -> None:
    row = OPENS["circle_envelope"]
    opened = unseal.open_bundle(hidden(row["seed"]), CONTEXT, row["recipient"], hexed(row["sealed"]))
    assert opened == KEYS[:1]
    row = OPENS["grant"]
    roster = verify_roster([hexed(one) for one in ROSTER["chain"]], hexed(ROSTER["fingerprint"]))
    opened = unseal.open_bundle(hidden(row["seed"]), CONTEXT, row["recipient"], hexed(row["sealed"]), roster)
    assert opened == KEYS
    row = OPENS["role_key"]
    seed = unseal.open_role_key(
        hidden(row["seed"]), CONTEXT.line_id, row["circle"], row["epoch"], hexed(row["reader"]), hexed(row["sealed"])
    )
    assert seed == hidden(row["role_seed"])
    roster.require_role_key(row["circle"], row["epoch"], public_key_of(seed))


def test_rings_records_and_messages() -> None:
    row = OPENS["ring"]
    ring = unseal.open_ring(hidden(row["wrapping_key"]), hexed(row["sealed"]), Purpose.RING_AT_REST)
    assert ring == making.ring()
    row = OPENS["audit_record"]
    assert unseal.read_audit_hint(hexed(row["sealed"])) == hexed(row["hint"])
    assert unseal.open_audit(hidden(row["seed"]), CONTEXT.line_id, hexed(row["sealed"])) == row["record"]
    row = OPENS["outbox"]
    opened = unseal.open_outbox(hidden(row["seed"]), CONTEXT.line_id, hexed(row["message_id"]), hexed(row["sealed"]))
    assert opened == row["message"]


def test_the_parcel() -> None:
    untrusted = hexed(PARCEL["parcel"])
    parcel = parse_parcel(untrusted)
    assert encode_parcel(parcel) == untrusted
    assert {keys.recipient: keys.mask for keys in parcel.keys} == PARCEL["masks"]
    assert [entry.sealed.hex() for entry in (*parcel.entries, parcel.card)] == PARCEL["entries"]
    held: dict[int, CompartmentKey] = {}
    for keys in parcel.keys:
        if keys.recipient in PARCEL["role_seeds"]:
            seed = hidden(PARCEL["role_seeds"][keys.recipient])
            opened = unseal.open_bundle(seed, parcel.context, keys.recipient, keys.sealed)
            unseal.check_commitments(opened, parcel.commitments, parcel.context)
            held |= {key.compartment: key for key in opened}
    story = parcel.entries[0]
    body = unseal.open_entry(held[1], parcel.context, story.entry_id, story.sealed).body
    assert encode_body(body).decode() == PARCEL["bodies"]["1"]


def test_the_roster() -> None:
    chain = [hexed(one) for one in ROSTER["chain"]]
    assert fingerprint_of(chain[0]).hex() == ROSTER["fingerprint"]
    assert sorted(person.name for person in verify_roster(chain, fingerprint_of(chain[0])).people) == ROSTER["people"]


def test_every_file_says_where_it_comes_from() -> None:
    for path in VECTORS.glob("*.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        assert content["about"]
        assert content["source"]

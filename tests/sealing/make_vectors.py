"""Writes our own known answers, which any implementation of docs/format.md can run.

`PYTHONPATH=src:tests .venv/bin/python tests/sealing/make_vectors.py` writes receipts, shapes, parcel and roster
(`.json`) in `tests/vectors`. Everything is made of fixed seeds (`making.some`), so a second run changes only the
envelopes whose randomness the library draws. Run it only when the format changes, by the rules at the end of
docs/format.md: what stands in the files is what older programs wrote, and newer ones must go on opening it.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from leeside.sealing import courier, own_copies, seal, sessions, shred
from leeside.sealing.audit import FIRST_HEAD, next_head, sign_head
from leeside.sealing.context import Purpose, reader_recipient
from leeside.sealing.entries import encode_body
from leeside.sealing.keys import commitment_of, sign, verify_key_of
from leeside.sealing.parcels import ENTROPY_SIZE, encode_parcel, seal_parcel
from leeside.sealing.passphrases import build_passphrase, hash_proof, read_passphrase, stretch
from leeside.sealing.receipts import derive_receipt_keys, receipt_from_entropy
from leeside.sealing.repeat import canonical_answers, repeat_tag
from leeside.sealing.roster import fingerprint_of, fingerprint_words, person_fingerprint
from leeside.sealing.streams import chunk_binding
from leeside.sealing.suite import gcm_seal
from leeside.sealing.words import LANGUAGES
from sealing.making import (
    ENTRY,
    FIRST_KEYS,
    LINE,
    OTHER_LINE,
    RECEIPT,
    STORY,
    VERA,
    VERA_GRANTS,
    body,
    case,
    chain,
    circles,
    key_of,
    person,
    public_of,
    receipt_keys,
    request,
    ring,
    secret,
    some,
    staff_body,
    writer_public,
)

VECTORS = Path(__file__).parent.parent / "vectors"
SOURCE = "Made by tests/sealing/make_vectors.py from fixed seeds; specified by docs/format.md. Bytes are hexadecimal."
NONCE = some("nonce", 12)


def receipts() -> dict[str, Any]:
    """Entropy to words, keys and hashes; and what people type."""
    rows = []
    for entropy in (bytes(16), b"\xff" * 16, some("receipt", 16), some("another", 16)):
        receipt = receipt_from_entropy(entropy)
        rows.append({"entropy": entropy.hex(), "words": {one: " ".join(receipt.words(one)) for one in LANGUAGES}})
    derived = []
    for line in (LINE, OTHER_LINE):
        keys = derive_receipt_keys(RECEIPT, line)
        fields = {n: (v if isinstance(v, bytes) else v.reveal()).hex() for n, v in vars(keys).items()}
        hashes = {n: getattr(keys, n).hex() for n in ("lookup_hash", "posting_hash", "erasing_hash")}
        derived.append({"entropy": RECEIPT.entropy.reveal().hex(), "line": line.hex(), **fields, **hashes})
    words = RECEIPT.words("ru")
    typed = [
        {"text": " ".join(words), "entropy": RECEIPT.entropy.reveal().hex()},
        {"text": " ".join(w[:4].upper() for w in words), "entropy": RECEIPT.entropy.reveal().hex()},
        {"text": "; ".join(f"{n}) {w}" for n, w in enumerate(words, 1)), "entropy": RECEIPT.entropy.reveal().hex()},
        {"text": " ".join([words[0][:2] + words[0][1:], *words[1:]]), "entropy": RECEIPT.entropy.reveal().hex()},
        {"text": " ".join(words[:11]), "error": "count", "position": None},
        {"text": " ".join([*words[:4], "жжжжжжж", *words[5:]]), "error": "word", "position": 5},
        {"text": " ".join([words[1], words[0], *words[2:]]), "error": "check", "position": None},
    ]
    return {"about": "The receipt: words, derivation, typed text.", "words": rows, "derived": derived, "typed": typed}


def shapes() -> dict[str, Any]:
    """One of each sealed shape. `opens` lists what only opening can check: the library draws its randomness."""
    here, story = case(), key_of(STORY)
    plain, staff = encode_body(body()), encode_body(staff_body())
    signed = seal.signed_bytes(story, here, ENTRY, staff)
    signature = sign(secret("vera signing"), signed)
    answers = {"where": ["hospital"], "text": ["Прошу помочь.", ""]}
    canonical = canonical_answers(answers)
    halves = stretch(build_passphrase(2**65 + 3, "uk"), some("salt", 16))
    records = [some(f"record {n}", 40) for n in range(3)]
    head = next_head(FIRST_HEAD, records)
    return {
        "about": "Sealed shapes of one case, its keys and its people.",
        "context": {
            "line": LINE.hex(),
            "epoch": here.epoch,
            "case_number": here.case_number.hex(),
            "writer_public": writer_public().hex(),
            "writer_key_hash": here.writer_key_hash.hex(),
            "envelope_info": here.bundle_info(Purpose.BUNDLE, "circle:first", 1, 3).hex(),
            "entry_binding": here.entry_binding(Purpose.ENTRY, STORY, 1).hex(),
        },
        "keys": [
            {
                "compartment": int(key.compartment),
                "generation": key.generation,
                "key": key.key.reveal().hex(),
                "commitment": commitment_of(key, LINE, here.case_number).hex(),
            }
            for key in FIRST_KEYS
        ],
        "entries": [
            {
                "entry": ENTRY.hex(),
                "compartment": 1,
                "nonce": NONCE.hex(),
                "body": made.decode(),
                "signed": None if mark is None else signed.hex(),
                "signature": None if mark is None else mark.hex(),
                "verify_key": None if mark is None else verify_key_of(secret("vera signing")).hex(),
                "sealed": seal.build_entry(story, here, ENTRY, made, mark, NONCE).hex(),
            }
            for made, mark in ((plain, None), (staff, signature))
        ],
        "first_envelope": {
            "first_key": receipt_keys().first_key.reveal().hex(),
            "nonce": NONCE.hex(),
            "sealed": seal.build_bundle_symmetric(receipt_keys().first_key, here, FIRST_KEYS, NONCE).hex(),
        },
        "own_copy": {
            "seed": secret("vera sealing").reveal().hex(),
            "reader": VERA.hex(),
            "nonce": NONCE.hex(),
            "sealed": own_copies.seal_own_copy(secret("vera sealing"), here, VERA, FIRST_KEYS, NONCE).hex(),
        },
        "wrap": {
            "shred_key": some("shred").hex(),
            "sealed": some("sealed", 40).hex(),
            "binding": b"row".hex(),
            "nonce": NONCE.hex(),
            "wrapped": shred.wrap(some("shred"), some("sealed", 40), b"row", NONCE).hex(),
        },
        "mailbox_session": {
            "secret": secret("session").reveal().hex(),
            "spelled": sessions.spell_session_secret(secret("session")),
            "id_hash": sessions.derive_session_keys(secret("session")).id_hash.hex(),
            "wrapping_key": sessions.derive_session_keys(secret("session")).wrapping_key.reveal().hex(),
            "nonce": NONCE.hex(),
            "sealed": sessions.seal_mailbox(
                sessions.derive_session_keys(secret("session")).wrapping_key, LINE, receipt_keys(), NONCE
            ).hex(),
        },
        "repeat": {
            "answers": answers,
            "canonical": canonical.hex(),
            "repeat_key": receipt_keys().repeat_key.reveal().hex(),
            "tag": repeat_tag(receipt_keys().repeat_key, canonical).hex(),
        },
        "chat_index": {
            "seed": secret("courier").reveal().hex(),
            "channel": "telegram",
            "chat": "123456789",
            "index": courier.chat_index(secret("courier"), "telegram", "123456789").hex(),
        },
        "passphrase": {
            "number": hex(2**65 + 3),
            "words": build_passphrase(2**65 + 3, "uk").reveal().decode(),
            "spelled": read_passphrase(build_passphrase(2**65 + 3, "uk").reveal().decode()).reveal().decode(),
            "salt": some("salt", 16).hex(),
            "proof": halves.proof.hex(),
            "wrapping_key": halves.wrapping_key.reveal().hex(),
            "proof_hash": hash_proof(halves.proof).hex(),
        },
        "audit_chain": {
            "records": [one.hex() for one in records],
            "head": head.hex(),
            "signature": sign_head(secret("founder signing"), LINE, 3, head).hex(),
            "verify_key": verify_key_of(secret("founder signing")).hex(),
        },
        "attachment": attachment(),
        "opens": opened_only(),
    }


def attachment() -> dict[str, Any]:
    """A stream of one chunk, with a given nonce."""
    plain = some("file", 1000)
    padded = plain + bytes(24)
    sealed = b"\x01" + gcm_seal(secret("stream"), padded, chunk_binding(ENTRY, 0, 1000), NONCE)
    return {"key": secret("stream").reveal().hex(), "stream": ENTRY.hex(), "plain": plain.hex(), "sealed": sealed.hex()}


def opened_only() -> dict[str, Any]:
    """Shapes that hold an envelope or a drawn nonce."""
    here, to_vera = case(), reader_recipient(VERA)
    return {
        "circle_envelope": {
            "seed": secret("first 3").reveal().hex(),
            "recipient": "circle:first",
            "sealed": seal.seal_bundle_to(public_of("first 3"), here, "circle:first", FIRST_KEYS[:1]).hex(),
        },
        "grant": {
            "seed": secret("vera sealing").reveal().hex(),
            "recipient": to_vera,
            "verify_key": verify_key_of(secret("vera signing")).hex(),
            "sealed": seal.seal_bundle_to(
                public_of("vera sealing"), here, to_vera, FIRST_KEYS, granter=VERA_GRANTS
            ).hex(),
        },
        "role_key": {
            "seed": secret("vera sealing").reveal().hex(),
            "circle": "first",
            "epoch": 3,
            "reader": VERA.hex(),
            "role_seed": secret("first 3").reveal().hex(),
            "sealed": seal.seal_role_key(public_of("vera sealing"), LINE, "first", 3, VERA, secret("first 3")).hex(),
        },
        "ring": {
            "wrapping_key": secret("wrapping").reveal().hex(),
            "sealed": seal.seal_ring(secret("wrapping"), ring(), Purpose.RING_AT_REST).hex(),
        },
        "audit_record": {
            "seed": secret("lead 3").reveal().hex(),
            "hint": seal.key_hint(public_of("lead 3")).hex(),
            "record": {"what": "opened"},
            "sealed": seal.seal_audit(public_of("lead 3"), LINE, {"what": "opened"}).hex(),
        },
        "outbox": {
            "seed": secret("courier").reveal().hex(),
            "message_id": ENTRY.hex(),
            "message": {"chat": "123456789", "text": "Вам ответили."},
            "sealed": courier.seal_outbox(
                public_of("courier"), LINE, ENTRY, {"chat": "123456789", "text": "Вам ответили."}
            ).hex(),
        },
    }


def parcel() -> dict[str, Any]:
    """A whole parcel: what it is made of, and who opens what."""
    made = seal_parcel(request(), RECEIPT, circles(), some("entropy", ENTROPY_SIZE))
    plain = replace(made, keys=())
    return {
        "about": "One request, sealed. Given the receipt and `entropy` all of it is fixed but the circles' envelopes.",
        "receipt": RECEIPT.entropy.reveal().hex(),
        "entropy": some("entropy", ENTROPY_SIZE).hex(),
        "bodies": {"1": encode_body(request().bodies[STORY]).decode()},
        "card": encode_body(request().card).decode(),
        "canonical": b"canonical".hex(),
        "role_seeds": {f"circle:{c}": secret(f"{c} 3").reveal().hex() for c in ("first", "closed", "lead")},
        "masks": {keys.recipient: keys.mask for keys in made.keys},
        "entries": [entry.sealed.hex() for entry in (*plain.entries, plain.card)],
        "parcel": encode_parcel(made).hex(),
    }


def roster() -> dict[str, Any]:
    """A chain of two versions."""
    vera = person("vera", VERA)
    return {
        "about": "A roster of two versions: founded, then two people admitted.",
        "chain": [one.hex() for one in chain()],
        "fingerprint": fingerprint_of(chain()[0]).hex(),
        "fingerprint_words": {one: " ".join(fingerprint_words(fingerprint_of(chain()[0]), one)) for one in LANGUAGES},
        "person_fingerprint": person_fingerprint(vera.sealing_public, vera.verify_key).hex(),
        "people": ["founder", "oleg", "vera"],
        "founder_signing_seed": secret("founder signing").reveal().hex(),
    }


def write() -> None:
    """Write all four files."""
    for made in (receipts, shapes, parcel, roster):
        content = made()
        ordered = {"about": content.pop("about"), "source": SOURCE, **content}
        text = json.dumps(ordered, ensure_ascii=False, indent=1)
        (VECTORS / f"{made.__name__}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()

"""What every column of every table holds. A test fails on a column that is not declared here, of any app.

Natures:
- sealed         ciphertext; only keys that the server does not have open it
- hash           one-way; of something random enough not to be guessed, except where the comment says otherwise
- random         drawn at random or derived from a receipt; says nothing
- count          a number of things, or a version
- mark           what a seized machine does tell: one of a few values, a day, a place in the queue, an opaque id
- configuration  chosen by the line or its keeper, or public within the line

Days are marks in `default`. Clock times stand in `fleeting` only, besides `answer_by` of a running promise.
"""

from typing import Final

Natures = dict[str, str]

SEALED, HASH, RANDOM, COUNT, MARK, CONFIGURATION = "sealed", "hash", "random", "count", "mark", "configuration"
NATURES: Final = (SEALED, HASH, RANDOM, COUNT, MARK, CONFIGURATION)

CLOCK_TIMES: Final = frozenset(
    {
        ("leeside_case", "answer_by"),
        ("leeside_session", "opened"),
        ("leeside_session", "seen"),
        ("leeside_hold", "until"),
        ("leeside_release", "at"),
        ("leeside_one_time", "until"),
        ("leeside_shift", "until"),
        ("django_migrations", "applied"),
    }
)
"""Every column that holds a clock time."""

COLUMNS: Final[dict[str, Natures]] = {
    "leeside_line": {
        "id": RANDOM,
        "slug": CONFIGURATION,
        "pack": CONFIGURATION,
        "state": MARK,
        "roster_number": COUNT,
        "code_first": CONFIGURATION,
        "code_second": CONFIGURATION,
    },
    # The signed roster names colleagues by their pseudonyms and public keys; the line's people all read it.
    "leeside_roster_version": {"line_id": RANDOM, "number": COUNT, "signed": CONFIGURATION},
    "leeside_role_envelope": {
        "line_id": RANDOM,
        "reader_id": RANDOM,
        "circle": MARK,
        "epoch": COUNT,
        "sealed": SEALED,
    },
    # A sign-in name can be guessed from its hash; the pseudonym stands on the roster anyway.
    "leeside_account": {
        "reader_id": RANDOM,
        "line_id": RANDOM,
        "name_hash": HASH,
        "salt": RANDOM,
        "proof_hash": HASH,
        "sealed_ring": SEALED,
        "ring_version": COUNT,
        "state": MARK,
        # Which version of the code of conduct was accepted, and on which day the training was finished.
        "conduct": COUNT,
        "trained": MARK,
    },
    "leeside_case": {
        "id": RANDOM,
        "line_id": RANDOM,
        "lookup_hash": HASH,
        "state": MARK,
        "urgency": MARK,
        "look_by": MARK,
        "look_by_day": MARK,
        "due_from": MARK,
        "answer_by": MARK,
        "rank": MARK,
        "circle": MARK,
        "owner": MARK,
        "code": RANDOM,
        "opened": MARK,
        "language": MARK,
        "channel": MARK,
        "version": COUNT,
        "confirmed": MARK,
        "maker": MARK,
        "epoch": COUNT,
        "pack": CONFIGURATION,
        "pack_version": CONFIGURATION,
        "case_number": RANDOM,
        "posting_hash": HASH,
        "erasing_hash": HASH,
        "repeat_tag": HASH,
        "commitments": HASH,
        "card_id": RANDOM,
        "card_compartment": MARK,
        "card_generation": COUNT,
        "sealed_card": SEALED,
        "writer_public": RANDOM,
        "arrived": SEALED,
        "stand_in": MARK,
        # The week in which a closed case is asked again, by its first day.
        "follow_from": MARK,
        # What the mailbox of a closed case goes on saying: as far as the case was when it was closed.
        "shown_state": MARK,
    },
    "leeside_wrap": {
        "case_id": RANDOM,
        "recipient": MARK,
        "own_copy": MARK,
        "generation": COUNT,
        "mask": MARK,
        "sealed": SEALED,
    },
    "leeside_entry": {
        # Begins as the case's id does, the rest is drawn: it tells no order (`entries.py`).
        "row_number": RANDOM,
        "case_id": RANDOM,
        "entry_id": RANDOM,
        "compartment": MARK,
        "generation": COUNT,
        "direction": MARK,
        "not_before": MARK,
        "shown_until": MARK,
        "sealed": SEALED,
    },
    "leeside_case_reader": {
        "case_id": RANDOM,
        "reader_id": RANDOM,
        "line_id": RANDOM,
        "rank": MARK,
        "is_open": MARK,
        "granted_by": MARK,
        "until": MARK,
    },
    # That somebody writes something into a case, and whether it waits for a second pair of eyes.
    "leeside_draft": {
        "draft_id": RANDOM,
        "case_id": RANDOM,
        "line_id": RANDOM,
        "author": MARK,
        "kind": MARK,
        "asked": MARK,
        "generation": COUNT,
        "version": COUNT,
        "sealed": SEALED,
    },
    "leeside_handover": {"case_id": RANDOM, "line_id": RANDOM, "giver": MARK, "taker": MARK, "day": MARK},
    "leeside_file": {"file_id": RANDOM, "case_id": RANDOM, "state": MARK, "chunks": COUNT, "day": MARK},
    "leeside_file_chunk": {"file_id": RANDOM, "position": COUNT, "sealed": SEALED},
    "leeside_brief": {
        "brief_id": RANDOM,
        "line_id": RANDOM,
        "circle": MARK,
        "epoch": COUNT,
        "day": MARK,
        "sealed": SEALED,
    },
    # The law as it was, whole and public; nothing of who was told it.
    "leeside_kept_rule": {
        "line_id": RANDOM,
        "rule": CONFIGURATION,
        "digest": CONFIGURATION,
        "day": CONFIGURATION,
        "law": CONFIGURATION,
    },
    # Like the roster, signed and read by the whole line: which of its lawyers stands behind which rule of the pack.
    "leeside_review": {
        "review_id": RANDOM,
        "line_id": RANDOM,
        "rule": CONFIGURATION,
        "day": MARK,
        "signed": CONFIGURATION,
        "sealed": SEALED,
    },
    "leeside_audit_entry": {"id": RANDOM, "line_id": RANDOM, "batch": COUNT, "sealed": SEALED},
    "leeside_audit_head": {"line_id": RANDOM, "number": COUNT, "entries": COUNT, "day": MARK, "head": HASH},
    # What figures publish, a row a confirmed request, without its case.
    "leeside_tally_row": {"key": RANDOM, "line_id": RANDOM, "month": MARK, "kind": MARK, "dims": MARK},
    "leeside_shred_key": {"case_id": RANDOM, "key": RANDOM, "orphan_since": MARK},
    "leeside_erased_lookup": {"lookup_hash": HASH, "day": MARK},
    "leeside_session": {
        "kind": MARK,
        "id_hash": HASH,
        "line_id": RANDOM,
        "reader_id": MARK,
        "opened": MARK,
        "seen": MARK,
        "sealed": SEALED,
    },
    "leeside_hold": {"case_id": RANDOM, "reader_id": MARK, "until": MARK},
    "leeside_release": {"entry_id": RANDOM, "case_id": RANDOM, "at": MARK},
    "leeside_one_time": {"kind": MARK, "token_hash": HASH, "payload": SEALED, "until": MARK},
    "leeside_shift": {"reader_id": RANDOM, "line_id": RANDOM, "until": MARK, "places": COUNT},
    "leeside_ping": {
        "token_hash": HASH,
        "line_id": RANDOM,
        "reader_id": MARK,
        "number": COUNT,
        "day": MARK,
        # Keyed by the address, which nobody keeps.
        "known": HASH,
    },
    # Django's own record of which migrations ran, and when the keeper ran them.
    "django_migrations": {"id": COUNT, "app": CONFIGURATION, "name": CONFIGURATION, "applied": CONFIGURATION},
}

"""Every number of the sealing zone that somebody outside could stretch, in one place."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024


@dataclass(frozen=True)
class Limits:
    """Largest sizes and counts. Bytes unless the name says otherwise."""

    text_characters: int = 30_000
    """One text of a writer. The door checks it; four bytes a character fit the largest step."""
    entry_plain: int = 128 * KIB
    """One entry with signature and padding: the largest step of ``padding.STEPS``."""
    json_depth: int = 12
    """Nesting of lists and maps inside an entry."""
    json_key_characters: int = 100
    """One key of a map inside an entry; printable ASCII."""
    json_integer: int = 2**53 - 1
    """Whole numbers that a browser holds exactly; the format knows no fractions."""
    kind_characters: int = 40
    """The kind of an entry."""
    name_characters: int = 32
    """A circle, channel, pack or language."""
    person_name_characters: int = 60
    """A pseudonym on the roster."""
    keys_per_bundle: int = 256
    """Compartment keys (four compartments, all their generations) in one envelope."""
    generation: int = 10_000
    """Highest generation of a compartment's key."""
    epoch: int = 1_000_000
    """Highest epoch of a circle."""
    seals_per_generation: int = 2**24
    """Entries and drafts sealed under one generation of a compartment's key."""
    parcel: int = 512 * KIB
    """One parcel, as it is posted."""
    parcel_recipients: int = 8
    """Sealed copies of the keys in one parcel."""
    receipt_text_characters: int = 1_000
    """Whatever was typed where a receipt belongs."""
    roster_version: int = 4 * 1024 * KIB
    """One signed version of the roster."""
    roster_versions: int = 20_000
    """Versions in one chain."""
    roster_people: int = 2_000
    """People on one version."""
    roster_role_keys: int = 64
    """Role keys on one version."""
    person_flags: int = 16
    """Flags of one person on the roster."""
    audit_record: int = 8 * KIB
    """One audit record with its padding."""
    brief: int = 16 * KIB
    """One shift's brief with signature and padding."""
    review: int = 1024
    """One signed reading of a rule."""
    remark: int = 8 * KIB
    """One remark to the coordinators, with padding."""
    checklist_version: int = 10_000
    reviews_of_one: int = 10_000
    """Readings of one rule by one person."""
    stream_chunk: int = 64 * KIB
    """Plain bytes in one chunk of an attachment."""
    stream: int = 2 * 1024 * 1024 * KIB
    """One attachment, padded."""


LIMITS = Limits()

"""The tables of the blind store. Only files of this package touch them; most read and write them with plain SQL.

Rules that every table keeps:
- what one column holds is declared in `columns.py` as sealed, hash, random, count, mark or configuration;
- no column fills itself with a time; days are whole numbers, and `answer_by` is the only clock time in `default`;
- no row points to a person: readers are opaque 16-byte ids without a foreign key;
- keys are random or derived, and on SQLite tables have no row numbers or random ones (`rowless.py`), so that the
  order of rows on the disk tells nothing about the order of events.

There are no foreign keys at all: the vault's verbs write whole cases in one transaction, and sweeping finds what a
power loss between two stores could leave.
"""

from enum import IntEnum

from django.db import models
from django.db.models import Q

from leeside.vault.desk_models import Brief, Draft, File, FileChunk, HandOver, KeptRule, Ping, Review, Shift
from leeside.vault.marks import AccountState, CaseState, Direction, LineState, LookBy, Urgency
from leeside.vault.rowless import CopyingIndex, RowNumberField

__all__ = ["Brief", "Draft", "File", "FileChunk", "HandOver", "KeptRule", "Ping", "Review", "Shift"]


def _key() -> "models.BinaryField[bytes, bytes]":
    return models.BinaryField(max_length=16)


def _one_of(name: str, column: str, marks: type[IntEnum]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__in": [int(mark) for mark in marks]}), name=name)


class Line(models.Model):
    """One help line, as far as the store must know it."""

    id = models.BinaryField(primary_key=True, max_length=16)
    slug = models.TextField(unique=True)
    pack = models.TextField()
    state = models.SmallIntegerField()
    roster_number = models.IntegerField()
    code_first = models.IntegerField()
    code_second = models.IntegerField()

    class Meta:
        db_table = "leeside_line"
        constraints = [_one_of("line_state_known", "state", LineState)]


class RosterVersion(models.Model):
    """One signed version of a line's roster. Only ever added to; who signed it is verified by those who read it."""

    pk = models.CompositePrimaryKey("line_id", "number")
    line_id = _key()
    number = models.IntegerField()
    signed = models.BinaryField()

    class Meta:
        db_table = "leeside_roster_version"


class RoleEnvelope(models.Model):
    """A circle's key of one epoch, sealed to one of its members."""

    pk = models.CompositePrimaryKey("line_id", "reader_id", "circle", "epoch")
    line_id = _key()
    reader_id = _key()
    circle = models.TextField()
    epoch = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_role_envelope"


class Account(models.Model):
    """A colleague's way in: what proves them, and their sealed key ring. The name is kept as a hash."""

    reader_id = models.BinaryField(primary_key=True, max_length=16)
    line_id = _key()
    name_hash = models.BinaryField(max_length=32)
    salt = models.BinaryField()
    proof_hash = models.BinaryField()
    sealed_ring = models.BinaryField()
    ring_version = models.IntegerField()
    state = models.SmallIntegerField()
    conduct = models.IntegerField(null=True)
    trained = models.IntegerField(null=True)

    class Meta:
        db_table = "leeside_account"
        constraints = [
            models.UniqueConstraint(fields=["line_id", "name_hash"], name="account_name"),
            _one_of("account_state_known", "state", AccountState),
        ]


OPEN = Q(state__lt=4)
"""Open cases, as the partial indexes and every query spell it."""


class Case(models.Model):
    """One request: what the store must know to find, order and hand it out. Wide sealed columns come last.

    The indexes name the columns of their own conditions too: SQLite would otherwise read each row, with all its sealed
    bytes, to see that an index of open cases holds open cases (measured: 12.4 ms against 0.06 for a count of 1,000).
    """

    id = models.BinaryField(primary_key=True, max_length=16)
    line_id = _key()
    lookup_hash = models.BinaryField(max_length=32, unique=True)
    state = models.SmallIntegerField()
    urgency = models.SmallIntegerField()
    look_by = models.SmallIntegerField()
    look_by_day = models.IntegerField()
    due_from = models.IntegerField()
    answer_by = models.BigIntegerField(null=True)
    rank = models.BigIntegerField()
    circle = models.TextField()
    owner = models.BinaryField(max_length=16, null=True)
    code = models.BigIntegerField()
    opened = models.IntegerField()
    language = models.TextField()
    channel = models.TextField()
    version = models.IntegerField()
    confirmed = models.BooleanField()
    maker = models.SmallIntegerField()
    epoch = models.IntegerField()
    pack = models.TextField()
    pack_version = models.IntegerField()
    case_number = models.BinaryField(max_length=16)
    posting_hash = models.BinaryField(max_length=32)
    erasing_hash = models.BinaryField(max_length=32)
    repeat_tag = models.BinaryField(max_length=32)
    commitments = models.BinaryField()
    card_id = models.BinaryField(max_length=16)
    card_compartment = models.SmallIntegerField()
    card_generation = models.IntegerField()
    sealed_card = models.BinaryField()
    writer_public = models.BinaryField()
    arrived = models.BinaryField()
    stand_in = models.BinaryField(max_length=16, null=True)
    follow_from = models.IntegerField(null=True)
    shown_state = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "leeside_case"
        constraints = [
            models.UniqueConstraint(fields=["line_id", "code"], name="case_code", condition=OPEN),
            _one_of("case_state_known", "state", CaseState),
            _one_of("case_urgency_known", "urgency", Urgency),
            _one_of("case_look_by_known", "look_by", LookBy),
            models.CheckConstraint(condition=Q(answer_by=None) | Q(state__lt=3), name="case_promise_runs"),
        ]
        indexes = [
            models.Index(fields=["line_id", "rank", "state"], name="case_line_rank", condition=OPEN),
            models.Index(
                fields=["line_id", "circle", "rank", "state", "owner"],
                name="case_circle_rank",
                condition=OPEN & Q(owner__isnull=True),
            ),
            models.Index(
                fields=["line_id", "owner", "rank", "state"],
                name="case_owner_rank",
                condition=OPEN & Q(owner__isnull=False),
            ),
            models.Index(
                fields=["line_id", "opened", "confirmed"], name="case_unconfirmed", condition=Q(confirmed=False)
            ),
            models.Index(
                fields=["line_id", "stand_in", "rank", "state"],
                name="case_stand_in_rank",
                condition=OPEN & Q(stand_in__isnull=False),
            ),
            models.Index(fields=["line_id", "rank", "owner", "state"], name="case_waiting_rank", condition=Q(state=3)),
            models.Index(
                fields=["line_id", "circle", "answer_by", "owner", "rank"],
                name="case_promise",
                condition=Q(answer_by__isnull=False),
            ),
            models.Index(
                fields=["line_id", "owner", "follow_from"], name="case_follow", condition=Q(follow_from__isnull=False)
            ),
            models.Index(fields=["line_id", "rank", "state"], name="case_closed_rank", condition=Q(state=4)),
            models.Index(
                fields=["line_id", "circle", "rank", "state", "owner"],
                name="case_closed_circle",
                condition=Q(state=4, owner__isnull=True),
            ),
        ]


class Wrap(models.Model):
    """One recipient's copy of compartment keys: sealed to that recipient, then wrapped under the case's shred key."""

    pk = models.CompositePrimaryKey("case_id", "recipient", "own_copy", "generation", "mask")
    case_id = _key()
    recipient = models.TextField()
    own_copy = models.BooleanField()
    generation = models.IntegerField()
    mask = models.SmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_wrap"
        indexes = [
            models.Index(fields=["recipient", "case_id", "own_copy", "generation", "mask"], name="wrap_recipient"),
            # A search reads ten thousand own copies: here they lie side by side, twenty a page.
            CopyingIndex(
                fields=["recipient", "case_id", "generation", "mask"],
                copied="sealed",
                name="wrap_own_copies",
                condition=Q(own_copy=True),
            ),
        ]


class Entry(models.Model):
    """One sealed, append-only thing in a case. Its kind, author and time stand inside the seal.

    Rows lie by a number that begins with their case's random id and goes on at random (`entries.py`, ADR 0094).
    """

    row_number = RowNumberField(primary_key=True)
    case_id = _key()
    entry_id = _key()
    compartment = models.SmallIntegerField()
    generation = models.IntegerField()
    direction = models.SmallIntegerField()
    not_before = models.IntegerField(null=True)
    shown_until = models.IntegerField(null=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_entry"
        constraints = [
            models.UniqueConstraint(fields=["case_id", "entry_id"], name="entry_once"),
            # As a range: where Django looks at the columns of an ordinary table, it takes a list for columns.
            models.CheckConstraint(
                condition=Q(direction__range=(min(Direction), max(Direction))), name="entry_direction_known"
            ),
        ]
        indexes = [models.Index(fields=["not_before"], name="entry_waits", condition=Q(not_before__isnull=False))]


class CaseReader(models.Model):
    """That one reader holds keys of one case, with the case's rank beside it so that a page needs no join to sort."""

    pk = models.CompositePrimaryKey("case_id", "reader_id")
    case_id = _key()
    reader_id = _key()
    line_id = _key()
    rank = models.BigIntegerField()
    is_open = models.BooleanField()
    granted_by = models.BinaryField(max_length=16, null=True)
    until = models.IntegerField(null=True)

    class Meta:
        db_table = "leeside_case_reader"
        indexes = [
            models.Index(
                fields=["reader_id", "line_id", "rank", "is_open"], name="reader_rank", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["reader_id", "line_id", "rank", "is_open"],
                name="reader_closed_rank",
                condition=Q(is_open=False),
            ),
        ]


class AuditEntry(models.Model):
    """One reading, sealed to `lead`. `batch` is 0 until `tick` chains it."""

    id = models.BinaryField(primary_key=True, max_length=16)
    line_id = _key()
    batch = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_audit_entry"
        indexes = [models.Index(fields=["line_id", "batch", "id"], name="audit_batch")]


class AuditHead(models.Model):
    """One link of a line's chain: the hash of the link before and of its batch."""

    pk = models.CompositePrimaryKey("line_id", "number")
    line_id = _key()
    number = models.IntegerField()
    entries = models.IntegerField()
    day = models.IntegerField()
    head = models.BinaryField(max_length=32)

    class Meta:
        db_table = "leeside_audit_head"


class TallyRow(models.Model):
    """What figures are counted from. It has no case, no day and no order; only a case's seal knows its key."""

    key = models.BinaryField(primary_key=True, max_length=16)
    line_id = _key()
    month = models.TextField()
    kind = models.TextField()
    dims = models.TextField()

    class Meta:
        db_table = "leeside_tally_row"
        indexes = [models.Index(fields=["line_id", "month"], name="tally_month")]


class ShredKey(models.Model):
    """The key whose deletion erases a case. In `shred` only."""

    case_id = models.BinaryField(primary_key=True, max_length=16)
    key = models.BinaryField(max_length=32)
    orphan_since = models.IntegerField(null=True)

    class Meta:
        db_table = "leeside_shred_key"


class ErasedLookup(models.Model):
    """Hash of an erased lookup id, kept for some days so that a restored tab cannot bring the case back."""

    lookup_hash = models.BinaryField(primary_key=True, max_length=32)
    day = models.IntegerField()

    class Meta:
        db_table = "leeside_erased_lookup"


class Session(models.Model):
    """A session's sealed belongings. In `fleeting`, with clock times; no backup copies it."""

    pk = models.CompositePrimaryKey("kind", "id_hash")
    kind = models.TextField()
    id_hash = models.BinaryField(max_length=32)
    line_id = _key()
    reader_id = models.BinaryField(max_length=16, null=True)
    opened = models.BigIntegerField()
    seen = models.BigIntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_session"
        indexes = [
            models.Index(fields=["reader_id"], name="session_reader", condition=Q(reader_id__isnull=False)),
            models.Index(fields=["kind", "seen"], name="session_seen"),
        ]


class Hold(models.Model):
    """One reader works on a case for some minutes and everybody sees it."""

    case_id = models.BinaryField(primary_key=True, max_length=16)
    reader_id = _key()
    until = models.BigIntegerField()

    class Meta:
        db_table = "leeside_hold"


class Release(models.Model):
    """The moment before which an entry to the writer is not shown (undo, safe hours)."""

    entry_id = models.BinaryField(primary_key=True, max_length=16)
    case_id = _key()
    at = models.BigIntegerField()

    class Meta:
        db_table = "leeside_release"
        indexes = [models.Index(fields=["case_id"], name="release_case")]


class OneTime(models.Model):
    """Something that may be taken once: an invitation's address, a code already used."""

    pk = models.CompositePrimaryKey("kind", "token_hash")
    kind = models.TextField()
    token_hash = models.BinaryField(max_length=32)
    payload = models.BinaryField()
    until = models.BigIntegerField()

    class Meta:
        db_table = "leeside_one_time"

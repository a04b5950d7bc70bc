"""The tables that the desk's work needs beside cases and entries: drafts, hand-overs, files, briefs, shifts, pings.

The rules are those of `models.py`; only files of this package touch them.
"""

from django.db import models
from django.db.models import Q


def _key() -> "models.BinaryField[bytes, bytes]":
    return models.BinaryField(max_length=16)


class Draft(models.Model):
    """What somebody is writing into a case and has not sent. `asked` says whether it waits for a second pair of eyes.

    Sealed like an entry of `work`; unlike an entry it is written over while somebody types.
    """

    draft_id = models.BinaryField(primary_key=True, max_length=16)
    case_id = _key()
    line_id = _key()
    author = _key()
    kind = models.SmallIntegerField()
    asked = models.SmallIntegerField()
    generation = models.IntegerField()
    version = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_draft"
        constraints = [models.UniqueConstraint(fields=["case_id", "author", "kind"], name="draft_one_each")]
        indexes = [models.Index(fields=["line_id", "asked", "case_id"], name="draft_asked", condition=Q(asked=1))]


class HandOver(models.Model):
    """An offer to take a case over, not answered yet. What is said with it stands sealed in the case."""

    case_id = models.BinaryField(primary_key=True, max_length=16)
    line_id = _key()
    giver = _key()
    taker = _key()
    day = models.IntegerField()

    class Meta:
        db_table = "leeside_handover"
        indexes = [
            models.Index(fields=["line_id", "taker"], name="handover_taker"),
            models.Index(fields=["line_id", "giver"], name="handover_giver"),
        ]


class File(models.Model):
    """One attachment: how many sealed chunks it has, and whether all of them came. Name, kind and key are sealed in
    the entry of the same id."""

    file_id = models.BinaryField(primary_key=True, max_length=16)
    case_id = _key()
    state = models.SmallIntegerField()
    chunks = models.IntegerField()
    day = models.IntegerField()

    class Meta:
        db_table = "leeside_file"
        indexes = [models.Index(fields=["case_id"], name="file_case")]


class FileChunk(models.Model):
    """One sealed chunk of an attachment."""

    pk = models.CompositePrimaryKey("file_id", "position")
    file_id = _key()
    position = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_file_chunk"


class Brief(models.Model):
    """What a coordinator tells a shift, sealed to one circle's role key."""

    brief_id = models.BinaryField(primary_key=True, max_length=16)
    line_id = _key()
    circle = models.TextField()
    epoch = models.IntegerField()
    day = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_brief"
        indexes = [models.Index(fields=["line_id", "circle"], name="brief_circle")]


class KeptRule(models.Model):
    """One wording of a rule of the line's guide, as it was written. Public law."""

    pk = models.CompositePrimaryKey("line_id", "rule", "digest")
    line_id = _key()
    rule = models.TextField()
    digest = models.TextField()
    day = models.IntegerField()
    law = models.TextField()

    class Meta:
        db_table = "leeside_kept_rule"


class Review(models.Model):
    """Who of the line read which rule of the guide, signed. The verdict stands in `signed`; only the remark is sealed.

    `rule` and `day` are copies by which rows are found; whoever shows a reading compares them with what was signed.
    """

    review_id = models.BinaryField(primary_key=True, max_length=16)
    line_id = _key()
    rule = models.TextField()
    day = models.IntegerField()
    signed = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "leeside_review"
        indexes = [models.Index(fields=["line_id", "rule"], name="review_rule")]


class Shift(models.Model):
    """Who is on shift until when, with how many places for cases. In `fleeting`."""

    reader_id = models.BinaryField(primary_key=True, max_length=16)
    line_id = _key()
    until = models.BigIntegerField()
    places = models.IntegerField()

    class Meta:
        db_table = "leeside_shift"
        indexes = [models.Index(fields=["line_id", "until"], name="shift_line")]


class Ping(models.Model):
    """That somebody chose to be told, without a word, that there is something to look at. In `fleeting`.

    `known` is what stood there when they last looked: short keyed hashes under the address, which is not kept.
    """

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    line_id = _key()
    reader_id = _key()
    number = models.IntegerField()
    day = models.IntegerField()
    known = models.BinaryField()

    class Meta:
        db_table = "leeside_ping"
        indexes = [models.Index(fields=["reader_id"], name="ping_reader")]

"""Every number of the vault that somebody outside could stretch, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Counts unless the name says otherwise."""

    code_first: int = 512
    """Words in the first list of code names, unless a line is given another number."""
    code_second: int = 1024
    """Words in the second list of code names."""
    code_tries: int = 8
    """Pairs drawn for one case before numbers beyond the lists are drawn as well."""
    code_beyond: int = 64
    """How many times the second list is lengthened by numbers when its words are nearly used up."""
    entries_per_case: int = 20_000
    """Sealed entries in one case; a writer's next message beyond is refused."""
    entry_bytes: int = 160 * 1024
    review_bytes: int = 16 * 1024
    """One sealed entry: the largest padding step and its overhead."""
    wrap_bytes: int = 64 * 1024
    """One sealed bundle of keys: 256 keys and its overhead."""
    wraps_per_change: int = 64
    """Sealed bundles that one step of work may add to a case."""
    keys_ahead: int = 64
    """Shred keys that a process makes in one commit, for deposits to come."""
    batch_parcels: int = 64
    """Parcels that one commit may carry."""
    page_rows: int = 200
    """Rows of one queue page."""
    counted: int = 1_000
    """Where counts stop; the desk shows one less and a plus sign."""
    search_slice: int = 1_000
    """Cases that one slice of a search reads."""
    search_counted: int = 20_000
    """Where the count of cases to be searched stops."""
    search_mapped_bytes: int = 2_000_000_000
    """How much of a SQLite file a searching process maps."""
    rule_bytes: int = 64 * 1024
    """One rule of a pack as it was written; the longest shipped one has eight thousand."""
    copies_together: int = 1_000
    """Own copies that one commit keeps."""
    erased_days: int = 14
    """How long an erased lookup id is remembered, so that a restored browser tab cannot bring its case back."""
    shown_days: int = 30
    """How long an answer is shown after it was first opened."""
    promise_shown_days: int = 2
    """How long a mailbox names a promise after its moment, kept or not, in an open case and in a closed one alike."""
    orphan_days: int = 2
    """Days after which a shred key that was found without a case is swept; a key waits for its case an hour at most."""
    orphan_share: float = 0.1
    """Share of cases without shred key above which a sweep refuses: then the wrong shred store is mounted."""
    sweep_slice: int = 5_000
    """Rows compared at a time when the stores are swept."""
    moves_together: int = 500
    """Cases that one commit moves to a nearer look-by bucket."""
    sealed_session_bytes: int = 64 * 1024
    """What one session keeps, sealed."""
    payload_bytes: int = 64 * 1024
    """What a one-time address keeps, sealed."""
    dims_per_row: int = 8
    """Published dimensions of one tally row."""
    audit_batch: int = 10_000
    """Audit records that one link of the chain covers."""
    piece_bytes: int = 64 * 1024 + 64
    """One sealed piece of a file: a chunk of the stream."""
    pieces_per_file: int = 450
    """Sealed pieces of one file: 25 MB with its padding."""
    files_per_case: int = 100
    """Files in one case, whoever sent them."""
    pieces_per_case: int = 8_000
    """Sealed pieces of all files of one case: half a gigabyte."""
    files_per_day: int = 20
    """Files that one case takes in a day."""
    pieces_per_day: int = 1_700
    """Sealed pieces that one case takes in a day: a hundred megabytes and their padding."""
    free_bytes_for_letters: int = 500_000_000
    """Room on the disk that files leave to letters."""


LIMITS = Limits()

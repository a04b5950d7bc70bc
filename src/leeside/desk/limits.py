"""Every number at the desk that somebody could stretch, with its unit and its default."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class DeskLimits:
    """Limits of the staff pages. Times are seconds of real time unless a name says days."""

    session_idle_seconds: int = 30 * 60
    session_renew_seconds: int = 60  # a session's clock is moved at most once a minute, so that reading writes nothing
    device_days: int = 180  # how long a browser that signed in before goes first
    hold_seconds: int = 15 * 60
    undo_seconds: int = 10  # an answer is released this much later, and can be taken back until then
    repeat_seconds: int = 10 * 60  # the same text again within this time is a button pressed twice
    reading_once_seconds: int = 15 * 60  # reloads of one reader within this time are one reading on record
    known_entries: int = 400  # short ids of the writer's entries that a reading remembers
    invitation_days: int = 7
    founding_days: int = 7
    candidate_days: int = 30  # how long a newcomer's public keys wait for a coordinator
    derivations_at_once: int = 2  # places; Argon2id takes 64 MiB, and runs for one of them at a time
    derivations_of_unknown: int = 1  # of these, how many may be of browsers that never signed in
    derivations_waiting: int = 6  # unknown browsers beyond this are asked to try again
    derivations_waiting_known: int = 12  # browsers that signed in before have this much more room
    derivation_wait_seconds: float = 20.0
    queue_rows: int = 40
    timeline_items: int = 30  # of one page; older ones are a tap away, so that a long case opens on a bad network
    queue_looked_at: int = 400  # rows whose cards one page opens while it looks for those that a filter keeps
    queue_righted: int = 5  # stale look-by marks that one page of the queue sets right
    queue_at_once: int = 50  # cases that one press of a button assigns or closes
    returned_share: float = 0.2  # of a line's owned cases: more silent owners at once than this is a wrong clock
    returned_at_least: int = 10  # up to so many come back whatever their share is
    silent_listed: int = 5_000  # cases with a broken promise that one tick looks at
    searches_at_once: int = 2  # a worker; each is one process that ends with the search
    search_seconds: int = 20  # after which the system ends the process, by the clock and by its processor time
    search_slice_seconds: float = 3.0  # after which a search comes back with what it has, and a place to go on from
    search_memory_bytes: int = 512 * 1024 * 1024  # more than the waiting process has
    search_cases: int = 20  # cases shown on one page of a search
    search_places: int = 3  # places shown of one case: with the above never more than 60, of the 200 at most
    search_words: int = 8
    search_characters: int = 200
    search_shortest: int = 3  # letters that at least one of the words must have
    search_copies: int = 3_000  # own copies that one search makes for the ones to come
    recall_slice_seconds: float = 5.0  # after which a recall comes back with what it has, and a place to go on from
    recall_cases: int = 200  # cases that differ, shown on one page of a recall
    recall_differences: int = 20  # shown of one case; told of these, it shows the next
    recall_at_once: int = 40  # cases that one press of a button writes to
    text_characters: int = 30_000
    note_characters: int = 10_000
    draft_bytes: int = 100_000  # a draft and the words it had before a checker mended them; beyond, only the newer stay
    line_characters: int = 300  # one-line fields: what next, why given back, a fact's value
    hand_deadlines: int = 20  # that stand in one case: more would push others off the card
    handover_days: int = 3  # an offer to hand a case over that nobody answered comes back to its giver
    handover_excerpt_characters: int = 160  # how much of the last answer a card is filled in with
    handovers_together: int = 120  # cases that one person hands over, or has reassigned, in one go
    name_characters: int = 40
    passphrase_characters: int = 400
    shift_places: int = 30  # cases that somebody may offer to carry on a shift
    invitations_at_once: int = 40  # addresses made in one go, for one sitting
    rekey_slice: int = 25  # cases that one request of a coordinator's run gives new keys
    brief_characters: int = 1_200
    remark_characters: int = 1_000  # what a lawyer remarks on a rule
    tried_rule_bytes: int = 60_000  # one rule that somebody tries; the longest shipped one has 9,000
    tried_looks: int = 400_000  # at conditions, until a tried rule is told to have too many ways
    tried_examples: int = 60
    brief_days: int = 2  # how long a brief is shown unless it is taken away
    seizure_undo_seconds: int = 15 * 60  # so long a tap by mistake can be taken back
    phrase_characters: int = 120
    cover_characters: int = 160
    letters_together: int = 10  # papers drafted in one go: some four seconds of one worker
    letters_looked: int = 60  # own cases that are offered for it
    file_pages: int = 30  # pages of one PDF that are drawn; the rest only by downloading
    file_address_seconds: int = 15 * 60  # how long a one-time address of a page or a download is good
    epoch_days: int = 91  # a quarter


LIMITS: Final = DeskLimits()

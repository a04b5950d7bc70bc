"""What is drawn for one step of the machine in test_who_can_open: which work, by whom, on which case."""

from dataclasses import dataclass

from hypothesis import strategies as st

from attacks.line_of_six import ROLES
from attacks.oracle import CIRCLES

REMOVABLE = ("Larch", "Alder", "Willow", "Finch")
WHO = st.sampled_from(("owner", "owner", "owner", "stand-in", "taker", "Heron", *sorted(ROLES)))
"""Most of what is done to a case is done by those who have it; the rest by anybody."""
SOMEBODY = st.sampled_from(("one", "one", "another", "another", *sorted(ROLES)))
"""Mostly a colleague who could be given the case."""
NAMES = (
    "keep", "keep_from_an_old_page", "write_a_note", "give_back", "move", "let_read", "let_read_no_more", "assign",
    "offer", "answer_an_offer", "take_an_offer_back", "name_a_stand_in", "end_the_stand_in", "take_over", "link_two",
    "unlink_two", "erase_an_entry",
)  # fmt: skip
SELDOM = (
    "swap", "say_the_device_was_seized", "erase_a_case", "remove_somebody", "remove_somebody", "give_new_keys", "look",
    "take", "let_days_pass", "let_days_pass", "let_days_pass",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What is drawn for one step; each piece of work takes what it needs."""

    work: str
    who: str
    which: int
    other: str
    circle: str
    flag: bool
    lead: str
    stand_in: str
    leaver: str


CHOICES = st.builds(
    Choice,
    work=st.sampled_from((*NAMES, *NAMES, *NAMES, "assign", "offer", "answer_an_offer", "answer_an_offer", *SELDOM)),
    who=WHO,
    which=st.integers(0, 2),
    other=SOMEBODY,
    circle=st.sampled_from((*CIRCLES, "closed", "lead")),
    flag=st.booleans(),
    lead=st.sampled_from(("Heron", "Heron", "Larch", "Willow")),
    stand_in=st.sampled_from(("stand-in", "stand-in", "Heron", "Finch")),
    leaver=st.sampled_from(REMOVABLE),
)

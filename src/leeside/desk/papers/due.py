"""What falls due of papers: the answer to one that went out, while its day is set and no answer is written down."""

from leeside.desk.casefile import CaseFile
from leeside.desk.papers.ledger import outgoing_of
from leeside.desk.papers.words import due_words
from leeside.desk.seams import Due
from leeside.desk.seat import Seat


def paper_dues(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """Answers that are awaited."""
    return tuple(
        Due(one.due, due_words(seat, one), "papers", anchor="papers")
        for one in outgoing_of(file)
        if one.waits and one.due is not None
    )

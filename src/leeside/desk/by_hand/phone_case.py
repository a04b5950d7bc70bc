"""A case for somebody on the telephone: the pack's questions asked aloud, a receipt to read out, a sealed case.

Rules:
1. Answers are read by the pack's own parser, as at the door. What was filled in under an answer that was not chosen
   would be dropped there without a word; here it is said beside the field, for a colleague meant it.
2. The case goes where its answers route it, with the pack's promise, like every request. Whoever wrote it down holds
   it for a quarter of an hour if they tick that and may open it.
3. The words are shown once, on the answer to the post; one page makes one case (`ties.making`).
"""

from collections.abc import Mapping, Sequence

from leeside.desk.channels import PHONE
from leeside.desk.errors import HeldByOtherError, NotAllowedError
from leeside.desk.grades import require_grade
from leeside.desk.holding import take
from leeside.desk.permissions import CaseAction, LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.desk.ties.making import Made, Way, language_of, make_case, take_token
from leeside.packs.answers import AnswerProblem, AnswersRead
from leeside.packs.marks import Urgency
from leeside.packs.promise_times import promised_by
from leeside.sealing.secrets import make_secret

PURPOSE = "phone"
CLOSED_CONDITION = "not_open"
"""The problem of rule 1, beside those of the parser."""


def require_by_hand(seat: Seat) -> None:
    """Who may open a case by hand: everybody who works cases. Raises NotAllowedError."""
    require_line_action(LineAction.OPEN_BY_HAND, seat.role)
    require_grade(CaseAction.NOTE, seat.grade)


def read_phone_form(seat: Seat, untrusted: Mapping[str, Sequence[str]]) -> AnswersRead:
    """The answers, with a problem beside each that could not be taken."""
    read = seat.pack.read_answers(untrusted)
    dropped = {
        question.id: AnswerProblem(CLOSED_CONDITION)
        for question in seat.pack.questions
        if question.id not in read.answers
        and question.id not in read.problems
        and any(value.strip() for value in untrusted.get(question.id, ()))
    }
    return AnswersRead(read.answers, {**read.problems, **dropped}, read.voice)


def open_by_hand(seat: Seat, read: AnswersRead, token: str, language: str) -> Made:
    """Seal and deposit the case; its words. `read` is complete. Raises InputError for a page that was used."""
    require_by_hand(seat)
    take_token(seat, PURPOSE, token)
    marks = seat.pack.marks(read.answers, seat.today)
    promise = promised_by(seat.pack, Urgency(int(marks.urgency)), seat.now, make_secret())
    return make_case(seat, read, Way(PHONE, language_of(seat, language)), answer_by=promise)


def take_at_once(seat: Seat, made: Made) -> bool:
    """Hold the new case, if it is for this person at all; whether it is."""
    try:
        take(seat, made.case_id)
    except (NotAllowedError, HeldByOtherError):
        return False
    return True

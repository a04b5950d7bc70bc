"""What the staff's side remembers of an answer that was sent: which facts it asks for."""

from leeside.desk.casefile import CaseFile
from leeside.desk.seat import Seat
from leeside.desk.sheet_facts import question_to_ask
from leeside.desk.writing.drafts import Typed


def use_of(seat: Seat, file: CaseFile, text: str, typed: Typed) -> dict[str, object]:
    """The parts of an answer's `about`: facts whose question is still in the text."""
    asked = [fact for fact in typed.asked if (words := question_to_ask(seat, file, fact)) and words in text]
    return {"asked": asked} if asked else {}

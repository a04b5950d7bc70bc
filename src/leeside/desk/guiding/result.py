"""What the guide says to one opened case, worked out once for a page: facts and result go when the request does."""

from leeside.desk.casefile import CaseFile
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.seat import Seat
from leeside.guide.evaluating import Result, ask_guide


def ask_for(seat: Seat, file: CaseFile) -> Result:
    """What the guide says to this case today."""
    known = file.memo.get("law")
    if isinstance(known, Result) and known.on == seat.today:
        return known
    result = ask_guide(seat.pack.guide, seat.pack.by_id, case_facts(seat, file), seat.today)
    file.memo["law"] = result
    return result

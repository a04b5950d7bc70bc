"""What the ties of a case make due: an answer to a referral that has not come."""

from leeside.desk.casefile import CaseFile
from leeside.desk.seams import Due
from leeside.desk.seat import Seat
from leeside.desk.telling.ties import answer_from
from leeside.desk.ties.referral import referrals_of


def dues(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """Each packet whose receiver has not answered, on the day by which they were to."""
    if not file.of_kind("referral"):
        return ()
    return tuple(
        Due(one.answer_due, answer_from(one.receiver), "referral", anchor="ties")
        for one in referrals_of(seat, file)
        if one.answer_due is not None and not (one.outcome or one.is_revoked or one.has_answered)
    )

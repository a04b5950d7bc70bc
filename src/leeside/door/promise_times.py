"""By when an answer is promised, made coarse: the one clock time that the vault keeps, and only while it runs."""

from datetime import UTC, datetime, timedelta
from typing import Final

from leeside.packs.marks import Urgency
from leeside.packs.pack import Pack
from leeside.sealing.context import Purpose, hash_for
from leeside.sealing.receipts import Receipt

QUARTER: Final = timedelta(minutes=15)


def promised_by(pack: Pack, urgency: Urgency, now: datetime, receipt: Receipt) -> datetime:
    """The pack's promise for what came in at `now`, with up to 15 minutes of noise, rounded up to the quarter hour.

    The noise comes from the receipt, which nobody keeps: a repeated post has the same, and the database cannot
    take it back out.
    """
    exact = pack.promises.answer_by(now, urgency).astimezone(UTC)
    return round_up(exact + noise_of(receipt))


def noise_of(receipt: Receipt) -> timedelta:
    """Less than 15 minutes, the same for the same receipt."""
    digest = hash_for(Purpose.RECEIPT, b"answer by", receipt.entropy.reveal())
    return timedelta(seconds=int.from_bytes(digest[:4], "big") % int(QUARTER.total_seconds()))


def round_up(moment: datetime) -> datetime:
    """The next full quarter hour, or `moment` itself when it is one."""
    seconds = int(QUARTER.total_seconds())
    return datetime.fromtimestamp(-(-moment.timestamp() // seconds) * seconds, UTC)

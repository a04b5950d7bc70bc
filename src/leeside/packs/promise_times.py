"""By when an answer is promised, made coarse: the one clock time that the vault keeps, and only while it runs."""

from datetime import UTC, datetime, timedelta
from typing import Final

from leeside.packs.marks import Urgency
from leeside.packs.pack import Pack
from leeside.sealing.context import Purpose, hash_for
from leeside.sealing.secrets import Secret

QUARTER: Final = timedelta(minutes=15)


def promised_by(pack: Pack, urgency: Urgency, now: datetime, noise_from: Secret) -> datetime:
    """The pack's promise for what came in at `now`, with up to 15 minutes of noise, rounded up to the quarter hour.

    `noise_from` is a secret that the database does not have (a receipt's, or a random one): a repeated post has the
    same noise, and whoever takes the database cannot take it back out.
    """
    exact = pack.promises.answer_by(now, urgency).astimezone(UTC)
    return round_up(exact + noise_of(noise_from))


def noise_of(secret: Secret) -> timedelta:
    """Less than 15 minutes, the same for the same secret."""
    digest = hash_for(Purpose.RECEIPT, b"answer by", secret.reveal())
    return timedelta(seconds=int.from_bytes(digest[:4], "big") % int(QUARTER.total_seconds()))


def round_up(moment: datetime) -> datetime:
    """The next full quarter hour, or `moment` itself when it is one."""
    seconds = int(QUARTER.total_seconds())
    return datetime.fromtimestamp(-(-moment.timestamp() // seconds) * seconds, UTC)

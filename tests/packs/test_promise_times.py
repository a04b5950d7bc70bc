from datetime import UTC, datetime, timedelta

from leeside.packs.marks import Urgency
from leeside.packs.promise_times import QUARTER, noise_of, promised_by, round_up
from leeside.packs.reader import shipped_pack
from leeside.sealing.secrets import make_secret

NOW = datetime(2023, 12, 5, 12, 7, 31, tzinfo=UTC)


def test_a_promise_is_a_quarter_of_an_hour_with_noise() -> None:
    pack = shipped_pack("refusal")
    exact = pack.promises.answer_by(NOW, Urgency.RED)
    for _ in range(200):
        promised = promised_by(pack, Urgency.RED, NOW, make_secret())
        assert promised.minute % 15 == 0
        assert promised.second == promised.microsecond == 0
        assert timedelta(0) <= promised - exact < 2 * QUARTER


def test_the_noise_of_a_receipt_is_always_the_same_and_differs_between_receipts() -> None:
    secrets = [make_secret() for _ in range(50)]
    assert [noise_of(one) for one in secrets] == [noise_of(one) for one in secrets]
    assert len({noise_of(one) for one in secrets}) > 30


def test_a_full_quarter_is_not_rounded_further() -> None:
    full = datetime(2023, 12, 5, 12, 15, tzinfo=UTC)
    assert round_up(full) == full
    assert round_up(full + timedelta(seconds=1)) == full + QUARTER

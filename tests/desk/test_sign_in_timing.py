"""Refusals at sign-in take the same time whatever was wrong: 2,000 interleaved tries that ranks cannot tell apart.

The slow hash is at its floor here, so that a difference of microseconds would show; with the real one, the hash's own
scatter of milliseconds lies over it.
"""

import math
import random
import time

import pytest

from desk.stage import Colleague, Stage
from leeside.desk import invitations
from leeside.desk.errors import RefusedSignInError
from leeside.desk.identities import GivenSecrets
from leeside.desk.signing_in import Attempt, sign_in
from leeside.sealing import one_time_codes
from leeside.web.clock import real_now

TRIES = 2_000
CAUSES = ("unknown name", "wrong passphrase", "wrong code", "not admitted")


def _attempts(stage: Stage) -> dict[str, Attempt]:
    code = stage.people["Willow"].code()
    wrong = "000000" if code != "000000" else "111111"
    # The same words in another order: what reading them costs is the typist's own choice and tells nothing.
    other_order = " ".join(reversed(stage.people["Willow"].passphrase.split()))
    return {
        "unknown name": stage.attempt("Willow", name="Nobody"),
        "wrong passphrase": stage.attempt("Willow", passphrase=other_order),
        "wrong code": stage.attempt("Willow", code=wrong),
        "not admitted": stage.attempt("Dunlin"),
    }


def _measure(stage: Stage, tries: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {cause: [] for cause in CAUSES}
    order = [cause for cause in CAUSES for _ in range(tries // len(CAUSES))]
    random.Random(5).shuffle(order)
    attempts = _attempts(stage)
    for number, cause in enumerate(order):
        if number % 200 == 0:
            attempts = _attempts(stage)
        begun = time.perf_counter()
        with pytest.raises(RefusedSignInError):
            sign_in(attempts[cause])
        times[cause].append(time.perf_counter() - begun)
    return times


def _chance(one: list[float], other: list[float]) -> float:
    """How likely ranks as far apart as these are if both were drawn alike (Mann and Whitney, normal approximation)."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place for place, (_, group) in enumerate(ranked, start=1) if group == 0)
    first, second = len(one), len(other)
    mean = first * (first + second + 1) / 2
    deviation = math.sqrt(first * second * (first + second + 1) / 12)
    return math.erfc(abs(ranks - mean) / deviation / math.sqrt(2))


@pytest.mark.slow
@pytest.mark.promise(10, "the times of refusals at sign-in, cause against cause", times=TRIES)
def test_no_cause_of_a_refusal_can_be_told_by_its_time(stage: Stage) -> None:
    willow = stage.people["Willow"]
    address = invitations.make_invitation(stage.seat("Heron"))
    same_words = GivenSecrets(willow.passphrase, one_time_codes.make_secret())
    new = invitations.accept_invitation(address, "Dunlin", "en", now=real_now(), given=same_words)
    stage.people["Dunlin"] = Colleague("Dunlin", "first", new.reader_id, willow.passphrase, new.code_secret)
    _measure(stage, 200)
    # A machine that does something else for a moment may move one run; a difference of ours moves every run.
    for last in (False, False, True):
        times = _measure(stage, TRIES)
        pairs = [(one, other) for one in CAUSES for other in CAUSES if one < other]
        chances = {pair: _chance(times[pair[0]], times[pair[1]]) for pair in pairs}
        if min(chances.values()) > 0.01:
            return
        medians = {cause: sorted(values)[len(values) // 2] for cause, values in times.items()}
        assert not last, (chances, medians)

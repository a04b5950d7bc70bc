"""Refusals at sign-in take the same time whatever was wrong: 2,000 interleaved tries that ranks cannot tell apart.

The slow hash is at its floor here, so that a difference of microseconds would show; with the real one, the hash's own
scatter of milliseconds lies over it.
"""

import random
import time
from contextlib import suppress

import pytest

from attacks.ranks import Times, interleaved, require_alike
from desk.stage import Colleague, Stage
from leeside.desk.errors import RefusedSignInError
from leeside.desk.identities import GivenSecrets
from leeside.desk.signing_in import Attempt, sign_in
from leeside.desk.team import admission, invitations
from leeside.sealing import one_time_codes
from leeside.vault import store
from leeside.web.clock import real_now

TRIES = 2_000
CAUSES = ("unknown name", "wrong passphrase", "wrong code", "used code", "not admitted", "locked")


def _attempts(stage: Stage) -> dict[str, Attempt]:
    code = stage.people["Willow"].code()
    wrong = "000000" if code != "000000" else "111111"
    # The same words in another order: what reading them costs is the typist's own choice and tells nothing.
    other_order = " ".join(reversed(stage.people["Willow"].passphrase.split()))
    used = stage.attempt("Willow")
    with suppress(RefusedSignInError):
        sign_in(used)
    return {
        "unknown name": stage.attempt("Willow", name="Nobody"),
        "wrong passphrase": stage.attempt("Willow", passphrase=other_order),
        "wrong code": stage.attempt("Willow", code=wrong),
        "used code": used,
        "not admitted": stage.attempt("Dunlin"),
        "locked": stage.attempt("Knot"),
    }


def _measure(stage: Stage, tries: int) -> Times:
    times: dict[str, list[float]] = {cause: [] for cause in CAUSES}
    order = interleaved(CAUSES, tries, random.Random(5))
    attempts = _attempts(stage)
    for number, cause in enumerate(order):
        if number % 200 == 0:
            attempts = _attempts(stage)
        begun = time.perf_counter()
        with pytest.raises(RefusedSignInError):
            sign_in(attempts[cause])
        times[cause].append(time.perf_counter() - begun)
    return times


def _invite_with_the_words_of_willow(stage: Stage, name: str) -> None:
    willow = stage.people["Willow"]
    address = invitations.make_invitation(stage.seat("Heron"))
    same_words = GivenSecrets(willow.passphrase, one_time_codes.make_secret())
    new = invitations.accept_invitation(address, name, "en", now=real_now(), given=same_words)
    stage.people[name] = Colleague(name, "first", new.reader_id, willow.passphrase, new.code_secret)


@pytest.mark.slow
@pytest.mark.promise(10, "the times of refusals at sign-in, cause against cause", times=TRIES)
def test_no_cause_of_a_refusal_can_be_told_by_its_time(stage: Stage) -> None:
    """Broken on purpose to see it fail: a used code found out by writing it down, after all else was proven."""
    for name in ("Dunlin", "Knot"):
        _invite_with_the_words_of_willow(stage, name)
    admission.admit(stage.seat("Heron"), stage.people["Knot"].reader_id, "first")
    store.set_account_state(stage.people["Knot"].reader_id, store.AccountState.LOCKED)
    _measure(stage, 200)
    require_alike(lambda: _measure(stage, TRIES))

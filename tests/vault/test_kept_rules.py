"""Earlier wordings of rules: kept once, a line at a time, never changed."""

from datetime import timedelta

import pytest

from leeside.vault import store
from leeside.vault.store import KeptRule
from vault.invented import TODAY

LINE, OTHER = b"l" * 16, b"o" * 16
RULE = KeptRule("commission", "a" * 16, TODAY, '{"from": "2000-01-01"}')


def test_a_wording_is_kept_once_with_its_first_day(stores: object) -> None:
    """Broken on purpose: `DO UPDATE` in place of `DO NOTHING` moves the first day."""
    later = KeptRule("commission", "a" * 16, TODAY + timedelta(days=3), "{}")
    changed = KeptRule("commission", "b" * 16, TODAY + timedelta(days=3), "{}")
    assert store.keep_rules(LINE, [RULE]) == 1
    assert store.keep_rules(LINE, [later, changed]) == 1
    assert set(store.fetch_kept_rules(LINE)) == {RULE, changed}
    assert store.fetch_kept_digests(LINE) == {("commission", "a" * 16), ("commission", "b" * 16)}


def test_a_line_has_its_own(stores: object) -> None:
    store.keep_rules(LINE, [RULE])
    assert store.fetch_kept_rules(OTHER) == ()
    assert store.fetch_kept_digests(OTHER) == frozenset()


@pytest.mark.parametrize(
    "wrong",
    [
        KeptRule("", "a" * 16, TODAY, "{}"),
        KeptRule("x", "a" * 15, TODAY, "{}"),
        KeptRule("x", "a" * 16, TODAY, " " * (store.LIMITS.rule_bytes + 1)),
    ],
)
def test_what_is_no_rule_is_misuse(stores: object, wrong: KeptRule) -> None:
    with pytest.raises(store.MisuseError):
        store.keep_rules(LINE, [RULE, wrong])
    assert store.fetch_kept_rules(LINE) == ()

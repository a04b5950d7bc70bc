"""Wordings that were kept: read back whole, proven by their digest, and found by day."""

import json
from datetime import date, timedelta

import pytest

from leeside.packs.guidebook.earlier import read_earlier
from leeside.packs.guidebook.rules import digest_of
from leeside.packs.reader import shipped_pack

TUESDAY = date(2023, 12, 5)
_RULES = shipped_pack("refusal").guide.rules


def test_every_shipped_rule_is_read_back_as_it_was() -> None:
    kept = read_earlier((one.id, one.digest, TUESDAY, one.law) for one in _RULES)
    for rule in _RULES:
        found = kept.find(rule.id, rule.digest)
        assert found is not None
        assert (found.condition, found.since, found.until) == (rule.condition, rule.since, rule.until)
        assert dict(found.words) == dict(rule.words)


def test_a_wording_that_somebody_turned_on_the_disk_is_nothing() -> None:
    """Broken on purpose: without the comparison of digests the thief's words stand as what the line told."""
    rule = _RULES[0]
    title = next(iter(rule.words.values())).title
    turned = rule.law.replace(title[:10], "Go tonight")
    turned = turned if turned != rule.law else rule.law.replace('"gives"', '"given"')
    kept = read_earlier([(rule.id, rule.digest, TUESDAY, turned), (rule.id, rule.digest[:-1] + "x", TUESDAY, rule.law)])
    assert kept.find(rule.id, rule.digest) is None
    assert kept.as_of(rule.id, TUESDAY) is None


def test_the_wording_of_a_day_is_the_newest_that_was_there() -> None:
    first, second = _RULES[0], _RULES[1]
    later = TUESDAY + timedelta(days=5)
    kept = read_earlier([("one", first.digest, TUESDAY, first.law), ("one", second.digest, later, second.law)])
    found = [kept.as_of("one", TUESDAY + timedelta(days=after)) for after in (-1, 0, 4, 5, 9)]
    assert [one.digest for one in found if one] == [first.digest] * 3 + [second.digest] * 2
    assert kept.as_of("two", TUESDAY) is None


def test_a_rule_that_came_later_was_not_there_before() -> None:
    """Broken on purpose: the first wording of a rule taken for what it always said."""
    first, second = _RULES[0], _RULES[1]
    later = TUESDAY + timedelta(days=5)
    kept = read_earlier([("one", first.digest, TUESDAY, first.law), ("two", second.digest, later, second.law)])
    assert kept.as_of("two", TUESDAY - timedelta(days=9)) is None
    assert kept.as_of("two", later) is not None


@pytest.mark.parametrize("law", ["", "no law", "[]", '{"when": []}', "[" * 100_000, "IN_WORDS"])
def test_a_row_that_somebody_put_there_keeps_nobody_from_reading_the_others(law: str) -> None:
    """Broken on purpose: a law that is no JSON, or of another shape, with a digest that fits."""
    rule = _RULES[0]
    if law == "IN_WORDS":
        law = json.dumps({**json.loads(rule.law), "words": [1]})
    kept = read_earlier([("put", digest_of(law), TUESDAY, law), (rule.id, rule.digest, TUESDAY, rule.law)])
    assert kept.find("put", digest_of(law)) is None
    assert kept.find(rule.id, rule.digest) is not None

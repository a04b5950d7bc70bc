"""Every wording that the rules of a line ever had: kept before anybody is told of it, read when advice is compared."""

from datetime import date

from leeside.packs.guidebook.earlier import EarlierRules, read_earlier
from leeside.packs.pack import Pack
from leeside.vault import store
from leeside.vault.store import KeptRule


def keep_rules(line_id: bytes, pack: Pack, today: date) -> int:
    """Keep what is new of a pack's rules, all of them whether anybody was told or not; how many were new."""
    rules = pack.guide.rules
    if not rules:
        return 0
    known = store.fetch_kept_digests(line_id)
    new = [KeptRule(one.id, one.digest, today, one.law) for one in rules if (one.id, one.digest) not in known]
    return store.keep_rules(line_id, new) if new else 0


def kept_rules(line_id: bytes) -> EarlierRules:
    """Every wording that was kept, and that its digest still proves."""
    return read_earlier((one.rule, one.digest, one.day, one.law) for one in store.fetch_kept_rules(line_id))

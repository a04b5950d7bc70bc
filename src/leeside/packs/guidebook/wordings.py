"""What somebody who reads a rule puts their name under: the rule as it was written, and the terms that it starts."""

import hashlib
import json
from dataclasses import fields
from datetime import date
from enum import Enum

from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Rule
from leeside.packs.guidebook.terms import Term, TermWords


def wording_of(rule: Rule, book: Guidebook) -> bytes:
    """The SHA-256 of a rule's law and of every wording of its terms.

    Whole, not the 16 digits by which cases remember a rule: whoever writes packs must not be able to make two rules,
    one to be signed and one to be shown, that a signature cannot tell apart. Examples and the pack's own note of a
    review are no law, and may change.
    """
    terms = [term for term in book.terms if term.id in rule.terms]
    parts = [rule.id, rule.law, *sorted(_spelled(term) for term in terms)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).digest()


def _spelled(term: Term) -> str:
    return json.dumps({one.name: _plain(getattr(term, one.name)) for one in fields(term)}, sort_keys=True)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, TermWords):
        return [value.title, value.act, value.remark]
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return {str(key): _plain(each) for key, each in dict(value).items()}  # type: ignore[call-overload]

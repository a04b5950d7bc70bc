"""The words of a rule of the guide, put into the answer in the writer's language, for whoever sends it to mend.

They are written for a colleague and about the person: they are a beginning, never sent by themselves. What is general
knowledge only is no advice and is not put there.
"""

from dataclasses import replace

from leeside.desk.casefile import CaseFile
from leeside.desk.seat import Seat
from leeside.desk.writing.canned import writers_language
from leeside.desk.writing.drafts import Typed
from leeside.packs.guidebook.rules import Rule


def put_rules(seat: Seat, file: CaseFile, typed: Typed, untrusted_ids: tuple[str, ...]) -> Typed:
    """What is typed, with the words of these rules behind it unless they stand there, and the rules ticked."""
    told, text = list(typed.told), typed.text
    for rule_id in dict.fromkeys(untrusted_ids):
        words = rule_words(seat, file, rule_id)
        if not words:
            continue
        told.append(rule_id)
        if words not in text:
            text = "\n\n".join(part for part in (text.rstrip(), words) if part)
    return replace(typed, text=text, told=tuple(dict.fromkeys(told)))


def rule_words(seat: Seat, file: CaseFile, rule_id: str) -> str:
    """A rule for the writer: what, how or else why, what to beware of, and the act; empty for none that may be told."""
    rule = seat.pack.guide.rule(rule_id)
    return "" if rule is None else words_for_writer(rule, writers_language(seat, file))


def words_for_writer(rule: Rule, language: str) -> str:
    """The same in one language, whoever the writer is."""
    if rule.is_question:
        return ""
    words = rule.words[language]
    return "\n".join(part for part in (f"{words.title}.", words.how or words.why, words.care, f"({words.act})") if part)

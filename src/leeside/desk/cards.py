"""A card as the queue may use it: every part of the shape that `Pack.card` gives it, whoever sealed it.

The first card of a case is sealed by its writer's browser, and the door cannot look inside: it may hold anything. A
part of another shape is left out here, so that one hostile card spoils its own row and never the queue of everybody.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leeside.packs.pack import Pack


def read_card(untrusted: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that have their shape: `need` and `voice` texts, `answers` texts or lists of texts by question,
    `reasons` pairs of text and day or None, `flags` texts, `next_date` a pair of texts, `due` a day or an empty text,
    `dues` pairs of day and source, the earliest first."""
    answers = untrusted.get("answers")
    return {
        "need": _text(untrusted.get("need")),
        "voice": _text(untrusted.get("voice")),
        "answers": {key: value for key, value in answers.items() if _is_answer(value)}
        if isinstance(answers, Mapping)
        else {},
        "reasons": [one for one in _list(untrusted.get("reasons")) if _is_reason(one)],
        "flags": [one for one in _list(untrusted.get("flags")) if isinstance(one, str)],
        "next_date": untrusted.get("next_date") if _is_pair(untrusted.get("next_date")) else None,
        "due": _text(untrusted.get("due")),
        "dues": [one for one in _list(untrusted.get("dues")) if _is_pair(one)],
    }


def need_words(pack: Pack, card: Mapping[str, Any], language: str) -> str:
    """What the person asks for, in the pack's words, from a card that was read."""
    return need_text(pack, card.get("need"), language, _text(card.get("voice"))) or _("need not said")


def need_text(pack: Pack, need: object, language: str, voice: str) -> str:
    """The pack's words for a need; empty when it was not said, or is none that this version knows."""
    question = pack.question(pack.need_question)
    if question is None or not need or need not in {option.id for option in question.options}:
        return ""
    return pack.text(question.option_key(str(need)), language, voice)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_answer(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(one, str) for one in value)


def _is_reason(value: object) -> bool:
    return _is_pair(value) or (
        isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and value[1] is None
    )

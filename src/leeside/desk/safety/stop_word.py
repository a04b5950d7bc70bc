"""The agreed stop word in a message: the server cannot know it before somebody opens the case.

Only whole words count, in any case, ё and е alike; but words bend (лампа, лампу, лампою), so an ending may differ. One
warning too many costs a look; one too few costs more. The form's own answer, in which the word was agreed, does not
count. Until a colleague says what it meant, nothing goes out.
"""

import re
from typing import Final

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.desk.safety.contact import plans_of
from leeside.desk.safety.seizure import seizure_of, short_id
from leeside.packs.meanings import said_text

CLEARED: Final = "stop_word_cleared"
_ENDINGS: Final = "аеиоуыэюяійьї"
_SHORTEST_STEM: Final = 3
_LONGEST_ENDING: Final = 3


def stop_messages(file: CaseFile) -> tuple[ReadEntry, ...]:
    """Messages with a stop word that was agreed at any time, about which nobody has decided yet, oldest first.

    A seizure is such a decision.
    """
    words = _agreed(file)
    if not words or seizure_of(file) is not None:
        return ()
    cleared = {event.text("entry") for event in file.events(CLEARED)}
    return tuple(
        entry
        for entry in file.of_kind("message")
        if entry.author.kind == "writer"
        and short_id(entry) not in cleared
        and any(says(entry.text("text"), word) for word in words)
    )


def says(text: str, word: str) -> bool:
    """Whether a text has the word as a word of its own; a phrase counts with any space between its words."""
    phrase = r"[\s,.]+".join(_bent(part) for part in _fold(word).split())
    return bool(phrase) and re.search(rf"(?<!\w){phrase}(?!\w)", _fold(text)) is not None


def _bent(word: str) -> str:
    """A pattern for one word in whatever case it stands: what comes before its last vowel, and a short ending."""
    stem = word.rstrip(_ENDINGS)
    if len(stem) < _SHORTEST_STEM or len(word) - len(stem) > _LONGEST_ENDING:
        stem = word
    return rf"{re.escape(stem)}\w{{0,{_LONGEST_ENDING}}}" if len(stem) >= _SHORTEST_STEM else re.escape(word)


def _agreed(file: CaseFile) -> set[str]:
    """Every stop word that ever stood in a plan: somebody under pressure may say the older one."""
    words = {said_text(file.meanings.stop_word, file.said)}
    words |= {entry.text("stop_word") for entry in plans_of(file)}
    return {word for word in words if word.strip()}


def _fold(text: str) -> str:
    return text.casefold().replace("ё", "е")

"""The act of a rule as a passer-by reads it: the citation alone, without the notes by which reviewers work.

A rule's `act` says where the law stands and, in the same breath, what of that somebody still has to compare: a number
that was seen in a copy only, an edition to be named in a paper. A counsellor needs both. Whoever reads an answer is
told once that a text is still to be compared, and reads the citation clean.
"""

import re
from typing import Final

_NOTE: Final = re.compile(
    r"провер|свер[яи]|общим сведениям|вид(?:ен|ели|ена)\b|прочитан|не найден|не подтвержд|примерно|цитат|назвать в|"
    r"неизвестн|\bкопия\b|источник наз|практика$|"
    r"to check|compare|general knowledge|seen\b|not read|not found|not confirmed|\babout\b|passage|name the|unknown|"
    r"\bcopy\b|source names|part seen|"
    r"перевір|звір|загальними відом|бачили|\bвидно\b|прочитано|не знайден|не підтвердж|приблизно|назвати в|невідом|"
    r"\bкопія\b|джерело наз",
    re.IGNORECASE,
)
_INNERMOST: Final = re.compile(r"(\s*)\(([^()]*)\)")
_KEPT: Final = re.compile("\x00(\\d+)\x01")
_NAMES_AN_ACT: Final = re.compile(r"\d{4}")
_PARTS: Final = re.compile(r"(;\s|:\s|,\s|\.\s(?=[^\W\d_а-яёa-zіїєґ]))")


def citation_of(act: str) -> str:
    """The citation in `act`; the whole of it where nothing but notes stands there."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        inside = _without_notes(found[2])
        # Of a bracket with a note, what is left is worth reading where it names an act with its year.
        if inside != found[2].strip() and not _NAMES_AN_ACT.search(inside):
            return ""
        kept.append(f"{found[1]}({inside})")
        return f"\x00{len(kept) - 1}\x01"

    text = act
    while (less := _INNERMOST.sub(keep, text)) != text:
        text = less
    text = _without_notes(text)
    while _KEPT.search(text):
        text = _KEPT.sub(lambda found: kept[int(found[1])], text)
    return text or act


def _without_notes(text: str) -> str:
    """The parts of the text, between commas and the like, that hold no note; each goes with the mark before it."""
    first, *rest = _PARTS.split(text)
    said = "" if _NOTE.search(first) else first
    for mark, part in zip(rest[::2], rest[1::2], strict=True):
        if not _NOTE.search(part):
            said += mark + part if said else part
    return said.strip(" ;:,")

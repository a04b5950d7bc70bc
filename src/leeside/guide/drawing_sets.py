"""A set of rules as one picture: what each looks at, what it says, what follows from it. Row by row, left to right.

One rule's own condition is drawn by `drawing`; this one shows how the rules of a subject hang together: which facts
decide most of them, which terms and papers they lead to, which replaced which. The same fact, term or paper is named
in the same words in every row. It is text in SVG without a script, as the other drawing is, and for the same places.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from leeside.guide.drawing_words import Speaker, WriteDay
from leeside.guide.sheet import STYLE, Line, Place, Sheet, height_of, lines_of
from leeside.guide.svg import Value, element
from leeside.packs.guidebook.rules import Rule
from leeside.packs.pack import Pack

_EDGE: Final = 16.0
_PAD: Final = 10.0
_GAP: Final = 46.0
_ROW: Final = 14.0
_FACTS, _RULE, _FOLLOWS = 250.0, 390.0, 290.0
"""Widths of the three columns, in pixels."""
_TITLE, _LABEL, _TEXT = 18.0, 14.0, 13.0


def draw_rules(
    rules: Sequence[Rule], pack: Pack, language: str, write_day: WriteDay, *, title: str, is_file: bool = True
) -> str:
    """The rules as SVG, in their order. Raises ValueError for a language that rules cannot be drawn in."""
    speaker, sheet = Speaker(pack, language, write_day), Sheet()
    often = Counter(fact for rule in rules for fact in rule.facts)
    width = 2 * _EDGE + _FACTS + _RULE + _FOLLOWS + 2 * _GAP
    y = 2 * _EDGE + sheet.write(lines_of(title, width - 2 * _EDGE, _TITLE, is_bold=True), _EDGE, _EDGE)
    for rule in rules:
        y += _draw_row(sheet, rule, speaker, sorted(rule.facts, key=lambda fact: (-often[fact], fact)), y) + _ROW
    root: dict[str, Value] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class_": "rule-drawing",
        "viewBox": f"0 0 {width:.0f} {y:.0f}",
        "width": f"{width:.0f}",
        "height": f"{y:.0f}",
        "role": "img",
        "lang": language,
        "aria_labelledby": "rules-title rules-text",
        "font_family": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
    }
    return element(
        "svg",
        root,
        element("title", {"id": "rules-title"}, text=title),
        element("desc", {"id": "rules-text"}, text=" ".join(_told(rule, speaker) for rule in rules)),
        element("style", {}, text=STYLE) if is_file else "",
        *sheet.parts(round(width), round(y)),
    )


def _draw_row(sheet: Sheet, rule: Rule, speaker: Speaker, facts: Sequence[str], y: float) -> float:
    """One rule with what lies before and behind it; how tall the row is."""
    left = [line for fact in facts for line in lines_of(f"· {speaker.label(fact)}", _FACTS - 2 * _PAD, _TEXT)]
    middle = lines_of(rule.words[speaker.language].title, _RULE - 2 * _PAD, _LABEL, is_bold=True)
    middle += lines_of(rule.id, _RULE - 2 * _PAD, _TEXT, is_pale=True)
    right = [line for text in _follows(rule, speaker) for line in lines_of(text, _FOLLOWS - 2 * _PAD, _TEXT)]
    height = max(height_of(part) for part in (left, middle, right)) + 2 * _PAD
    x = _EDGE
    for kind, lines, width in (("box", left, _FACTS), ("result", middle, _RULE), ("end", right, _FOLLOWS)):
        if lines:
            _write_box(sheet, kind, lines, Place(x, y, width, height))
        x += width + _GAP
    _point(sheet, _EDGE + _FACTS, y + height / 2)
    if right:
        _point(sheet, _EDGE + _FACTS + _GAP + _RULE, y + height / 2)
    return height


def _write_box(sheet: Sheet, kind: str, lines: Sequence[Line], place: Place) -> None:
    sheet.box(kind, place)
    sheet.write(lines, place.x + _PAD, place.y + (place.height - height_of(lines)) / 2)


def _point(sheet: Sheet, x: float, y: float) -> None:
    """A line over the gap to the next column, with its head as a sign: `way` draws heads that come from above."""
    sheet.way(((x, y), (x + _GAP - 8, y)), is_walked=False, has_head=False)
    sheet.word(Line("▸", _LABEL), x + _GAP - 12, y + _LABEL * 0.36)


def _follows(rule: Rule, speaker: Speaker) -> list[str]:
    """What follows when the rule applies: terms, papers, the office, and the rule that it replaced."""
    words, guide, language = speaker.words, speaker.pack.guide, speaker.language
    terms = [term.words[language].title for one in rule.terms if (term := guide.term(one))]
    papers = [one.titles[language] for one in guide.letters if one.id in rule.papers]
    found = [words.terms.format(names="; ".join(terms))] if terms else []
    found += [words.papers.format(names="; ".join(papers))] if papers else []
    found += [f"← {rule.supersedes}"] if rule.supersedes else []
    return found


def _told(rule: Rule, speaker: Speaker) -> str:
    """The row in words, for whoever hears the picture."""
    facts = ", ".join(speaker.label(fact) for fact in sorted(rule.facts))
    follows = "; ".join(_follows(rule, speaker))
    return f"{facts} → {rule.words[speaker.language].title}" + (f" → {follows}." if follows else ".")

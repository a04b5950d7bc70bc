"""Any rule as a picture that a lawyer can read who knows no code: questions as boxes, answers as lines, the result.

The drawing is text in SVG without a script. As a file it carries colours of its own, for light and dark; inside a page
it has classes only, and the page's style sheet colours it (a page of the desk allows no inline style). Nothing is
told by colour alone: every line has its word, and the way of a case is a thick line.

How it lies: boxes in one column, in the order in which the condition is written. One answer leads straight down. The
other leads out: on the left to the end where the rule does not apply, on the right past boxes that no longer matter.
What is not known leads along a broken line on the right to the end that stays open. Groups are frames around the
column, the outer ones wider, so that they never cross, however deep they lie.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from leeside.guide.drawing_words import Speaker, WriteDay
from leeside.guide.flow import Box, End, Flow, Group, Target, Walk, flow_of, walk
from leeside.guide.sheet import HEAD, STYLE, Line, Place, Sheet, height_of, lines_of
from leeside.guide.svg import Value, element, width_of
from leeside.packs.conditions import TODAY, Facts, Truth
from leeside.packs.guidebook.rules import Rule
from leeside.packs.pack import Pack

_BOX: Final = 520.0
_EDGE: Final = 12.0
_NESTING: Final = 10.0
_LANE: Final = 14.0
_ENTRY: Final = 30.0
"""How far from the column's left edge the line from above comes in."""
_HEADING: Final = 46.0
"""How far from the column's left edge the headings of groups begin: past that line and its word."""
_PAD: Final = 12.0
_ROW: Final = 20.0
_TITLE, _LABEL, _TEXT, _WORD = 18.0, 14.0, 13.0, 12.0


def draw_rule(
    rule: Rule, pack: Pack, language: str, write_day: WriteDay, *, facts: Facts | None = None, is_file: bool = True
) -> str:
    """The rule as SVG. `facts` are one case's, with the day under `TODAY`: the way it goes is marked.

    Raises ValueError for a language that rules cannot be drawn in.
    """
    flow = flow_of(rule.condition)
    walked = None if facts is None else walk(flow, rule.condition, facts)
    return _Drawing(rule, flow, Speaker(pack, language, write_day), facts or {}, walked).svg(is_file)


class _Drawing:
    """One picture: `_place_...` put things down from top to bottom, `_join` draws the lines between them."""

    def __init__(self, rule: Rule, flow: Flow, speaker: Speaker, facts: Facts, walked: Walk | None) -> None:
        self._rule, self._flow, self._speaker, self._facts, self._walk = rule, flow, speaker, facts, walked
        self._words = speaker.words
        self._title = rule.words[speaker.language].title
        frames = _EDGE + flow.depth * _NESTING
        self._fall_lane = _EDGE + _LANE
        self._left = self._fall_lane + frames
        self._right = self._left + _BOX
        self._lanes = _lanes_of(flow)
        self._first_lane = self._right + frames
        self._open_lane = self._first_lane + _LANE * (max(self._lanes.values(), default=-1) + 1)
        self._width = self._open_lane + _LANE + _EDGE
        self._sheet = Sheet()
        self._y = 0.0
        self._tops: dict[Target, float] = {}
        self._bottoms: list[float] = []
        self._ends_top = 0.0
        self._group_tops: dict[Group, float] = {}
        self._group_bottoms: dict[Group, float] = {}
        words = [self._words.truths[truth] for truth in (Truth.YES, Truth.NO)]
        self._side = _PAD + max(width_of(word, _WORD, is_bold=True) for word in words)
        self._far_side = _PAD + width_of(self._words.truths[Truth.UNKNOWN], _WORD, is_bold=True)

    def svg(self, is_file: bool) -> str:
        """The whole drawing."""
        self._place_title()
        for number, box in enumerate(self._flow.boxes):
            self._place_gap(number)
            self._place_box(number, box)
        self._place_gap(len(self._flow.boxes))
        self._place_result()
        self._place_other_ends()
        self._frame_groups()
        for number, box in enumerate(self._flow.boxes):
            self._join(number, box)
        named = f"rule-{self._rule.id}"
        root: dict[str, Value] = {
            "xmlns": "http://www.w3.org/2000/svg",
            "class_": "rule-drawing",
            "viewBox": f"0 0 {self._width:.0f} {self._y:.0f}",
            "width": f"{self._width:.0f}",
            "height": f"{self._y:.0f}",
            "role": "img",
            "lang": self._speaker.language,
            "aria_labelledby": f"{named}-title {named}-text",
            "font_family": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
        }
        return element(
            "svg",
            root,
            element("title", {"id": f"{named}-title"}, text=self._title),
            element("desc", {"id": f"{named}-text"}, text=self._told()),
            element("style", {}, text=STYLE) if is_file else "",
            *self._sheet.parts(round(self._width), round(self._y)),
        )

    # From top to bottom

    def _place_title(self) -> None:
        room = self._width - 2 * _EDGE
        lines = lines_of(self._title, room, _TITLE, is_bold=True)
        asked = self._facts.get(TODAY)
        if isinstance(asked, date):
            lines += lines_of(self._words.asked_on.format(day=self._speaker.write_day(asked)), room, _TEXT)
        self._y = _EDGE + self._sheet.write(lines, _EDGE, _EDGE)

    def _place_gap(self, number: int) -> None:
        """The room above a box: groups end, the line from above has its word, groups begin, lines come in."""
        for group in reversed(self._flow.groups):
            if group.last == number - 1:
                self._y += _NESTING
                self._group_bottoms[group] = self._y
        self._y += _ROW if number else 0
        for group in self._flow.groups:
            if group.first == number:
                self._y += _NESTING
                self._group_tops[group] = self._y
                heading = lines_of(self._words.groups[group.kind], _BOX - _HEADING, _TEXT, is_bold=True)
                self._y += 4 + self._sheet.write(heading, self._left + _HEADING, self._y + 4)
        target: Target = number if number < len(self._flow.boxes) else End.APPLIES
        self._y += 2 * HEAD + (_ROW if target in self._lanes else 6)

    def _place_box(self, number: int, box: Box) -> None:
        """A question; its words keep clear of the words of the lines that leave it at the sides."""
        left = self._left + (self._side if _falls_left(box) else 0) + _PAD
        room = self._right - self._far_side - _PAD - left
        speaker, truth = self._speaker, self._walk.answers.get(number) if self._walk else None
        lines = lines_of(speaker.label(box.test.fact), room, _LABEL, is_bold=True)
        lines += lines_of(speaker.test(box.test), room, _TEXT)
        if truth is not None:
            value = speaker.value(box.test.fact, self._facts.get(box.test.fact))
            lines += lines_of(self._words.case.format(value=value), room, _TEXT, is_bold=True)
        height = max(height_of(lines) + 2 * _PAD, 3 * _ROW + _PAD)
        self._sheet.box("box", Place(self._left, self._y, _BOX, height), is_walked=truth is not None)
        self._sheet.write(lines, left, self._y + (height - height_of(lines)) / 2)
        self._tops[number] = self._y
        self._y += height
        self._bottoms.append(self._y)

    def _place_result(self) -> None:
        room = _BOX - 2 * _PAD
        heading = self._words.is_question if self._rule.is_question else self._words.applies
        lines = lines_of(heading, room, _LABEL, is_bold=True)
        lines += [*lines_of(self._title, room, _LABEL), *self._outcome(Truth.YES, room)]
        for text in self._speaker.result(self._rule):
            lines += lines_of(text, room, _TEXT)
        self._tops[End.APPLIES] = self._y
        self._y += self._end("result", Truth.YES, self._left, _BOX, lines)

    def _place_other_ends(self) -> None:
        """Side by side: on the left where the rule does not apply, on the right where it stays open."""
        self._y += _ROW + 2 * HEAD
        width = (self._width - 3 * _EDGE) / 2
        room = width - 2 * _PAD
        falls = [*lines_of(self._words.falls, room, _LABEL, is_bold=True), *self._outcome(Truth.NO, room)]
        stays = [*lines_of(self._words.open, room, _TEXT), *self._outcome(Truth.UNKNOWN, room)]
        self._ends_top = self._tops[End.FALLS] = self._y
        tall = (
            self._end("end", Truth.NO, _EDGE, width, falls),
            self._end("end", Truth.UNKNOWN, 2 * _EDGE + width, width, stays),
        )
        self._y += max(tall) + _EDGE

    def _end(self, kind: str, truth: Truth, x: float, width: float, lines: Sequence[Line]) -> float:
        height = height_of(lines) + 2 * _PAD
        self._sheet.box(kind, Place(x, self._y, width, height), is_walked=self._comes_out(truth))
        self._sheet.write(lines, x + _PAD, self._y + _PAD)
        return height

    def _outcome(self, truth: Truth, room: float) -> list[Line]:
        return lines_of(self._words.outcome, room, _TEXT, is_bold=True) if self._comes_out(truth) else []

    def _comes_out(self, truth: Truth) -> bool:
        return self._walk is not None and self._walk.outcome is truth

    # Frames and lines

    def _frame_groups(self) -> None:
        for group in self._flow.groups:
            top, out = self._group_tops[group], (self._flow.depth - group.depth) * _NESTING
            self._sheet.frame(Place(self._left - out, top, _BOX + 2 * out, self._group_bottoms[group] - top))

    def _join(self, number: int, box: Box) -> None:
        """The three lines that leave a box, each with its word."""
        top, bottom = self._tops[number], self._bottoms[number]
        middle = (top + bottom) / 2
        jumps = any(target in self._lanes for target in self._past(number, box))
        for answer, target in ((True, box.yes), (False, box.no)):
            word = self._words.truths[Truth.YES if answer else Truth.NO]
            walked = self._walk is not None and self._walk.goes(number, answer)
            if target is End.FALLS:
                ends = (self._fall_lane, middle), (self._fall_lane, self._ends_top)
                self._sheet.way([(self._left, middle), *ends], walked)
                self._word(word, self._left + 8, middle, walked)
            elif target == self._next(number):
                entry = self._left + _ENTRY
                self._sheet.way([(entry, bottom), (entry, self._tops[target])], walked)
                closed = sum(_NESTING for group in self._flow.groups if group.last == number)
                self._word(word, entry + 8, bottom + closed + _ROW / 2, walked)
            else:
                self._sheet.way(self._way_past(middle - _ROW / 2, target), walked)
                self._word(word, self._right - 8, middle - _ROW / 2, walked, "end")
        leaves = middle + (_ROW / 2 if jumps else 0)
        walked = self._comes_out(Truth.UNKNOWN) and self._walk is not None and self._walk.is_open_at(number)
        self._sheet.way([(self._right, leaves), (self._open_lane, leaves)], walked, is_broken=True, has_head=False)
        if walked or number == 0:
            # One line for all: broken lines on top of one another would look whole.
            self._sheet.way([(self._open_lane, leaves), (self._open_lane, self._ends_top)], walked, is_broken=True)
        self._word(self._words.truths[Truth.UNKNOWN], self._right - 8, leaves, walked, "end")

    def _way_past(self, leaves: float, target: Target) -> list[tuple[float, float]]:
        lane = self._first_lane + _LANE * self._lanes[target]
        comes_in, entry = self._tops[target] - 2 * HEAD - 6, self._left + _ENTRY
        return [(self._right, leaves), (lane, leaves), (lane, comes_in), (entry, comes_in), (entry, self._tops[target])]

    def _word(self, word: str, x: float, middle: float, is_walked: bool, anchor: str = "start") -> None:
        self._sheet.word(Line(word, _WORD, is_bold=is_walked), x, middle + 4, anchor)

    def _next(self, number: int) -> Target:
        return number + 1 if number + 1 < len(self._flow.boxes) else End.APPLIES

    def _past(self, number: int, box: Box) -> list[Target]:
        """Where a way leads past other boxes."""
        return [target for target in (box.yes, box.no) if target not in (End.FALLS, self._next(number))]

    # For who cannot see it

    def _told(self) -> str:
        """The same way in sentences."""
        words, parts = self._words, []
        for number, box in enumerate(self._flow.boxes):
            asked = f"{self._speaker.label(box.test.fact)}: {self._speaker.test(box.test)}"
            parts.append(words.step.format(number=number + 1, text=asked))
            ways = ((Truth.YES, self._leads(box.yes)), (Truth.NO, self._leads(box.no)), (Truth.UNKNOWN, words.open))
            parts.append("; ".join(f"{words.truths[truth]}: {leads}" for truth, leads in ways).rstrip(".") + ".")
        return " ".join([*parts, f"{words.applies}: {self._title}.", *self._speaker.result(self._rule)])

    def _leads(self, target: Target) -> str:
        if isinstance(target, End):
            return self._words.leads_to[target.value]
        return self._words.leads_on.format(number=target + 1)


def _falls_left(box: Box) -> bool:
    return End.FALLS in (box.yes, box.no)


def _lanes_of(flow: Flow) -> dict[Target, int]:
    """The lane of every target reached past other boxes, 0 next to the boxes; no two use one at the same height."""
    last = len(flow.boxes)
    spans: dict[Target, tuple[int, int]] = {}
    for number, box in enumerate(flow.boxes):
        for target in (box.yes, box.no):
            place = last if target is End.APPLIES else target
            if isinstance(place, int) and place > number + 1:
                first, _ = spans.get(target, (number, place))
                spans[target] = first, place
    lanes: dict[Target, int] = {}
    busy: list[int] = []
    for target, (first, place) in sorted(spans.items(), key=lambda item: (item[1][1], -item[1][0])):
        lane = next((index for index, until in enumerate(busy) if until <= first), len(busy))
        busy[lane : lane + 1] = [place]
        lanes[target] = lane
    return lanes

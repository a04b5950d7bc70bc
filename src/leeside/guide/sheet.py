"""The paper that a rule is drawn on: rectangles, lines of words and ways, each with a class and a colour for files.

Every colour stands twice: as an attribute, for viewers that know no style sheet, and as a class, which a style sheet
turns into the reader's own colours.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from leeside.guide.svg import Value, element, wrap

INK, PALE, PAPER, ACCENT = "#1c2326", "#6b7578", "#fffefb", "#1e5b49"
_FRAME: Final = "#8a9497"
HEAD: Final = 5
"""Half the width of an arrow's head, in pixels."""

STYLE: Final = (
    ".rule-drawing{--rule-paper:#fffefb;--rule-box:#ffffff;--rule-ink:#1c2326;--rule-pale:#5a6467;"
    "--rule-line:#6b7578;--rule-frame:#a9b1b3;--rule-accent:#1e5b49;--rule-result:#e8f1ed}"
    "@media (prefers-color-scheme:dark){.rule-drawing{--rule-paper:#15191b;--rule-box:#1f2528;--rule-ink:#e8ebe9;"
    "--rule-pale:#a9b3b5;--rule-line:#8b9699;--rule-frame:#4b5558;--rule-accent:#7cc4a8;--rule-result:#1d322a}}"
    ".paper{fill:var(--rule-paper)}.box,.end{fill:var(--rule-box);stroke:var(--rule-line)}"
    ".result{fill:var(--rule-result);stroke:var(--rule-accent)}.group{stroke:var(--rule-frame)}"
    "text{fill:var(--rule-ink)}.pale{fill:var(--rule-pale)}.way{stroke:var(--rule-line)}.head{fill:var(--rule-line)}"
    ".walked{stroke:var(--rule-accent)}.head.walked{fill:var(--rule-accent)}"
)
"""Colours of a file by itself. Whoever shows one inside a page may set the variables."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A rectangle, from its left upper corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """One line of words."""

    text: str
    size: float
    is_bold: bool = False
    is_pale: bool = False


def lines_of(text: str, room: float, size: float, is_bold: bool = False, is_pale: bool = False) -> list[Line]:
    """A text as lines that fit into `room`."""
    return [Line(part, size, is_bold, is_pale) for part in wrap(text, room, size, is_bold)]


def height_of(lines: Sequence[Line]) -> float:
    """How tall these lines are together."""
    return sum(_leading(line.size) for line in lines)


def _leading(size: float) -> float:
    return round(size * 1.38)


class Sheet:
    """What was drawn so far, from back to front: frames, ways, ways that the case went, boxes, words."""

    def __init__(self) -> None:
        self._frames: list[str] = []
        self._ways: list[str] = []
        self._walked: list[str] = []
        self._boxes: list[str] = []
        self._words: list[str] = []

    def frame(self, place: Place) -> None:
        """The frame of a group; an outer one has to be drawn before those inside."""
        look: dict[str, Value] = {"fill": "none", "stroke": _FRAME, "stroke_width": 1, "rx": 8}
        self._frames.append(element("rect", {"class_": "group", **asdict(place), **look}))

    def box(self, kind: str, place: Place, *, is_walked: bool = False) -> None:
        """A box: of the kind `box` (a question), `result` or `end`."""
        fill = "#e8f1ed" if kind == "result" else "#ffffff"
        stroke = ACCENT if is_walked or kind == "result" else PALE
        look: dict[str, Value] = {"fill": fill, "stroke": stroke, "stroke_width": 3 if is_walked else 1.3, "rx": 6}
        classes = f"{kind} walked" if is_walked else kind
        self._boxes.append(element("rect", {"class_": classes, **asdict(place), **look}))

    def write(self, lines: Sequence[Line], x: float, y: float) -> float:
        """Lines of words from the top edge `y` down; how tall they are."""
        top = y
        for line in lines:
            y += _leading(line.size)
            self.word(line, x, y - round(line.size * 0.36))
        return y - top

    def word(self, line: Line, x: float, baseline: float, anchor: str = "start") -> None:
        """One line at its baseline: from its start, or up to its end."""
        look: dict[str, Value] = {"font_size": line.size, "font_weight": 650 if line.is_bold else 400}
        look |= {"class_": "pale" if line.is_pale else "plain", "fill": PALE if line.is_pale else INK}
        self._words.append(element("text", {"x": x, "y": baseline, "text_anchor": anchor, **look}, text=line.text))

    def way(self, points: Sequence[Point], is_walked: bool, *, is_broken: bool = False, has_head: bool = True) -> None:
        """A line through these points; the arrow's head stands at the last, where it comes from above."""
        path = "M" + " L".join(f"{_short(x)} {_short(y)}" for x, y in points)
        look: dict[str, Value] = {
            "fill": "none",
            "stroke": ACCENT if is_walked else PALE,
            "stroke_width": 3.5 if is_walked else 1.3,
            "stroke_linejoin": "round",
            **({"stroke_dasharray": "5 4"} if is_broken else {}),
        }
        classes = " walked" if is_walked else ""
        layer = self._walked if is_walked else self._ways
        layer.append(element("path", {"class_": f"way{classes}", "d": path, **look}))
        if not has_head:
            return
        x, y = points[-1]
        tip = f"M{_short(x)} {_short(y)} L{_short(x - HEAD)} {_short(y - 2 * HEAD)} H{_short(x + HEAD)} Z"
        layer.append(element("path", {"class_": f"head{classes}", "d": tip, "fill": look["stroke"]}))

    def parts(self, width: float, height: float) -> list[str]:
        """Everything on a paper of that size."""
        paper = element("rect", {"class_": "paper", **asdict(Place(0, 0, width, height)), "fill": PAPER})
        return [paper, *self._frames, *self._ways, *self._walked, *self._boxes, *self._words]


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")

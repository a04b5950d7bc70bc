"""A month-by-month figure as bars, in SVG made on the server.

One drawing serves the page and the file: positions across are in per cent and heights in pixels, so that on a phone
the bars become narrow and the words stay readable. On a page the style sheet colours it by class, dark and light; the
file carries a white sheet, its own colours, a title and its source.

Nothing is told by colour alone: every bar has its number, the last period and the one before have a bracket with
their sums, and a hidden month says "<5".
"""

from dataclasses import dataclass
from typing import Final

from leeside.figures.svg import Value, element, percent
from leeside.tally.cells import Cell, CellState, PublishedSeries
from leeside.tally.comparisons import compare_periods, find_extremes
from leeside.tally.month_names import write_month, write_short_month
from leeside.tally.months import Month
from leeside.tally.numbers import write_number

_TOP: Final = 26
_BARS: Final = 160
_BASE: Final = _TOP + _BARS
_NAMES: Final = _BASE + 18
_YEARS: Final = _NAMES + 16
_LINE: Final = 16
#: Up to so many months every bar has its number and its name, also on a narrow screen.
_ALL_NAMED: Final = 12
#: Up to so many months a bracket has room for the names of its months beside the sum.
_BRACKET_NAMED: Final = 9
_WIDEST_BAR: Final = 0.13
_FILE_WIDTH: Final = 720
_ACCENT, _INK, _SHEET = "#1e5b49", "#1c2326", "#fffefb"


@dataclass(frozen=True)
class ChartWords:
    """What is written around the bars: `title` for everyone, `description` for who cannot see them."""

    title: str
    description: str
    source: str = ""


@dataclass(frozen=True)
class _Slot:
    """One month's place: the middle of its bar and the bar's width, as shares of the drawing's width."""

    month: Month
    cell: Cell
    middle: float
    width: float

    @property
    def left(self) -> float:
        """The bar's left edge."""
        return self.middle - self.width / 2


class _Chart:
    """One drawing; each method draws a layer."""

    def __init__(self, series: PublishedSeries, language: str) -> None:
        """Give every month its place and scale the bars to the highest."""
        self._series = series
        self._language = language
        count = len(series.cells)
        width = min(0.72 / count, _WIDEST_BAR)
        self._slots = [
            _Slot(month, cell, (place + 0.5) / count, width) for place, (month, cell) in enumerate(series.cells.items())
        ]
        self._highest = max((cell.value for cell in series.cells.values() if cell.value), default=1)
        self._found = compare_periods(series)
        self._years = len({month.year for month in series.months}) > 1

    @property
    def height(self) -> int:
        """How tall the drawing is, in pixels."""
        brackets = 34 if self._found else 0
        return _NAMES + (_YEARS - _NAMES if self._years else 0) + brackets + 6

    def layers(self) -> list[str]:
        """Everything, from back to front."""
        return [
            *(self._bar(slot) for slot in self._slots),
            element("line", {"class_": "axis", "x1": 0, "x2": "100%", "y1": _BASE, "y2": _BASE, **_ink(0.45)}),
            *(self._number(slot) for slot in self._slots if slot.month in self._numbered()),
            *self._names(),
            *self._brackets(),
        ]

    def _bar(self, slot: _Slot) -> str:
        """One bar, with a tip for a pointer; nothing told stands as a broken line on the axis."""
        last = self._found is not None and slot.month in self._found.months
        text = f"{write_month(slot.month, self._language)}: {self._written(slot.cell)}"
        tip = element("title", {}, text=text)
        place: dict[str, Value] = {"x": percent(slot.left), "width": percent(slot.width)}
        if slot.cell.value is None:
            look: dict[str, Value] = {"fill": "none", "stroke": "currentColor", "stroke_dasharray": "3 3"}
            return element("rect", {"class_": "month hidden-month", **place, "y": _BASE - 8, "height": 8, **look}, tip)
        height = _BARS * slot.cell.value / self._highest
        colour: dict[str, Value] = {"fill": _ACCENT} if last else {"fill": "currentColor", "fill_opacity": 0.4}
        attributes: dict[str, Value] = {"class_": "month last" if last else "month", **place, "y": _BASE - height}
        return element("rect", {**attributes, "height": height, "rx": 2, **colour}, tip)

    def _written(self, cell: Cell) -> str:
        """What stands above a bar."""
        if cell.value is not None:
            return write_number(cell.value, self._language)
        return f"<{self._series.threshold}" if cell.state is CellState.FEW else "…"

    def _number(self, slot: _Slot) -> str:
        """The number above a bar."""
        height = 8.0 if slot.cell.value is None else _BARS * slot.cell.value / self._highest
        text, baseline = self._written(slot.cell), _BASE - height - 7
        if len(self._slots) > _ALL_NAMED and slot is self._slots[-1]:
            # The number is wider than the bar and would stick out of the drawing.
            return _word(text, slot.left + slot.width, baseline, "number", "end")
        return _word(text, slot.middle, baseline, "number")

    def _numbered(self) -> set[Month]:
        """The months whose number is written: all, or where there are many the last, the highest and the lowest."""
        months = self._series.months
        if len(months) <= _ALL_NAMED:
            return set(months)
        chosen = [months.index(month) for month in self._notable()]
        kept: list[int] = []
        for place in chosen:
            # Numbers of near neighbours would run into each other on a phone.
            if all(abs(place - other) > len(months) // _ALL_NAMED + 1 for other in kept):
                kept.append(place)
        return {months[place] for place in kept}

    def _notable(self) -> list[Month]:
        """The highest, the last and the lowest month, the most telling first."""
        found = find_extremes(self._series)
        pairs = (found.highest, found.lowest) if found else (None, None)
        named = [pair[0] if pair else None for pair in pairs]
        return [month for month in (named[0], self._series.months[-1], named[1]) if month is not None]

    def _names(self) -> list[str]:
        """Month names below the axis, thinned out where there are many, and years where there are several."""
        words = []
        step = -(-len(self._slots) // _ALL_NAMED)
        for place, slot in enumerate(self._slots):
            if (len(self._slots) - 1 - place) % step == 0:
                words.append(_word(write_short_month(slot.month, self._language), slot.middle, _NAMES, "name"))
        return words + self._year_names()

    def _year_names(self) -> list[str]:
        """The year under the first month and under every January, where there is more than one year."""
        if not self._years:
            return []
        first = self._slots[0]
        januaries = [slot for slot in self._slots[1:] if slot.month.number == 1]
        words = [_word(str(slot.month.year), slot.middle, _YEARS, "year") for slot in januaries]
        # Two years side by side need about a seventh of a phone's width.
        if januaries[0].middle - first.middle > 0.14:
            words.insert(0, _word(str(first.month.year), first.left, _YEARS, "year", "start"))
        return words

    def _brackets(self) -> list[str]:
        """A line under the last period with its sum, and one under the period before when it is compared with it."""
        found = self._found
        if found is None:
            return []
        drawn = self._bracket(found.months, found.value, "last")
        if found.before is not None and found.before_value is not None:
            drawn += self._bracket(found.before, found.before_value, "before")
        return drawn

    def _bracket(self, months: tuple[Month, ...], value: int, kind: str) -> list[str]:
        """One line with its sum."""
        top = (_YEARS if self._years else _NAMES) + 10
        slots = [slot for slot in self._slots if slot.month in months]
        left, right = slots[0].left, slots[-1].left + slots[-1].width
        sum_text = write_number(value, self._language)
        first, last = (write_short_month(month, self._language) for month in (months[0], months[-1]))
        named = len(self._slots) <= _BRACKET_NAMED and len(months) > 1
        look: dict[str, Value] = {"stroke": _ACCENT if kind == "last" else "currentColor", "stroke_width": 2}
        place: dict[str, Value] = {"x1": percent(left), "x2": percent(right), "y1": top, "y2": top}
        text = f"{first}–{last}: {sum_text}" if named else sum_text
        return [
            element("line", {"class_": f"bracket {kind}", **place, **look}),
            _word(text, (left + right) / 2, top + _LINE, "sum"),
        ]


def draw_for_page(series: PublishedSeries, language: str, words: ChartWords) -> str:
    """The drawing as it stands inside a page: as wide as its place, coloured by the page's style sheet."""
    chart = _Chart(series, language)
    named = f"chart-{series.id}"
    attributes: dict[str, Value] = {
        "class_": "chart",
        "width": "100%",
        "height": chart.height,
        "role": "img",
        "aria_labelledby": f"{named}-title {named}-text",
    }
    return element(
        "svg",
        attributes,
        element("title", {"id": f"{named}-title"}, text=words.title),
        element("desc", {"id": f"{named}-text"}, text=words.description),
        *chart.layers(),
    )


def draw_as_file(series: PublishedSeries, language: str, words: ChartWords) -> str:
    """The same drawing as a file of its own, to be put into an article or a post."""
    chart = _Chart(series, language)
    above, below, side = 64, 34, 28
    height = above + chart.height + below
    inner: dict[str, Value] = {"x": side, "y": above, "width": _FILE_WIDTH - 2 * side, "height": chart.height}
    root: dict[str, Value] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {_FILE_WIDTH} {height}",
        "width": _FILE_WIDTH,
        "height": height,
        "role": "img",
        "color": _INK,
        "font_family": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
    }
    heading: dict[str, Value] = {"x": side, "y": 36, "font_size": 18, "font_weight": 650, "fill": "currentColor"}
    source: dict[str, Value] = {"x": side, "y": height - 14, "font_size": 12, "fill": "currentColor"}
    return element(
        "svg",
        root,
        element("title", {}, text=words.title),
        element("desc", {}, text=words.description),
        element("rect", {"width": _FILE_WIDTH, "height": height, "fill": _SHEET}),
        element("text", heading, text=words.title),
        element("svg", {**inner, "overflow": "visible"}, *chart.layers()),
        element("text", {**source, "fill_opacity": 0.75}, text=words.source),
    )


def _ink(opacity: float) -> dict[str, Value]:
    """A line in the colour of the text."""
    return {"stroke": "currentColor", "stroke_opacity": opacity}


def _word(text: str, across: float, baseline: float, kind: str, anchor: str = "middle") -> str:
    """A word at a place across: centred there, or its start or end. Numbers stand out from bars by a rim."""
    attributes: dict[str, Value] = {"class_": kind, "x": percent(across), "y": baseline, "text_anchor": anchor}
    if kind == "number":
        attributes |= {"stroke": _SHEET, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}
    weight = 600 if kind in {"number", "sum"} else 400
    look: dict[str, Value] = {"font_size": 12, "font_weight": weight, "fill": "currentColor"}
    return element("text", {**attributes, **look}, text=text)

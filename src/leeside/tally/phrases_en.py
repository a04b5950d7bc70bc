"""What is said in English, as a newspaper writes it."""

from fractions import Fraction

from leeside.tally.comparisons import Direction
from leeside.tally.months import Season
from leeside.tally.wording import MonthNames, Phrases

_NAMES = MonthNames("January February March April May June July August September October November December")

ENGLISH = Phrases(
    language="en",
    in_=_NAMES,
    since_=_NAMES,
    until=_NAMES,
    year="{name} {year}",
    and_="and",
    in_month="in {month}",
    from_to="from {first} to {last}",
    seasons={
        Season.WINTER: "in the winter",
        Season.SPRING: "in the spring",
        Season.SUMMER: "in the summer",
        Season.AUTUMN: "in the autumn",
    },
    season_of_year="{season} of {year}",
    season_of_years="{season} of {year}–{short_end}",
    period="{counted} {during}.",
    period_same="{counted} {during}, as many as {before}.",
    period_changed="{counted} {during}, {change} the {number} {before}.",
    change={Direction.MORE: "{percent} more than", Direction.FEWER: "{percent} fewer than"},
    slightly={Direction.MORE: "slightly more than", Direction.FEWER: "slightly fewer than"},
    times={"other": "{times} times"},
    fraction="{times} times",
    highest="{month} was highest with {counted}",
    lowest="{month} was lowest with {counted}",
    lowest_too="{month} lowest with {number}",
    last_below="{counted} in {month}, fewer than in {named} but more than in {others}.",
    last_above="{counted} in {month}, more than in {named} but fewer than in {others}.",
    last_counted={"other": "{counted} in {month}: more than in {lower} of the {months} other months."},
    any_other="any other month",
    since="{counted} since {month}.",
    since_share="{counted} since {month}, {share} of them {within}.",
    shares={
        Fraction(3, 4): ("three quarters", "more than three quarters"),
        Fraction(2, 3): ("two thirds", "more than two thirds"),
        Fraction(1, 2): ("half", "more than half"),
        Fraction(1, 3): ("a third", "more than a third"),
        Fraction(1, 4): ("a quarter", "more than a quarter"),
    },
)

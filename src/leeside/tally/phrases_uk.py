"""What is said in Ukrainian, as a newspaper writes it."""

from fractions import Fraction

from leeside.tally.comparisons import Direction
from leeside.tally.months import Season
from leeside.tally.numbers import DASH
from leeside.tally.wording import MonthNames, Phrases

_GENITIVE = MonthNames("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня")
_COUNTED = f"у {{month}}{DASH}{{counted}}: більше, ніж у {{lower}} з {{months}} "

UKRAINIAN = Phrases(
    language="uk",
    in_=MonthNames("січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні"),
    since_=_GENITIVE,
    until=_GENITIVE,
    year="{name} {year} року",
    and_="та",
    in_month="у {month}",
    from_to="від {first} до {last}",
    seasons={Season.WINTER: "взимку", Season.SPRING: "навесні", Season.SUMMER: "влітку", Season.AUTUMN: "восени"},
    season_of_year="{season} {year} року",
    season_of_years="{season} {year}–{end} років",
    period=f"{{during}}{DASH}{{counted}}.",
    period_same=f"{{during}}{DASH}{{counted}}, стільки ж, скільки {{before}}.",
    period_changed=f"{{during}}{DASH}{{counted}}, {{change}}, ніж {{before}} ({{number}}).",
    change={Direction.MORE: "на {percent} більше", Direction.FEWER: "на {percent} менше"},
    slightly={Direction.MORE: "трохи більше", Direction.FEWER: "трохи менше"},
    times={"one": "у {times} раз більше", "few": "у {times} рази більше", "many": "у {times} разів більше"},
    fraction="у {times} раза більше",
    # After a vowel, as these words end in one, "in" is "в".
    highest=f"найбільше {{name}} було в {{month}}{DASH}{{number}}",
    lowest=f"найменше {{name}} було в {{month}}{DASH}{{number}}",
    lowest_too=f"найменше в {{month}}{DASH}{{number}}",
    last_below=f"у {{month}}{DASH}{{counted}}: менше, ніж у {{named}}, але більше, ніж у {{others}}.",
    last_above=f"у {{month}}{DASH}{{counted}}: більше, ніж у {{named}}, але менше, ніж у {{others}}.",
    last_counted={
        "one": f"{_COUNTED}іншого місяця.",
        "few": f"{_COUNTED}інших місяців.",
        "many": f"{_COUNTED}інших місяців.",
    },
    any_other="будь-якому іншому місяці",
    since=f"від {{month}}{DASH}{{counted}}.",
    since_share=f"від {{month}}{DASH}{{counted}}, {{share}} з них{DASH}{{within}}.",
    # "Понад" takes the accusative.
    shares={
        Fraction(3, 4): ("три чверті", "понад три чверті"),
        Fraction(2, 3): ("дві третини", "понад дві третини"),
        Fraction(1, 2): ("половина", "понад половину"),
        Fraction(1, 3): ("третина", "понад третину"),
        Fraction(1, 4): ("чверть", "понад чверть"),
    },
)

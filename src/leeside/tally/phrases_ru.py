"""What is said in Russian, as a newspaper writes it."""

from fractions import Fraction

from leeside.tally.comparisons import Direction
from leeside.tally.months import Season
from leeside.tally.numbers import DASH
from leeside.tally.wording import MonthNames, Phrases

_COUNTED = f"в {{month}}{DASH}{{counted}}: больше, чем в {{lower}} из {{months}} "

RUSSIAN = Phrases(
    language="ru",
    in_=MonthNames("январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"),
    since_=MonthNames("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    until=MonthNames("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    year="{name} {year} года",
    and_="и",
    in_month="в {month}",
    from_to="с {first} по {last}",
    seasons={Season.WINTER: "зимой", Season.SPRING: "весной", Season.SUMMER: "летом", Season.AUTUMN: "осенью"},
    season_of_year="{season} {year} года",
    season_of_years="{season} {year}–{end} годов",
    period=f"{{during}}{DASH}{{counted}}.",
    period_same=f"{{during}}{DASH}{{counted}}, столько же, сколько {{before}}.",
    period_changed=f"{{during}}{DASH}{{counted}}, {{change}}, чем {{before}} ({{number}}).",
    change={Direction.MORE: "на {percent} больше", Direction.FEWER: "на {percent} меньше"},
    slightly={Direction.MORE: "немногим больше", Direction.FEWER: "немногим меньше"},
    times={"one": "в {times} раз больше", "few": "в {times} раза больше", "many": "в {times} раз больше"},
    fraction="в {times} раза больше",
    highest=f"больше всего {{name}} было в {{month}}{DASH}{{number}}",
    lowest=f"меньше всего {{name}} было в {{month}}{DASH}{{number}}",
    lowest_too=f"меньше всего в {{month}}{DASH}{{number}}",
    last_below=f"в {{month}}{DASH}{{counted}}: меньше, чем в {{named}}, но больше, чем в {{others}}.",
    last_above=f"в {{month}}{DASH}{{counted}}: больше, чем в {{named}}, но меньше, чем в {{others}}.",
    last_counted={
        "one": f"{_COUNTED}остального месяца.",
        "few": f"{_COUNTED}остальных месяцев.",
        "many": f"{_COUNTED}остальных месяцев.",
    },
    any_other="любом другом месяце",
    since=f"с {{month}}{DASH}{{counted}}.",
    since_share=f"с {{month}}{DASH}{{counted}}, {{share}} из них{DASH}{{within}}.",
    shares={
        Fraction(3, 4): ("три четверти", "больше трёх четвертей"),
        Fraction(2, 3): ("две трети", "больше двух третей"),
        Fraction(1, 2): ("половина", "больше половины"),
        Fraction(1, 3): ("треть", "больше трети"),
        Fraction(1, 4): ("четверть", "больше четверти"),
    },
)

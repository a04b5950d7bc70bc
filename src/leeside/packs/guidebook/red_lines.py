"""Words that no text of a pack may hold, and those that no public answer may: a machine's first look, no reader.

The red lines are kept by whoever writes and checks an answer (docs/use/answers.md). What stands here is what may slip
in by haste: a way over a border, a place, a count of days of absence, an address to call, a paper that is not real.
"""

import re
from collections.abc import Iterator
from typing import Final

_ALWAYS: Final = {
    # A day such as 04.07.2013 is none.
    "a place on the map": re.compile(r"(?<![\d.])\d{1,2}\.\d{3,}\b"),
    "a number to call": re.compile(r"\+\d[\d ()-]{7,}\d"),
    "an address of the net": re.compile(r"https?://|\bwww\.|\bt\.me/"),
    "a count of days of absence": re.compile(
        r"(?:absen|отсутств|самовольн|відсутн|самовіль)[^.]{0,40}\d+\s*(?:day|дн|суток|сут|діб|доб|month|месяц|місяц)",
        re.IGNORECASE,
    ),
}
_UNLESS_NAMED: Final = {
    "a way, a border or a patrol": re.compile(
        r"маршрут|патрул|погран|блокпост|обойти пост|прикордон|(?<!за)(?<!за )кордон|(?<!за )границ[уыеа]"
        r"|routes?\b|patrol|checkpoint|border",
        re.IGNORECASE,
    ),
    "a paper or an illness that is not real": re.compile(
        r"поддел|подлож|фальшив|симулир|симуляц|членовред|самострел|підроб|симулю|самокаліч|forge(?!t)|fake|feign|simulat",
        re.IGNORECASE,
    ),
    "money for an official": re.compile(r"взятк|хабар|\bbribe", re.IGNORECASE),
}

TACTICAL: Final = re.compile(
    # Where, when and how on the ground: positions, signals, crossings, what is aimed at. Never a coordinator.
    r"координат(?!ор)|широт[аыуе]\b|долгот[аыуе]\b|довгот[аиуі]\b|геолокац|геопозиц|ориентир[ыа]?\b|орієнтир|позывн|позивн"
    r"|радиочастот|радіочастот|на частоте|на частоті|белы[йм] флаг|белого флага|біл(?:ий|им|ого) прапор"
    r"|подн(?:ять|имите|яв) руки|підн(?:яти|іміть|явши) руки|дрон[аыуоіи]?[вмх]?\b|коптер|беспилотн|безпілотн"
    r"|минн(?:ое|ого|ых|ые) пол|мінн(?:е|ого|их|і) пол|нейтральн\w+ (?:полос|смуг)|серая зона|сіра зона"
    r"|лини[июей]+ фронта|ліні[юяїєй]+ фронту|точк\w+ (?:встречи|сбора|перехода|зустрічі|збору|переходу)"
    r"|(?:в|у)ка(?:жите|жіть) (?:место|часть|місце|частину)"
    r"|номер (?:вашей|вашої|своей|своєї) част|какой част|якій частин"
    r"|coordinates\b|latitude|longitude|geolocat|\bgps\b|map grid|call ?sign|radio frequenc|white flag"
    r"|rais(?:e|ing) (?:your|his|their) hands|\bdrones?\b|quadcopter|minefield|no man.s land"
    r"|cross(?:ing)? the (?:front|line|lines)\b|meeting point|rendezvous|which unit are|unit.s position",
    re.IGNORECASE,
)
"""Tactical content of any kind. It stands behind a red line in every pack, also where a text says that it is not asked:
what must not be named cannot be asked by a careless edit either."""


def tactical_in(text: str) -> str:
    """The first words of tactical content in a text; empty for none."""
    found = TACTICAL.search(text)
    return found[0] if found else ""


def red_lines_in(text: str, *, may_name_them: bool) -> Iterator[str]:
    """What in the text no answer may hold, in words. `may_name_them` is for the answer that says we never do it."""
    for what, pattern in _ALWAYS.items():
        if pattern.search(text):
            yield what
    if tactical_in(text):
        yield "something of positions, signals or crossings"
    for what, pattern in _UNLESS_NAMED.items():
        if not may_name_them and pattern.search(text):
            yield what

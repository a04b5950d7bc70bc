"""Words that no public answer may hold: a machine's first look, which replaces no reader.

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


def red_lines_in(text: str, *, may_name_them: bool) -> Iterator[str]:
    """What in the text no answer may hold, in words. `may_name_them` is for the answer that says we never do it."""
    for what, pattern in _ALWAYS.items():
        if pattern.search(text):
            yield what
    for what, pattern in _UNLESS_NAMED.items():
        if not may_name_them and pattern.search(text):
            yield what

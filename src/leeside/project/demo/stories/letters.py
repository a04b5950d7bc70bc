"""The report that the law gives Quiet Maple is drafted with what is known, kept, and waits for a second reader."""

from collections.abc import Mapping

from leeside.desk.letters.drafting import Typed, find_text, keep_letter
from leeside.desk.letters.second_pair import ask_about_letter
from leeside.desk.letters.values import known_values
from leeside.desk.opening import open_case
from leeside.project.demo import founding, texts
from leeside.project.demo.filling import Filler

_PAPER, _LANGUAGE = "report_commission", "ru"
"""A paper to a Russian office is in Russian; what was typed into it so far is as it was told."""


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Willow writes down what the summary says, and leaves blank what nobody has told yet."""
    case_id = cases["quiet-maple"]
    willow = founding.at(filler.seats["willow"], filler.evening(filler.today, 18, 59))
    file = open_case(willow, case_id)
    text = find_text(willow, _PAPER, _LANGUAGE)
    known = known_values(willow, file, {}, text)
    said = {name: words[filler.language] for name, words in texts.story("letters").items()}
    typed = Typed({**{name: one.value for name, one in known.items()}, **said}, frozenset(known))
    ask_about_letter(willow, case_id, keep_letter(willow, case_id, text, typed))

"""The lists from which a rule is chosen, in the reader's words."""

from typing import Any

from django.utils.translation import gettext as _

from leeside.desk.rules.making import DATES, KINDS, Made, facts_to_choose
from leeside.desk.rules.words import gives_title
from leeside.desk.seat import Seat
from leeside.guide.drawing_words import words_in
from leeside.guide.explaining import WORDINGS
from leeside.packs.conditions import Truth
from leeside.packs.guidebook.rules import Gives

_MOST = {"title": 140, "why": 700, "act": 300, "how": 900, "care": 700}


def lists_for(seat: Seat, made: Made) -> dict[str, Any]:
    """Everything that the form offers, by the names of the template."""
    pack, language = seat.pack, seat.language
    guide, truths = pack.guide, words_in(language).truths
    authorities = sorted({rule.authority for rule in guide.rules if rule.authority})
    return {
        "gives": [(one.value, gives_title(one)) for one in Gives],
        "confidences": [(one.value, words) for one, words in WORDINGS[language].confidence.items()],
        "dates": list(zip(DATES, _date_words(), strict=True)),
        "kinds": list(zip(KINDS, (_("all have to be so"), _("one is enough"), _("none may be so")), strict=True)),
        "facts": sorted(
            ((one.id, pack.text(one.label_key, language)) for one in facts_to_choose(seat)), key=lambda one: one[1]
        ),
        "terms": sorted({term.id: term.words[language].title for term in guide.terms}.items()),
        "papers": [(one.id, one.titles[language]) for one in guide.letters],
        "authorities": [
            (one, pack.text(key, language)) for one in authorities if pack.has_text(key := f"authority.{one}", language)
        ],
        "rules": sorted(((one.id, one.words[language].title) for one in guide.rules), key=lambda one: one[1]),
        "truths": [(truth.value, truths[truth]) for truth in Truth],
        "words": [
            (one, [(part, title, words[part], _MOST[part]) for part, title in _parts()])
            for one, words in made.words.items()
        ],
    }


def _date_words() -> tuple[str, str, str, str]:
    return _("on that day or later"), _("on that day or earlier"), _("later than that day"), _("earlier than that day")


def _parts() -> list[tuple[str, str]]:
    return [
        ("title", _("What to do or to know, in one line")),
        ("why", _("Why, from this person’s facts")),
        ("act", _("Act, article, edition")),
        ("how", _("How, with what proof")),
        ("care", _("What to beware of")),
    ]

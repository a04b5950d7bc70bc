"""What whoever signs a review puts their name under: the red lines, one by one, and the reading itself.

`CHECKLIST` is the list's version and stands inside every signature. Whoever changes a line of it counts the version up:
readings that were held against an earlier list then count no longer. A test holds the words against the number.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

CHECKLIST: Final = 1
"""The version of the list below."""


@dataclass(frozen=True)
class Item:
    """One line to tick."""

    key: str
    text: str
    is_red_line: bool


def checklist() -> tuple[Item, ...]:
    """Every line of the list, in the reader's language."""
    red = (
        ("routes", _("No routes, no border points, nothing on avoiding patrols, checks or cameras.")),
        ("absence", _("No counting of days of absence as something to plan by: they are told as risk only.")),
        ("forgery", _("No forged or borrowed papers, no bribe, no hurting oneself, no feigned illness.")),
        ("orders", _("No advice to disobey an order. What refusing may cost is told; the choice is the person’s.")),
        ("calling", _("Nothing that could be read as calling to an offence.")),
        ("names", _("No name, no unit, no place by which somebody could be found, in the examples neither.")),
    )
    read = (
        ("act", _("I have read the act in its current official text, and it says this, to these people.")),
        ("days", _("First day, last day and day of publication are right, or marked as not confirmed.")),
        (
            "terms",
            _("Each term runs from that day, counts those days, and is restorable as it says; or there is none."),
        ),
        ("words", _("The words mean the same in every language, name the act officially, and promise nothing.")),
        ("drawn", _("I went along the drawing with the hardest case I remember, and along the examples.")),
    )
    lines = [Item(key, text, True) for key, text in red]
    return (*lines, *(Item(key, text, False) for key, text in read))

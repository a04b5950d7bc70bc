"""What a language has to say so that the guide can explain itself in it: one value of `Wording` a language.

Days are filled in as the page writes them, in the first case ("пятница, 27 февраля"): sentences are built around that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from leeside.guide.deadlines import Standing, StepKind
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.guidebook.terms import Unit


@dataclass(frozen=True)
class Wording:
    """Templates of one language, by what they are for. `{...}` are filled in by `explaining`.

    `units` hold a number with its noun, by plural form; those of a term before an event too. `days_left` and `days_ago`
    are by plural form. `steps` have a template for each kind of step; `day_off_named` is used instead where the day
    off has a name. `standings` are those of a duty, `effects` of what is nobody's task.
    """

    units: Mapping[Unit, Mapping[str, str]]
    steps: Mapping[StepKind, str]
    runs_before: str
    out_before: str
    day_off_named: str
    skips: Mapping[str, str]
    earliest: str
    source: str
    standings: Mapping[Standing, str]
    effects: Mapping[Standing, str]
    days_left: Mapping[str, str]
    days_ago: Mapping[str, str]
    restorable: str
    confidence: Mapping[Confidence, str]
    unsure: str
    coming: str
    in_force: str
    until: str
    reviewed: str
    unreviewed: str
    not_known: str
    fact: str

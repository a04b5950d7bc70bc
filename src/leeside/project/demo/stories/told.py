"""Every story, in the order in which they are played.

Advice of November comes first: a wording of a rule is kept with the first day on which anybody was told.
"""

from types import ModuleType
from typing import Final

from leeside.project.demo.stories import (
    advice,
    endings,
    files,
    hands,
    law,
    letters,
    queues,
    recall,
    reviews,
    safety,
    team,
    ties,
    writing,
)

STORIES: Final[tuple[ModuleType, ...]] = (
    recall,
    safety,
    files,
    writing,
    letters,
    law,
    advice,
    team,
    queues,
    ties,
    hands,
    endings,
    reviews,
)

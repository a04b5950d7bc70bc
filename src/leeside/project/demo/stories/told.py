"""Every story, in the order in which they are played."""

from types import ModuleType
from typing import Final

from leeside.project.demo.stories import (
    advice,
    endings,
    files,
    hands,
    law,
    queues,
    recall,
    reviews,
    safety,
    team,
    ties,
    writing,
)

STORIES: Final[tuple[ModuleType, ...]] = (
    safety,
    files,
    writing,
    law,
    advice,
    recall,
    team,
    queues,
    ties,
    hands,
    endings,
    reviews,
)
